"""Documents in a real database: guarded writes, pages in order, honest trouble."""

import asyncio
import random
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from shared.errors import Invalid, Refused, Unavailable
from shared.views import (
    Collection,
    Database,
    Document,
    Group,
    Order,
    document_digest,
)


@pytest.fixture
def things(database: Database) -> Collection:
    return database.collection("things")


def thing(key: str, version: int, **more: object) -> Document:
    return {"_id": key, "version": version, **more}


async def test_only_what_is_newer_is_put(things: Collection) -> None:
    await things.put_newer([])
    await things.put_newer([thing("a", 2), thing("b", 1)])
    await things.put_newer([thing("a", 1, late=True), thing("b", 2), thing("c", 1)])
    await things.put_newer([thing("a", 2, again=True)])
    assert await things.all() == [thing("a", 2), thing("b", 2), thing("c", 1)]


@pytest.mark.parametrize("seed", range(3))
async def test_writers_side_by_side_end_with_the_newest(things: Collection, seed: int) -> None:
    keys, newest = [f"k{number}" for number in range(10)], 8
    batches = [[thing(key, version) for key in keys] for version in range(1, newest + 1)] * 2
    random.Random(seed).shuffle(batches)
    await asyncio.gather(*(things.put_newer(batch) for batch in batches))
    assert await things.all() == [thing(key, newest) for key in keys]


async def test_a_rebuilt_document_replaces_its_own_version_and_no_later_one(
    things: Collection,
) -> None:
    assert await things.put_unless_newer(thing("a", 2))
    assert await things.put_unless_newer(thing("a", 2, mended=True))
    assert not await things.put_unless_newer(thing("a", 1))
    assert await things.get("a") == thing("a", 2, mended=True)


async def test_a_document_is_put_found_and_deleted(things: Collection) -> None:
    await things.put(thing("a", 1))
    await things.put(thing("a", 1, changed=True))
    found = thing("a", 1, changed=True)
    assert await things.get("a") == found
    assert await things.get_many(["a", "b"]) == {"a": found}
    assert await things.count({"changed": True}) == 1
    await things.delete("a")
    assert (await things.get("a"), await things.count()) == (None, 0)


@pytest.mark.parametrize("order", [Order(), Order("city"), Order("city", descending=True)])
async def test_pages_follow_one_another_without_loss(things: Collection, order: Order) -> None:
    await things.index("city")
    cities = ["kandangan", "marabahan", "rantau"]
    documents = [thing(f"k{number:02}", 1, city=cities[number % 3]) for number in range(25)]
    await things.put_newer(documents)
    seen: list[Document] = []
    cursor: str | None = None
    while True:
        page = await things.page({"version": 1}, order=order, cursor=cursor, limit=7)
        seen += page.items
        if (cursor := page.next_cursor) is None:
            break
    expected = sorted(documents, key=lambda each: (each[order.field], each["_id"]))
    assert seen == (expected[::-1] if order.descending else expected)


async def test_documents_are_counted_by_the_values_of_nested_fields(things: Collection) -> None:
    await things.put_newer(
        [
            thing("a", 1, kind="agency", about={"by": "asn"}, owner="x", claims=[1, 2]),
            thing("b", 1, kind="agency", about={"by": "asn"}, owner="x", claims=[]),
            thing("c", 1, kind="agency", about={"by": "asn"}, owner="y", claims=[1]),
            thing("d", 1, kind="agency", about={"by": None}, owner="y"),
            thing("e", 1, kind="village", owner="z", claims=[1, 2, 3]),
            thing("f", 2, kind="village", owner="z"),
        ]
    )
    found = await things.grouped(
        {"version": 1}, ("kind", "about.by"), distinct="owner", longest="claims"
    )
    assert sorted(found, key=lambda group: group.count, reverse=True) == [
        Group(("agency", "asn"), 3, distinct=2, longest=2),
        Group(("agency", None), 1, distinct=1, longest=0),
        Group(("village", None), 1, distinct=1, longest=3),
    ]
    assert sorted(await things.grouped({}, ("kind",)), key=lambda group: group.count) == [
        Group(("village",), 2),
        Group(("agency",), 4),
    ]
    assert await things.grouped({"version": 3}, ("kind",)) == []


async def test_a_page_can_hold_some_fields_alone(things: Collection) -> None:
    await things.put_newer([thing("a", 1, city="x", big="y" * 99), thing("b", 1, city="w", big="")])
    page = await things.page({}, order=Order("city"), only=("version",), limit=1)
    assert page.items == ({"_id": "b", "version": 1, "city": "w"},)
    rest = await things.page({}, order=Order("city"), only=(), cursor=page.next_cursor)
    assert (rest.items, rest.next_cursor) == (({"_id": "a", "city": "x"},), None)


@pytest.mark.parametrize("distinct", [None, "owner"])
async def test_numbers_of_a_group_are_added_up(things: Collection, distinct: str | None) -> None:
    await things.put_newer(
        [
            thing("a", 1, kind="x", owner="m", claimed=3, decided=1),
            thing("b", 1, kind="x", owner="n", claimed=4, decided=0),
            thing("c", 1, kind="y", owner="n", claimed=5, decided=5),
        ]
    )
    found = await things.grouped({}, ["kind"], distinct=distinct, totals=("claimed", "decided"))
    owners = (0, 0) if distinct is None else (1, 2)
    assert sorted(found, key=lambda group: group.count) == [
        Group(("y",), 1, distinct=owners[0], totals=(5, 5)),
        Group(("x",), 2, distinct=owners[1], totals=(7, 1)),
    ]


async def test_a_question_with_too_many_groups_is_refused_and_never_cut_short(
    things: Collection,
) -> None:
    await things.put_newer([thing("a", 1), thing("b", 1)])
    assert len(await things.grouped({}, ("_id",), at_most=2)) == 2
    await things.put_newer([thing("c", 1)])
    with pytest.raises(Refused) as caught:
        await things.grouped({}, ("_id",), at_most=2)
    assert caught.value.code == "too_many_groups"


def encoded(told: bytes) -> str:
    return urlsafe_b64encode(told).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        *("?", "é", "abc"),
        *map(encoded, (b"5", b"{}", b"[1]", b'[{"$gt": 1}, "a"]', b'["a", 1]', b"\xff\xfe")),
        encoded(b"[1" + b"0" * 30 + b', "a"]'),
    ],
)
async def test_a_broken_cursor_is_refused(things: Collection, cursor: str) -> None:
    with pytest.raises(Invalid) as caught:
        await things.page({}, cursor=cursor, order=Order("city"))
    assert caught.value.code == "cursor_broken"


async def test_a_database_that_is_nowhere_is_unavailable() -> None:
    nowhere = Database("mongodb://127.0.0.1:9/none", "none", timeout_seconds=0.2)
    things = nowhere.collection("things")
    asked: list[Any] = [
        nowhere.ping(),
        nowhere.names(),
        things.index("a"),
        things.get("a"),
        things.get_many(["a"]),
        things.put(thing("a", 1)),
        things.put_newer([thing("a", 1)]),
        things.delete("a"),
        things.count(),
        things.page({}),
        things.all(),
        things.grouped({}, ("a",)),
        things.drop(),
    ]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in answers] == [Unavailable] * len(asked)
    nowhere.close()


def test_a_digest_does_not_depend_on_the_order_of_fields() -> None:
    assert document_digest({"a": 1, "b": ["x"]}) == document_digest({"b": ("x",), "a": 1})
    assert document_digest({"a": 1}) != document_digest({"a": 2})
