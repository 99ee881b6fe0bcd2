"""The public test: anybody doubts with evidence, and only who may decide reads what they wrote."""

from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
import pytest

from services.awards.app import create_app
from services.awards.settings import Settings
from shared.events.awards import COMPETITION
from shared.events.submission import AGENCY
from shared.history import HistoryLog
from shared.views import Database
from shared.views.asking import Document
from tests.apps import Issuer, serving
from tests.builders.awards import PATH
from tests.builders.files import locked_pdf, pdf, png
from tests.component.awards.course import (
    BRIDA,
    URL,
    current,
    drafted,
    funded,
    no,
    ok,
    rules,
    shown,
    signed,
    versions,
)
from tests.component.awards.world import Clock, People, say
from tests.component.scoring.world import Person, eventually
from tests.unit.awards.story import OFFICE, REGENCY, RENAMED

DOUBTS = f"{URL}/public-test/doubts"
SAID = "Aplikasi yang sama sudah dipakai kabupaten lain sejak tahun 2019, lihat lampiran."
LETTER = pdf("Berita tahun 2019")
REPORTER = {"name": "Warga Kandangan", "contact": "0812-0000-0000"}


def sent(content: bytes, name: str = "bukti.pdf", kind: str = "application/pdf") -> dict[str, str]:
    return {"name": name, "media_type": kind, "content_base64": b64encode(content).decode()}


def doubt(**changes: Any) -> dict[str, Any]:
    told = {"innovation_id": "inov-1", "statement": SAID, "files": [sent(LETTER)]}
    return {**told, **changes}


@pytest.fixture
async def chair(people: People, scoring: HistoryLog, clock: Clock) -> Person:
    """Results of version 1, signed, with an open public test."""
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock())
    chair = people("person-chair", "committee", path=BRIDA)
    await drafted(chair, scoring, rules(public_test_days=5))
    await signed(1, chair)
    await shown(chair, await chair.post(f"{URL}/public-test", {"version": 1}))
    return chair


@pytest.fixture
def anybody(api: httpx.AsyncClient) -> Person:
    return Person(api, {})


async def test_anybody_sees_the_finalists_and_no_places(chair: Person, anybody: Person) -> None:
    told = ok(await anybody.get(f"{URL}/public-test"))
    assert (told["is_open"], [each["innovation_id"] for each in told["finalists"]]) == (
        True,
        ["inov-1", "inov-2", "inov-3"],
    )
    assert not {"rank", "final_score"} & set(told["finalists"][0])
    assert "person-" not in str(told)
    assert (await anybody.get("/competitions/kia-2025/public-test")).status_code == 404


async def test_finalists_and_entries_are_called_by_the_names_of_their_agencies(
    chair: Person, anybody: Person, submission: HistoryLog
) -> None:
    async def names() -> list[tuple[str, str, str]]:
        """Of agency and region, as the public sees them."""
        finalists = ok(await anybody.get(f"{URL}/public-test"))["finalists"]
        told = {(f["agency_id"], f["agency_name"], f["region_name"]) for f in finalists}
        return sorted(told)

    assert await names() == [("dinkes", "dinkes", "hss")]
    await say(submission, AGENCY, "hss", [REGENCY])
    await say(submission, AGENCY, "dinkes", [OFFICE, RENAMED])

    async def renamed() -> bool | None:
        return True if await names() == [("dinkes", RENAMED.name, REGENCY.name)] else None

    await eventually(renamed)
    entries = ok(await chair.get(URL))["entries"]
    assert {(e["agency_name"], e["region_name"]) for e in entries} == {(RENAMED.name, REGENCY.name)}
    # The facts know codes only, and so does what is answered of them.
    assert {e["entry"]["agency_id"] for e in entries} == {"dinkes"}
    told = ok(await chair.get(f"{URL}/eligibility", innovation_id="inov-1"))
    assert (told["agency_id"], told["agency_name"]) == ("dinkes", RENAMED.name)
    within = told["categories"][0]["conditions"][0]["sentence"]
    assert within == (
        f"Perangkat daerah berada di bawah {REGENCY.name};"
        f" jalurnya kalsel / {REGENCY.name} / {RENAMED.name}."
    )


