"""What agencies are told of their dossiers, and where people want it by mail."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from services.verification.api.machine.findings import InTongue
from services.verification.api.notices.informing import Wording, wording
from services.verification.api.notices.subscribers import Addresses, Position, Reading
from services.verification.reactions import Notice, NoticeKind, Params
from shared.errors import Refused
from shared.events.base import Utc
from shared.findings import Language
from shared.http import Answer, Ask, Body, Doors
from shared.identity import Access, Caller, Relation
from shared.notices import written
from shared.views import Collection, Document, Order

NEWEST = Order("sequence", descending=True)
MAILBOX = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,63}$"
"""Without letters of other scripts, which many servers do not take."""

Email = Annotated[str, Field(max_length=254, pattern=MAILBOX)]
Kinds = Annotated[tuple[NoticeKind, ...], Field(max_length=20)]


class NoticeAnswer(Answer):
    """A notice, `words` in the reader's language; `params` hold what the words are made of."""

    notice_id: str
    sequence: int
    kind: NoticeKind
    at: Utc
    innovation_id: str
    title: str
    season_id: str
    agency_id: str
    training: bool
    unread: bool
    words: Wording
    params: Params = Field(discriminator="kind")


class NoticeList(Answer):
    """Newest first; those behind `read_up_to` are unread."""

    items: tuple[NoticeAnswer, ...]
    read_up_to: int
    next_cursor: str | None


class ReadBody(Body):
    """The sequence of the newest notice that was read."""

    up_to: int = Field(ge=0, le=2**53 - 1)


class ReadAnswer(Answer):
    read_up_to: int
    dry_run: bool = False


class AddressBody(Body):
    """`email` null erases the address. Every kind is sent where none is named."""

    email: Email | None
    kinds: Kinds = ()


class AddressAnswer(Answer):
    """Notices of this agency, that of the person when it was set, and of all below it go there."""

    email: str | None
    kinds: tuple[NoticeKind, ...]
    agency_id: str | None
    set_at: Utc | None
    dry_run: bool = False


def routes(
    doors: Doors,
    notices: Collection,
    reading: Reading,
    addresses: Addresses,
    position: Position,
) -> APIRouter:
    router = APIRouter(tags=["notices"])

    @router.get("/notices", name="list_notices")
    async def list_notices(
        access: Annotated[Access, doors.reads("list_notices")],
        language: InTongue,
        kind: Annotated[NoticeKind | None, Query()] = None,
        unread: Annotated[bool, Query(description="Only those not read yet.")] = False,
        cursor: Annotated[str | None, Query(max_length=1000)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> NoticeList:
        """What the caller's agency and those below it were told; for an admin, all."""
        read = await reading.up_to(access.caller.id)
        where = told_to(access)
        if kind is not None:
            where["kind"] = kind
        if unread:
            where["sequence"] = {"$gt": read}
        page = await notices.page(where, order=NEWEST, cursor=cursor, limit=limit)
        items = tuple(_shown(each, language, read) for each in page.items)
        return NoticeList(items=items, read_up_to=read, next_cursor=page.next_cursor)

    @router.post("/notices/read", name="read_notices")
    async def read_notices(
        body: ReadBody, ask: Annotated[Ask, doors.writes("read_notices")]
    ) -> ReadAnswer:
        """Notices up to this one are read; it only ever moves ahead."""
        newest = await notices.page(told_to(ask.access), order=NEWEST, limit=1)
        # What nobody has said yet cannot have been read.
        last = max((each["sequence"] for each in newest.items), default=0)
        before = await reading.up_to(ask.by)
        now = max(before, min(body.up_to, last))
        if now > before and not ask.dry_run:
            await reading.read(ask.by, now)
        return ReadAnswer(read_up_to=now, dry_run=ask.dry_run)

    @router.get("/notice-address", name="read_notice_address")
    async def read_notice_address(
        access: Annotated[Access, doors.reads("read_notice_address")],
    ) -> AddressAnswer:
        """Where the caller wants notices by mail."""
        return _address(await addresses.get(access.caller.id))

    @router.put("/notice-address", name="set_notice_address")
    async def set_notice_address(
        body: AddressBody, ask: Annotated[Ask, doors.writes("set_notice_address")]
    ) -> AddressAnswer:
        """Notices are sent there by mail from now on."""
        if body.email is None:
            if not ask.dry_run:
                await addresses.erase(ask.by)
            return _address(None, dry_run=ask.dry_run)
        known = await addresses.get(ask.by)
        document = {
            "email": body.email,
            "kinds": list(body.kinds),
            "agency_id": agency_of(ask.caller),
            "since": await position() if known is None else known["since"],
            "set_at": written(ask.at),
        }
        if not ask.dry_run:
            await addresses.put(ask.by, document)
        return _address(document, dry_run=ask.dry_run)

    return router


def told_to(access: Access) -> dict[str, Any]:
    """The notices that this person may read: of their agency and those below it, or all."""
    if Relation.ANY in access.relations:
        return {}
    # Nobody's agency is called nothing: a person without one is told of nothing.
    return {"agency_path": access.caller.agency or ""}


def agency_of(caller: Caller) -> str:
    """Raises `Refused` for somebody from outside."""
    if caller.agency is None:
        raise Refused("agency_missing", "Only people of an agency are told of its dossiers.")
    return caller.agency


def _shown(stored: Document, language: Language, read: int) -> NoticeAnswer:
    notice = Notice.model_validate({k: v for k, v in stored.items() if k != "_id"})
    shown = {name: getattr(notice, name) for name in Notice.model_fields if name != "agency_path"}
    return NoticeAnswer(**shown, unread=notice.sequence > read, words=wording(notice, language))


def _address(found: Document | None, *, dry_run: bool = False) -> AddressAnswer:
    if found is None:
        return AddressAnswer(email=None, kinds=(), agency_id=None, set_at=None, dry_run=dry_run)
    known = {name: found[name] for name in ("email", "kinds", "agency_id", "set_at")}
    return AddressAnswer(**known, dry_run=dry_run)
