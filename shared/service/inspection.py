"""What every service lets auditors and admins see of itself: its read models and its faults."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query

from shared.errors import NotFound
from shared.http import Answer, Ask, Doors
from shared.identity import Permissions, Relation, Role
from shared.projector import Projection, bare
from shared.views import Collection, Database, document_digest

INSPECTION: Permissions = {
    "list_views": {Role.AUDITOR: Relation.ANY},
    "list_view_digests": {Role.AUDITOR: Relation.ANY},
    "read_view": {Role.AUDITOR: Relation.ANY},
    "list_faults": {Role.AUDITOR: Relation.ANY, Role.PEMDA_ADMIN: Relation.ANY},
    "retry_fault": {Role.PEMDA_ADMIN: Relation.ANY},
}


class ViewInfo(Answer):
    name: str
    aggregate: str
    documents: int


class ViewList(Answer):
    """`position`: every fact up to this sequence of the stream is shown."""

    position: int
    views: tuple[ViewInfo, ...]


class ViewDigest(Answer):
    """`digest` is SHA-256 over the canonical JSON of the document as it is stored now."""

    key: str
    version: int
    sequence: int
    digest: str


class ViewDigests(Answer):
    items: tuple[ViewDigest, ...]
    next_cursor: str | None


class ViewDocument(Answer):
    key: str
    version: int
    sequence: int
    document: dict[str, Any]


class FaultInfo(Answer):
    key: str
    kind: str
    subject: str
    at_sequence: int
    reason: str


class Faults(Answer):
    items: tuple[FaultInfo, ...]
    next_cursor: str | None


class Retried(Answer):
    key: str
    mended: bool


def routes(
    doors: Doors,
    database: Database,
    projections: Sequence[Projection[Any]],
    position: Callable[[], Awaitable[int]],
    retry: Callable[[str, str, int], Awaitable[bool]],
) -> APIRouter:
    """`retry(kind, fault key, sequence)` tries a parked thing again."""
    router = APIRouter(tags=["inspection"])
    by_name = {projection.name: projection for projection in projections}
    faults = database.collection("faults")

    def view(name: str) -> Collection:
        if name not in by_name:
            raise NotFound("view_unknown", "This service has no such view.", name=name)
        return database.collection(by_name[name].collection)

    @router.get("/views", name="list_views", dependencies=[doors.reads("list_views")])
    async def list_views() -> ViewList:
        shown = await position()
        infos = [
            ViewInfo(
                name=each.name,
                aggregate=each.aggregate.label,
                documents=await view(each.name).count(),
            )
            for each in projections
        ]
        return ViewList(position=shown, views=tuple(infos))

    @router.get(
        "/views/{name}/digests",
        name="list_view_digests",
        dependencies=[doors.reads("list_view_digests")],
    )
    async def list_view_digests(
        name: str, cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 200
    ) -> ViewDigests:
        page = await view(name).page({}, cursor=cursor, limit=limit)
        items = tuple(
            ViewDigest(
                key=each["_id"],
                version=each["version"],
                sequence=each["sequence"],
                digest=document_digest(bare(each)),
            )
            for each in page.items
        )
        return ViewDigests(items=items, next_cursor=page.next_cursor)

    @router.get("/views/{name}/{key}", name="read_view", dependencies=[doors.reads("read_view")])
    async def read_view(name: str, key: str) -> ViewDocument:
        found = await view(name).get(key)
        if found is None:
            raise NotFound("not_found", "There is no such document.", key=key)
        return ViewDocument(
            key=key, version=found["version"], sequence=found["sequence"], document=bare(found)
        )

    @router.get("/faults", name="list_faults", dependencies=[doors.lists("list_faults")])
    async def list_faults(
        cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> Faults:
        page = await faults.page({}, cursor=cursor, limit=limit)
        items = tuple(
            FaultInfo(key=each["_id"], **{k: v for k, v in each.items() if k != "_id"})
            for each in page.items
        )
        return Faults(items=items, next_cursor=page.next_cursor)

    @router.post("/faults/{key:path}/retry", name="retry_fault")
    async def retry_fault(key: str, ask: Annotated[Ask, doors.writes("retry_fault")]) -> Retried:
        found = await faults.get(key)
        if found is None:
            raise NotFound("not_found", "There is no such fault.", key=key)
        if ask.dry_run:
            return Retried(key=key, mended=False)
        return Retried(key=key, mended=await retry(found["kind"], key, found["at_sequence"]))

    return router
