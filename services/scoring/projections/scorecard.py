"""An innovation's scorecard as it stands, row by row, and the numbers before it. Pure."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Digest, Key, Recorded, Score, Utc
from shared.events.scoring import SCORECARD, InnovationScored, ScoredRow
from shared.projector import Projection


class ScorecardNumber(BaseModel):
    """One scorecard of the innovation; `objection_id` names the granted objection behind it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    round: int
    competition_id: str | None
    objection_id: Key | None
    claimed_maturity: Score
    verified_maturity: Score
    counts_for_index: bool
    scored_at: Utc
    sequence: int


class ScorecardView(BaseModel):
    """The scorecard that holds. `verified_millis` sorts: thousandths of a maturity point."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    innovation_id: Key
    scorecard_id: Key
    title: str
    season_id: str
    region_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    edition_id: str
    edition_digest: Digest
    training: bool
    main_affair: str | None
    initiator: str | None
    number: int
    round: int
    claimed_maturity: Score
    verified_maturity: Score
    verified_millis: int
    counts_for_index: bool
    rows: tuple[ScoredRow, ...]
    drafters: tuple[str, ...]
    deciders: tuple[str, ...]
    scored_at: Utc
    scored_by: str
    numbers: tuple[ScorecardNumber, ...]


def fold(view: ScorecardView | None, event: Recorded[Any]) -> ScorecardView:
    fact: InnovationScored = event.fact
    before = view.numbers if view else ()
    return ScorecardView(
        innovation_id=fact.innovation_id,
        scorecard_id=fact.scorecard_id,
        title=fact.title,
        season_id=fact.season_id,
        region_id=fact.region_id,
        agency_id=fact.agency_id,
        agency_path=fact.agency_path,
        edition_id=fact.edition_id,
        edition_digest=fact.edition_digest,
        training=fact.training,
        main_affair=fact.main_affair,
        initiator=fact.initiator,
        number=fact.number,
        round=fact.round,
        claimed_maturity=fact.claimed_maturity,
        verified_maturity=fact.verified_maturity,
        verified_millis=int(fact.verified_maturity * 1000),
        counts_for_index=fact.counts_for_index,
        rows=fact.rows,
        drafters=fact.drafters,
        deciders=fact.deciders,
        scored_at=fact.at,
        scored_by=fact.by,
        numbers=(*before, _number(fact, event.sequence)),
    )


def _number(fact: InnovationScored, sequence: int) -> ScorecardNumber:
    return ScorecardNumber(
        number=fact.number,
        round=fact.round,
        competition_id=fact.competition_id,
        objection_id=fact.objection_id,
        claimed_maturity=fact.claimed_maturity,
        verified_maturity=fact.verified_maturity,
        counts_for_index=fact.counts_for_index,
        scored_at=fact.at,
        sequence=sequence,
    )


SCORECARDS = Projection(
    "scorecards",
    SCORECARD,
    ScorecardView,
    fold,
    (("verified_millis",), ("season_id", "verified_millis"), ("agency_path", "verified_millis")),
)
