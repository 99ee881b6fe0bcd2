"""Search over HTTP and on the index itself: real stream, real database, a whole competition."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from services.audit.app import create_app
from services.audit.searching import Asked, Index, entry_of
from services.audit.searching.entries import collection_of
from services.audit.settings import Settings
from shared.events.awards import ACCESS as OPENED_IN_AWARDS
from shared.events.awards import EvidenceOpened as OpenedInAwards
from shared.events.submission import AGENCY, AgencyRegistered
from shared.events.verification import ACCESS as OPENED_IN_VERIFICATION
from shared.events.verification import EvidenceOpened as OpenedInVerification
from shared.history import connect
from shared.history.envelope import Message
from shared.transparency import leaf_hash, leaf_of
from shared.views import Database
from tests.apps import Issuer, serving, settings_for
from tests.component.audit.telling import stored, tell, unreadable
from tests.unit.audit.contest import FIRST
from tests.unit.audit.past import Past
from tests.unit.audit.prize_rules import APBD
from tests.unit.audit.prized import prized
from tests.waiting import holds

Api = httpx.AsyncClient


@pytest.fixture(scope="module")
async def won() -> Past:
    return await prized()


def document_of_first(messages: Sequence[Message]) -> str:
    """A file that was declared for the innovation."""
    for message in messages:
        entry = entry_of(message)
        digests = [name for name in entry.about if name.startswith("document:")]
        if entry.fact == "EvidenceDeclared" and entry.key == FIRST and digests:
            return digests[0].removeprefix("document:")
    raise AssertionError("nothing was declared")


def openings(messages: Sequence[Message]) -> list[Message]:
    """A verifier opens the document, later the inspectorate does in awards."""
    digest, last = document_of_first(messages), len(messages)
    at = entry_of(messages[-1]).at
    told = {"at": at, "sha256": digest, "about": FIRST, "agency": None}
    first = OpenedInVerification(**told, by="verifier-1", how="picture", roles=("verifier",))
    second = OpenedInAwards(**told, by="auditor-1", how="link", roles=("auditor",))
    return [
        stored(last + 1, OPENED_IN_VERIFICATION.subject(digest), first),
        stored(last + 2, OPENED_IN_AWARDS.subject(digest), second),
    ]


def hamlet(sequence: int) -> Message:
    fact = AgencyRegistered(
        by="admin-1",
        at=datetime(2026, 4, 1, tzinfo=UTC),
        agency_id=f"dusun-{sequence}",
        name=f"Dusun {sequence}",
        short_name="",
        kind="village",
        parent_id="hss",
        region_id="hss",
        path=("kalsel", "hss", f"dusun-{sequence}"),
        source="",
        sample=True,
    )
    return stored(sequence, AGENCY.subject(fact.agency_id), fact)


@pytest.fixture
async def told(won: Past, fresh_servers: Addresses) -> list[Message]:
    messages = [*won.messages, *openings(won.messages)]
    messages += [hamlet(len(messages) + number) for number in range(1, 201)]
    messages.append(unreadable(len(messages) + 1))
    await tell(fresh_servers, messages)
    return messages


@pytest.fixture
async def api(told: list[Message], fresh_servers: Addresses, issuer: Issuer) -> AsyncGenerator[Api]:
    settings = settings_for(Settings, "audit", fresh_servers, issuer)
    async with serving(create_app, settings) as client:
        client.headers.update(issuer.headers("auditor-1", "auditor"))

        async def is_indexed() -> bool:
            answer = await client.get("/events", params={"limit": 1})
            return answer.status_code == 200 and answer.json()["up_to"] == len(told)

        await holds(is_indexed)
        yield client


async def every(api: Api, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All pages as one."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        given = asked if cursor is None else {**asked, "cursor": cursor}
        answer = await api.get(path, params=given)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert answer.headers["Inda-Sequence"] == str(page["up_to"]) == str(page["last_sequence"])
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def sequences(items: Sequence[dict[str, Any]]) -> list[int]:
    return [each["sequence"] for each in items]


async def test_each_criterion_finds_exactly_what_fits_on_all_its_pages(
    api: Api, told: list[Message]
):
    entries = [entry_of(each) for each in told]
    middle = sorted(each.at for each in entries)[len(entries) // 2]
    asked: dict[str, tuple[dict[str, Any], list[int]]] = {
        "all": ({}, [each.sequence for each in entries]),
        "by": ({"by": "chair-1"}, [e.sequence for e in entries if e.by == "chair-1"]),
        "from": ({"from": middle}, [e.sequence for e in entries if e.at >= middle]),
        "to": ({"to": middle}, [e.sequence for e in entries if e.at < middle]),
        "fact": (
            {"fact": "MoneyAllocated"},
            [e.sequence for e in entries if e.fact == "MoneyAllocated"],
        ),
        "type": (
            {"fact": "inda.awards.money-allocated.v1"},
            [e.sequence for e in entries if e.fact == "MoneyAllocated"],
        ),
        "service": (
            {"service": "scoring"},
            [e.sequence for e in entries if e.service == "scoring"],
        ),
        "aggregate": (
            {"aggregate": "panel"},
            [e.sequence for e in entries if e.aggregate == "panel"],
        ),
        "key": ({"key": APBD}, [e.sequence for e in entries if e.key == APBD]),
        "about": (
            {"about": f"innovation:{FIRST}"},
            [e.sequence for e in entries if f"innovation:{FIRST}" in e.about],
        ),
        "together": (
            {"service": "awards", "by": "treasurer-1", "about": f"fund:{APBD}"},
            [
                e.sequence
                for e in entries
                if (e.service, e.by) == ("awards", "treasurer-1") and f"fund:{APBD}" in e.about
            ],
        ),
    }
    found = {
        name: sequences(await every(api, "/events", **given, limit=7))
        for name, (given, _) in asked.items()
    }
    assert found == {name: expected for name, (_, expected) in asked.items()}
    assert all(found.values())
    assert len(told) > 350


async def test_the_newest_come_first_when_asked_and_no_page_repeats_another(
    api: Api, told: list[Message]
):
    found = await every(api, "/events", order="desc", limit=50)
    assert sequences(found) == list(range(len(told), 0, -1))


async def test_a_listed_fact_says_what_its_envelope_says(api: Api, told: list[Message]):
    (item,) = (await api.get("/events", params={"limit": 1, "cursor": "4"})).json()["items"]
    headers = told[4].headers
    told_of_it = {name: item[name] for name in ("sequence", "id", "subject", "version", "ce_type")}
    assert told_of_it == {
        "sequence": 5,
        "id": headers["ce-id"],
        "subject": told[4].subject,
        "version": int(headers["ce-aggregateversion"]),
        "ce_type": headers["ce-type"],
    }
    assert "body" not in item


async def test_an_unreadable_fact_is_found_by_what_its_envelope_and_body_tell(
    api: Api, told: list[Message]
):
    last = told[-1]
    found = (await api.get("/events", params={"by": "somebody"})).json()["items"]
    assert [(each["sequence"], each["fact"], each["at"]) for each in found] == [
        (last.sequence, "NeverHeardOf", "2026-05-01T00:00:00.000000Z")
    ]
    whole = (await api.get(f"/events/{last.sequence}")).json()
    assert whole["body"] == last.body.decode()


async def test_one_fact_is_shown_as_it_is_stored_with_its_leaf(api: Api, told: list[Message]):
    message = told[9]
    shown = (await api.get("/events/10")).json()
    assert shown == (await api.get(f"/events/by-id/{message.headers['ce-id']}")).json()
    assert (shown["headers"], shown["body"]) == (dict(message.headers), message.body.decode())
    assert shown["leaf"].encode() == leaf_of(message)
    assert shown["leaf_hash"] == leaf_hash(leaf_of(message)).hex()
    assert shown["proof"] == "/log/proofs/10"


REFUSED: dict[str, dict[str, str]] = {
    "fact_unknown": {"fact": "Nothing"},
    "service_unknown": {"service": "portal"},
    "about_unknown": {"about": "planet:mars"},
    "cursor_broken": {"cursor": "one"},
    "span_empty": {"from": "2026-05-02T00:00:00Z", "to": "2026-05-01T00:00:00Z"},
}
UNREADABLE: tuple[dict[str, str], ...] = (
    {"from": "yesterday"},
    {"from": "2026-05-02T00:00:00"},
    {"limit": "0"},
    {"order": "sideways"},
    {"key": "*"},
)


async def test_a_question_that_means_nothing_is_refused_by_name(api: Api):
    answers = {code: await api.get("/events", params=asked) for code, asked in REFUSED.items()}
    assert {code: answer.json()["code"] for code, answer in answers.items()} == {
        code: code for code in REFUSED
    }
    assert {answer.status_code for answer in answers.values()} == {422}
    plain = [await api.get("/events", params=asked) for asked in UNREADABLE]
    assert [each.json()["code"] for each in plain] == ["request_invalid"] * len(UNREADABLE)


async def test_what_is_not_there_is_not_found(api: Api, told: list[Message]):
    missing = (
        f"/events/{len(told) + 1}",
        "/events/by-id/none",
        "/timeline/innovation/none",
        f"/documents/{'0' * 64}/readers",
    )
    assert [(await api.get(path)).status_code for path in missing] == [404] * 4
    empty = (await api.get("/people/nobody-at-all/events")).json()
    assert (empty["items"], empty["next_cursor"]) == ([], None)


async def test_the_timeline_of_an_innovation_runs_through_all_services(
    api: Api, told: list[Message]
):
    found = await every(api, f"/timeline/innovation/{FIRST}", limit=20)
    entries = {each.sequence: each for each in map(entry_of, told)}
    named = {key for key, each in entries.items() if f"innovation:{FIRST}" in each.about}
    money = {
        name
        for key in named
        for name in entries[key].about
        if entries[key].fact == "MoneyAllocated" and name.startswith("allocation:")
    }
    paid = {key for key, each in entries.items() if money.intersection(each.about)}
    assert sequences(found) == sorted(named | paid)
    assert {each["subject"].split(".")[2] for each in found} == {
        "submission",
        "verification",
        "scoring",
        "awards",
    }
    facts = {each["fact"] for each in found}
    assert facts >= {"InnovationDrafted", "DossierVerified", "InnovationScored", "PanelOpened"}
    assert facts >= {"ScoresRevealed", "ResultsPublished", "MoneyAllocated", "AllocationApproved"}


async def test_what_a_person_did_is_apart_from_what_was_said_of_them(api: Api, told: list[Message]):
    entries = [entry_of(each) for each in told]
    did = await every(api, "/people/judge-1/events")
    assert sequences(did) == [each.sequence for each in entries if each.by == "judge-1"]
    named = await every(api, "/people/judge-1/events", named=1)
    assert sequences(named) == [e.sequence for e in entries if "person:judge-1" in e.about]
    assert {"PanelOpened", "ScoresRevealed"} <= {each["fact"] for each in named}


async def test_who_saw_a_document_is_told_with_who_declared_it(api: Api, told: list[Message]):
    digest = document_of_first(told)
    first = next(each.sequence for each in told if ".access." in each.subject)
    found = (await api.get(f"/documents/{digest}/readers")).json()
    assert [
        (each["sequence"], each["by"], each["service"], each["how"], each["about"], each["roles"])
        for each in found["openings"]
    ] == [
        (first, "verifier-1", "verification", "picture", FIRST, ["verifier"]),
        (first + 1, "auditor-1", "awards", "link", FIRST, ["auditor"]),
    ]
    assert "EvidenceDeclared" in {each["fact"] for each in found["sources"]}


async def test_an_index_built_again_and_by_two_at_once_is_the_same(
    told: list[Message], fresh_servers: Addresses
):
    async with asyncio.timeout(60):
        first = await indexed(fresh_servers, replicas=1)
        second = await indexed(fresh_servers, replicas=2)
    assert first == second
    assert [each["sequence"] for each in first] == list(range(1, len(told) + 1))


async def indexed(addresses: Addresses, replicas: int) -> list[dict[str, Any]]:
    """All entries, written from nothing by that many at the same moment."""
    seed = addresses.nats_seeds["audit"]
    connection = await connect(tuple(addresses.nats_url.split(",")), "audit", seed)
    database = Database(addresses.mongo_urls["audit"], "audit")
    try:
        for name in await database.names():
            await database.collection(name).drop()
        indexes = [Index(connection, database) for _ in range(replicas)]
        await asyncio.gather(*(each.catch_up() for each in indexes))
        extent = await indexes[0].extent()
        assert extent.position == extent.last
        return await extent.entries.all()
    finally:
        database.close()
        await connection.close()


async def test_what_is_said_while_it_is_asked_for_is_shown(
    api: Api, told: list[Message], fresh_servers: Addresses
):
    """An answer waits for all that the stream had when it was asked."""
    await every(api, "/events", by="chair-1")
    for number in range(1, 6):
        sequence = len(told) + number
        await tell(fresh_servers, [unreadable(sequence)])
        newest = (await api.get("/events", params={"order": "desc", "limit": 1})).json()
        assert sequences(newest["items"]) == [sequence]


async def test_another_stream_begins_another_index(told: list[Message], fresh_servers: Addresses):
    names = {collection_of("2026-11-22T00:00:00Z"), collection_of("2026-11-22T00:00:01Z")}
    assert len(names) == 2
    seed = fresh_servers.nats_seeds["audit"]
    connection = await connect(tuple(fresh_servers.nats_url.split(",")), "audit", seed)
    database = Database(fresh_servers.mongo_urls["audit"], "audit")
    try:
        index = Index(connection, database)
        await index.catch_up()
        found = await index.page(Asked(by="chair-1"), limit=1)
        assert found.position == len(told)
        kept = [name for name in await database.names() if name.startswith("facts_")]
        assert kept == [(await index.extent()).entries.name]
    finally:
        database.close()
        await connection.close()
