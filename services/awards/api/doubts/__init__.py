"""Doubts of the public test over HTTP: filed by anybody, answered by who has no tie to the entry.

What people wrote and who they are is shown to those who may decide, and to nobody else.
"""

from typing import Annotated

from fastapi import APIRouter, Response

from services.awards.api.doubts.filing import Door, filing_routes
from services.awards.api.doubts.kept import KeptDoubts, Reporter
from services.awards.api.files import DocumentLink, Files
from services.awards.api.reading import (
    Competitions,
    Text,
    competition_shown,
    doubt_in,
    not_found,
    thing_of,
)
from services.awards.domain.competition import DecideDoubt
from services.awards.projections import CompetitionView
from services.awards.projections.parts import DoubtView
from shared.events.base import Code, Digest, Key
from shared.http import Answer, Ask, Body, Doors, Written
from shared.identity import Access, Role, Thing
from shared.views import Collection

DECIDERS = frozenset({Role.COMMITTEE, Role.LEADER})


class DoubtDecisionRequest(Body):
    """Upheld: the entry is disqualified by the same decision."""

    upheld: bool
    reason: Text


class DoubtList(Answer):
    """The doubts that you may see, in the order in which they were filed."""

    items: tuple[DoubtView, ...]


class Attached(Answer):
    sha256: str
    name: str
    media_type: str
    size_bytes: int


class DoubtShown(DoubtView):
    """`statement` is None for who may not decide, and where it was erased."""

    statement: str | None
    addresses: tuple[str, ...]
    reporter: Reporter | None
    files: tuple[Attached, ...]


def routes(
    doors: Doors, competitions: Competitions, view: Collection, kept: KeptDoubts, files: Files
) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}/doubts", tags=["public test"])

    @router.get("", name="list_doubts")
    async def list_doubts(
        competition_id: Code,
        response: Response,
        access: Annotated[Access, doors.reads("list_doubts")],
    ) -> DoubtList:
        shown = await competition_shown(view, competition_id, response)
        seen = (each for each in shown.doubts if access.may(_doubted(shown, each)))
        return DoubtList(items=tuple(seen))

    @router.get("/{doubt_id}", name="read_doubt")
    async def read_doubt(
        competition_id: Code,
        doubt_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("list_doubts")],
    ) -> DoubtShown:
        shown = await competition_shown(view, competition_id, response)
        doubt = _found(shown, doubt_id, access)
        response.headers["Cache-Control"] = "no-store"
        return await _shown(doubt, kept, is_decider=bool(access.caller.roles & DECIDERS))

    @router.get("/{doubt_id}/evidence/{sha256}", name="read_doubt_evidence")
    async def read_doubt_evidence(
        competition_id: Code,
        doubt_id: Key,
        sha256: Digest,
        response: Response,
        access: Annotated[Access, doors.reads("decide_doubt")],
    ) -> DocumentLink:
        shown = await competition_shown(view, competition_id, response)
        doubt = _found(shown, doubt_id, access)
        if sha256 not in doubt.evidence:
            raise not_found()
        response.headers["Cache-Control"] = "no-store"
        name = f"uji-publik-{sha256[:8]}"
        return await files.link(access, sha256, doubt.innovation_id, name)

    @router.post("/{doubt_id}/decision", name="decide_doubt")
    async def decide_doubt(
        competition_id: Code,
        doubt_id: Key,
        body: DoubtDecisionRequest,
        ask: Annotated[Ask, doors.writes("decide_doubt", if_match=True)],
    ) -> Written:
        _, entry = await doubt_in(competitions, competition_id, doubt_id)
        ask.require(thing_of(entry))
        command = DecideDoubt(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            doubt_id=doubt_id,
            upheld=body.upheld,
            reason=body.reason,
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.delete("/{doubt_id}/text", name="erase_doubt", status_code=204)
    async def erase_doubt(
        competition_id: Code, doubt_id: Key, ask: Annotated[Ask, doors.writes("erase_doubt")]
    ) -> None:
        """Erases what somebody wrote and who they are, also where nobody decided yet.

        It is recorded nowhere. The doubt itself stands, with the digests of its words and files.
        """
        _, entry = await doubt_in(competitions, competition_id, doubt_id)
        ask.require(thing_of(entry))
        if not ask.dry_run:
            await kept.erase(doubt_id)

    return router


def _found(view: CompetitionView, doubt_id: str, access: Access) -> DoubtView:
    """Raises `NotFound`."""
    found = next((each for each in view.doubts if each.doubt_id == doubt_id), None)
    if found is None:
        raise not_found()
    access.require(_doubted(view, found))
    return found


def _doubted(view: CompetitionView, doubt: DoubtView) -> Thing:
    return thing_of(
        next(e.entry for e in view.entries if e.entry.innovation_id == doubt.innovation_id)
    )


async def _shown(doubt: DoubtView, kept: KeptDoubts, *, is_decider: bool) -> DoubtShown:
    known = {name: getattr(doubt, name) for name in DoubtView.model_fields}
    found = await kept.get(doubt.doubt_id) if is_decider else None
    if found is None:
        return DoubtShown(**known, statement=None, addresses=(), reporter=None, files=())
    return DoubtShown(
        **known,
        statement=found.statement,
        addresses=found.links,
        reporter=found.reporter,
        files=tuple(Attached(**each.model_dump()) for each in found.files),
    )


__all__ = ["Door", "KeptDoubts", "filing_routes", "routes"]
