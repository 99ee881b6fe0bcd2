"""What a replay finds amiss, and the first place where two things differ. Pure."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "gap",
    "unreadable",
    "envelope",
    "version",
    "cause",
    "untold",
    "refused",
    "differs",
    "conflict",
    "sample",
    "edition",
    "view",
]
"""gap: sequences are missing. unreadable: no fact that this build knows. envelope: headers that
do not fit the fact. version: versions of an aggregate do not run 1..n. cause: a reaction that no
earlier fact asked for. untold: it rests on something the history never said. refused: the rules
refuse it. differs: the rules say something else. conflict: a conflict of interest. sample: the
quality check was not drawn as the published rule draws it. edition: the instrument is another
one. view: a read model cannot be folded from it.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing amiss at one fact. `expected` and `found` are empty where `what` says it all."""

    kind: Kind
    subject: str
    sequence: int
    what: str
    expected: str = ""
    found: str = ""


Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first field in which two JSON values differ, as `rows[3].granted_level`."""

    path: str
    expected: Json
    found: Json


ABSENT = "nothing"


def first_difference(expected: Json, found: Json, path: str = "") -> Difference | None:
    """None where both are the same JSON value."""
    match expected, found:
        case dict(), dict():
            return _in_objects(expected, found, path)
        case list(), list():
            return _in_lists(expected, found, path)
        case _:
            pass
    is_same = type(expected) is type(found) and expected == found
    return None if is_same else Difference(path or "the whole", expected, found)


def _in_objects(expected: dict[str, Json], found: dict[str, Json], path: str) -> Difference | None:
    for name in sorted({*expected, *found}):
        place = f"{path}.{name}" if path else name
        difference = first_difference(expected.get(name, ABSENT), found.get(name, ABSENT), place)
        if difference is not None:
            return difference
    return None


def _in_lists(expected: list[Json], found: list[Json], path: str) -> Difference | None:
    for number in range(max(len(expected), len(found))):
        one = expected[number] if number < len(expected) else ABSENT
        other = found[number] if number < len(found) else ABSENT
        difference = first_difference(one, other, f"{path}[{number}]")
        if difference is not None:
            return difference
    return None
