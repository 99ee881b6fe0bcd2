"""Who is told of an agency's dossiers: webhooks of the agency, and people by mail.

Addresses of people are personal data. They lie in the collection `people`, which no projection
writes and no rebuild can make, and are erased by a plain delete.
"""

from collections.abc import Awaitable, Callable
from collections.abc import Collection as Several
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from services.verification.reactions import Notice
from shared.events.base import Utc
from shared.notices import written
from shared.views import Collection, Document, Order, Page

Position = Callable[[], Awaitable[int]]
"""The sequence that the history has reached."""

WEBHOOK, MAIL = "webhook", "mail"
BY_AGE = Order("registered_at")
_MOMENT = TypeAdapter[Utc](Utc)


@dataclass(frozen=True, slots=True)
class Webhook:
    """`kinds` of notices that it is told of, all of them where none is named.

    Only what is said behind `since` in the history: nobody is told of what was before.
    """

    webhook_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    url: str
    kinds: tuple[str, ...]
    since: int
    registered_at: Utc
    registered_by: str
    digest: str


class Webhooks:
    """The webhooks of all agencies. Every method may raise `Unavailable`."""

    def __init__(self, stored: Collection) -> None:
        self._stored = stored

    async def prepare(self) -> None:
        await self._stored.index("agency_id")
        await self._stored.index("registered_at")
        await self._stored.index("agency_path", "registered_at")

    async def add(self, webhook: Webhook) -> None:
        values = {name: getattr(webhook, name) for name in Webhook.__slots__}
        stored = {"registered_at": written(webhook.registered_at), "version": 1}
        document = {**values, **stored, "_id": webhook.webhook_id}
        await self._stored.put_newer([document])

    async def get(self, webhook_id: str) -> Webhook | None:
        found = await self._stored.get(webhook_id)
        return None if found is None else webhook_of(found)

    async def page(self, where: dict[str, Any], cursor: str | None, limit: int) -> Page:
        return await self._stored.page(where, order=BY_AGE, cursor=cursor, limit=limit)

    async def count(self, agency_id: str) -> int:
        return await self._stored.count({"agency_id": agency_id})

    async def remove(self, webhook_id: str) -> None:
        await self._stored.delete(webhook_id)

    async def address_of(self, webhook_id: str) -> str | None:
        found = await self.get(webhook_id)
        return None if found is None else found.url

    async def wanting(self, notice: Notice) -> list[str]:
        """The ids of those that are told of this notice."""
        return _wanting(await self._stored.all(_of(notice)), notice)


class Addresses:
    """Where people want their notices, one address a person. As `Webhooks`."""

    def __init__(self, people: Collection) -> None:
        self._people = people

    async def prepare(self) -> None:
        await self._people.index("agency_id")

    async def put(self, person: str, values: Document) -> None:
        await self._people.put({**values, "_id": f"address:{person}"})

    async def get(self, person: str) -> Document | None:
        return await self._people.get(f"address:{person}")

    async def erase(self, person: str) -> None:
        await self._people.delete(f"address:{person}")

    async def address_of(self, person: str) -> str | None:
        found = await self.get(person)
        return None if found is None else str(found["email"])

    async def wanting(self, notice: Notice) -> list[str]:
        """The ids of the people who are told of this notice."""
        known = _wanting(await self._people.all(_of(notice)), notice)
        return [each.removeprefix("address:") for each in known]


class Reading:
    """How far a person has read: it only ever grows."""

    def __init__(self, people: Collection) -> None:
        self._people = people

    async def up_to(self, person: str) -> int:
        found = await self._people.get(f"reading:{person}")
        return 0 if found is None else int(found["version"])

    async def read(self, person: str, up_to: int) -> None:
        await self._people.put_newer([{"_id": f"reading:{person}", "version": up_to}])


def webhook_of(stored: Document) -> Webhook:
    values = {name: stored[name] for name in Webhook.__slots__}
    values["registered_at"] = _MOMENT.validate_python(stored["registered_at"])
    for name in ("agency_path", "kinds"):
        values[name] = tuple(stored[name])
    return Webhook(**values)


def _of(notice: Notice) -> dict[str, Any]:
    """Of the agency itself and of all above it."""
    return {"agency_id": {"$in": list(notice.agency_path)}}


def _wanting(stored: Several[Document], notice: Notice) -> list[str]:
    return [
        str(each["_id"])
        for each in stored
        if each["since"] < notice.sequence and (not each["kinds"] or notice.kind in each["kinds"])
    ]
