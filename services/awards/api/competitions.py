"""Competitions over HTTP: announcing, entries by hand, and the rounds."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.awards.api.reading import (
    Competitions,
    Name,
    ScoredOf,
    Text,
    competition_shown,
    not_found,
    thing_of,
)
from services.awards.api.rules import RulesBody
from services.awards.domain.competition import Announce, CloseRound, EnrolByHand, OpenRound
from services.awards.domain.competition.questions import category_of, judged, round_of
from services.awards.domain.entries import entry_of
from services.awards.projections import CompetitionView
from services.awards.projections.parts import (
    Act,
    CompetitionState,
    Determination,
    EntryView,
    RoundView,
    WindowView,
)
from shared.events.awards import CompetitionRules
from shared.events.base import Code, Key
from shared.history import derived_id
from shared.http import Answer, Ask, Body, Doors, Written
from shared.identity import Access
from shared.projector import bare
from shared.views import Collection


class AnnounceRequest(Body):
    competition_id: Code
    name: Name
    season_id: Code
    rules: RulesBody


class EntryRequest(Body):
    innovation_id: Key
    category: Code
    reason: Text


class RoundWritten(Written):
    """`panel_id` names the panel that scoring opens, where judges score the round."""

    panel_id: str | None


class CompetitionSummary(Answer):
    competition_id: str
    name: str
    season_id: str
    state: CompetitionState
    rules_digest: str
    entries: int
    version_of_results: int


class CompetitionList(Answer):
    items: tuple[CompetitionSummary, ...]
    next_cursor: str | None


class CompetitionAnswer(Answer):
    """A competition without its results and objections; of its entries those you may see."""

    competition_id: str
    name: str
    season_id: str
    state: CompetitionState
    rules: CompetitionRules
    rules_digest: str
    announced: Act
    entries: tuple[EntryView, ...]
    rounds: tuple[RoundView, ...]
    windows: tuple[WindowView, ...]
    determination: Determination | None
    published: Act | None


def routes(
    doors: Doors, competitions: Competitions, view: Collection, scored: ScoredOf
) -> APIRouter:
    router = APIRouter(prefix="/competitions", tags=["competitions"])

    @router.post("", name="announce_competition", status_code=201)
    async def announce_competition(
        body: AnnounceRequest, ask: Annotated[Ask, doors.writes("announce_competition")]
    ) -> Written:
        command = Announce(
            by=ask.by,
            at=ask.at,
            competition_id=body.competition_id,
            name=body.name,
            season_id=body.season_id,
            rules=body.rules.rules(),
        )
        return ask.written(await ask.send(competitions, body.competition_id, command, new=True))

    @router.get("", name="list_competitions", dependencies=[doors.lists("list_competitions")])
    async def list_competitions(
        season_id: Code | None = None,
        state: CompetitionState | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> CompetitionList:
        asked = {"season_id": season_id, "state": state}
        where = {name: value for name, value in asked.items() if value is not None}
        page = await view.page(where, cursor=cursor, limit=limit)
        shown = (CompetitionView.model_validate(bare(each)) for each in page.items)
        return CompetitionList(
            items=tuple(_summary(each) for each in shown), next_cursor=page.next_cursor
        )

    @router.get("/{competition_id}", name="read_competition")
    async def read_competition(
        competition_id: Code,
        response: Response,
        access: Annotated[Access, doors.reads("read_competition")],
    ) -> CompetitionAnswer:
        return _visible(await competition_shown(view, competition_id, response), access)

    @router.post("/{competition_id}/entries", name="enrol_by_hand", status_code=201)
    async def enrol_by_hand(
        competition_id: Code,
        body: EntryRequest,
        ask: Annotated[Ask, doors.writes("enrol_by_hand")],
    ) -> Written:
        scorecard = await scored(body.innovation_id)
        if scorecard is None:
            raise not_found()
        ask.require(thing_of(entry_of(scorecard, body.category)))
        command = EnrolByHand(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            scorecard=scorecard,
            category=body.category,
            reason=body.reason,
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.post("/{competition_id}/categories/{category}/rounds/{code}/open", name="open_round")
    async def open_round(
        competition_id: Code,
        category: Code,
        code: Code,
        ask: Annotated[Ask, doors.writes("open_round")],
    ) -> RoundWritten:
        panel = derived_id("panel", competition_id, category, code)
        command = OpenRound(by=ask.by, at=ask.at, category=category, round=code, panel_id=panel)
        outcome = await ask.send(competitions, competition_id, command)
        known = judged((await competitions.state(competition_id, remembered=True)).state)
        rule = round_of(category_of(known, category), code)
        return RoundWritten(
            **ask.written(outcome).model_dump(),
            panel_id=panel if rule.scored_by == "panel" else None,
        )

    @router.post("/{competition_id}/categories/{category}/rounds/{code}/close", name="close_round")
    async def close_round(
        competition_id: Code,
        category: Code,
        code: Code,
        ask: Annotated[Ask, doors.writes("close_round")],
    ) -> Written:
        command = CloseRound(by=ask.by, at=ask.at, category=category, round=code)
        return ask.written(await ask.send(competitions, competition_id, command))

    return router


def _summary(view: CompetitionView) -> CompetitionSummary:
    return CompetitionSummary(
        competition_id=view.competition_id,
        name=view.name,
        season_id=view.season_id,
        state=view.state,
        rules_digest=view.rules_digest,
        entries=len(view.entries),
        version_of_results=view.results[-1].version if view.results else 0,
    )


def _visible(view: CompetitionView, access: Access) -> CompetitionAnswer:
    entries = tuple(each for each in view.entries if access.may(thing_of(each.entry)))
    seen = {each.entry.innovation_id for each in entries}
    return CompetitionAnswer(
        competition_id=view.competition_id,
        name=view.name,
        season_id=view.season_id,
        state=view.state,
        rules=view.rules,
        rules_digest=view.rules_digest,
        announced=view.announced,
        entries=entries,
        rounds=tuple(_with_only(each, seen) for each in view.rounds),
        windows=view.windows,
        determination=view.determination,
        published=view.published,
    )


def _with_only(view: RoundView, seen: set[str]) -> RoundView:
    return view.model_copy(
        update={
            "entries": tuple(each for each in view.entries if each in seen),
            "means": tuple(each for each in view.means if each.innovation_id in seen),
            "first_criterion": tuple(
                each for each in view.first_criterion if each.innovation_id in seen
            ),
            "scores": tuple(each for each in view.scores if each.innovation_id in seen),
        }
    )