async def test_an_upheld_doubt_disqualifies_and_makes_the_next_version(
    chair: Person, anybody: Person, people: People
) -> None:
    rehearsed = ok(await anybody.post(f"{DOUBTS}?dry_run=1", doubt()))
    assert (rehearsed["happened"], rehearsed["dry_run"]) == (["DoubtFiled"], True)
    once = {"Idempotency-Key": "warga-menulis-sekali"}
    first = await anybody.post(DOUBTS, doubt(reporter=REPORTER), **once)
    retried = ok(await anybody.post(DOUBTS, doubt(reporter=REPORTER), **once))
    key = ok(first)["doubt_id"]
    assert (first.status_code, retried["doubt_id"], retried["version"]) == (
        201,
        key,
        first.json()["version"],
    )
    other = await anybody.post(DOUBTS, doubt(innovation_id="inov-2"), **once)
    assert no(other) == (422, "idempotency_key_reused")
    seen = await shown(chair, first)

    digest = sha256(LETTER).hexdigest()
    (listed,) = ok(await chair.get(f"{URL}/doubts"))["items"]
    assert (listed["doubt_id"], listed["state"], listed["evidence"]) == (key, "filed", [digest])
    assert (listed["statement_digest"], "statement" in listed) == (
        sha256(SAID.encode()).hexdigest(),
        False,
    )
    where = f"{URL}/doubts/{key}"
    told = ok(await chair.get(where))
    assert (told["statement"], told["reporter"]) == (SAID, REPORTER)
    assert [(each["name"], each["sha256"]) for each in told["files"]] == [("bukti.pdf", digest)]
    link = ok(await chair.get(f"{where}/evidence/{digest}"))
    async with httpx.AsyncClient() as plain:
        assert (await plain.get(link["url"])).content == LETTER

    # An auditor sees that there is a doubt; who is tied to the entry sees none.
    auditor = people("person-inspektur", "auditor")
    watched = ok(await auditor.get(where))
    assert (watched["state"], watched["statement"], watched["reporter"]) == ("filed", None, None)
    assert (await auditor.get(f"{where}/evidence/{digest}")).status_code == 403
    tied = people("person-dinkes", "committee", path=PATH)
    assert ok(await tied.get(f"{URL}/doubts"))["items"] == []
    assert (await tied.get(where)).status_code == 404
    answer = {"upheld": True, "reason": "Berita itu memang tentang aplikasi yang sama"}
    assert (await tied.post(f"{where}/decision", answer, **seen)).status_code == 404
    assert (await chair.post(f"{where}/decision", answer)).status_code == 428

    decided = await chair.post(f"{where}/decision", answer, **seen)
    await shown(chair, decided)
    assert decided.json()["happened"] == ["DoubtDecided", "EntryDisqualified", "ResultsDrafted"]
    (_, second) = await versions(chair, 2)
    about = {"dispute_id": key, "innovation_id": "inov-1", "indicator": None}
    assert (second["cause"], second["about"]) == ("doubt", about)
    assert [(c["innovation_id"], c["because"]) for c in second["changes"]] == [
        ("inov-1", "out"),
        ("inov-2", "moved"),
        ("inov-3", "moved"),
    ]
    assert ok(await chair.get(URL))["signed"][-1] == {"version": 2, "signed": 0, "needed": 1}
    left = ok(await anybody.get(f"{URL}/public-test"))["finalists"]
    assert [each["innovation_id"] for each in left] == ["inov-2", "inov-3"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"statement": "Terlalu singkat"}, (422, "request_invalid")),
        ({"files": [], "links": []}, (409, "evidence_missing")),
        ({"innovation_id": "inov-9"}, (404, "entry_unknown")),
        ({"files": [sent(LETTER)] * 4}, (422, "request_invalid")),
        ({"links": ["javascript:alert(1)"]}, (422, "request_invalid")),
        ({"files": [sent(b"MZ bukan PDF")]}, (422, "file_type_mismatch")),
        ({"files": [sent(png(), "bukti.pdf")]}, (422, "file_type_mismatch")),
        ({"files": [sent(locked_pdf())]}, (422, "file_encrypted")),
        ({"files": [sent(LETTER[:-200])]}, (422, "file_unreadable")),
        ({"files": [{**sent(LETTER), "content_base64": "?"}]}, (422, "file_undecodable")),
        ({"files": [sent(LETTER, kind="text/html")]}, (422, "request_invalid")),
    ],
    ids=[
        "a short statement",
        "no evidence",
        "no such entry",
        "four files",
        "no web address",
        "no picture and no PDF",
        "a picture called PDF",
        "a locked PDF",
        "half a PDF",
        "no base64",
        "a type that is not taken",
    ],
)
async def test_what_cannot_be_looked_into_is_refused_and_leaves_nothing(
    chair: Person, anybody: Person, changes: dict[str, Any], refusal: tuple[int, str]
) -> None:
    assert no(await anybody.post(DOUBTS, doubt(**changes))) == refusal
    assert ok(await chair.get(f"{URL}/doubts"))["items"] == []


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"statement": "' + b"\\ud800" * 50 + b'"}', b'{"links": 1e999}']
)
async def test_what_is_no_doubt_at_all_is_refused(
    chair: Person, anybody: Person, body: bytes
) -> None:
    headers = {"Idempotency-Key": "anything-at-all", "Content-Type": "application/json"}
    answer = await anybody.api.post(DOUBTS, content=body, headers=headers)
    assert answer.status_code == 422


