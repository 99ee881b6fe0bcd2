"""Documents over HTTP on real servers: issued once, kept by digest, made again from the history."""

import asyncio
from hashlib import sha256
from io import BytesIO
from typing import Any

import httpx
import pypdfium2
import pytest
from minio import Minio
from minio.deleteobjects import DeleteObject
from openpyxl import load_workbook

from deploy.local.stack import Addresses
from services.awards.app import create_app
from services.awards.settings import Settings
from shared.events.awards import COMPETITION, FUND, DocumentIssued
from shared.events.submission import AGENCY
from shared.history import HistoryLog
from tests.apps import Issuer, serving
from tests.builders.awards import COMPETITION_ID, PATH
from tests.component.awards.world import People, say
from tests.component.scoring.world import Person
from tests.unit.awards.story import (
    FUND_ID,
    JUDGED,
    NAME,
    OFFICE,
    PAID,
    PAYEE,
    RENAMED,
    TAX_ID,
    TREE,
    drafted,
)

URL = f"/competitions/{COMPETITION_ID}/documents"


def ok(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def issued(person: Person, kind: str, form: str = "pdf", about: str | None = None) -> Any:
    return ok(await person.post(URL, {"kind": kind, "format": form, "about": about}))


async def file_of(person: Person, written: dict[str, Any]) -> httpx.Response:
    return await person.get(f"{URL}/{written['document_id']}/file", min_seq=written["sequence"])


def emptied(servers: Addresses, digest: str) -> None:
    """What an administrator may do by law: every version of a kept file is gone."""
    key = servers.s3_keys["admin"]
    client = Minio(servers.s3_endpoint, key.access, key.secret, secure=False, region="us-east-1")
    found = client.list_objects("documents", f"sha256/{digest}", include_version=True)
    gone = [DeleteObject(each.object_name or "", each.version_id) for each in found]
    errors = list(client.remove_objects("documents", gone, bypass_governance_mode=True))
    assert gone and not errors, errors


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


async def test_a_document_is_issued_once_and_its_file_is_the_bytes_of_its_digest(
    story: HistoryLog, chair: Person
) -> None:
    rehearsed = ok(await chair.post(f"{URL}?dry_run=1", {"kind": "minutes", "format": "pdf"}))
    assert (rehearsed["dry_run"], rehearsed["happened"]) == (True, ["DocumentIssued"])
    first = await issued(chair, "minutes")
    assert first["happened"] == ["DocumentIssued"]
    assert first["verify_url"] == f"http://127.0.0.1:8004/verify/{first['document_id']}"
    again = await issued(chair, "minutes")
    assert again == {**first, "happened": []}
    sheet = await issued(chair, "minutes", "xlsx")
    assert sheet["happened"] == ["DocumentIssued"]
    file = await file_of(chair, first)
    assert file.headers["Content-Type"] == "application/pdf"
    assert sha256(file.content).hexdigest() == first["sha256"]
    assert "BERITA ACARA HASIL PENILAIAN" in text_of(file.content)
    book = load_workbook(BytesIO((await file_of(chair, sheet)).content))
    assert "1. Kategori skpd" in book.sheetnames
    listed = ok(await chair.get(URL, min_seq=sheet["sequence"]))["items"]
    assert [each["document_id"] for each in listed] == [
        first["document_id"],
        sheet["document_id"],
    ]
    facts = [event.fact for event in await story.facts(COMPETITION.subject(COMPETITION_ID))]
    recorded = [fact for fact in facts if isinstance(fact, DocumentIssued)]
    assert [fact.sha256 for fact in recorded] == [first["sha256"], sheet["sha256"]]


async def test_the_same_request_answers_the_same_document(story: HistoryLog, chair: Person) -> None:
    body = {"kind": "certificate", "format": "pdf", "about": "inov-1"}
    once = {"Idempotency-Key": "one-and-the-same"}
    first = ok(await chair.post(URL, body, **once))
    await say(story, COMPETITION, COMPETITION_ID, [drafted(2, cause="vote")])
    assert ok(await chair.post(URL, body, **once)) == first
    reused = await chair.post(URL, {**body, "about": "inov-2"}, **once)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")


async def test_many_who_ask_at_once_get_one_document(story: HistoryLog, chair: Person) -> None:
    answers = await asyncio.gather(*(issued(chair, "minutes") for _ in range(6)))
    assert len({each["document_id"] for each in answers}) == 1
    assert sorted(len(each["happened"]) for each in answers) == [0, 0, 0, 0, 0, 1]
    events = await story.facts(COMPETITION.subject(COMPETITION_ID))
    assert sum(isinstance(event.fact, DocumentIssued) for event in events) == 1


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("minutes", "pdf"),
        ("minutes", "xlsx"),
        ("decree_annex", "pdf"),
        ("payment_list", "xlsx"),
        ("spd_12_evidence", "pdf"),
    ],
)
async def test_a_lost_file_is_made_again_from_the_history_after_a_restart(
    story: HistoryLog,
    chair: Person,
    settings: Settings,
    fresh_servers: Addresses,
    issuer: Issuer,
    kind: str,
    form: str,
) -> None:
    written = await issued(chair, kind, form)
    before = await file_of(chair, written)
    # What came later is not in it: more money is moved, and another version of the results.
    await say(story, FUND, FUND_ID, [PAID[0].model_copy(update={"allocation_id": "alloc-2-2"})])
    await say(story, COMPETITION, COMPETITION_ID, [drafted(2, cause="vote")])
    emptied(fresh_servers, written["sha256"])
    async with serving(create_app, settings) as client:
        someone = People(client, issuer)("person-auditor", "auditor")
        again = await file_of(someone, written)
        assert again.status_code == 200, again.text
        assert again.content == before.content
    kept = await file_of(chair, written)
    assert kept.content == before.content


