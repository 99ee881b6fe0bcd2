"""What a person is told instead of a traceback: a problem (RFC 9457) and an exit code."""

from collections.abc import Mapping
from typing import Any

REFUSED = 1
UNUSABLE = 2


class Failure(Exception):
    """An expected end without the wish fulfilled. `problem` is what `--json` prints."""

    def __init__(self, problem: Mapping[str, Any], exit_code: int) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or "It failed."))
        self.problem = dict(problem)
        self.exit_code = exit_code

    @property
    def code(self) -> str:
        return str(self.problem.get("code", ""))


class Misuse(Failure):
    """The command cannot be done as it was given, whoever asks."""

    def __init__(self, code: str, sentence: str, **params: object) -> None:
        super().__init__(made(code, "Not usable", sentence, params), UNUSABLE)


class Unreachable(Failure):
    """Nobody answered; whether anything happened is not known, so the same key may be sent."""

    def __init__(self, sentence: str, **params: object) -> None:
        super().__init__(made("unreachable", "Unreachable", sentence, params), UNUSABLE)


class Denied(Failure):
    """A no that was found here, of the same kind as a refusal by a service."""

    def __init__(self, code: str, sentence: str, **params: object) -> None:
        super().__init__(made(code, "Refused", sentence, params), REFUSED)


def made(code: str, title: str, sentence: str, params: Mapping[str, object]) -> dict[str, Any]:
    """A problem of this side, in the shape that the services answer with."""
    return {
        "type": f"urn:inda:problem:{code}",
        "title": title,
        "detail": sentence,
        "code": code,
        "params": dict(params),
    }


def answered(status: int, problem: Mapping[str, Any]) -> Failure:
    """A service's problem. What it could not read, or could not do now, is not a refusal."""
    is_unusable = status >= 500 or status in (400, 422, 428)
    is_domain_no = status == 422 and problem.get("code") not in ("request_invalid", None)
    return Failure(problem, UNUSABLE if is_unusable and not is_domain_no else REFUSED)
