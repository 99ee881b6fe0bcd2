"""What a check says: how much it looked at, and the first thing that differs."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeVar

from shared.errors import DomainError
from shared.transparency import Amiss

Part = Literal["stream", "log", "archive", "documents", "views"]
PARTS: tuple[Part, ...] = ("stream", "log", "archive", "documents", "views")
Watch = Callable[[int, int], None]
"""Told how much is done, and how much there is."""

AT_ONCE = 8
AHEAD = 32
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it must be. `expected` and `found` are empty where the sentence
    says it all, `sequence` is None where it is about no fact.
    """

    code: str
    place: str
    sentence: str
    sequence: int | None = None
    expected: str = ""
    found: str = ""


class Differs(Exception):
    """Ends a check: only the first difference is named."""

    def __init__(
        self,
        code: str,
        place: str,
        sentence: str,
        *,
        sequence: int | None = None,
        expected: str = "",
        found: str = "",
    ) -> None:
        super().__init__(sentence)
        self.difference = Difference(code, place, sentence, sequence, expected, found)

    def told_as(self, code: str, sentence: str) -> "Differs":
        """The same difference under another name."""
        known = self.difference
        return Differs(
            code,
            known.place,
            sentence,
            sequence=known.sequence,
            expected=known.expected,
            found=known.found,
        )


class Unasked(Exception):
    """Ends a check that could not be done; the text says why."""


@dataclass(slots=True)
class Tally:
    """What a check has looked at so far. `notes` are what an auditor should know besides."""

    watch: Watch = field(default=lambda done, total: None)
    checked: int = 0
    notes: list[str] = field(default_factory=list[str])

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


@dataclass(frozen=True, slots=True)
class Checked:
    """How one part ended: without a difference, with its first one, or not looked at."""

    part: Part
    checked: int
    difference: Difference | None
    skipped_because: str | None
    notes: tuple[str, ...]


def ended(part: Part, tally: Tally, error: Exception | None) -> Checked:
    """Raises `error` again where it is none that a check ends with."""
    difference: Difference | None = None
    skipped: str | None = None
    match error:
        case None:
            pass
        case Differs():
            difference = error.difference
        case Amiss():
            sequence = getattr(error, "sequence", None)
            difference = Difference(error.code, error.place, str(error), sequence)
        case Unasked():
            skipped = str(error)
        case DomainError():
            skipped = error.sentence
        case _:
            raise error
    return Checked(part, tally.checked, difference, skipped, tuple(tally.notes))


def ahead(read: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """The results in order, some read before they are asked for, in a few threads at once."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="checking") as pool:
        remaining = iter(items)
        waiting: list[Future[Result]] = [
            pool.submit(read, each) for each in islice(remaining, AHEAD)
        ]
        try:
            while waiting:
                found = waiting.pop(0).result()
                waiting += [pool.submit(read, each) for each in islice(remaining, 1)]
                yield found
        finally:
            for each in waiting:
                each.cancel()
