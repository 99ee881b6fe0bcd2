"""Other people's servers that are told of an agency's dossiers, and what became of each notice."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from services.verification.api.notices.feed import Kinds, agency_of, told_to
from services.verification.api.notices.informing import trial_of
from services.verification.api.notices.subscribers import (
    WEBHOOK,
    Position,
    Webhook,
    Webhooks,
    webhook_of,
)
from services.verification.reactions import NoticeKind
from shared.errors import Invalid, NotFound, Refused
from shared.events.base import Code, Key, Utc
from shared.http import Answer, Ask, Body, Doors
from shared.identity import Access, Caller, Relation, Thing
from shared.notices import Queue, Targets
from shared.views import Document

MOST_WEBHOOKS = 10

DeliveryState = Literal["waiting", "delivered", "failed", "cancelled"]


class WebhookBody(Body):
    """Of every kind where none is named; of the caller's agency unless an admin names another."""

    url: str = Field(min_length=1, max_length=2000)
    kinds: Kinds = ()
    agency_id: Code | None = None


class WebhookAnswer(Answer):
    webhook_id: str
    agency_id: str
    url: str
    kinds: tuple[NoticeKind, ...]
    registered_at: Utc
    registered_by: str


class Registered(WebhookAnswer):
    """`secret` is shown this once: with it the receiver checks who sent a notice."""

    secret: str
    dry_run: bool = False


class WebhookList(Answer):
    items: tuple[WebhookAnswer, ...]
    next_cursor: str | None


class AttemptAnswer(Answer):
    """One try. `answer` is the beginning of what the receiver answered."""

    at: Utc
    status: int | None
    milliseconds: int
    error: str
    answer: str


class DeliveryAnswer(Answer):
    """A notice on its way to one webhook; the same notice is always sent as `notice_id`.

    It is tried at `due`, or later while it is being sent. `cancelled`: the webhook said 410.
    """

    delivery_id: str
    notice_id: str
    kind: str
    state: DeliveryState
    created_at: Utc
    due: Utc | None
    attempts: tuple[AttemptAnswer, ...]
    dry_run: bool = False


class DeliveryList(Answer):
    items: tuple[DeliveryAnswer, ...]
    next_cursor: str | None


class Sent(Answer):
    delivery_id: str
    dry_run: bool = False


