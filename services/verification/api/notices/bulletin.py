"""All that tells agencies of their dossiers, put together: what listens, what sends, what is asked.

It stands beside the reviews: nothing here decides anything, and no review waits for it.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from fastapi import APIRouter

from services.verification.api.notices import feed, webhooks
from services.verification.api.notices.informing import FactsOf, Informer
from services.verification.api.notices.subscribers import (
    MAIL,
    WEBHOOK,
    Addresses,
    Reading,
    Webhooks,
)
from shared.errors import Unavailable
from shared.history import Connection
from shared.history.reader import last_sequence
from shared.http import Doors
from shared.notices import (
    Courier,
    MailSender,
    Post,
    Queue,
    Targets,
    WebhookSender,
    secret_of,
)
from shared.views import Database

AGAIN_SECONDS = 0.3
Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Sending:
    """How notices leave the house: signed with `webhook_key`, letters from `mail_from` by `post`.

    What failed is tried again after each of `retry_seconds`; one who sends has `lease_seconds`.
    """

    webhook_key: bytes
    mail_from: str
    post: Post
    retry_seconds: tuple[float, ...]
    lease_seconds: float
    is_production: bool


class Bulletin:
    """`facts` reads a dossier's history; `now` is the true clock, by which receivers check us."""

    def __init__(
        self,
        database: Database,
        connection: Connection,
        facts: FactsOf,
        sending: Sending,
        now: Callable[[], datetime],
    ) -> None:
        people = database.collection("people")
        self._connection = connection
        self._sending = sending
        self._notices = database.collection("notices")
        self._webhooks = Webhooks(database.collection("webhooks"))
        self._addresses, self._reading = Addresses(people), Reading(people)
        self._targets = Targets(is_production=sending.is_production)
        self._queue = Queue(
            database.collection("deliveries"),
            now,
            schedule=sending.retry_seconds,
            lease_seconds=sending.lease_seconds,
        )
        self._informer = Informer(
            facts, self._notices, self._webhooks, self._addresses, self._queue
        )
        self._courier = Courier(self._queue, self._senders(now), now)

    async def prepare(self, patience_seconds: float = 60.0) -> None:
        """The indexes of every list, before anybody writes: waits for a database that is starting.

        Raises `Unavailable` when it does not come.
        """
        end = asyncio.get_running_loop().time() + patience_seconds
        while True:
            try:
                return await self._informer.prepare()
            except Unavailable:
                if asyncio.get_running_loop().time() > end:
                    raise
                await asyncio.sleep(AGAIN_SECONDS)

    @property
    def work(self) -> list[Work]:
        """What goes on beside the requests, in every replica."""
        return [
            partial(self._informer.keep_informing, self._connection),
            self._courier.keep_sending,
        ]

    def routes(self, doors: Doors) -> list[APIRouter]:
        position = partial(last_sequence, self._connection)
        secret = partial(secret_of, self._sending.webhook_key)
        return [
            feed.routes(doors, self._notices, self._reading, self._addresses, position),
            webhooks.routes(doors, self._webhooks, self._queue, self._targets, secret, position),
        ]

    def _senders(self, now: Callable[[], datetime]) -> dict[str, WebhookSender | MailSender]:
        webhook = WebhookSender(
            self._sending.webhook_key,
            self._targets,
            now,
            self._webhooks.address_of,
            self._webhooks.remove,
        )
        sending, address_of = self._sending, self._addresses.address_of
        letters = MailSender(sending.mail_from, sending.post, now, address_of)
        return {WEBHOOK: webhook, MAIL: letters}
