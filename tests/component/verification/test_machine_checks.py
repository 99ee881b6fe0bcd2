"""What machines tell beside the human, of real files on real servers: hints, never decisions."""

from collections.abc import Awaitable, Callable
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from deploy.local.stack import Addresses
from shared.editions import load
from shared.events.submission import Claim, EvidenceItem, FileEvidence, Letter, Profile
from tests.apps import Issuer
from tests.builders.files import jpeg, mp4, png
from tests.builders.papers import BODY, LETTER_PAGES, paper
from tests.builders.verification import DRAFTER, OF_THE_AGENCY, VERIFIER, Person
from tests.component.verification.world import Headers, Reviewer, Voice, store

EDITION = load("2026-r1").digest
DECREE = Letter(
    number="188.45/12/KUM/2025",
    signed_on=date(2025, 3, 3),
    subject="Penetapan Inovasi Posyandu Digital",
)
OF_THE_OTHERS = Person("person-others", "dinsos", ("kalsel", "dinsos"))
OTHER_AGENCY = {"agency_id": "dinsos", "agency_path": ("kalsel", "dinsos"), "season_id": "2025"}
Reads = Callable[[str], Awaitable[dict[str, Any]]]


def item(
    content: bytes,
    *indicators: str,
    media_type: str = "application/pdf",
    letter: Letter | None = None,
    accepted: bool = True,
) -> EvidenceItem:
    digest = sha256(content).hexdigest()
    return EvidenceItem(
        evidence_id=f"ev-{digest[:12]}",
        indicators=indicators,
        evidence_kind="decree",
        content=FileEvidence(
            file_name=f"{digest[:6]}.pdf",
            sha256=digest,
            size_bytes=len(content),
            media_type=media_type,
        ),
        letter=letter,
        accepted=accepted,
    )


@pytest.fixture
def kept(fresh_servers: Addresses) -> Callable[..., EvidenceItem]:
    """Puts a file where intake leaves it; the item that shows it."""

    def keep(content: bytes, *indicators: str, **more: Any) -> EvidenceItem:
        made = item(content, *indicators, **more)
        store(fresh_servers, made.content.sha256, content)
        return made

    return keep


