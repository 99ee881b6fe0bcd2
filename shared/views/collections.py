"""Databases and collections: the only file that imports motor."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorDatabase
from pymongo import ReplaceOne, ReturnDocument
from pymongo.errors import BulkWriteError, DuplicateKeyError, PyMongoError

from shared.errors import Refused
from shared.views.asking import (
    MAX_GROUPS,
    MAX_PAGE,
    Asked,
    Document,
    Group,
    Order,
    Page,
    behind,
    cursor_of,
    group_of,
    grouping,
    shown,
    sorting,
)
from shared.views.trouble import away, refused


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
            raise away(error) from error

    async def names(self) -> list[str]:
        try:
            return sorted(await self._database.list_collection_names())
        except PyMongoError as error:
            raise away(error) from error

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
            raise away(error) from error

    async def get(self, key: str) -> Document | None:
        try:
            return await self._documents.find_one({"_id": key})
        except PyMongoError as error:
            raise away(error) from error

    async def get_many(self, keys: Sequence[str]) -> dict[str, Document]:
        try:
            found = self._documents.find({"_id": {"$in": list(keys)}})
            return {document["_id"]: document async for document in found}
        except PyMongoError as error:
            raise away(error) from error

    async def put_newer(self, documents: Sequence[Document]) -> None:
        """Upserts each document unless one of the same or a later `version` is there."""
        beaten = await self._replace_older(documents, "$lt", upsert=True)
        # Their `_id` is there: mostly with a newer version, the guard at work. But an older one
        # may have come in at the same moment, so they are tried once more, now as replacements.
        await self._replace_older(beaten, "$lt", upsert=False)

    async def put_missing(self, documents: Sequence[Document]) -> None:
        """Inserts those whose `_id` is not there: for documents that never change."""
        if not documents:
            return
        try:
            await self._documents.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            refused(error)
        except PyMongoError as error:
            raise away(error) from error

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
            return [documents[index] for index in refused(error)]
        except PyMongoError as error:
            raise away(error) from error
        return []

    async def put(self, document: Document) -> None:
        try:
            try:
                await self._documents.replace_one({"_id": document["_id"]}, document, upsert=True)
            except DuplicateKeyError:
                await self._documents.replace_one({"_id": document["_id"]}, document)
        except PyMongoError as error:
            raise away(error) from error

    async def change(
        self, where: Mapping[str, Any], values: Mapping[str, Any], *, order: Order | None = None
    ) -> Document | None:
        """Sets the values in the first document that matches, in one step, and answers it as it is
        then; None if there is none. Of several who ask at once, each gets another or none.
        """
        sort = sorting(order or Order())
        try:
            return await self._documents.find_one_and_update(
                dict(where), {"$set": dict(values)}, sort=sort, return_document=ReturnDocument.AFTER
            )
        except PyMongoError as error:
            raise away(error) from error

    async def delete(self, key: str) -> None:
        try:
            await self._documents.delete_one({"_id": key})
        except PyMongoError as error:
            raise away(error) from error

    async def count(self, where: Mapping[str, Any] | None = None) -> int:
        try:
            return await self._documents.count_documents(dict(where or {}))
        except PyMongoError as error:
            raise away(error) from error

    async def page(
        self,
        where: Mapping[str, Any],
        *,
        order: Order | None = None,
        cursor: str | None = None,
        limit: int = 50,
        only: Sequence[str] | None = None,
    ) -> Page:
        """A page of the documents that match, in order; with `only`, of these fields alone beside
        `_id` and the one it is sorted by. Raises `Invalid` for a broken cursor.
        """
        order = order or Order()
        limit = max(1, min(limit, MAX_PAGE))
        beyond = behind(order, cursor)
        query = {"$and": [dict(where), beyond]} if beyond else dict(where)
        sort = sorting(order)
        try:
            asked = self._documents.find(query, shown(order, only))
            found = await asked.sort(sort).limit(limit + 1).to_list(None)
        except PyMongoError as error:
            raise away(error) from error
        items = tuple(found[:limit])
        return Page(items, cursor_of(order, items[-1]) if len(found) > limit else None)

    async def keys(self, where: Mapping[str, Any], *, order: Order | None = None) -> list[str]:
        """The `_id` of everything that matches, in order: to walk through it without asking where
        one was, which some servers answer by looking at all of it again.
        """
        sort = sorting(order or Order())
        try:
            found = await self._documents.find(dict(where), {"_id": 1}).sort(sort).to_list(None)
        except PyMongoError as error:
            raise away(error) from error
        return [document["_id"] for document in found]

    async def all(
        self, where: Mapping[str, Any] | None = None, *, only: Sequence[str] | None = None
    ) -> list[Document]:
        """Everything that matches, for lists that are small by nature or by what is shown."""
        try:
            asked = self._documents.find(dict(where or {}), shown(Order(), only))
            return await asked.sort("_id", 1).to_list(None)
        except PyMongoError as error:
            raise away(error) from error

    async def grouped(
        self,
        where: Mapping[str, Any],
        by: Sequence[str],
        *,
        distinct: str | None = None,
        longest: str | None = None,
        totals: Sequence[str] = (),
        at_most: int = MAX_GROUPS,
    ) -> list[Group]:
        """The documents that match, counted by the values of the fields `by`, in no order.

        `distinct` names a field, `longest` one that holds lists, `totals` some that hold whole
        numbers, to be added up. Raises `Refused` for more than
        `at_most` groups: such a question must be narrowed, not cut short.
        """
        asked = Asked(distinct, longest, tuple(totals))
        stages = [*grouping(where, by, asked), {"$limit": at_most + 1}]
        try:
            found = await self._documents.aggregate(stages).to_list(None)
        except PyMongoError as error:
            raise away(error) from error
        if len(found) > at_most:
            raise Refused("too_many_groups", "Ask for less at once.", most=at_most)
        return [group_of(each, len(by), len(totals)) for each in found]

    async def drop(self) -> None:
        try:
            await self._documents.drop()
        except PyMongoError as error:
            raise away(error) from error
