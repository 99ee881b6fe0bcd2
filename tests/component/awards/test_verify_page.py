"""Verification by anybody: what is issued is genuine, what is altered is not, nobody is named."""

from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from minio import Minio

from services.awards.settings import Settings
from shared.events.awards import COMPETITION, FUND, AllocationReversed
from shared.history import HistoryLog
from tests.builders.awards import COMPETITION_ID
from tests.component.awards.test_documents import file_of, issued, ok
from tests.component.awards.world import say
from tests.component.scoring.world import Person
from tests.unit.awards.story import AT, FUND_ID, JUDGED, NAME, OUT, PAYEE, certificate, drafted
from tests.waiting import found_in_time

MINUTES = {"kind": "minutes", "about": None}
JSON = {"Accept": "application/json"}


class Markup(HTMLParser):
    """The elements of a page and what they fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset")]


async def verified(api: httpx.AsyncClient, written: dict[str, Any]) -> dict[str, Any]:
    """What is told of it, as soon as it is shown."""

    async def look() -> dict[str, Any] | None:
        answer = await api.get(f"/documents/{written['document_id']}/verification")
        return answer.json() if answer.status_code == 200 else None

    return await found_in_time(look)


async def standing(api: httpx.AsyncClient, written: dict[str, Any], wanted: str) -> bool:
    async def look() -> bool | None:
        told = await verified(api, written)
        return told["is_current"] is False if told["standing"] == wanted else None

    return await found_in_time(look)


async def test_a_document_is_told_with_its_facts_and_without_a_person(
    api: httpx.AsyncClient, story: HistoryLog, payee: None, chair: Person
) -> None:
    written = await issued(chair, "payment_list")
    file = (await file_of(chair, written)).content
    told = await verified(api, written)
    events = {event.id: event for event in await story.facts(COMPETITION.subject(COMPETITION_ID))}
    events |= {event.id: event for event in await story.facts(FUND.subject(FUND_ID))}
    own, drafted_, determined, *money = told["facts"]
    assert [own["fact"], drafted_["fact"], determined["fact"]] == [
        "DocumentIssued",
        "ResultsDrafted",
        "ResultsDetermined",
    ]
    assert {each["fact"] for each in money} == {"MoneyAllocated"} and len(money) == 5
    for fact in (own, drafted_, determined):
        event = events[fact["event_id"]]
        assert (type(event.fact).__name__, event.sequence) == (fact["fact"], fact["sequence"])
    assert (told["sha256"], told["size"]) == (sha256(file).hexdigest(), len(file))
    assert (told["is_current"], told["standing"]) == (True, "Masih berlaku.")
    assert told["issued"].endswith(" WITA") and told["has_names"] is True
    page = await api.get(f"/verify/{written['document_id']}")
    for answer in (str(told), page.text):
        assert not any(word in answer for word in (NAME, PAYEE, "person-"))


async def test_the_original_is_genuine_and_one_altered_byte_is_not(
    api: httpx.AsyncClient, story: HistoryLog, chair: Person
) -> None:
    written = await issued(chair, "certificate", about="inov-1")
    file = (await file_of(chair, written)).content
    await verified(api, written)
    altered = file[:-20] + bytes([file[-20] ^ 1]) + file[-19:]
    for content, is_genuine in ((file, True), (altered, False), (file + b"\n", False)):
        told = ok(await api.post("/verify", files={"file": ("a.pdf", content)}, headers=JSON))
        assert (told["is_genuine"], told["document"] is not None) == (is_genuine, is_genuine)
        assert told["sha256"] == sha256(content).hexdigest()
        page = await api.post("/verify", files={"file": ("a.pdf", content)})
        assert page.status_code == 200
        assert ("Asli: Piagam Penghargaan" in page.text) is is_genuine
        assert ("bukan dokumen yang diterbitkan, atau sudah diubah" in page.text) is not is_genuine
    raw = ok(await api.post("/verify", content=file, headers=JSON))
    assert raw["document"]["document_id"] == written["document_id"]


async def test_the_page_is_plain_accessible_and_fetches_nothing(
    api: httpx.AsyncClient, story: HistoryLog, chair: Person
) -> None:
    written = await issued(chair, "minutes")
    told = await verified(api, written)
    page = await api.get(f"/verify/{written['document_id']}")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "form-action 'self'" in policy and "unsafe" not in policy
    markup = Markup(page.text)
    assert markup.fetched == []
    assert not {"script", "img", "link", "iframe"} & set(markup.tags)
    assert [markup.tags.count(tag) for tag in ("main", "h1", "form", "label")] == [1] * 4
    assert '<html lang="id">' in page.text and 'for="file"' in page.text
    for shown in (told["sha256"], told["content_digest"], told["standing"], told["issued"]):
        assert shown in page.text
    for fact in told["facts"]:
        assert fact["event_id"] in page.text


async def test_a_title_is_text_on_the_page(api: httpx.AsyncClient, awards: HistoryLog) -> None:
    wild = JUDGED[0].model_copy(update={"name": '<script>alert(1)</script> & $body "x"'})
    await say(awards, COMPETITION, COMPETITION_ID, [wild, *JUDGED[1:8]])
    await say(awards, COMPETITION, COMPETITION_ID, [certificate(**MINUTES)])
    await verified(api, {"document_id": "doc-1"})
    page = await api.get("/verify/doc-1")
    assert "script" not in Markup(page.text).tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; $body" in page.text


async def test_an_unknown_number_gets_a_page_that_helps(api: httpx.AsyncClient) -> None:
    for wrong in ("there-is-no-such", "x" * 5000, "%00%ff", "$ne"):
        page = await api.get(f"/verify/{wrong}")
        assert page.status_code == 404
        assert "Tidak ada dokumen dengan nomor ini." in page.text
        assert "unggah berkasnya" in page.text and wrong not in page.text
    answer = await api.get("/documents/there-is-no-such/verification")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_files_that_are_none_or_too_large_are_refused_in_words(
    api: httpx.AsyncClient,
) -> None:
    large = b"x" * (5 * 1024 * 1024 + 1)
    cases: list[tuple[dict[str, Any], int, str]] = [
        ({"files": {"file": ("a.pdf", large)}}, 413, "Berkas terlalu besar"),
        ({"files": {"file": ("a.pdf", b"")}}, 422, "Tidak ada berkas yang terkirim"),
        ({"data": {"nothing": "x"}}, 200, "bukan dokumen yang diterbitkan"),
    ]
    for sent, status, words in cases:
        page = await api.post("/verify", **sent)
        assert (page.status_code, words in page.text) == (status, True)
    answer = await api.post("/verify", files={"file": ("a.pdf", large)}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")


async def test_a_newer_version_of_the_results_replaces_what_was_issued(
    api: httpx.AsyncClient, awards: HistoryLog, chair: Person
) -> None:
    await say(awards, COMPETITION, COMPETITION_ID, JUDGED[:8])
    first = await issued(chair, "minutes")
    second = drafted(2, cause="disqualification", ranking=drafted().ranking[:2])
    await say(awards, COMPETITION, COMPETITION_ID, [OUT, second])
    assert await standing(api, first, "Sudah digantikan oleh versi 2 hasil penilaian.")
    later = await issued(chair, "minutes")
    assert later["document_id"] != first["document_id"]
    told = await verified(api, later)
    assert (told["is_current"], told["results_version"]) == (True, 2)
    assert (await verified(api, first))["replaced_by"] == later["document_id"]


@pytest.mark.parametrize(("kind", "about"), [("payment_list", None), ("tax_slip", "alloc-9-1")])
async def test_a_paper_of_money_that_was_reversed_does_not_hold_any_more(
    api: httpx.AsyncClient, story: HistoryLog, chair: Person, kind: str, about: str | None
) -> None:
    written = await issued(chair, kind, about=about)
    assert (await verified(api, written))["is_current"] is True
    gone = AllocationReversed(
        by="person-chair",
        at=AT,
        fund_id=FUND_ID,
        allocation_id="alloc-9-1",
        amount_rupiah=5_000_000,
        reason="Penerima berganti",
        allocated_rupiah=12_001_000,
    )
    await say(story, FUND, FUND_ID, [gone])
    sentence = "Tidak berlaku lagi: alokasi yang disebut di dalamnya dibatalkan atau dikembalikan."
    assert await standing(api, written, sentence)


async def test_nothing_of_an_uploaded_file_is_kept(
    api: httpx.AsyncClient, awards: HistoryLog, settings: Settings
) -> None:
    ok(await api.post("/verify", files={"file": ("rahasia.pdf", b"%PDF-1.7 x")}, headers=JSON))
    client = Minio(
        settings.s3_endpoint,
        settings.s3_access_key.get_secret_value(),
        settings.s3_secret_key.get_secret_value(),
        secure=False,
        region="us-east-1",
    )
    digest = sha256(b"%PDF-1.7 x").hexdigest()
    assert list(client.list_objects("documents", f"sha256/{digest}")) == []
    assert list(client.list_objects("evidence", f"sha256/{digest}")) == []
