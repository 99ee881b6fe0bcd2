"""Minutes, working days, what may be objected to, and what lapses because nobody answered."""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import httpx
import pytest

from deploy.local.stack import Addresses
from services.awards.settings import Settings
from shared.documents import documents_of
from shared.events.awards import ACCESS
from shared.history import HistoryLog
from shared.wita import WITA
from tests.accessed import openings
from tests.builders.awards import PATH, row, scored
from tests.builders.files import pdf
from tests.component.awards.course import (
    ANNOUNCE,
    BRIDA,
    DECREE,
    OTHER,
    URL,
    current,
    drafted,
    entered,
    funded,
    judged_to_the_end,
    no,
    ok,
    rules,
    shown,
    signed,
)
from tests.component.awards.world import Clock, People, score
from tests.component.scoring.world import Person, eventually

OBJECTION = {
    "innovation_id": "inov-2",
    "indicator": "SID-16",
    "level_sought": 3,
    "reason": "Perda terlampir",
}


@pytest.fixture
async def chair(people: People, clock: Clock) -> Person:
    """The committee's chair, with the funds that rules name."""
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock())
    return people("person-chair", "committee", path=BRIDA)


async def steps(person: Person) -> list[str]:
    return [each["code"] for each in ok(await person.get(URL))["next_steps"]]


async def working_days(person: Person, count: int) -> list[date]:
    told = ok(await person.get("/calendar", days=count))
    return [date.fromisoformat(each) for each in told["next_working_days"]]


async def test_a_window_of_working_days_ends_at_midnight_after_the_last_of_them(
    chair: Person, people: People, scoring: HistoryLog, clock: Clock
) -> None:
    await drafted(chair, scoring, rules(objection_calendar="working_days", minutes_signatures=2))
    seen = ok(await chair.get(URL))
    assert date(datetime.now(WITA).year + 1, 8, 17).isoformat() in seen["rules"]["holidays"]
    assert await steps(chair) == ["sign_minutes", "open_objection_window"]

    # Two different people, each once.
    window = {"version": 1}
    await signed(1, chair)
    again = await chair.post(f"{URL}/minutes/signatures", {"version": 1, "function": "Ketua"})
    assert ok(again)["happened"] == []
    one = await chair.post(f"{URL}/objection-window", window)
    assert (no(one), one.json()["params"]) == (
        (409, "minutes_unsigned"),
        {"signed": 1, "needed": 2},
    )
    await signed(1, people("person-bupati", "leader", path=("kalsel", "hss")))
    assert ok(await chair.get(f"{URL}/versions"))["signed"] == [
        {"version": 1, "signed": 2, "needed": 2}
    ]

    (*_, third) = await working_days(chair, 3)
    await shown(chair, await chair.post(f"{URL}/objection-window", window))
    (opened,) = ok(await chair.get(URL))["windows"]
    ends = datetime.combine(third + timedelta(days=1), time(), WITA)
    assert datetime.fromisoformat(opened["closes_at"]) == ends
    assert await steps(chair) == ["objection_window_open"]

    clock.ahead = ends - datetime.now(UTC) - timedelta(minutes=1)
    early = await chair.post(f"{URL}/determination", DECREE, **await current(chair))
    assert no(early) == (409, "window_open")
    clock.ahead += timedelta(minutes=1)
    assert await steps(chair) == ["determine_results"]
    ok(await chair.post(f"{URL}/determination", DECREE, **await current(chair)))


