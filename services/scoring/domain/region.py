"""The index of a region in a season: its government aspect and its counted innovations. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import assert_never

from services.scoring.domain.figures import Counted, figures
from services.scoring.domain.instrument import require_edition
from shared.decider import Decider
from shared.editions import Edition, FormulaError, UnpublishedConstant, government_aspect
from shared.errors import Refused
from shared.events.scoring import (
    GovernmentAspectRecorded,
    GovernmentRow,
    InnovationCounted,
    InnovationScored,
    RegionEvent,
)

NOTHING_COUNTED: Mapping[str, Counted] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CountInnovation:
    """Let a scorecard enter, or replace its older number in, the region's index."""

    by: str
    at: datetime
    edition: Edition
    scored: InnovationScored


@dataclass(frozen=True, slots=True)
class RecordGovernmentAspect:
    """Enter the government aspect (SPD) as a whole; a row left out is at level 0.

    `replaces` says that the caller has read the rows that stand, if any do.
    """

    by: str
    at: datetime
    edition: Edition
    season_id: str
    region_id: str
    rows: tuple[GovernmentRow, ...]
    replaces: bool = False


Command = CountInnovation | RecordGovernmentAspect


@dataclass(frozen=True, slots=True)
class Region:
    """What entered so far; each half knows the digest of the edition it was entered by."""

    counted: Mapping[str, Counted] = field(default_factory=lambda: NOTHING_COUNTED)
    counted_by: str | None = None
    rows: tuple[GovernmentRow, ...] = ()
    rows_by: str | None = None


def region_key(season_id: str, region_id: str) -> str:
    return f"{season_id}_{region_id}"


def decide(command: Command, state: Region) -> list[RegionEvent]:
    match command:
        case CountInnovation():
            return _count(command, state)
        case RecordGovernmentAspect():
            return _record(command, state)
        case _:
            assert_never(command)


def evolve(state: Region, fact: RegionEvent) -> Region:
    match fact:
        case InnovationCounted():
            counted = {**state.counted, fact.innovation_id: _as_told(fact)}
            return replace(state, counted=counted, counted_by=fact.edition_digest)
        case GovernmentAspectRecorded():
            return replace(state, rows=fact.rows, rows_by=fact.edition_digest)
        case _:
            assert_never(fact)


def _as_told(fact: InnovationCounted) -> Counted:
    return Counted(fact.scorecard_number, fact.verified_maturity, fact.main_affair, fact.counts)


def _count(command: CountInnovation, state: Region) -> list[RegionEvent]:
    scored, edition = command.scored, command.edition
    require_edition(edition, scored.edition_id, scored.edition_digest)
    _require_same_instrument(edition, state)
    known = state.counted.get(scored.innovation_id)
    if known is not None and scored.number <= known.number:
        return []
    counted = Counted(
        scored.number, scored.verified_maturity, scored.main_affair, scored.counts_for_index
    )
    innovations = {**state.counted, scored.innovation_id: counted}
    return [
        InnovationCounted(
            by=command.by,
            at=command.at,
            season_id=scored.season_id,
            region_id=scored.region_id,
            edition_id=edition.id,
            edition_digest=edition.digest,
            innovation_id=scored.innovation_id,
            scorecard_number=counted.number,
            verified_maturity=counted.maturity,
            main_affair=counted.main_affair,
            counts=counted.counts,
            figures=figures(edition, _recorded_aspect(edition, state), innovations.values()),
            claimed_maturity=scored.claimed_maturity,
        )
    ]


def _record(command: RecordGovernmentAspect, state: Region) -> list[RegionEvent]:
    edition = command.edition
    _require_same_instrument(edition, state)
    _require_plain_rows(command.rows)
    aspect = _aspect(edition, command.rows)
    rows = tuple(sorted(command.rows, key=lambda row: row.indicator))
    if (state.rows, state.rows_by) == (rows, edition.digest):
        return []
    if state.rows_by is not None and not command.replaces:
        raise Refused(
            "aspect_already_recorded",
            "The government aspect is already recorded; send the ETag of what you read with it.",
        )
    return [
        GovernmentAspectRecorded(
            by=command.by,
            at=command.at,
            season_id=command.season_id,
            region_id=command.region_id,
            edition_id=edition.id,
            edition_digest=edition.digest,
            rows=rows,
            figures=figures(edition, aspect, state.counted.values()),
        )
    ]


def _require_same_instrument(edition: Edition, state: Region) -> None:
    """A season has one instrument: that of the innovations counted in it."""
    if state.counted_by is not None:
        require_edition(edition, "this season", state.counted_by)


def _require_plain_rows(rows: tuple[GovernmentRow, ...]) -> None:
    twice = [code for code, times in Counter(row.indicator for row in rows).items() if times > 1]
    if twice:
        raise Refused("row_twice", f"The row {twice[0]} is there twice.", indicator=twice[0])
    without = [row.indicator for row in rows if not row.source.strip()]
    if without:
        raise Refused(
            "source_missing",
            f"Name the document that the level of {without[0]} comes from.",
            indicator=without[0],
        )


def _aspect(edition: Edition, rows: tuple[GovernmentRow, ...]) -> Decimal:
    try:
        return government_aspect(edition, {row.indicator: row.level for row in rows}).total
    except UnpublishedConstant as missing:
        raise Refused(
            "constant_unpublished", str(missing), constant=missing.name, edition=edition.id
        ) from missing
    except FormulaError as unknown:
        raise Refused("row_unknown", str(unknown), edition=edition.id) from unknown


def _recorded_aspect(edition: Edition, state: Region) -> Decimal:
    """Rows that were entered by another instrument than the season's are worth nothing in it."""
    return _aspect(edition, state.rows) if state.rows_by == edition.digest else Decimal(0)


decider = Decider[Command, Region, RegionEvent](Region(), decide, evolve)
