"""What a verified innovation is worth, claimed beside verified, row by row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.scoring.domain.instrument import require_edition
from shared.decider import Decider
from shared.editions import Edition, SidRow, in_window, row_score
from shared.errors import Refused
from shared.events.scoring import InnovationScored, ScorecardEvent, ScoredRow
from shared.events.submission import Profile
from shared.events.verification import DossierVerified, Subject, Verdict, VerdictCorrected

UNDECIDED = "undecided"
NOBODY = "system:scoring"

Verified = DossierVerified | VerdictCorrected


@dataclass(frozen=True, slots=True)
class Score:
    """Compute the scorecard that follows from a verified dossier or from a corrected verdict."""

    by: str
    at: datetime
    edition: Edition
    verified: Verified


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing was verified yet."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scorecard that holds, and all the granted objections that are in it."""

    number: int
    round: int
    rows: tuple[ScoredRow, ...]
    deciders: tuple[str, ...]
    objections: frozenset[str]


State = Missing | Scored


def decide(command: Score, state: State) -> list[ScorecardEvent]:
    about = command.verified.about
    require_edition(command.edition, about.edition_id, about.edition_digest)
    if isinstance(state, Scored) and _is_known(command.verified, state):
        return []
    return [_scored(command, state)]


def evolve(state: State, fact: ScorecardEvent) -> State:
    before: frozenset[str] = state.objections if isinstance(state, Scored) else frozenset()
    objections = before if fact.objection_id is None else before | {fact.objection_id}
    return Scored(fact.number, fact.round, fact.rows, fact.deciders, objections)


def counts_for_index(edition: Edition, about: Subject) -> bool:
    """Whether a verified innovation counts: applied (penerapan) inside the window, no training.

    Source: PP 38/2017 reporting as applied since 2023 (S-19, S-23, S-41, S-01/sec): stage
    implementation, implemented or else developed inside the edition's window.
    """
    return not about.training and _is_implemented(edition, about.profile)


def _is_implemented(edition: Edition, profile: Profile) -> bool:
    if profile.stage != "implementation" or profile.implemented_on is None:
        return False
    return in_window(edition, profile.implemented_on, profile.developed_on)


def _is_known(verified: Verified, state: Scored) -> bool:
    """Facts may arrive late: what was verified in a round already scored is not news."""
    if isinstance(verified, VerdictCorrected):
        return verified.objection_id in state.objections
    return verified.round <= state.round


def _scored(command: Score, state: State) -> InnovationScored:
    verified, about = command.verified, command.verified.about
    corrected = verified if isinstance(verified, VerdictCorrected) else None
    rows = _rows(command, state)
    return InnovationScored(
        by=command.by,
        at=command.at,
        scorecard_id=verified.dossier_id,
        number=state.number + 1 if isinstance(state, Scored) else 1,
        innovation_id=about.innovation_id,
        title=about.profile.title,
        season_id=about.season_id,
        edition_id=about.edition_id,
        edition_digest=about.edition_digest,
        training=about.training,
        agency_id=about.agency_id,
        agency_path=about.agency_path,
        region_id=about.region_id,
        main_affair=about.profile.main_affair,
        initiator=about.profile.initiator,
        round=max(verified.round, state.round) if isinstance(state, Scored) else verified.round,
        rows=rows,
        claimed_maturity=sum((row.claimed_score for row in rows), Decimal(0)),
        verified_maturity=sum((row.verified_score for row in rows), Decimal(0)),
        counts_for_index=counts_for_index(command.edition, about),
        drafters=about.drafters,
        deciders=_deciders(command, state),
        competition_id=corrected.competition_id if corrected else None,
        objection_id=corrected.objection_id if corrected else None,
        agency_kind=about.agency_kind,
        lineage=about.lineage,
        classification=about.profile.classification,
        change_project=about.profile.change_project,
    )


def _corrects(command: Score, state: State) -> str | None:
    """The one indicator that changes on the scorecard that holds; None: all rows are new.

    Two corrections of one dossier may arrive in either order, so each changes its own row only.
    """
    verified = command.verified
    if not isinstance(verified, VerdictCorrected) or not isinstance(state, Scored):
        return None
    return verified.corrected.indicator if verified.round <= state.round else None


def _rows(command: Score, state: State) -> tuple[ScoredRow, ...]:
    fresh = _fresh_rows(command.edition, command.verified)
    indicator = _corrects(command, state)
    if indicator is None or not isinstance(state, Scored):
        return fresh
    changed = {row.indicator: row for row in fresh if row.indicator == indicator}
    return tuple(changed.get(row.indicator, row) for row in state.rows)


def _deciders(command: Score, state: State) -> tuple[str, ...]:
    told = command.verified.deciders
    if _corrects(command, state) is None or not isinstance(state, Scored):
        return told
    return tuple(sorted({*state.deciders, *told}))


def _fresh_rows(edition: Edition, verified: Verified) -> tuple[ScoredRow, ...]:
    claimed = {claim.indicator: claim.level for claim in verified.claims}
    verdicts = _verdicts(verified)
    unknown = sorted({*claimed, *verdicts} - {row.code for row in edition.sid})
    if unknown:
        raise Refused(
            "indicator_unknown",
            f"Edition {edition.id} has no indicator {unknown[0]}.",
            indicator=unknown[0],
            edition=edition.id,
        )
    return tuple(_row(row, claimed.get(row.code, 0), verdicts.get(row.code)) for row in edition.sid)


def _verdicts(verified: Verified) -> Mapping[str, Verdict]:
    verdicts = {verdict.indicator: verdict for verdict in verified.verdicts}
    if isinstance(verified, VerdictCorrected):
        verdicts[verified.corrected.indicator] = verified.corrected
    return verdicts


def _row(row: SidRow, claimed: int, verdict: Verdict | None) -> ScoredRow:
    """The row of one indicator; without a verdict nothing is granted (domain rule: S-23)."""
    granted = verdict.granted_level if verdict else 0
    if granted > claimed:
        raise Refused(
            "granted_above_claimed",
            f"{row.code} was granted level {granted}, but level {claimed} was claimed.",
            indicator=row.code,
            granted=granted,
            claimed=claimed,
        )
    return ScoredRow(
        indicator=row.code,
        weight=row.weight,
        mandatory=bool(row.mandatory),
        claimed_level=claimed,
        claimed_score=row_score(row, claimed),
        granted_level=granted,
        verified_score=row_score(row, granted),
        reason_code=_reason(claimed, verdict),
        evidence=verdict.evidence if verdict else (),
        decided_by=verdict.decided_by if verdict else NOBODY,
        decided_at=verdict.decided_at if verdict else None,
        basis=verdict.basis if verdict else None,
        subtype=verdict.subtype if verdict else None,
        note=verdict.note if verdict else "",
    )


def _reason(claimed: int, verdict: Verdict | None) -> str | None:
    if verdict is not None:
        return verdict.reason_code
    return UNDECIDED if claimed else None


decider = Decider[Score, State, ScorecardEvent](Missing(), decide, evolve)