async def test_files_are_limited_each_and_together(chair: Person, anybody: Person) -> None:
    large = LETTER + b"%" * (2 * 1024 * 1024 + 1)
    assert no(await anybody.post(DOUBTS, doubt(files=[sent(large)]))) == (422, "file_too_large")
    nearly = [sent(LETTER + bytes([number]) * 1_500_000) for number in range(3)]
    assert no(await anybody.post(DOUBTS, doubt(files=nearly))) == (422, "files_too_large")


async def test_a_doubt_needs_a_key_and_an_open_test(
    chair: Person, anybody: Person, clock: Clock
) -> None:
    plain = await anybody.api.post(DOUBTS, json=doubt())
    assert no(plain) == (400, "idempotency_key_missing")
    clock.ahead = timedelta(days=6)
    assert no(await anybody.post(DOUBTS, doubt())) == (409, "public_test_closed")


async def test_what_was_written_can_be_erased_and_the_history_stands(
    chair: Person,
    anybody: Person,
    people: People,
    settings: Settings,
    issuer: Issuer,
    awards: HistoryLog,
) -> None:
    filed = await anybody.post(DOUBTS, doubt(reporter=REPORTER))
    await shown(chair, filed)
    key = ok(filed)["doubt_id"]
    where = f"{URL}/doubts/{key}"
    before = await awards.facts(COMPETITION.subject("kia-2026"))

    async def erased(who: Person, path: str = f"{where}/text") -> int:
        return (await who.api.delete(path, headers=who.headers)).status_code

    # Whose entry is doubted erases nothing, nor does who only watches or leads.
    assert await erased(people("person-dinkes", "committee", path=PATH)) == 404
    for role in ("auditor", "leader", "skpd_head"):
        assert await erased(people(f"person-{role}", role, path=BRIDA)) == 403
    assert await erased(anybody) == 401
    assert await erased(chair, f"{where}/text?dry_run=1") == 204
    assert ok(await chair.get(where))["statement"] == SAID
    assert await erased(chair, f"{URL}/doubts/doubt-none/text") == 404

    assert [await erased(chair), await erased(chair)] == [204, 204]
    told = ok(await chair.get(where))
    assert (told["statement"], told["reporter"], told["addresses"], told["files"]) == (
        None,
        None,
        [],
        [],
    )
    assert told["statement_digest"] == sha256(SAID.encode()).hexdigest()
    assert await kept_of(settings, key) is None
    # It is recorded nowhere: the doubt is the same fact, and can be decided still.
    assert await awards.facts(COMPETITION.subject("kia-2026")) == before
    async with serving(create_app, settings) as replica:
        member = People(replica, issuer)("person-member", "committee")
        told = ok(await member.get(where))
        answer = {"upheld": False, "reason": "Tidak terbukti"}
        decided = await member.post(f"{where}/decision", answer, **await current(member))
        assert (ok(decided)["happened"], told["state"]) == (["DoubtDecided"], "filed")


async def kept_of(settings: Settings, key: str) -> Document | None:
    """What lies in the collection of what people wrote."""
    database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
    found = await database.collection("doubts").get(key)
    database.close()
    return found
