"""What `inda audit fsck` tells, as scripts read it."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from services.audit.checking.difference import Checked, Difference, Part


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FirstDifference(_Told):
    """`sequence` is the fact that it is about, null where it is about none."""

    code: str
    place: str
    sequence: int | None
    sentence: str
    expected: str
    found: str


class PartTold(_Told):
    """`checked` counts facts, or files of documents, or documents of views."""

    part: Part
    checked: int
    first_difference: FirstDifference | None
    skipped_because: str | None
    notes: tuple[str, ...]


class Fsck(_Told):
    parts: tuple[PartTold, ...]

    @property
    def differs(self) -> bool:
        return any(each.first_difference is not None for each in self.parts)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was asked for could be looked at."""
        return all(each.skipped_because is None for each in self.parts)


def fsck_of(parts: Sequence[Checked]) -> Fsck:
    return Fsck(parts=tuple(map(_part, parts)))


def _part(found: Checked) -> PartTold:
    return PartTold(
        part=found.part,
        checked=found.checked,
        first_difference=None if found.difference is None else _difference(found.difference),
        skipped_because=found.skipped_because,
        notes=found.notes,
    )


def _difference(found: Difference) -> FirstDifference:
    return FirstDifference(
        code=found.code,
        place=found.place,
        sequence=found.sequence,
        sentence=found.sentence,
        expected=found.expected,
        found=found.found,
    )
