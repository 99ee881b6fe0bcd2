"""One row of a scorecard explained: rule, levels in the edition's words, verdict, who and when."""

from decimal import Decimal

from services.scoring.api.citing import Source, sources_of
from services.scoring.api.explaining import words
from shared.editions import Edition, SidRow, Unpublished
from shared.events.base import Digest, Level, PersonId, Score, Utc
from shared.events.scoring import ScoredRow
from shared.findings import Language, called
from shared.http import Answer


class ExplainedLevel(Answer):
    """A level in the edition's own words, and its arithmetic; no text at level 0."""

    level: Level
    text: str | None
    score: Score
    rule: str


class ExplainedRow(Answer):
    """`name` is the edition's; `mandatory` is null where it does not publish that.

    `reason` says why less was granted than claimed, `note` is the verifier's own text,
    `decision` who decided and when. `published_in` are the sources of the row's rule.
    """

    indicator: str
    iid_no: int
    name: str
    weight: Score
    mandatory: bool | None
    claimed: ExplainedLevel
    granted: ExplainedLevel
    difference: Score
    basis: str | None
    subtype: str | None
    reason_code: str | None
    reason: str | None
    note: str
    evidence: tuple[Digest, ...]
    decided_by: PersonId
    decided_at: Utc | None
    decision: str
    published_in: tuple[Source, ...]


def explained(edition: Edition, row: SidRow, scored: ScoredRow, language: Language) -> ExplainedRow:
    return ExplainedRow(
        indicator=row.code,
        iid_no=row.iid_no,
        name=row.name_en if language == "en" else row.name_id,
        weight=scored.weight,
        mandatory=None if isinstance(row.mandatory, Unpublished) else row.mandatory,
        claimed=_level(row, scored, scored.claimed_level, scored.claimed_score, language),
        granted=_level(row, scored, scored.granted_level, scored.verified_score, language),
        difference=scored.claimed_score - scored.verified_score,
        basis=scored.basis,
        subtype=scored.subtype,
        reason_code=scored.reason_code,
        reason=words.reason(scored.reason_code, language),
        note=scored.note,
        evidence=scored.evidence,
        decided_by=scored.decided_by,
        decided_at=scored.decided_at,
        decision=_decision(scored, language),
        published_in=sources_of(edition, row.source),
    )


def _level(
    row: SidRow, scored: ScoredRow, level: int, score: Decimal, language: Language
) -> ExplainedLevel:
    return ExplainedLevel(
        level=level,
        text=_text(row, level, scored.basis, language),
        score=score,
        rule=words.rule(scored.weight, level, score, language),
    )


def _text(row: SidRow, level: int, basis_id: str | None, language: Language) -> str | None:
    """Of the basis that was verified, with its unit, where the levels have one."""
    if level == 0:
        return None
    basis = next((each for each in row.bases if each.id == basis_id), None)
    if basis is None:
        return row.levels[level - 1]
    return f"{basis.levels[level - 1]} ({called(basis.unit, language)})"


def _decision(scored: ScoredRow, language: Language) -> str:
    if scored.decided_at is not None:
        return words.decided(scored.decided_by, scored.decided_at, language)
    return words.TEXTS[language]["undecided" if scored.claimed_level else "not_claimed"]
