"""The government aspect (SPD): the form of all its rows, and what the innovation office enters."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.scoring.api.regions.form import GovernmentForm, entry_of, form_of
from services.scoring.api.regions.sources import InLanguage, Regions, Sources, unknown
from services.scoring.domain.region import RecordGovernmentAspect, region_key
from shared.events.base import Code, GovernmentIndicator, Level
from shared.events.scoring import GovernmentRow
from shared.findings import language_of
from shared.http import Ask, Body, Doors, Written, show_version


class GovernmentRowBody(Body):
    """`source` names the document that the level comes from."""

    indicator: GovernmentIndicator
    level: Level
    source: Annotated[str, Field(min_length=1, max_length=500)]


class GovernmentAspectRequest(Body):
    """All rows at once; one left out is at level 0. `edition` is the season's instrument."""

    edition: Annotated[str, Field(max_length=32)]
    rows: Annotated[tuple[GovernmentRowBody, ...], Field(max_length=60)]


def add_to(router: APIRouter, doors: Doors, regions: Regions, sources: Sources) -> None:
    @router.put("/{season_id}/{region_id}/government-aspect", name="record_government_aspect")
    async def record_government_aspect(
        season_id: Code,
        region_id: Code,
        body: GovernmentAspectRequest,
        ask: Annotated[Ask, doors.writes("record_government_aspect")],
    ) -> Written:
        """`If-Match` may be left out only while nothing is recorded."""
        command = RecordGovernmentAspect(
            by=ask.by,
            at=ask.at,
            edition=sources.edition_of(body.edition),
            season_id=season_id,
            region_id=region_id,
            rows=tuple(GovernmentRow.model_validate(row.model_dump()) for row in body.rows),
            replaces=ask.cause.expected_version is not None,
        )
        return ask.written(await ask.send(regions, region_key(season_id, region_id), command))

    @router.get(
        "/{season_id}/{region_id}/government-aspect",
        name="read_government_aspect",
        dependencies=[doors.reads("read_government_aspect")],
    )
    async def read_government_aspect(
        season_id: Code,
        region_id: Code,
        response: Response,
        edition: Annotated[
            str | None,
            Query(max_length=32, description="Shows the empty form while nothing was scored."),
        ] = None,
        accept_language: InLanguage = None,
    ) -> GovernmentForm:
        found = await sources.look(season_id, region_id)
        language = language_of(accept_language)
        if found is not None:
            show_version(response, found.version, found.sequence)
            instrument, entry = sources.edition(found.region), entry_of(found.region)
            return form_of(season_id, region_id, instrument, entry, language)
        if edition is None:
            raise unknown()
        return form_of(season_id, region_id, sources.edition_of(edition), None, language)
