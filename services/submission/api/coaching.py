"""What would raise an innovation's maturity, over HTTP: all numbers are the scoring engine's."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Response

from services.submission.api.clocks import InTongue, Tongue
from services.submission.api.desk import Desk, Held
from services.submission.domain.states import Content, Verified
from shared.editions import BandId, Edition, Mark, Step, maturity, next_mark, steps
from shared.events.base import Indicator, Key, Level, Score
from shared.findings import called
from shared.http import Answer, Doors, show_version
from shared.identity import Access


class Named(Answer):
    """An id of the instrument, and what people call it."""

    id: str
    name: str


class BasisAnswer(Answer):
    """One way to measure the level, with what its levels 1 to 3 ask for."""

    id: str
    unit: Named
    levels: tuple[str, ...]
    evidence: tuple[Named, ...]


class TargetAnswer(Answer):
    """A next level: what it asks for, and what it adds to the maturity."""

    level: Level
    asks: str
    gain: Score


class StepAnswer(Answer):
    """An indicator below the top level. `maturity_then` is reached if this step and all before
    it in the list are taken to the top.
    """

    indicator: Indicator
    number: int
    name: str
    mandatory: bool
    level: Level
    targets: tuple[TargetAnswer, ...]
    evidence: tuple[Named, ...]
    files: tuple[str, ...]
    bases: tuple[BasisAnswer, ...]
    subtypes: tuple[Named, ...]
    maturity_then: Score


class Unproven(Answer):
    """A level that is claimed with no accepted evidence; `worth` is what its proof would add."""

    indicator: Indicator
    number: int
    name: str
    level: Level
    worth: Score


class MarkAnswer(Answer):
    """The next band, as if bands were for one innovation: they are published for the index of a
    region only, and here give the maturity a scale. `missing` is what it still takes.
    """

    band: BandId
    share_percent: Score
    maturity: Score
    missing: Score


class Coach(Answer):
    """The steps that add most come first.

    `levels_by` says whether the maturity is that of granted levels, or of claims that accepted
    evidence backs. `gain` is what all steps together would add.
    """

    innovation_id: Key
    version: int
    training: bool
    levels_by: Literal["granted", "claimed"]
    maturity: Score
    highest_maturity: Score
    gain: Score
    next_mark: MarkAnswer | None
    unproven: tuple[Unproven, ...]
    steps: tuple[StepAnswer, ...]


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/coach", tags=["innovations"])

    @router.get("", name="read_coach")
    async def read_coach(
        innovation_id: Key,
        response: Response,
        tongue: InTongue,
        access: Annotated[Access, doors.reads("read_coach")],
    ) -> Coach:
        held = await desk.held(access, innovation_id, fresh=True)
        show_version(response, held.version, held.sequence)
        await desk.clock(response, held.drafted.season_id, held.drafted.agency_path)
        return coach_of(held, desk.edition_of(held.drafted.edition_id), tongue)

    return router


def coach_of(held: Held, edition: Edition, tongue: Tongue) -> Coach:
    granted = _granted(held)
    levels = _backed(held.content, edition) if granted is None else granted
    now = maturity(edition, levels).total
    highest = edition.totals.sid_rows
    return Coach(
        innovation_id=held.drafted.innovation_id,
        version=held.version,
        training=held.drafted.training,
        levels_by="claimed" if granted is None else "granted",
        maturity=now,
        highest_maturity=highest,
        gain=highest - now,
        next_mark=_mark(next_mark(edition, now)),
        unproven=tuple(_unproven(held, edition, levels, tongue)),
        steps=tuple(_steps(steps(edition, levels), now, tongue)),
    )


def _mark(mark: Mark | None) -> MarkAnswer | None:
    if mark is None:
        return None
    return MarkAnswer(
        band=mark.band, share_percent=mark.share, maturity=mark.maturity, missing=mark.missing
    )


def _granted(held: Held) -> Mapping[str, int] | None:
    if not isinstance(held.state, Verified):
        return None
    return {each.indicator: each.level for each in held.state.granted}


def _backed(content: Content, edition: Edition) -> Mapping[str, int]:
    """Claimed levels of indicators for which something was taken in."""
    taken_in = [item for item in content.evidence.values() if item.accepted]
    shown = {code for item in taken_in for code in item.indicators}
    claims = [content.claims[row.code] for row in edition.sid if row.code in content.claims]
    return {each.indicator: each.level for each in claims if each.level and each.indicator in shown}


def _unproven(
    held: Held, edition: Edition, levels: Mapping[str, int], tongue: Tongue
) -> Iterator[Unproven]:
    """Nothing once it is verified: then what was granted counts, whatever was claimed."""
    now = maturity(edition, levels).total
    for row in () if isinstance(held.state, Verified) else edition.sid:
        claim = held.content.claims.get(row.code)
        if claim is None or claim.level == 0 or row.code in levels:
            continue
        yield Unproven(
            indicator=row.code,
            number=row.iid_no,
            name=row.name_en if tongue == "en" else row.name_id,
            level=claim.level,
            worth=maturity(edition, {**levels, row.code: claim.level}).total - now,
        )


def _steps(found: tuple[Step, ...], now: Decimal, tongue: Tongue) -> Iterator[StepAnswer]:
    then = now
    for step in found:
        then += step.gain
        yield StepAnswer(
            indicator=step.indicator,
            number=step.iid_no,
            name=step.name_en if tongue == "en" else step.name_id,
            mandatory=step.mandatory,
            level=step.level,
            targets=tuple(
                TargetAnswer(level=target.level, asks=target.asks, gain=target.gain)
                for target in step.targets
            ),
            evidence=_named(step.evidence, tongue),
            files=step.files,
            bases=tuple(_basis(step, tongue)),
            subtypes=_named(step.subtypes, tongue),
            maturity_then=then,
        )


def _basis(step: Step, tongue: Tongue) -> Iterator[BasisAnswer]:
    for basis in step.bases:
        yield BasisAnswer(
            id=basis.id,
            unit=Named(id=basis.unit, name=called(basis.unit, tongue)),
            levels=basis.levels,
            evidence=_named(basis.evidence, tongue),
        )


def _named(ids: tuple[str, ...], tongue: Tongue) -> tuple[Named, ...]:
    return tuple(Named(id=each, name=called(each, tongue)) for each in ids)