def routes(
    doors: Doors,
    webhooks: Webhooks,
    queue: Queue,
    targets: Targets,
    secret_of: Callable[[str], str],
    position: Position,
) -> APIRouter:
    router = APIRouter(prefix="/webhooks", tags=["webhooks"])

    async def found(webhook_id: str, access: Access) -> Webhook:
        known = await webhooks.get(webhook_id)
        access.require(Thing(known.agency_path if known else ()))
        if known is None:
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        return known

    @router.get("", name="list_webhooks")
    async def list_webhooks(
        access: Annotated[Access, doors.reads("list_webhooks")],
        cursor: Annotated[str | None, Query(max_length=1000)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> WebhookList:
        """Those of the caller's agency and of all below it."""
        page = await webhooks.page(told_to(access), cursor, limit)
        items = tuple(_shown(webhook_of(each)) for each in page.items)
        return WebhookList(items=items, next_cursor=page.next_cursor)

    @router.post("", name="register_webhook", status_code=201)
    async def register_webhook(
        body: WebhookBody, ask: Annotated[Ask, doors.writes("register_webhook")]
    ) -> Registered:
        """It is told of everything that happens from now on. Keep the `secret`."""
        webhook_id = ask.new_id("webhook")
        known = await webhooks.get(webhook_id)
        if known is None:
            known = await _new(webhook_id, body, ask, targets, position)
            await _room_for(known, webhooks)
            if not ask.dry_run:
                await webhooks.add(known)
                await _room_left(known, webhooks)
        elif known.digest != ask.cause.digest:
            raise Invalid(
                "idempotency_key_reused",
                "This Idempotency-Key was already used for another request.",
            )
        shown = _shown(known).model_dump()
        return Registered(**shown, secret=secret_of(webhook_id), dry_run=ask.dry_run)

    @router.delete("/{webhook_id}", name="remove_webhook", status_code=204)
    async def remove_webhook(
        webhook_id: Key, ask: Annotated[Ask, doors.writes("remove_webhook")]
    ) -> None:
        """It is told of nothing any more."""
        await found(webhook_id, ask.access)
        if not ask.dry_run:
            await webhooks.remove(webhook_id)

    @router.post("/{webhook_id}/test", name="test_webhook", status_code=202)
    async def test_webhook(
        webhook_id: Key, ask: Annotated[Ask, doors.writes("test_webhook")]
    ) -> Sent:
        """Sends it a notice of nothing; look for it among the deliveries."""
        webhook = await found(webhook_id, ask.access)
        parcel = trial_of(webhook, ask.new_id("test"), ask.at)
        if not ask.dry_run:
            await queue.add(parcel)
        return Sent(delivery_id=parcel.id, dry_run=ask.dry_run)

    @router.get("/{webhook_id}/deliveries", name="list_deliveries")
    async def list_deliveries(
        webhook_id: Key,
        access: Annotated[Access, doors.reads("list_deliveries")],
        cursor: Annotated[str | None, Query(max_length=1000)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> DeliveryList:
        """What was and will be sent there, newest first, and how each try ended."""
        await found(webhook_id, access)
        page = await queue.page(WEBHOOK, webhook_id, cursor, limit)
        items = tuple(_delivery(each) for each in page.items)
        return DeliveryList(items=items, next_cursor=page.next_cursor)

    @router.post("/{webhook_id}/deliveries/{delivery_id}/retry", name="retry_delivery")
    async def retry_delivery(
        webhook_id: Key, delivery_id: Key, ask: Annotated[Ask, doors.writes("retry_delivery")]
    ) -> DeliveryAnswer:
        """Send it once more, now, with all its tries anew."""
        await found(webhook_id, ask.access)
        known = await queue.get(delivery_id)
        if known is None or (known["channel"], known["subscriber"]) != (WEBHOOK, webhook_id):
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        if not ask.dry_run:
            known = await queue.retry(delivery_id) or known
        return _delivery(known, dry_run=ask.dry_run)

    return router


async def _new(
    webhook_id: str, body: WebhookBody, ask: Ask, targets: Targets, position: Position
) -> Webhook:
    agency_id, agency_path = _owner(body.agency_id, ask.caller, ask.access)
    return Webhook(
        webhook_id=webhook_id,
        agency_id=agency_id,
        agency_path=agency_path,
        url=await targets.check(body.url),
        kinds=body.kinds,
        since=await position(),
        registered_at=ask.at,
        registered_by=ask.by,
        digest=ask.cause.digest,
    )


def _owner(named: str | None, caller: Caller, access: Access) -> tuple[str, tuple[str, ...]]:
    """Whose webhook it becomes. NotFound for an agency that is not the caller's own."""
    if named is None or named == caller.agency:
        return agency_of(caller), caller.agency_path
    if Relation.ANY not in access.relations:
        raise NotFound("not_found", "There is no such thing, or none that you may see.")
    return named, (named,)


async def _room_for(webhook: Webhook, webhooks: Webhooks) -> None:
    if await webhooks.count(webhook.agency_id) >= MOST_WEBHOOKS:
        raise _full()


async def _room_left(webhook: Webhook, webhooks: Webhooks) -> None:
    """Of several that came in at one moment, none may be one too many."""
    if await webhooks.count(webhook.agency_id) > MOST_WEBHOOKS:
        await webhooks.remove(webhook.webhook_id)
        raise _full()


def _full() -> Refused:
    return Refused(
        "too_many_webhooks",
        f"An agency may have {MOST_WEBHOOKS} webhooks; remove one first.",
        most=MOST_WEBHOOKS,
    )


def _shown(webhook: Webhook) -> WebhookAnswer:
    return WebhookAnswer.model_validate(
        {name: getattr(webhook, name) for name in WebhookAnswer.model_fields}
    )


def _delivery(stored: Document, *, dry_run: bool = False) -> DeliveryAnswer:
    names = ("notice_id", "kind", "state", "created_at", "due", "attempts")
    return DeliveryAnswer(
        delivery_id=stored["_id"], **{name: stored[name] for name in names}, dry_run=dry_run
    )
