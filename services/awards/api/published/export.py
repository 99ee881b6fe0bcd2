"""Published results as open data: one row a place, with where each is proven. Pure."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

from services.awards.api.agencies import Names
from services.awards.api.published.answers import determined
from services.awards.api.published.places import Place, places
from services.awards.projections import CompetitionView
from services.awards.projections.parts import Determination, Proven
from shared.events.base import Score
from shared.http import Answer
from shared.papers.sheets import FORMULA_SIGNS


class RoundPoints(Answer):
    round: str
    score: Score


class OpenRow(Answer):
    """A place in published results; `verify_url` leads to a paper about it, or to the results."""

    season_id: str
    competition_id: str
    competition: str
    category_id: str
    category: str
    rank: int
    innovation_id: str
    title: str
    agency_id: str
    agency_name: str
    region_id: str | None
    region_name: str | None
    final_score: Score
    round_scores: tuple[RoundPoints, ...]
    tie_break: str | None
    prizes: tuple[str, ...]
    decree_number: str
    decree_date: date
    results_version: int
    rules_digest: str
    determined_event_id: str
    determined_sequence: int
    published_event_id: str
    published_sequence: int
    verify_url: str


class OpenData(Answer):
    """By season, competition, category in the order of the rules, and rank."""

    items: tuple[OpenRow, ...]


def exported(views: Iterable[CompetitionView], names: Names, public_url: str) -> OpenData:
    in_order = sorted(views, key=lambda view: (view.season_id, view.competition_id))
    return OpenData(items=tuple(row for view in in_order for row in _rows(view, names, public_url)))


def as_csv(data: OpenData) -> str:
    """UTF-8 when it is sent; text that a spreadsheet would compute is guarded by an apostrophe."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(OpenRow.model_fields)
    for row in data.items:
        writer.writerow([_guarded(cell) for cell in _cells(row)])
    return text.getvalue()


def _rows(view: CompetitionView, names: Names, public_url: str) -> Iterator[OpenRow]:
    if view.determination is None or view.published is None:
        return
    decree, last = view.determination, view.published
    for place in places(view, determined(view, decree), names):
        yield _row(view, place, (decree, last), _verify_url(view, place, decree, public_url))


def _row(
    view: CompetitionView, place: Place, proven: tuple[Determination, Proven], verify_url: str
) -> OpenRow:
    decree, last = proven
    return OpenRow(
        season_id=view.season_id,
        competition_id=view.competition_id,
        competition=view.name,
        category_id=place.category,
        category=place.category_name,
        rank=place.rank,
        innovation_id=place.innovation_id,
        title=place.title,
        agency_id=place.agency_id,
        agency_name=place.agency_name,
        region_id=place.region_id,
        region_name=place.region_name,
        final_score=place.final_score,
        round_scores=tuple(
            RoundPoints(round=each.round, score=each.score) for each in place.round_scores
        ),
        tie_break=place.tie_break,
        prizes=place.prizes,
        decree_number=decree.decree_number,
        decree_date=decree.decree_date,
        results_version=decree.version,
        rules_digest=view.rules_digest,
        determined_event_id=decree.event_id,
        determined_sequence=decree.event_sequence,
        published_event_id=last.event_id,
        published_sequence=last.event_sequence,
        verify_url=verify_url,
    )


def _verify_url(view: CompetitionView, place: Place, decree: Determination, public_url: str) -> str:
    """The certificate's page, else that of the decree's annex, else the results themselves."""
    papers = [each for each in view.documents if each.version == decree.version]
    for kind, about in (("certificate", place.innovation_id), ("decree_annex", None)):
        for each in papers:
            if (each.kind, each.about) == (kind, about):
                return each.verify_url
    return f"{public_url}/competitions/{view.competition_id}/results"


def _cells(row: OpenRow) -> Iterator[str]:
    told = row.model_dump(mode="json", exclude={"round_scores", "prizes"})
    listed = {
        "round_scores": "; ".join(f"{each.round}={each.score:f}" for each in row.round_scores),
        "prizes": "; ".join(row.prizes),
    }
    for name in OpenRow.model_fields:
        value = listed.get(name, told.get(name))
        yield "" if value is None else str(value)


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