@pytest.fixture
def reads(verifier: Reviewer) -> Reads:
    async def read(path: str) -> dict[str, Any]:
        answer = await verifier.api.get(path, headers=verifier.headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return read


async def handed_in(
    submission: Voice, verifier: Reviewer, name: str, *items: EvidenceItem, **changes: Any
) -> str:
    """A dossier with this evidence, as soon as the verifier sees it."""
    values = {"edition_digest": EDITION, "manifest": items, "claims": (), **changes}
    await submission.submit(name, **values)
    await verifier.see(name)
    return name


def about_a(shown: EvidenceItem, dossier: str, rest: str) -> str:
    return f"/dossiers/{dossier}/evidence/{shown.content.sha256}/{rest}"


async def refusal(verifier: Reviewer, path: str) -> tuple[int, str]:
    answer = await verifier.api.get(path, headers=verifier.headers)
    return answer.status_code, answer.json()["code"]


async def test_a_document_is_read_by_pages_or_whole(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    shown = kept(paper("Halaman satu", "Halaman dua"), "SID-01")
    dossier = await handed_in(submission, verifier, "inov-1", shown)
    whole = await reads(about_a(shown, dossier, "text"))
    assert whole == {
        "sha256": shown.content.sha256,
        "status": "read",
        "pages": 2,
        "page": None,
        "text": "Halaman satu\fHalaman dua",
        "is_cut": False,
    }
    second = await reads(about_a(shown, dossier, "text?page=2"))
    assert (second["page"], second["text"]) == (2, "Halaman dua")
    beyond = about_a(shown, dossier, "text?page=3")
    assert await refusal(verifier, beyond) == (404, "page_unknown")


async def test_what_has_no_letters_in_it_has_nothing_to_read(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    scan, photo = kept(paper(" ")), kept(png(), media_type="image/png")
    dossier = await handed_in(submission, verifier, "inov-1", scan, photo)
    for shown in (scan, photo):
        told = await reads(about_a(shown, dossier, "text"))
        assert (told["status"], told["text"]) == ("nothing_to_read", None)


async def test_a_page_is_shown_as_a_picture_of_the_width_that_was_asked(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem]
) -> None:
    letter, photo = kept(paper("Satu", "Dua")), kept(jpeg(900, 300), media_type="image/jpeg")
    dossier = await handed_in(submission, verifier, "inov-1", letter, photo)
    sizes = {}
    for shown, page, width in ((letter, 2, 333), (letter, 1, 1600), (photo, 1, 300)):
        path = about_a(shown, dossier, f"pages/{page}?width={width}")
        answer = await verifier.api.get(path, headers=verifier.headers)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        sizes[width] = Image.open(BytesIO(answer.content)).size
    assert sizes == {333: (333, 471), 1600: (1600, 2263), 300: (300, 100)}


async def test_what_cannot_be_shown_is_said_and_breaks_nothing(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem]
) -> None:
    broken = kept(b"%PDF-1.7 and nothing that a parser could follow")
    torn = kept(jpeg(400, 400)[:500], media_type="image/jpeg")
    film = kept(mp4(), media_type="video/mp4")
    letter = kept(paper("Satu"))
    gone, pending = item(paper("Tidak tersimpan")), kept(paper("Menunggu"), accepted=False)
    shown = (broken, torn, film, letter, gone, pending)
    dossier = await handed_in(submission, verifier, "inov-1", *shown)

    async def told(one: EvidenceItem, rest: str) -> tuple[int, str]:
        return await refusal(verifier, about_a(one, dossier, rest))

    assert await told(broken, "pages/1") == (409, "picture_unreadable")
    assert await told(torn, "pages/1") == (409, "picture_unreadable")
    assert await told(film, "pages/1") == (409, "picture_no_pictures")
    assert await told(letter, "pages/2") == (404, "page_unknown")
    assert await told(letter, "pages/1?width=99") == (422, "request_invalid")
    for rest in ("text", "letter", "pages/1"):
        assert await told(gone, rest) == (404, "evidence_not_kept")
        assert await told(pending, rest) == (404, "evidence_unknown")
    text = await verifier.api.get(about_a(broken, dossier, "text"), headers=verifier.headers)
    assert (text.status_code, text.json()["status"]) == (200, "nothing_to_read")


async def test_a_letter_is_found_on_the_page_where_it_says_so(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    shown = kept(paper(*LETTER_PAGES), "SID-01", letter=DECREE)
    dossier = await handed_in(submission, verifier, "inov-1", shown)
    told = await reads(about_a(shown, dossier, "letter"))
    parts = {
        name: (told[name]["outcome"], told[name]["seen"]["page"], told[name]["seen"]["text"])
        for name in ("number", "signed_on", "subject")
    }
    assert parts == {
        "number": ("exact", 1, "188.45 / 12 / KUM / 2025"),
        "signed_on": ("exact", 3, "3 Maret 2025"),
        "subject": ("exact", 1, "PENETAPAN INOVASI POSYANDU DIGITAL"),
    }
    assert "pada tanggal 3 Maret 2025" in told["signed_on"]["seen"]["excerpt"]
    assert [each["text"] for each in told["other_numbers"]] == ["005/77/DINKES/2025"]
    assert [each["text"] for each in told["other_dates"]] == ["14 Februari 2025"]


async def test_a_letter_that_says_otherwise_is_shown_with_what_it_says(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    declared = Letter(
        number="188.45/13/KUM/2025", signed_on=date(2024, 3, 3), subject="Anggaran belanja daerah"
    )
    shown = kept(paper(*LETTER_PAGES), letter=declared)
    undeclared = kept(paper("Nomor: 7/A/2025 tanggal 5 Mei 2025"))
    dossier = await handed_in(submission, verifier, "inov-1", shown, undeclared)
    told = await reads(about_a(shown, dossier, "letter"))
    assert [told[name]["outcome"] for name in ("number", "signed_on", "subject")] == [
        "similar",
        "similar",
        "not_found",
    ]
    assert told["number"]["seen"]["text"] == "188.45 / 12 / KUM / 2025"
    other = await reads(about_a(undeclared, dossier, "letter"))
    assert (other["number"], other["signed_on"], other["subject"]) == (None, None, None)
    assert [each["text"] for each in other["other_numbers"]] == ["7/A/2025"]


async def test_findings_come_in_the_language_of_the_reader(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    shown = kept(paper("Keputusan tentang hal lain sama sekali"), "SID-01", letter=DECREE)
    claims = (Claim(indicator="SID-01", level=1), Claim(indicator="SID-02", level=2))
    dossier = await handed_in(submission, verifier, "inov-1", shown, claims=claims)
    told = await reads(f"/dossiers/{dossier}/findings")
    found = {(each["rule"], each["indicator"]) for each in told["items"]}
    assert {("innovation_not_named", "SID-01"), ("claim_without_evidence", "SID-02")} <= found
    assert told["unread"] == []
    headers = {**verifier.headers, "Accept-Language": "en"}
    path = f"/dossiers/{dossier}/findings"
    english = (await verifier.api.get(path, headers=headers)).json()
    assert [each["rule"] for each in english["items"]] == [each["rule"] for each in told["items"]]
    assert english["items"][0]["sentence"] != told["items"][0]["sentence"]


async def test_a_file_that_nobody_could_read_yet_is_told_as_unread(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    papers = [kept(paper(f"Surat ke {number}")) for number in range(5)]
    dossier = await handed_in(submission, verifier, "inov-1", item(paper("Tidak ada")), *papers)
    path = f"/dossiers/{dossier}/findings"
    left = [len((await reads(path))["unread"]) for _ in range(3)]
    assert left == [3, 1, 1]


async def test_another_edition_than_the_frozen_one_finds_nothing(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await handed_in(submission, verifier, "inov-1", edition_digest="e" * 64)
    path = f"/dossiers/{dossier}/findings"
    assert await refusal(verifier, path) == (409, "edition_differs")


async def test_a_letter_that_is_used_again_is_found_across_agencies_and_years(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    again = DECREE.model_copy(update={"number": "188.45 / 12 / kum / 2025"})
    ours = kept(paper(*LETTER_PAGES), "SID-01", letter=DECREE)
    theirs = kept(paper("Berkas lain dengan nomor yang sama"), letter=again)
    dossier = await handed_in(submission, verifier, "inov-1", ours)
    title = Profile(title="Sapa Lansia")
    await handed_in(submission, verifier, "inov-2", theirs, profile=title, **OTHER_AGENCY)
    told = await reads(f"/dossiers/{dossier}/similar")
    assert told["items"] == [
        {
            "dossier_id": "inov-2",
            "title": "Sapa Lansia",
            "agency_id": "dinsos",
            "season_id": "2025",
            "kind": "same_letter",
            "similarity": 1.0,
            "sha256": ours.content.sha256,
            "other_sha256": theirs.content.sha256,
        }
    ]


async def test_near_duplicates_stand_side_by_side(
    submission: Voice, verifier: Reviewer, kept: Callable[..., EvidenceItem], reads: Reads
) -> None:
    shared = kept(paper("Lampiran bersama"))
    ours = kept(paper(f"Dinas Kesehatan. {BODY}"), "SID-01")
    theirs = kept(paper(f"Dinas Sosial. {BODY}"), "SID-01")
    profile = Profile(title="Digital Posyandu", purpose="Melihat hasil pada hari itu juga.")
    dossier = await handed_in(submission, verifier, "inov-1", shared, ours)
    await handed_in(submission, verifier, "inov-2", shared, theirs, profile=profile, **OTHER_AGENCY)
    await reads("/dossiers/inov-2/findings")
    told = await reads(f"/dossiers/{dossier}/similar")
    kinds = [(each["kind"], each["sha256"], each["other_sha256"]) for each in told["items"]]
    assert kinds == [
        ("same_file", shared.content.sha256, shared.content.sha256),
        ("near_file", ours.content.sha256, theirs.content.sha256),
        ("similar_title", None, None),
    ]
    beside = await reads(f"/dossiers/{dossier}/similar/inov-2")
    assert [(each["kind"], each["similarity"] >= 0.8) for each in beside["files"]] == [
        ("same_file", True),
        ("near_file", True),
    ]
    (text,) = beside["texts"]
    assert (text["ours_sha256"], text["theirs_sha256"]) == (
        ours.content.sha256,
        theirs.content.sha256,
    )
    (passage,) = text["passages"]
    assert passage["ours"] == passage["theirs"] == BODY.rstrip(".")[:600]
    fields = {each["field"]: each["similarity"] for each in beside["fields"]}
    assert (fields["main_affair"], fields["purpose"]) == (0.0, 0.0)
    assert 0.3 < fields["title"] < 1.0
    found = {each["rule"] for each in (await reads(f"/dossiers/{dossier}/findings"))["items"]}
    assert {"file_elsewhere", "near_copy_elsewhere", "title_similar"} <= found


async def test_a_dossier_under_conflict_is_not_named(
    submission: Voice,
    verifier: Reviewer,
    api: httpx.AsyncClient,
    issuer: Issuer,
    kept: Callable[..., EvidenceItem],
) -> None:
    shared = kept(paper("Lampiran bersama"))
    await handed_in(submission, verifier, "inov-1", shared)
    await handed_in(submission, verifier, "inov-2", shared, **OTHER_AGENCY)
    tied = Reviewer.of(api, issuer, OF_THE_OTHERS)
    answer = await api.get("/dossiers/inov-1/similar", headers=tied.headers)
    hidden = {"dossier_id": None, "title": "", "agency_id": None, "season_id": None}
    same_file = {
        "kind": "same_file",
        "similarity": 1.0,
        "sha256": shared.content.sha256,
        "other_sha256": shared.content.sha256,
    }
    same_title = {"kind": "same_title", "similarity": 1.0, "sha256": None, "other_sha256": None}
    assert answer.json()["items"] == [{**hidden, **same_file}, {**hidden, **same_title}]
    for path in ("/dossiers/inov-1/similar/inov-2", "/dossiers/inov-2/similar/inov-1"):
        assert await refusal(tied, path) == (404, "not_found")
    findings = await api.get("/dossiers/inov-1/findings", headers=tied.headers)
    assert "inov-2" not in findings.text


@pytest.mark.parametrize("person", [OF_THE_AGENCY, DRAFTER], ids=lambda person: person.by)
async def test_who_has_a_conflict_of_interest_sees_no_hint(
    submission: Voice,
    verifier: Reviewer,
    api: httpx.AsyncClient,
    issuer: Issuer,
    kept: Callable[..., EvidenceItem],
    person: Person,
) -> None:
    shown = kept(paper("Satu"))
    dossier = await handed_in(submission, verifier, "inov-1", shown)
    paths = [
        *(about_a(shown, dossier, rest) for rest in ("text", "pages/1", "letter")),
        *(f"/dossiers/{dossier}/{rest}" for rest in ("findings", "similar", "similar/inov-1")),
    ]
    for path in paths:
        tied = Reviewer.of(api, issuer, person)
        assert await refusal(tied, path) == (404, "not_found"), path


async def test_who_only_looks_on_gets_no_text(
    submission: Voice,
    verifier: Reviewer,
    api: httpx.AsyncClient,
    issuer: Issuer,
    kept: Callable[..., EvidenceItem],
) -> None:
    shown = kept(paper("Satu"))
    dossier = await handed_in(submission, verifier, "inov-1", shown)
    headers: Headers = issuer.headers(VERIFIER.by, "pemda_admin")
    answer = await api.get(about_a(shown, dossier, "text"), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")
