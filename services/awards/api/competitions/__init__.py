"""Competitions over HTTP: announcing, entries by hand, and the rounds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.awards.api.agencies import Agencies
from services.awards.api.competitions.answers import (
    CompetitionAnswer,
    CompetitionList,
    summary,
    visible,
)
from services.awards.api.past import PastWinsOf
from services.awards.api.reading import (
    Competitions,
    Funds,
    Name,
    ScoredOf,
    Text,
    Tongue,
    competition_shown,
    known_funds,
    not_found,
    thing_of,
)
from services.awards.api.rules import RulesBody
from services.awards.domain.competition import Announce, CloseRound, EnrolByHand, OpenRound
from services.awards.domain.competition.questions import category_of, judged, round_of
from services.awards.domain.entries import entry_of
from services.awards.projections import CompetitionView
from services.awards.projections.parts import CompetitionState
from shared.events.base import Code, Key
from shared.history import derived_id
from shared.http import Ask, Body, Doors, Written
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


@dataclass(frozen=True, slots=True)
class Known:
    """What routes ask beside the competition: views, names, funds, scorecards, winners, time."""

    view: Collection
    agencies: Agencies
    funds: Funds
    scored: ScoredOf
    past_wins: PastWinsOf
    now: Callable[[], datetime]


def routes(doors: Doors, competitions: Competitions, known: Known) -> APIRouter:
    router = APIRouter(prefix="/competitions", tags=["competitions"])

    @router.post("", name="announce_competition", status_code=201)
    async def announce_competition(
        body: AnnounceRequest, ask: Annotated[Ask, doors.writes("announce_competition")]
    ) -> Written:
        rules = body.rules.rules(ask.at)
        command = Announce(
            by=ask.by,
            at=ask.at,
            competition_id=body.competition_id,
            name=body.name,
            season_id=body.season_id,
            rules=rules,
            funds=await known_funds(known.funds, rules),
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
        page = await known.view.page(where, cursor=cursor, limit=limit)
        shown = (CompetitionView.model_validate(bare(each)) for each in page.items)
        return CompetitionList(
            items=tuple(summary(each) for each in shown), next_cursor=page.next_cursor
        )

    @router.get("/{competition_id}", name="read_competition")
    async def read_competition(
        competition_id: Code,
        response: Response,
        access: Annotated[Access, doors.reads("read_competition")],
        language: Tongue,
    ) -> CompetitionAnswer:
        shown = await competition_shown(known.view, competition_id, response)
        names = await known.agencies.names_in(shown)
        return visible(shown, names, access, known.now(), language)

    @router.post("/{competition_id}/entries", name="enrol_by_hand", status_code=201)
    async def enrol_by_hand(
        competition_id: Code,
        body: EntryRequest,
        ask: Annotated[Ask, doors.writes("enrol_by_hand")],
    ) -> Written:
        scorecard = await known.scored(body.innovation_id)
        if scorecard is None:
            raise not_found()
        ask.require(thing_of(entry_of(scorecard, body.category)))
        rules = judged((await competitions.state(competition_id, remembered=True)).state).rules
        command = EnrolByHand(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            scorecard=scorecard,
            category=body.category,
            reason=body.reason,
            past_wins=await known.past_wins(rules),
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
        state = judged((await competitions.state(competition_id, remembered=True)).state)
        rule = round_of(category_of(state, category), code)
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
