"""Why innovations lose points (domain, section 7), each on real files as intake reads them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO

from PIL import Image

from shared.documents.inspection import Inspected, Limits
from shared.documents.inspection.inspecting import inspect
from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    FileProperties,
    Letter,
    Profile,
)
from shared.findings import Case, Neighbour, Reading, examine
from shared.findings.similarity import NEAR_DUPLICATE, signature, similarity
from tests.builders import files
from tests.unit.findings.cases import EDITION, PROFILE, TITLE

LIMITS = Limits(max_pages=100, max_pixels=10_000_000)
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "mp4": "video/mp4"}
DECREE = f"Keputusan Bupati tentang {TITLE}"
Made = tuple[EvidenceItem, Reading]


def made(
    name: str, content: bytes, kind: str, indicators: Iterable[str], dated: date | None = None
) -> Made:
    """The file as intake takes it in: measured, and read."""
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    found = inspect(content, media_type, LIMITS)
    assert isinstance(found, Inspected), found
    seen = found.properties
    file = FileEvidence(
        file_name=name,
        sha256=sha256(content).hexdigest(),
        size_bytes=len(content),
        media_type=media_type,
    )
    item = EvidenceItem(
        evidence_id=name.replace(".", "-"),
        indicators=tuple(indicators),
        evidence_kind=kind,
        content=file,
        letter=Letter(number="188/1", signed_on=dated, subject=TITLE) if dated else None,
        accepted=True,
        properties=FileProperties(
            pages=seen.pages,
            width_pixels=seen.width_pixels,
            height_pixels=seen.height_pixels,
            duration_seconds=seen.duration_seconds,
        ),
    )
    return item, Reading(found.text, seen.pages)


def case_of(levels: dict[str, int], *papers: Made, profile: Profile = PROFILE) -> Case:
    return Case(
        EDITION,
        profile,
        tuple(Claim(indicator=code, level=level) for code, level in levels.items()),
        tuple(item for item, _ in papers),
        {item.content.sha256: reading for item, reading in papers},
    )


def found(case: Case) -> set[tuple[str, str]]:
    """What is found of the claims at hand: that others are missing is another matter."""
    codes = {(each.severity, each.code) for each in examine(case)}
    return codes - {("costs", "mandatory_unclaimed")}


def decree(text: str = DECREE, day: date = date(2024, 5, 2)) -> Made:
    return made("sk.pdf", files.pdf(text), "decree", ("SID-01",), day)


def test_a_good_decree_and_a_good_video_have_nothing_against_them():
    clip = made("video.mp4", files.mp4(280), "video_file", ("SID-20",))
    cover = made("sampul.jpg", files.jpeg(1280, 720), "thumbnail", ("SID-20",))
    case = case_of({"SID-01": 1, "SID-20": 3}, decree(), clip, cover)
    assert found(case) == {("advises", "video_parts")}


def test_an_empty_indicator_and_a_document_about_something_else():
    other = decree("Keputusan Bupati tentang Panitia Hari Jadi Kabupaten")
    assert found(case_of({"SID-01": 1, "SID-13": 2}, other)) == {
        ("costs", "claim_without_evidence"),
        ("costs", "innovation_not_named"),
    }


def test_a_scan_is_neither_trusted_nor_blamed():
    out = BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PDF")
    scan = made("sk.pdf", out.getvalue(), "decree", ("SID-01",), date(2024, 5, 2))
    assert scan[1] == Reading(None, 1)
    assert found(case_of({"SID-01": 1}, scan)) == {("advises", "naming_unread")}


def test_a_level_that_the_evidence_does_not_reach():
    assert found(case_of({"SID-01": 3}, decree())) == {("costs", "evidence_carries_less")}
    old = decree(day=date(2022, 1, 1))
    assert found(case_of({"SID-01": 1}, old)) == {("costs", "decree_of_another_year")}


def test_a_photo_of_the_wrong_kind_or_too_small_to_show_anything():
    photo = made("foto.jpg", files.jpeg(200, 150), "activity_photo", ("SID-10",))
    assert found(case_of({"SID-10": 3}, photo)) == {
        ("costs", "evidence_carries_less"),
        ("advises", "photo_small"),
    }


def test_a_video_that_is_too_long_and_has_no_cover():
    clip = made("video.mp4", files.mp4(301), "video_file", ("SID-20",))
    assert found(case_of({"SID-20": 3}, clip)) == {
        ("costs", "video_too_long"),
        ("costs", "thumbnail_missing"),
        ("advises", "video_parts"),
    }


def test_an_old_innovation_that_was_not_developed():
    old = PROFILE.model_copy(update={"trial_on": None, "implemented_on": date(2021, 3, 1)})
    told = examine(case_of({"SID-01": 1}, decree(day=date(2021, 3, 1)), profile=old))
    assert [each.code for each in told if each.severity == "blocks"] == ["outside_window"]


def test_one_decree_for_four_indicators_is_seen_once_and_blamed_for_nothing():
    shared = made(
        "sk.pdf",
        files.pdf(DECREE),
        "decree",
        ("SID-02", "SID-07", "SID-08", "SID-09"),
        date(2024, 5, 2),
    )
    levels = {"SID-02": 3, "SID-07": 3, "SID-08": 3, "SID-09": 3}
    told = [each for each in examine(case_of(levels, shared)) if each.code == "file_shared"]
    assert [each.params["numbers"] for each in told] == [(17, 22, 23, 24)]
    assert found(case_of(levels, shared)) == {("advises", "file_shared")}


def test_the_same_entered_twice_through_another_channel():
    mine = decree()
    twin = Neighbour("lain", TITLE.lower(), same_files=frozenset({mine[0].content.sha256}))
    case = replace(case_of({"SID-01": 1}, mine), neighbours=(twin,))
    assert found(case) == {("advises", "file_elsewhere"), ("advises", "title_taken")}


def test_a_letter_with_another_number_is_a_near_copy():
    body = " ".join(f"pasal {number} ayat satu dan dua" for number in range(60))
    texts = []
    for number in ("188/1", "188/2"):
        content = files.pdf(f"Nomor {number} {body}", pages=1)
        inspected = inspect(content, "application/pdf", LIMITS)
        assert isinstance(inspected, Inspected)
        texts.append(inspected.text or "")
    assert similarity(*map(signature, texts)) >= NEAR_DUPLICATE


def test_a_thin_narrative():
    thin = PROFILE.model_copy(update={"design_narrative": "Kami membuat aplikasi. " * 60})
    told = {each.code: each for each in examine(case_of({"SID-01": 1}, decree(), profile=thin))}
    assert told["design_narrative_too_short"].params == {
        "found": 180,
        "needed": 300,
        "lacking": 120,
    }
    assert len(told["narrative_part_missing"].params["parts"]) == 6  # pyright: ignore
