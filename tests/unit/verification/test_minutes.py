"""The minutes of validation: every verdict on paper, the same bytes for the same history."""

from functools import reduce
from io import BytesIO
from typing import Any

import pypdfium2

from services.verification.api.quality.minutes.routes import TEMPLATE
from services.verification.api.quality.minutes.telling import minutes_of
from services.verification.projections import DossierView, fold
from shared.editions import load
from shared.events.base import Fact
from shared.papers import digest_of, typeset
from tests.builders.verification import (
    ADMITTED,
    ALL_DECIDED,
    COLLEAGUE,
    OPENED,
    REJECTED,
    VERIFIED,
    VERIFIER,
    about,
    leased,
    recorded,
    visited,
)

REVIEW = (OPENED, leased(), ADMITTED, *ALL_DECIDED, visited(), VERIFIED)
REASONS = {"lower_level_proven": "Bukti menunjukkan level yang lebih rendah."}


def folded(*facts: Fact) -> DossierView:
    events = [recorded(fact, number) for number, fact in enumerate(facts, 1)]
    seen: DossierView | None = reduce(fold, events, None)
    assert seen is not None
    return seen


def told(*facts: Fact) -> dict[str, Any]:
    content = minutes_of(folded(*facts), load("2026-r1"), REASONS, version=9, sequence=120)
    return {**content, "digest": digest_of(content)}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


async def test_every_verdict_stands_in_the_minutes_with_its_person_and_its_evidence() -> None:
    text = text_of(await typeset(TEMPLATE, told(*REVIEW)))
    for row in folded(*REVIEW).indicators:
        assert row.verdict is not None
        for digest in row.evidence:
            assert digest in text
    assert "16. Regulasi Inovasi Daerah" in text
    assert REASONS["lower_level_proven"] in text
    assert VERIFIER.by in text and "layak dan tervalidasi" in text
    assert "versi 9, urutan 120" in text


async def test_the_same_history_gives_the_same_bytes_and_another_one_others() -> None:
    once, again = [await typeset(TEMPLATE, told(*REVIEW)) for _ in range(2)]
    other = VERIFIED.model_copy(update={"deciders": (COLLEAGUE.by, VERIFIER.by)})
    assert once == again
    assert await typeset(TEMPLATE, told(*REVIEW[:-1], other)) != once


async def test_a_rejection_tells_the_criteria_and_grades_nothing() -> None:
    text = text_of(await typeset(TEMPLATE, told(OPENED, leased(), REJECTED)))
    assert "tidak terpenuhi" in text and "tidak layak" in text
    assert "Tidak ada indikator yang dinilai" in text


async def test_what_people_typed_is_no_markup() -> None:
    """A title with the template's own signs is printed as it is."""
    title = "#panic() *tebal* $x$ [satu] \\ @dua"
    profile = about().profile.model_copy(update={"title": title})
    opened = OPENED.model_copy(update={"about": about(profile=profile)})
    assert title in text_of(await typeset(TEMPLATE, told(opened, *REVIEW[1:])))


async def test_minutes_of_a_training_season_say_so_on_every_page() -> None:
    opened = OPENED.model_copy(update={"about": about(training=True)})
    verified = VERIFIED.model_copy(update={"about": about(training=True)})
    pdf = await typeset(TEMPLATE, told(opened, *REVIEW[1:-1], verified))
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert all("LATIHAN" in page for page in pages)
