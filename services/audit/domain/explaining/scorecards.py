"""A scorecard row by row: what was claimed, what was granted, and what it is worth. Pure."""

from collections.abc import Mapping

from services.audit.domain.explaining.history import History, cited_for, edition_rule
from services.audit.domain.explaining.steps import Rule, Said, Step, Value, said
from services.audit.domain.explaining.submissions import review_steps, submission_steps
from services.audit.domain.explaining.verdicts import Asked, verdict_step
from services.audit.domain.explaining.words import exact, shown
from services.scoring.domain.scorecard import NOBODY
from shared.editions import Edition, SidRow
from shared.events.base import Recorded
from shared.events.scoring import SCORECARD, InnovationScored, ScoredRow
from shared.events.submission import INNOVATION, InnovationDrafted, LevelClaimed
from shared.events.verification import DOSSIER


def scorecard_step(innovation_id: str, number: int, history: History) -> Step:
    """The scorecard of that number, down to files and people."""
    about = f"scorecard/{innovation_id}/{number}"
    return history.once(about, lambda: _found(innovation_id, number, about, history))


def _found(innovation_id: str, number: int, about: str, history: History) -> Step:
    subject = SCORECARD.subject(innovation_id)
    events = history.trail.last(subject, InnovationScored, lambda each: each.number == number)
    if not events:
        return Step(
            "scorecard", f"Kartu skor {number} dari {innovation_id} tidak pernah dinyatakan."
        )
    return _scorecard(events[0], about, history)


def _scorecard(event: Recorded[InnovationScored], about: str, history: History) -> Step:
    fact = event.fact
    edition = history.edition(fact.edition_id, fact.edition_digest)
    said_before = history.trail.on(DOSSIER.subject(fact.scorecard_id), event.sequence)
    cause = [each for each in said_before if each.id == event.causation_id]
    rows = tuple(_row(row, event, edition, history) for row in fact.rows)
    until = event.sequence
    return Step(
        kind="scorecard",
        title=(
            f"Kartu skor {fact.number} {fact.title} ({fact.innovation_id}): kematangan"
            f" {shown(fact.verified_maturity)} terverifikasi dari {shown(fact.claimed_maturity)}"
            " yang diklaim"
        ),
        about=about,
        facts=said((*cause, event)),
        values=_values(fact),
        rule=_rule(fact, edition),
        because=(
            *rows,
            *review_steps(fact.innovation_id, until, history),
            *submission_steps(fact.innovation_id, until, history),
        ),
    )


def _values(fact: InnovationScored) -> Mapping[str, Value]:
    return {
        "innovation_id": fact.innovation_id,
        "number": fact.number,
        "round": fact.round,
        "claimed_maturity": exact(fact.claimed_maturity),
        "verified_maturity": exact(fact.verified_maturity),
        "counts_for_index": "yes" if fact.counts_for_index else "no",
    }


def _rule(fact: InnovationScored, edition: Edition | None) -> Rule:
    what = "Kematangan = jumlah bobot x tingkat yang diberikan atas semua baris SID"
    if edition is None:
        return Rule(what, f"edisi {fact.edition_id}", fact.edition_digest)
    return edition_rule(what, edition, cited_for("totals", edition))


def _row(
    row: ScoredRow, event: Recorded[InnovationScored], edition: Edition | None, history: History
) -> Step:
    known = None if edition is None else edition.sid_row(row.indicator)
    values: dict[str, Value] = {
        "indicator": row.indicator,
        "weight": exact(row.weight),
        "claimed_level": row.claimed_level,
        "granted_level": row.granted_level,
        "points": exact(row.verified_score),
        "reason_code": row.reason_code or "",
        "decided_by": "" if row.decided_by == NOBODY else row.decided_by,
    }
    asked = Asked(
        innovation_id=event.fact.innovation_id,
        indicator=row.indicator,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        until=event.sequence,
    )
    verdict = verdict_step(asked, history)
    return Step(
        kind="row",
        title=_row_title(row, known),
        facts=_claims(asked, history),
        values=values,
        rule=None if known is None or edition is None else _row_rule(row, known, edition),
        because=() if verdict is None else (verdict,),
    )


def _row_title(row: ScoredRow, known: SidRow | None) -> str:
    name = row.indicator if known is None else f"{row.indicator} {known.name_id}"
    if not row.claimed_level:
        return f"{name}: tidak diklaim, 0 poin"
    return (
        f"{name}: diklaim tingkat {row.claimed_level}, diberikan tingkat {row.granted_level}"
        f" x bobot {shown(row.weight)} = {shown(row.verified_score)} poin"
    )


def _row_rule(row: ScoredRow, known: SidRow, edition: Edition) -> Rule:
    what = f"Bobot {known.code} {shown(known.weight)}"
    if row.granted_level:
        what += f"; tingkat {row.granted_level}: {known.levels[row.granted_level - 1]}"
    return edition_rule(what, edition, known.source)


def _claims(asked: Asked, history: History) -> tuple[Said, ...]:
    """Who claimed the level; where nobody did here, it came with the draft from an earlier one."""
    trail, subject = history.trail, INNOVATION.subject(asked.innovation_id)
    claimed = trail.last(
        subject,
        LevelClaimed,
        lambda each: each.claim.indicator == asked.indicator,
        asked.until,
    )
    carried = trail.last(
        subject,
        InnovationDrafted,
        lambda each: any(claim.indicator == asked.indicator for claim in each.claims),
        asked.until,
    )
    return said(claimed or carried)