async def test_an_agency_sees_what_it_may_still_object_to_with_its_documents(
    chair: Person,
    people: People,
    scoring: HistoryLog,
    settings: Settings,
    fresh_servers: Addresses,
) -> None:
    letter = pdf("Perda nomor 5")
    digest = sha256(letter).hexdigest()
    documents = documents_of(settings, lambda: datetime.now(UTC))
    await documents.put_locked(
        settings.evidence_bucket,
        f"sha256/{digest}",
        letter,
        media_type="application/pdf",
        until=datetime.now(UTC) + timedelta(days=1),
        mode="GOVERNANCE",
    )
    documents.close()
    weak = row("SID-16", 3, 1).model_copy(update={"evidence": (digest,), "note": "Belum jelas"})
    await score(
        scoring,
        scored("inov-1", "80"),
        scored("inov-2", "90", rows=(row("SID-01"), weak)),
        scored("inov-3", "70", agency_path=OTHER, agency_id="dinsos"),
    )
    ok(await chair.post("/competitions", ANNOUNCE))
    await entered(chair, "inov-1", "inov-2", "inov-3")
    await judged_to_the_end(chair, scoring)
    await shown(chair, await chair.post(f"{URL}/results"))
    head = people("person-head", "skpd_head", path=PATH)
    assert ok(await head.get(f"{URL}/objectionable"))["items"] == []
    await signed(1, chair)
    await shown(chair, await chair.post(f"{URL}/objection-window", {"version": 1}))

    told = ok(await head.get(f"{URL}/objectionable"))
    assert (told["version"], told["until"] is not None) == (1, True)
    assert [(each["innovation_id"], each["indicator"]) for each in told["items"]] == [
        ("inov-1", "SID-16"),
        ("inov-2", "SID-16"),
    ]
    levels = {"claimed_level": 3, "granted_level": 1, "reason_code": "evidence_weak"}
    seen = {**levels, "note": "Belum jelas", "evidence": [digest], "decided_at": None}
    assert told["items"][1]["row"] == seen

    filed = await head.post(f"{URL}/objections", OBJECTION)
    await shown(head, filed)
    left = ok(await head.get(f"{URL}/objectionable"))["items"]
    assert [each["innovation_id"] for each in left] == ["inov-1"]
    (objection,) = ok(await chair.get(f"{URL}/objections"))["items"]
    assert objection["row"] == seen
    where = f"{URL}/objections/{objection['objection_id']}/documents"
    link = ok(await chair.get(f"{where}/{digest}"))
    assert (link["media_type"], link["size_bytes"]) == ("application/pdf", len(letter))
    async with httpx.AsyncClient() as plain:
        assert (await plain.get(link["url"])).content == letter
    assert (await chair.get(f"{where}/{'0' * 64}")).status_code == 404
    stranger = people("person-dinsos", "skpd_head", path=OTHER)
    assert (await stranger.get(f"{where}/{digest}")).status_code == 404
    tied = people("person-dinkes", "committee", path=PATH)
    assert (await tied.get(f"{where}/{digest}")).status_code == 404
    ok(await head.get(f"{where}/{digest}"))
    assert await openings(fresh_servers, ACCESS, digest) == [
        ("person-chair", "link", "inov-2"),
        ("person-head", "link", "inov-2"),
    ]


async def test_what_nobody_answers_lapses_by_the_clock_and_results_go_on(
    chair: Person, people: People, scoring: HistoryLog, clock: Clock
) -> None:
    await drafted(chair, scoring, rules(objection_days=1, decision_days=2, public_test_days=1))
    await signed(1, chair)
    await shown(chair, await chair.post(f"{URL}/objection-window", {"version": 1}))
    await shown(chair, await chair.post(f"{URL}/public-test", {"version": 1}))
    head = people("person-head", "skpd_head", path=PATH)
    filed = [
        await head.post(f"{URL}/objections", {**OBJECTION, "innovation_id": each})
        for each in ("inov-1", "inov-2")
    ]
    doubt = {
        "innovation_id": "inov-3",
        "statement": "Aplikasi yang sama sudah dipakai kabupaten lain sejak tahun 2019.",
        "links": ["https://example.org/berita"],
    }
    public = Person(chair.api, {})
    await shown(chair, await public.post(f"{URL}/public-test/doubts", doubt))
    granted = {"granted": True, "reason": "Perda memang berlaku"}
    where = f"{URL}/objections/{ok(filed[1])['objection_id']}/decision"
    await shown(chair, await chair.post(where, granted, **await current(chair)))
    assert await steps(chair) == [
        "objection_window_open",
        "public_test_open",
        "decide_objections",
        "await_corrections",
        "decide_doubts",
    ]

    clock.ahead = timedelta(days=3, minutes=1)

    async def lapsed() -> list[str] | None:
        items = ok(await chair.get(f"{URL}/objections"))["items"]
        doubts = ok(await chair.get(f"{URL}/doubts"))["items"]
        found = [each["state"] for each in (*items, *doubts)]
        return [each["lapse"]["because"] for each in items] if set(found) == {"lapsed"} else None

    assert await eventually(lapsed) == ["unanswered", "uncorrected"]
    assert await steps(chair) == ["determine_results"]
    ok(await chair.post(f"{URL}/determination", DECREE, **await current(chair)))
    assert await people("person-inspektur", "auditor").listed("/faults", "key") == []
