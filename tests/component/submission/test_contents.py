"""What documents say is remembered by digest, and near copies are found by their words."""

from collections.abc import AsyncGenerator

import pytest

from shared.contents import Content, Contents
from shared.views import Database
from tests.servers import Running

WORDS = [f"kata{number}" for number in range(300)]


@pytest.fixture
async def contents(fresh_databases: Running) -> AsyncGenerator[Contents]:
    database = Database(fresh_databases.addresses.mongo_urls["submission"], "submission")
    yield Contents(database)
    database.close()


def sha(letter: str) -> str:
    return letter * 64


async def test_what_was_kept_is_there_and_what_was_not_is_not(contents: Contents) -> None:
    await contents.keep(sha("a"), "Keputusan Bupati", 2)
    await contents.keep(sha("b"), None, 5)
    await contents.keep(sha("c"), "  \n ", None)
    await contents.keep(sha("a"), "Keputusan Bupati", 2)
    assert await contents.of([sha("a"), sha("b"), sha("c"), sha("d")]) == {
        sha("a"): Content(sha("a"), "Keputusan Bupati", 2),
        sha("b"): Content(sha("b"), None, 5),
        sha("c"): Content(sha("c"), None, None),
    }
    assert await contents.of([]) == {}


async def test_near_copies_are_found_and_others_are_not(contents: Contents) -> None:
    texts = {
        "a": " ".join(WORDS),
        "b": " ".join(["nomor", "dua", *WORDS]),
        "c": " ".join(reversed(WORDS)),
        "d": "terlalu pendek",
    }
    for letter, text in texts.items():
        await contents.keep(sha(letter), text, 1)
    near = await contents.near(Content(sha("a"), texts["a"], 1))
    assert [digest for digest, _ in near] == [sha("b")]
    assert near[0][1] > 0.9
    assert await contents.near(Content(sha("d"), texts["d"], 1)) == []
    assert await contents.near(Content(sha("e"), None, None)) == []


async def test_any_text_can_be_kept(contents: Contents) -> None:
    odd = "huruf \ud800 dan \x00 dan 漢字 " * 20
    await contents.keep(sha("a"), odd, 1)
    found = (await contents.of([sha("a")]))[sha("a")]
    assert found.text is not None
    assert found.text.startswith("huruf ? dan ")
    await contents.keep(sha("b"), "x" * 300_000, 1)
    assert len((await contents.of([sha("b")]))[sha("b")].text or "") == 200_000
