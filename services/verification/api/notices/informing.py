"""From a fact of a dossier to a notice, and from there to everybody who wants to be told."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import structlog

from services.verification.api.notices.subscribers import (
    MAIL,
    WEBHOOK,
    Addresses,
    Webhook,
    Webhooks,
)
from services.verification.reactions import Notice, is_told, notice_of, subject_in, told
from shared.events.base import Recorded
from shared.events.verification import Subject
from shared.findings import Language
from shared.history import Connection
from shared.http import Answer
from shared.notices import Parcel, Queue, keep_hearing, written
from shared.views import Collection

log = structlog.get_logger("notices")

DURABLE = "verification-notices"
AGAIN_SECONDS = 1.0
TEST = "webhook.test"

FactsOf = Callable[[str], Awaitable[Sequence[Recorded[Any]]]]


class Wording(Answer):
    """A notice in one language."""

    subject: str
    sentence: str
    points: tuple[str, ...]


class Informer:
    """Keeps the notices and hands them to the queue, in every replica: the same fact makes the
    same notice and the same deliveries, however often it is heard.
    """

    def __init__(
        self,
        facts: FactsOf,
        notices: Collection,
        webhooks: Webhooks,
        addresses: Addresses,
        queue: Queue,
    ) -> None:
        self._facts = facts
        self._notices = notices
        self._webhooks = webhooks
        self._addresses = addresses
        self._queue = queue

    async def prepare(self) -> None:
        """The indexes of every list. Raises `Unavailable`."""
        for fields in (("sequence",), ("kind", "sequence")):
            await self._notices.index(*fields)
            await self._notices.index("agency_path", *fields)
        await self._webhooks.prepare()
        await self._addresses.prepare()
        await self._queue.prepare()

    async def keep_informing(self, connection: Connection) -> None:
        """Works until cancelled."""
        while True:
            try:
                await keep_hearing(connection, DURABLE, self)
            except Exception:
                # Nothing was acknowledged: the same facts come again.
                log.exception("informer stumbled")
                await asyncio.sleep(AGAIN_SECONDS)

    async def __call__(self, event: Recorded[Any]) -> None:
        """Raises `Unavailable`; the fact then comes again."""
        if not is_told(event.fact):
            return
        notice = notice_of(event, await self._subject(event))
        if notice is None:
            return
        await self._notices.put({**notice.model_dump(mode="json"), "_id": notice.notice_id})
        for webhook_id in await self._webhooks.wanting(notice):
            await self._queue.add(_parcel(notice, WEBHOOK, webhook_id, {"body": body_of(notice)}))
        for person in await self._addresses.wanting(notice):
            await self._queue.add(_parcel(notice, MAIL, person, letter_of(notice)))

    async def _subject(self, event: Recorded[Any]) -> Subject | None:
        """What the fact itself says, or else those before it: the read models may lag."""
        known = subject_in((event,), event.version)
        return known or subject_in(await self._facts(event.subject), event.version)


def trial_of(webhook: Webhook, test_id: str, at: datetime) -> Parcel:
    """A notice of nothing, that goes the way of all others."""
    data = {"webhook_id": webhook.webhook_id, "agency_id": webhook.agency_id}
    body = _json({"type": TEST, "timestamp": written(at), "data": data})
    return Parcel(test_id, WEBHOOK, webhook.webhook_id, "test", {"body": body})


def body_of(notice: Notice) -> str:
    """What a webhook is sent: the notice as it is kept, in both languages."""
    words = {
        language: wording(notice, language).model_dump(mode="json") for language in ("id", "en")
    }
    data = {**notice.model_dump(mode="json"), "words": words}
    return _json({"type": f"dossier.{notice.kind}", "timestamp": data["at"], "data": data})


def letter_of(notice: Notice) -> dict[str, str]:
    """Letters are in Indonesian."""
    words = told(notice, "id")
    return {"subject": words.subject, "text": words.text}


def wording(notice: Notice, language: Language) -> Wording:
    words = told(notice, language)
    return Wording(subject=words.subject, sentence=words.sentence, points=words.points)


def _parcel(notice: Notice, channel: str, subscriber: str, content: dict[str, str]) -> Parcel:
    return Parcel(notice.notice_id, channel, subscriber, notice.kind, content)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
