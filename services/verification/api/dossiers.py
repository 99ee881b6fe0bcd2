"""A dossier as a person may see it, what its revisions changed, and its evidence."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, assert_never

from fastapi import APIRouter, Response

from services.verification.api.masking import shown_to, state_at
from services.verification.api.queue.listing import due_at
from services.verification.api.sight import Sight
from services.verification.projections import DossierView, RoundChanges
from shared.errors import NotFound
from shared.events.base import Digest, Key, Utc
from shared.events.submission import (
    EvidenceItem,
    FileEvidence,
    LinkEvidence,
    ReplicationEvidence,
)
from shared.http import Answer, Doors
from shared.identity import Access

Link = Callable[[str, str, str], str]


class DossierShown(DossierView):
    """The dossier; `review_due` is when its review should have ended, None while none goes on."""

    review_due: Utc | None


class Changes(Answer):
    """What each revision changed, the earliest first."""

    items: tuple[RoundChanges, ...]


class EvidenceLink(Answer):
    """Where to get the evidence now. `valid_seconds` is None for a public address."""

    sha256: str
    kind: str
    url: str
    file_name: str | None
    media_type: str | None
    valid_seconds: int | None


def routes(doors: Doors, sight: Sight, review: timedelta, now: Callable[[], datetime]) -> APIRouter:
    """Whoever is tied to a dossier gets 404, as for one that is not there."""
    router = APIRouter(tags=["dossiers"])

    @router.get("/dossiers/{dossier_id}", name="read_dossier")
    async def read_dossier(
        dossier_id: Key,
        access: Annotated[Access, doors.reads("read_dossier")],
        response: Response,
    ) -> DossierShown:
        """While a second look goes on, everybody sees what they found themselves, nobody more."""
        view = await sight.found(dossier_id, access, response)
        shown = shown_to(view, access.caller)
        reviewed = None if view.state == "waiting_revision" else due_at(view, review)
        fields = {name: getattr(shown, name) for name in DossierView.model_fields}
        told = {**fields, "state": state_at(view, now()), "review_due": reviewed}
        return DossierShown.model_validate(told)

    @router.get("/dossiers/{dossier_id}/changes", name="read_changes")
    async def read_changes(
        dossier_id: Key,
        access: Annotated[Access, doors.reads("read_changes")],
        response: Response,
    ) -> Changes:
        """What each revision changed, and which verdicts that undid."""
        view = await sight.found(dossier_id, access, response)
        return Changes(items=shown_to(view, access.caller).changes)

    return router


def evidence_routes(doors: Doors, sight: Sight, link: Link, link_seconds: int) -> APIRouter:
    """`link(sha256, file name, media type)` makes an address that holds for `link_seconds`."""
    router = APIRouter(tags=["dossiers"])

    @router.get("/dossiers/{dossier_id}/evidence/{sha256}", name="read_evidence")
    async def read_evidence(
        dossier_id: Key,
        sha256: Digest,
        access: Annotated[Access, doors.reads("read_evidence")],
        response: Response,
    ) -> EvidenceLink:
        """Where to get a file now. The address of a file holds for `valid_seconds`; that you were
        given it is recorded first.
        """
        view = await sight.found(dossier_id, access, response)
        shown = (each for each in view.manifest if each.content.sha256 == sha256 and each.accepted)
        item = next(shown, None)
        if item is None:
            raise NotFound("evidence_unknown", "The dossier shows no such evidence.")
        response.headers["Cache-Control"] = "no-store"
        reached = _reached(item, link, link_seconds)
        if isinstance(item.content, FileEvidence):
            await sight.opened(view, sha256, access, "link")
        return reached

    return router


def _reached(item: EvidenceItem, link: Link, link_seconds: int) -> EvidenceLink:
    """Raises `NotFound` for a statement, which the dossier itself shows whole."""
    content = item.content
    match content:
        case LinkEvidence():
            return EvidenceLink(
                sha256=content.sha256,
                kind="link",
                url=content.url,
                file_name=None,
                media_type=None,
                valid_seconds=None,
            )
        case FileEvidence():
            return EvidenceLink(
                sha256=content.sha256,
                kind="file",
                url=link(content.sha256, content.file_name, content.media_type),
                file_name=content.file_name,
                media_type=content.media_type,
                valid_seconds=link_seconds,
            )
        case ReplicationEvidence():
            raise NotFound(
                "evidence_without_file",
                "A statement of replication has no file; the dossier shows it with its letter.",
            )
        case _:
            assert_never(content)
