"""The public test (uji publik) over HTTP: opened by the committee, shown to anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from services.awards.api.agencies import Agencies, Names, called, region_called
from services.awards.api.reading import Competitions, competition_shown, not_found
from services.awards.domain.competition import OpenPublicTest
from services.awards.projections import CompetitionView
from shared.events.base import Code, Utc
from shared.http import Answer, Ask, Body, Doors, Written
from shared.views import Collection


class TestRequest(Body):
    version: Annotated[int, Field(ge=1)]


class Finalist(Answer):
    category: str
    category_name: str
    innovation_id: str
    title: str
    agency_id: str
    agency_name: str
    region_id: str | None
    region_name: str | None


class PublicTest(Answer):
    """Who is tested, by category and title: the order says nothing of their places."""

    competition_id: str
    name: str
    opened_at: Utc
    closes_at: Utc
    is_open: bool
    finalists: tuple[Finalist, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What routes ask beside the competition: views, names, time."""

    view: Collection
    agencies: Agencies
    now: Callable[[], datetime]


def routes(doors: Doors, competitions: Competitions, known: Known) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}/public-test", tags=["public test"])

    @router.post("", name="open_public_test")
    async def open_public_test(
        competition_id: Code,
        body: TestRequest,
        ask: Annotated[Ask, doors.writes("open_public_test")],
    ) -> Written:
        command = OpenPublicTest(by=ask.by, at=ask.at, version=body.version)
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.get("", name="read_public_test")
    async def read_public_test(competition_id: Code, response: Response) -> PublicTest:
        shown = await competition_shown(known.view, competition_id, response)
        if not shown.public_tests:
            raise not_found()
        return _tested(shown, await known.agencies.names_in(shown), known.now())

    return router


def _tested(view: CompetitionView, names: Names, at: datetime) -> PublicTest:
    test = view.public_tests[-1]
    return PublicTest(
        competition_id=view.competition_id,
        name=view.name,
        opened_at=test.at,
        closes_at=test.closes_at,
        is_open=view.state in ("drafted", "objection") and at < test.closes_at,
        finalists=_finalists(view, names),
    )


def _finalists(view: CompetitionView, names: Names) -> tuple[Finalist, ...]:
    """Those in the newest results: whoever is out is tested no more."""
    categories = {each.code: each.name for each in view.rules.categories}
    ranked = {each.innovation_id for each in view.results[-1].ranking}
    found = (
        Finalist(
            category=each.entry.category,
            category_name=categories[each.entry.category],
            innovation_id=each.entry.innovation_id,
            title=each.entry.title,
            agency_id=each.entry.agency_id,
            agency_name=called(names, each.entry.agency_id),
            region_id=each.entry.region_id,
            region_name=region_called(names, each.entry.region_id),
        )
        for each in view.entries
        if each.entry.innovation_id in ranked
    )
    return tuple(sorted(found, key=lambda f: (f.category, f.title, f.innovation_id)))