async def test_a_paper_tells_names_of_its_own_moment_also_when_it_is_made_again(
    story: HistoryLog, submission: HistoryLog, chair: Person, fresh_servers: Addresses
) -> None:
    for fact in TREE:
        await say(submission, AGENCY, fact.agency_id, [fact])
    body = ("certificate", "pdf", "inov-1")
    first = await issued(chair, *body)
    before = await file_of(chair, first)
    assert OFFICE.name in text_of(before.content)
    assert "PEMERINTAH KABUPATEN HULU SUNGAI SELATAN" in text_of(before.content)
    assert (await issued(chair, *body))["document_id"] == first["document_id"]

    await say(submission, AGENCY, "dinkes", [RENAMED])
    second = await issued(chair, *body)
    assert second["document_id"] != first["document_id"]
    assert RENAMED.name in text_of((await file_of(chair, second)).content)
    emptied(fresh_servers, first["sha256"])
    again = await file_of(chair, first)
    assert (again.status_code, again.content) == (200, before.content)
    events = await story.facts(COMPETITION.subject(COMPETITION_ID))
    said = [event.fact for event in events if isinstance(event.fact, DocumentIssued)]
    assert [fact.has_names for fact in said] == [False, False]


async def test_a_file_with_names_is_only_what_was_kept(
    story: HistoryLog, payee: None, chair: Person, fresh_servers: Addresses
) -> None:
    written = await issued(chair, "certificate", about="inov-9")
    file = await file_of(chair, written)
    assert NAME in text_of(file.content)
    emptied(fresh_servers, written["sha256"])
    gone = await file_of(chair, written)
    assert (gone.status_code, gone.json()["code"]) == (404, "document_not_kept")


async def test_no_name_is_ever_in_the_history(
    story: HistoryLog, payee: None, chair: Person, settings: Settings, people: People
) -> None:
    for kind, form, about in (
        ("certificate", "pdf", "inov-9"),
        ("payment_list", "pdf", None),
        ("payment_list", "xlsx", None),
        ("tax_slip", "pdf", "alloc-9-1"),
    ):
        written = await issued(chair, kind, form, about)
    events = await story.facts(COMPETITION.subject(COMPETITION_ID))
    said = [event.fact for event in events if isinstance(event.fact, DocumentIssued)]
    assert [fact.has_names for fact in said] == [True] * 4
    told = "".join(event.fact.model_dump_json() for event in events)
    listed = (await chair.get(URL, min_seq=written["sequence"])).text
    assert PAYEE in told
    for secret in (NAME, "Rahmawati", TAX_ID):
        assert secret not in told and secret not in listed


async def test_each_role_sees_its_documents_and_no_others(
    story: HistoryLog, payee: None, chair: Person, people: People
) -> None:
    papers = [
        await issued(chair, "certificate", about="inov-1"),
        await issued(chair, "tax_slip", about="alloc-9-1"),
        await issued(chair, "payment_list"),
    ]
    ids = [each["document_id"] for each in papers]
    last = papers[-1]["sequence"]
    readers = {
        "treasurer": (people("person-bpp", "treasurer"), ids),
        "auditor": (people("person-aud", "auditor"), ids),
        "own": (people("person-head", "skpd_head", path=PATH), ids[:2]),
        "stranger": (people("person-x", "skpd_head", path=("kalsel", "hss", "rsud")), []),
    }
    for person, expected in readers.values():
        found = ok(await person.get(URL, min_seq=last))["items"]
        assert [each["document_id"] for each in found] == expected
        answers = [(await file_of(person, each)).status_code for each in papers]
        assert answers == [200 if each in expected else 404 for each in ids]
    judge = people("person-judge", "judge")
    assert (await judge.get(URL)).status_code == 403
    assert (await judge.post(URL, {"kind": "minutes", "format": "pdf"})).status_code == 403


async def test_a_document_that_cannot_be_is_refused_and_nothing_is_said(
    awards: HistoryLog, chair: Person
) -> None:
    await say(awards, COMPETITION, COMPETITION_ID, JUDGED[:6])
    for body, code in (
        ({"kind": "minutes", "format": "pdf"}, (409, "not_drafted")),
        ({"kind": "certificate", "format": "pdf"}, (422, "about_wrong")),
        ({"kind": "certificate", "format": "xlsx", "about": "inov-1"}, (409, "format_unknown")),
    ):
        answer = await chair.post(URL, body)
        assert (answer.status_code, answer.json()["code"]) == code
    unknown = await chair.post("/competitions/none/documents", {"kind": "minutes", "format": "pdf"})
    assert unknown.status_code == 404
    stale = await chair.post(URL, {"kind": "minutes", "format": "pdf"}, **{"If-Match": '"3"'})
    assert stale.status_code == 412
    assert len(await awards.facts(COMPETITION.subject(COMPETITION_ID))) == 6
