"""Read models in MongoDB, one database a service: the only file that imports motor."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

import rfc8785
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo import ReplaceOne
from pymongo.errors import BulkWriteError, DuplicateKeyError, PyMongoError

from shared.errors import Invalid, Unavailable

Document = dict[str, Any]
STALE = 11000
MAX_PAGE = 200
MAX_INTEGER = 2**63 - 1


def document_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of a view's canonical JSON, what a replay compares."""
    return sha256(rfc8785.dumps(json.loads(json.dumps(document)))).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list; `next_cursor` is None at its end."""

    items: tuple[Document, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: one field, then `_id`; the same field and `_id` are its index."""

    field: str = "_id"
    descending: bool = False


class Database:
    """A service's own database. Every method raises `Unavailable` when MongoDB does not answer."""

    def __init__(self, url: str, name: str, timeout_seconds: float = 10.0) -> None:
        milliseconds = int(timeout_seconds * 1000)
        self._client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
            url,
            maxPoolSize=4,
            timeoutMS=milliseconds,
            serverSelectionTimeoutMS=milliseconds,
            retryWrites=False,
            tz_aware=True,
        )
        self._database: AsyncIOMotorDatabase[Document] = self._client[name]

    def collection(self, name: str) -> "Collection":
        return Collection(self._database, name)

    async def ping(self) -> None:
        try:
            await self._database.command("ping")
        except PyMongoError as error:
            raise _away(error) from error

    async def names(self) -> list[str]:
        try:
            return sorted(await self._database.list_collection_names())
        except PyMongoError as error:
            raise _away(error) from error

    def close(self) -> None:
        self._client.close()


class Collection:
    """Documents by `_id`, each with the `version` that guards it."""

    def __init__(self, database: AsyncIOMotorDatabase[Document], name: str) -> None:
        self.name = name
        self._documents = database[name]

    async def index(self, *fields: str) -> None:
        """An index over the fields and `_id`, so that a sorted page walks it and stops."""
        try:
            await self._documents.create_index([*((field, 1) for field in fields), ("_id", 1)])
        except PyMongoError as error:
            raise _away(error) from error

    async def get(self, key: str) -> Document | None:
        try:
            return await self._documents.find_one({"_id": key})
        except PyMongoError as error:
            raise _away(error) from error

    async def get_many(self, keys: Sequence[str]) -> dict[str, Document]:
        try:
            found = self._documents.find({"_id": {"$in": list(keys)}})
            return {document["_id"]: document async for document in found}
        except PyMongoError as error:
            raise _away(error) from error

    async def put_newer(self, documents: Sequence[Document]) -> None:
        """Upserts each document unless one of the same or a later `version` is there."""
        beaten = await self._replace_older(documents, "$lt", upsert=True)
        # Their `_id` is there: mostly with a newer version, the guard at work. But an older one
        # may have come in at the same moment, so they are tried once more, now as replacements.
        await self._replace_older(beaten, "$lt", upsert=False)

    async def put_unless_newer(self, document: Document) -> bool:
        """Upserts the document unless one of a later `version` is there; False then."""
        beaten = await self._replace_older([document], "$lte", upsert=True)
        await self._replace_older(beaten, "$lte", upsert=False)
        stored = await self.get(document["_id"])
        return stored is None or stored["version"] <= document["version"]

    async def _replace_older(
        self, documents: Sequence[Document], older: Literal["$lt", "$lte"], *, upsert: bool
    ) -> list[Document]:
        """Those whose `_id` was there although nothing older was."""
        if not documents:
            return []
        writes = [
            ReplaceOne({"_id": each["_id"], "version": {older: each["version"]}}, each, upsert)
            for each in documents
        ]
        try:
            await self._documents.bulk_write(writes, ordered=False)
        except BulkWriteError as error:
            told: Any = error.details
            failed = told["writeErrors"]
            if told.get("writeConcernErrors") or any(each["code"] != STALE for each in failed):
                raise _away(error) from error
            return [documents[each["index"]] for each in failed]
        except PyMongoError as error:
            raise _away(error) from error
        return []

    async def put(self, document: Document) -> None:
        try:
            try:
                await self._documents.replace_one({"_id": document["_id"]}, document, upsert=True)
            except DuplicateKeyError:
                await self._documents.replace_one({"_id": document["_id"]}, document)
        except PyMongoError as error:
            raise _away(error) from error

    async def delete(self, key: str) -> None:
        try:
            await self._documents.delete_one({"_id": key})
        except PyMongoError as error:
            raise _away(error) from error

    async def count(self, where: Mapping[str, Any] | None = None) -> int:
        try:
            return await self._documents.count_documents(dict(where or {}))
        except PyMongoError as error:
            raise _away(error) from error

    async def page(
        self,
        where: Mapping[str, Any],
        *,
        order: Order | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """A page of the documents that match, in order. Raises `Invalid` for a broken cursor."""
        order = order or Order()
        limit = max(1, min(limit, MAX_PAGE))
        behind = _behind(order, cursor)
        query = {"$and": [dict(where), behind]} if behind else dict(where)
        direction = -1 if order.descending else 1
        sort = [(order.field, direction)]
        if order.field != "_id":
            sort.append(("_id", direction))
        try:
            found = await self._documents.find(query).sort(sort).limit(limit + 1).to_list(None)
        except PyMongoError as error:
            raise _away(error) from error
        items = tuple(found[:limit])
        return Page(items, _cursor(order, items[-1]) if len(found) > limit else None)

    async def all(self, where: Mapping[str, Any] | None = None) -> list[Document]:
        """Everything that matches, for lists that are small by nature."""
        try:
            return await self._documents.find(dict(where or {})).sort("_id", 1).to_list(None)
        except PyMongoError as error:
            raise _away(error) from error

    async def drop(self) -> None:
        try:
            await self._documents.drop()
        except PyMongoError as error:
            raise _away(error) from error


def _cursor(order: Order, last: Document) -> str:
    place = [last.get(order.field), last["_id"]]
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _behind(order: Order, cursor: str | None) -> Document | None:
    if cursor is None:
        return None
    try:
        value, key = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError) as error:
        raise Invalid("cursor_broken", "This cursor is not one of ours.") from error
    is_large = isinstance(value, int) and abs(value) > MAX_INTEGER
    if not isinstance(key, str) or isinstance(value, dict | list) or is_large:
        raise Invalid("cursor_broken", "This cursor is not one of ours.")
    beyond = "$lt" if order.descending else "$gt"
    if order.field == "_id":
        return {"_id": {beyond: key}}
    return {"$or": [{order.field: {beyond: value}}, {order.field: value, "_id": {beyond: key}}]}


def _away(error: PyMongoError) -> Unavailable:
    return Unavailable(
        "views_unavailable",
        "The read models do not answer. Try again in a moment.",
        reason=type(error).__name__,
    )
