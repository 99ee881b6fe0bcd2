"""Published results, for anybody, without a token and without a person's id."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.awards.api.reading import competition_shown, not_found
from services.awards.projections import CompetitionView
from services.awards.projections.parts import Change, EntryView, ResultsView
from shared.events.awards import RankedEntry, RoundScore
from shared.events.base import Code, Score, Utc
from shared.http import Answer
from shared.projector import bare
from shared.views import Collection


class Place(Answer):
    """`tie_break` names the rule that set it apart from entries of the same final score."""

    category: str
    rank: int
    innovation_id: str
    title: str
    agency_id: str
    final_score: Score
    round_scores: tuple[RoundScore, ...]
    tie_break: str | None
    prizes: tuple[str, ...]


class Version(Answer):
    version: int
    cause: str
    cause_id: str | None
    at: Utc
    changes: tuple[Change, ...]


class Disqualified(Answer):
    innovation_id: str
    title: str
    ground: str
    at: Utc


class PublishedResults(Answer):
    competition_id: str
    name: str
    season_id: str
    rules_digest: str
    version: int
    decree_number: str
    decree_date: date
    published_at: Utc
    ranking: tuple[Place, ...]
    versions: tuple[Version, ...]
    disqualified: tuple[Disqualified, ...]


class PublishedList(Answer):
    items: tuple[PublishedResults, ...]
    next_cursor: str | None


def routes(view: Collection) -> APIRouter:
    router = APIRouter(tags=["published results"])

    @router.get("/results", name="list_published_results")
    async def list_published_results(
        season_id: Code | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
    ) -> PublishedList:
        season = {} if season_id is None else {"season_id": season_id}
        page = await view.page({"state": "published", **season}, cursor=cursor, limit=limit)
        shown = (_published(CompetitionView.model_validate(bare(each))) for each in page.items)
        return PublishedList(
            items=tuple(each for each in shown if each is not None), next_cursor=page.next_cursor
        )

    @router.get("/competitions/{competition_id}/results", name="read_published_results")
    async def read_published_results(competition_id: Code, response: Response) -> PublishedResults:
        found = _published(await competition_shown(view, competition_id, response))
        if found is None:
            raise not_found()
        return found

    return router


def _published(view: CompetitionView) -> PublishedResults | None:
    """None while nothing is published."""
    determined = view.determination
    if view.published is None or determined is None:
        return None
    last = next(each for each in view.results if each.version == determined.version)
    entries = {each.entry.innovation_id: each for each in view.entries}
    return PublishedResults(
        competition_id=view.competition_id,
        name=view.name,
        season_id=view.season_id,
        rules_digest=view.rules_digest,
        version=determined.version,
        decree_number=determined.decree_number,
        decree_date=determined.decree_date,
        published_at=view.published.at,
        ranking=tuple(_place(each, entries[each.innovation_id], view) for each in last.ranking),
        versions=tuple(_version(each) for each in view.results),
        disqualified=_disqualified(view),
    )


def _place(ranked: RankedEntry, entry: EntryView, view: CompetitionView) -> Place:
    prizes = (
        prize.label
        for category in view.rules.categories
        if category.code == ranked.category
        for prize in category.prizes
        if prize.rank == ranked.rank
    )
    return Place(
        category=ranked.category,
        rank=ranked.rank,
        innovation_id=ranked.innovation_id,
        title=entry.entry.title,
        agency_id=entry.entry.agency_id,
        final_score=ranked.final_score,
        round_scores=ranked.round_scores,
        tie_break=ranked.tie_break,
        prizes=tuple(prizes),
    )


def _version(results: ResultsView) -> Version:
    return Version(
        version=results.version,
        cause=results.cause,
        cause_id=results.cause_id,
        at=results.drafted.at,
        changes=results.changes,
    )


def _disqualified(view: CompetitionView) -> tuple[Disqualified, ...]:
    return tuple(
        Disqualified(
            innovation_id=each.entry.innovation_id,
            title=each.entry.title,
            ground=each.disqualified.ground,
            at=each.disqualified.at,
        )
        for each in view.entries
        if each.disqualified is not None
    )
