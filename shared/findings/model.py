"""A rule that examines a case, and the finding that it makes of what it meets. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, Literal

from shared.editions import SidRow
from shared.findings.case import Case

Severity = Literal["blocks", "costs", "advises"]
"""`blocks` is what a submission would be refused for, and nothing else."""

Plain = str | int | date | datetime | tuple[str, ...] | tuple[int, ...]
Params = Mapping[str, Plain]
NOTHING: Final[Params] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule is met. `holds` is the level that stands whatever comes of it."""

    indicator: str | None = None
    field: str | None = None
    evidence_id: str | None = None
    holds: int | None = None
    params: Params = made_by(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found at one place of a case.

    `holds` says, of what costs points, to which level the indicator may fall.
    """

    code: str
    severity: Severity
    source: str
    indicator: str | None = None
    field: str | None = None
    evidence_id: str | None = None
    holds: int | None = None
    params: Params = made_by(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Rule:
    """`source` says who asks for it: the edition, a published text, or practice."""

    code: str
    severity: Severity
    source: str
    check: Callable[[Case], Iterable[Hit]]

    def findings(self, case: Case) -> Iterable[Finding]:
        for hit in self.check(case):
            yield Finding(
                self.code,
                self.severity,
                self.source,
                hit.indicator,
                hit.field,
                hit.evidence_id,
                hit.holds,
                hit.params,
            )


def at(
    row: SidRow, *, evidence_id: str | None = None, holds: int | None = None, **params: Plain
) -> Hit:
    """A hit at an indicator, with the number and the names that people know it by."""
    named: Params = {
        "number": row.iid_no,
        "name_id": row.name_id,
        "name_en": row.name_en,
        **params,
    }
    return Hit(row.code, None, evidence_id, holds, named)
