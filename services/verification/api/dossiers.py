"""The review queue, a dossier, its evidence, the catalogue of reasons."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, assert_never

from fastapi import APIRouter, Query, Response

from services.verification.api.queue import Filters, queue_of, state_at, thing
from services.verification.domain import REASONS
from services.verification.projections import DossierStatus, DossierView
from shared.errors import NotFound
from shared.events.base import Code, Digest, Key, Utc
from shared.events.submission import (
    EvidenceItem,
    FileEvidence,
    LinkEvidence,
    ReplicationEvidence,
)
from shared.http import Answer, Doors, show_version
from shared.identity import Access
from shared.projector import bare
from shared.views import Collection, Order

Link = Callable[[str, str, str], str]


class DossierRow(Answer):
    """A line of the review queue. `decided_count` of `claimed_count` indicators have a verdict."""

    dossier_id: str
    state: DossierStatus
    title: str
    season_id: str
    agency_id: str
    region_id: str
    affair: str
    round: int
    opened_at: Utc
    due: Utc | None
    lease_holder: str | None
    lease_until: Utc | None
    claimed_count: int
    decided_count: int


class DossierList(Answer):
    items: tuple[DossierRow, ...]
    next_cursor: str | None


class EvidenceLink(Answer):
    """Where to get the evidence now. `valid_seconds` is None for a public address."""

    sha256: str
    kind: str
    url: str
    file_name: str | None
    media_type: str | None
    valid_seconds: int | None


class ReasonCode(Answer):
    code: str
    sentence: str


class ReasonCodes(Answer):
    items: tuple[ReasonCode, ...]


def routes(
    doors: Doors,
    view: Collection,
    link: Link,
    link_seconds: int,
    now: Callable[[], datetime],
) -> APIRouter:
    """`link(sha256, file name, media type)` makes an address that holds for `link_seconds`."""
    router = APIRouter(tags=["dossiers"])

    async def found(dossier_id: str, access: Access, response: Response) -> DossierView:
        document = await view.get(dossier_id)
        if document is None or document["round"] == 0:
            raise NotFound("not_found", "There is no such dossier, or none that you may see.")
        shown = DossierView.model_validate(bare(document))
        access.require(thing(shown))
        show_version(response, document["version"], document["sequence"])
        return shown

    @router.get("/dossiers", name="list_dossiers")
    async def list_dossiers(
        access: Annotated[Access, doors.lists("list_dossiers")],
        state: DossierStatus | None = None,
        season_id: Code | None = None,
        region_id: Code | None = None,
        affair: Annotated[str | None, Query(max_length=100)] = None,
        agency_id: Code | None = None,
        mine: bool = False,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> DossierList:
        filters = Filters(state, season_id, region_id, affair, agency_id, mine)
        moment = now()
        page = await view.page(
            queue_of(access, filters, moment),
            order=Order("opened_at"),
            cursor=cursor,
            limit=limit,
        )
        shown = (DossierView.model_validate(bare(each)) for each in page.items)
        items = tuple(_row(each, moment) for each in shown)
        return DossierList(items=items, next_cursor=page.next_cursor)

    @router.get("/dossiers/{dossier_id}", name="read_dossier")
    async def read_dossier(
        dossier_id: Key,
        access: Annotated[Access, doors.reads("read_dossier")],
        response: Response,
    ) -> DossierView:
        shown = await found(dossier_id, access, response)
        return shown.model_copy(update={"state": state_at(shown, now())})

    @router.get("/dossiers/{dossier_id}/evidence/{sha256}", name="read_evidence")
    async def read_evidence(
        dossier_id: Key,
        sha256: Digest,
        access: Annotated[Access, doors.reads("read_evidence")],
        response: Response,
    ) -> EvidenceLink:
        shown = await found(dossier_id, access, response)
        item = next(
            (each for each in shown.manifest if each.content.sha256 == sha256 and each.accepted),
            None,
        )
        if item is None:
            raise NotFound("evidence_unknown", "The dossier shows no such evidence.")
        response.headers["Cache-Control"] = "no-store"
        return _reached(item, link, link_seconds)

    @router.get(
        "/reason-codes",
        name="list_reason_codes",
        dependencies=[doors.reads("list_reason_codes")],
    )
    async def list_reason_codes() -> ReasonCodes:
        return ReasonCodes(
            items=tuple(ReasonCode(code=code, sentence=text) for code, text in REASONS.items())
        )

    return router


def _row(view: DossierView, now: datetime) -> DossierRow:
    fields = view.model_dump(include=set(DossierRow.model_fields))
    return DossierRow.model_validate({**fields, "state": state_at(view, now)})


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
