"""Going on when nobody answers: a weak network is no reason to begin again."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx

from deploy.cli.failures import Unreachable

PASSING = frozenset({502, 503, 504})
LONGEST_PAUSE_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on trying when nobody answers, and whom to tell about it.

    Who only reads can ask again, and is not kept waiting longer than `read_seconds`.
    """

    seconds: float
    tell: Callable[[str], None]
    read_seconds: float = 5.0


def persistently(
    send: Callable[[], httpx.Response],
    whom: str,
    patience: float,
    tell: Callable[[str], None],
) -> httpx.Response:
    """Sends until somebody answers, with growing pauses. Raises `Unreachable` in the end."""
    end = time.monotonic() + patience
    for pause in _pauses():
        answer, reason = _try(send, whom)
        if answer is not None and answer.status_code not in PASSING:
            return answer
        if time.monotonic() + pause > end:
            if answer is not None:
                return answer
            raise Unreachable(reason, service=whom)
        tell(f"{reason} Trying again.")
        time.sleep(pause)
    raise AssertionError("pauses never end")


def _try(send: Callable[[], httpx.Response], whom: str) -> tuple[httpx.Response | None, str]:
    try:
        answer = send()
    except httpx.RequestError as error:
        return None, f"{whom} does not answer ({_reason(error)})."
    except httpx.InvalidURL as error:
        raise Unreachable(f"The address of {whom} cannot be used: {error}.") from None
    return answer, f"{whom} cannot answer now (status {answer.status_code})."


def _reason(error: httpx.RequestError) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__


def _pauses() -> Iterator[float]:
    pause = 0.3
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
