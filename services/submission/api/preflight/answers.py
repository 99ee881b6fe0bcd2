"""What the pre-flight answers: every finding in words, and the points that are at risk."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from services.submission.api.clocks import ClockAnswer, Tongue, clock_answer
from services.submission.api.desk import Held
from services.submission.api.preflight.cases import Asked
from shared.errors import DomainError
from shared.events.base import Indicator, Key, Level, Score
from shared.findings import Finding, Severity, examine, explain, standing
from shared.http import Answer

PlainJson = str | int | tuple[str, ...] | tuple[int, ...]


class FindingAnswer(Answer):
    """One finding. `holds` is the level that the indicator may fall to, of what costs points."""

    code: str
    severity: Severity
    source: str
    indicator: Indicator | None
    field: str | None
    evidence_id: Key | None
    holds: Level | None
    params: dict[str, PlainJson]
    what: str
    how_to_mend: str


class RefusalAnswer(Answer):
    """Why it could not be saved or submitted now, as the write itself would say."""

    code: str
    sentence: str
    params: dict[str, Any]


class Preflight(Answer):
    """What a submission would meet now.

    `refusal` is what a submission would be refused for, `save_refusal` what saving the trial
    would be. `unread` are papers that were not read yet: ask again. `safe_maturity` is what is
    left if every finding that costs points is right; `maturity_at_risk` is the rest.
    """

    innovation_id: Key
    version: int
    training: bool
    clock: ClockAnswer
    can_submit: bool
    refusal: RefusalAnswer | None
    save_refusal: RefusalAnswer | None
    blocks: int
    costs: int
    advises: int
    claimed_maturity: Score
    safe_maturity: Score
    maturity_at_risk: Score
    highest_maturity: Score
    findings: tuple[FindingAnswer, ...]
    unread: tuple[Key, ...]


def preflight_of(
    held: Held,
    asked: Asked,
    refusal: DomainError | None,
    save_refusal: DomainError | None,
    tongue: Tongue,
) -> Preflight:
    findings = examine(asked.case)
    stands = standing(asked.case, findings)
    return Preflight(
        innovation_id=held.drafted.innovation_id,
        version=held.version,
        training=held.drafted.training,
        clock=clock_answer(asked.clock, asked.season, tongue),
        can_submit=refusal is None and save_refusal is None,
        refusal=_refusal(refusal),
        save_refusal=_refusal(save_refusal),
        blocks=_count(findings, "blocks"),
        costs=_count(findings, "costs"),
        advises=_count(findings, "advises"),
        claimed_maturity=stands.claimed,
        safe_maturity=stands.safe,
        maturity_at_risk=stands.at_risk,
        highest_maturity=stands.highest,
        findings=tuple(finding_answer(finding, tongue) for finding in findings),
        unread=asked.unread,
    )


def finding_answer(finding: Finding, tongue: Tongue) -> FindingAnswer:
    told = explain(finding, tongue)
    return FindingAnswer(
        code=finding.code,
        severity=finding.severity,
        source=finding.source,
        indicator=finding.indicator,
        field=finding.field,
        evidence_id=finding.evidence_id,
        holds=finding.holds,
        params={name: _plain(value) for name, value in finding.params.items()},
        what=told.what,
        how_to_mend=told.how_to_mend,
    )


def _plain(value: Any) -> PlainJson:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _count(findings: Iterable[Finding], severity: Severity) -> int:
    return sum(finding.severity == severity for finding in findings)


def _refusal(refusal: DomainError | None) -> RefusalAnswer | None:
    if refusal is None:
        return None
    params: Mapping[str, Any] = refusal.params
    return RefusalAnswer(code=refusal.code, sentence=refusal.sentence, params=dict(params))
