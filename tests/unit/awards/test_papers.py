"""What the documents of awards tell, and that the same history makes the same bytes."""

import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from services.awards.api.papers import Asked, Content, content_of, made, named_in, template_of
from shared.errors import Invalid, NotFound, Refused
from shared.events.awards import AllocationReversed, Recipient
from shared.events.base import Fact
from shared.papers.codes import pattern
from tests.unit.awards.story import (
    AT,
    DECREED,
    EVERY_PAPER,
    FUND_ID,
    JUDGED,
    MONEY,
    NAME,
    NAMED,
    NAMES,
    OUT,
    PAID,
    RANKING,
    TAXED,
    WHOLE,
    announced,
    asked,
    certificate,
    drafted,
    entered,
    past,
    place,
)

DOCUMENT = "3f0c1f0e-8d1c-5b1e-9a3e-7a3d0f7a8b11"
URL = f"http://127.0.0.1:8004/verify/{DOCUMENT}"


def told(paper: Asked, *facts: Fact, names: Mapping[str, str] = NAMES) -> Content:
    history = past(*(facts or WHOLE))
    known = {key: names[key] for key in named_in(history, paper) if key in names}
    return content_of(history, known, paper)


async def file_of(paper: Asked, *facts: Fact, names: Mapping[str, str] = NAMES) -> bytes:
    return await made(told(paper, *facts, names=names), paper, DOCUMENT, URL)


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [" ".join(text.replace("\u200b", "").split()) for text in texts]


async def text_of(paper: Asked, *facts: Fact) -> str:
    return " ".join(pages_of(await file_of(paper, *facts)))


def sheets_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}


NAMES_OF_PAPERS = [f"{each.kind}-{each.format}-{each.about}" for each in EVERY_PAPER]
PDFS = [each for each in EVERY_PAPER if each.format == "pdf"]


@pytest.mark.parametrize("paper", EVERY_PAPER, ids=NAMES_OF_PAPERS)
async def test_a_paper_is_the_same_bytes_again_and_others_for_another_number(paper: Asked) -> None:
    once, again = [await file_of(paper) for _ in range(2)]
    other = await made(told(paper), paper, "another", URL)
    assert once == again
    assert other != once


@pytest.mark.parametrize("paper", PDFS, ids=[f"{each.kind}-{each.about}" for each in PDFS])
async def test_every_page_says_how_to_verify_it(paper: Asked) -> None:
    content = told(paper)
    pages = pages_of(await file_of(paper))
    for number, page in enumerate(pages, 1):
        assert "Pindai untuk memeriksa keaslian" in page
        assert f"halaman {number} dari {len(pages)}" in page
        flat = page.replace(" ", "")
        assert URL in flat and DOCUMENT in flat and content.digest in flat


async def test_the_code_on_paper_is_the_pattern_of_the_address() -> None:
    """Seen as a camera sees it: the middle of every module of the printed code."""
    document = pypdfium2.PdfDocument(BytesIO(await file_of(asked("tax_slip", about="alloc-9-1"))))
    picture = document[0].render(scale=8).to_pil().convert("L")
    document.close()
    wanted = pattern(URL)
    corner = picture.crop(
        (0, int(picture.height * 0.88), int(picture.width * 0.25), picture.height)
    )
    dark = corner.point(lambda value: 255 * (value < 128))
    box = _code_box(dark)
    step = (box[2] - box[0]) / len(wanted)
    seen = tuple(
        tuple(
            dark.getpixel((int(box[0] + (column + 0.5) * step), int(box[1] + (line + 0.5) * step)))
            == 255
            for column in range(len(wanted))
        )
        for line in range(len(wanted))
    )
    assert seen == wanted


def _code_box(dark: Any) -> tuple[int, int, int, int]:
    """Where the code stands below the ruled line: the square of everything dark there."""
    below = int(dark.height * 0.12)
    left, top, _, bottom = dark.crop((0, below, dark.width, dark.height)).getbbox()
    side = bottom - top
    return left, top + below, left + side, bottom + below


async def test_minutes_tell_ranks_votes_disputes_and_who_signed() -> None:
    text = await text_of(asked("minutes"))
    for words in (
        "BERITA ACARA HASIL PENILAIAN",
        "Selasa, tanggal tiga bulan November tahun dua ribu dua puluh enam",
        "Kalsel Innovation Award 2026 (kia-2026)",
        "Kategori skpd",
        "Kebaruan (60), Kemanfaatan (40)",
        "91,25",
        "nilai babak terakhir",
        "Dampak lebih luas",
        "tidak orisinal",
        "Perda belum berlaku",
        "diterima, peserta didiskualifikasi",
        "Ketua tim penilai person-chair 23 November 2026 pukul 09.30 WITA",
        "Keputusan Nomor 188.45/12/KUM/2026 tanggal 20 November 2026",
    ):
        assert words in text
    assert announced().rules_digest in text


async def test_minutes_before_anything_was_disputed_say_so() -> None:
    content = told(asked("minutes"), *JUDGED[:8]).told
    assert [content[part] for part in ("votes", "disqualified", "objections", "doubts")] == [[]] * 4
    assert (await text_of(asked("minutes"), *JUDGED[:8])).count("Tidak ada.") == 5
    assert ["Penetapan", "belum ditetapkan"] in content["facts"]


async def test_a_long_ranking_repeats_the_head_of_its_table_on_every_page() -> None:
    entries = [entered(number) for number in range(1, 91)]
    ranking = tuple(place(number, number, f"{200 - number}") for number in range(1, 91))
    facts = (announced(), *entries, drafted(ranking=ranking))
    pages = pages_of(await file_of(asked("minutes"), *facts))
    with_places = [page for page in pages if "Posyandu Digital" in page]
    assert len(with_places) > 2
    assert all("Nilai akhir" in page for page in with_places)


async def test_the_annex_tells_every_prize_and_each_sum_in_words() -> None:
    content = told(asked("decree_annex")).told
    assert [(each["fund"], each["rupiah"], each["words"]) for each in content["totals"]] == [
        ("APBD Kabupaten", 17_001_000, "Tujuh belas juta seribu rupiah"),
        ("Bank Kalsel", 1_000_000, "Satu juta rupiah"),
    ]
    first = content["categories"][0]["places"]
    assert [(each["label"], each["rupiah"], each["in_kind"]) for each in first] == [
        ("Juara I", 6_000_000, "Laptop"),
        ("Juara II", 4_001_000, ""),
        ("Juara III", 3_000_000, ""),
    ]
    text = await text_of(asked("decree_annex"))
    assert "188.45/12/KUM/2026" in text and "Tujuh belas juta seribu rupiah" in text
    assert "Jumat, tanggal dua puluh bulan November tahun dua ribu dua puluh enam" in text


async def test_a_certificate_names_people_where_somebody_gave_their_names() -> None:
    paper = asked("certificate", about="inov-9")
    named, unnamed = told(paper), told(paper, names={})
    assert (named.told["to"], named.has_names) == ([NAME], True)
    assert (unnamed.told["to"], unnamed.has_names) == (["dinkes"], False)
    text = await text_of(paper)
    assert NAME in text and "PIAGAM PENGHARGAAN" in text and "Juara I" in text


@pytest.mark.parametrize("people", [1, 3, 4, 12, 13, 50])
async def test_a_certificate_of_a_team_stays_on_one_page(people: int) -> None:
    ids = [f"payee-{number}" for number in range(people)]
    team = tuple(Recipient(recipient_id=each, kind="person", taxed_as="person") for each in ids)
    names = {each: f"{NAME} {each}" for each in ids}
    long = entered(9, "umum", title="Pelayanan Terpadu Satu Atap bagi Desa Terpencil " * 4)
    facts = (*WHOLE, long, NAMED.model_copy(update={"recipients": team}))
    (page,) = pages_of(await file_of(asked("certificate", about="inov-9"), *facts, names=names))
    assert all(name in page for name in names.values())


async def test_the_list_of_payments_sums_to_the_rupiah_in_digits_and_words() -> None:
    paper = asked("payment_list")
    content = told(paper).told
    assert content["sums"]["rupiah"] == [18_001_000, 250_000, 17_751_000]
    assert [fund["sums"]["rupiah"] for fund in content["funds"]] == [
        [17_001_000, 250_000, 16_751_000],
        [1_000_000, 0, 1_000_000],
    ]
    states = [row["state"] for row in content["funds"][0]["rows"]]
    assert states == ["dibayar", "dialokasikan", "dialokasikan", "dialokasikan"]
    text = await text_of(paper)
    for words in (
        "Delapan belas juta seribu rupiah",
        "Tujuh belas juta tujuh ratus lima puluh satu ribu rupiah",
        "SP2D-0012/2026",
        "5.1.02.05.01.0001",
        "Pejabat Pelaksana Teknis Kegiatan (PPTK)",
        "Bendahara Pengeluaran",
        NAME,
    ):
        assert words in text


async def test_what_was_reversed_is_in_no_list() -> None:
    reversed_ = AllocationReversed(
        by="person-chair",
        at=AT,
        fund_id=FUND_ID,
        allocation_id="alloc-2-2",
        amount_rupiah=4_001_000,
        reason="Salah",
        allocated_rupiah=13_000_000,
    )
    content = told(asked("payment_list"), *WHOLE, reversed_).told
    assert content["sums"]["rupiah"] == [14_000_000, 250_000, 13_750_000]


async def test_a_slip_waits_for_the_treasurer_and_says_that_it_is_not_the_official_form() -> None:
    paper = asked("tax_slip", about="alloc-9-1")
    text = await text_of(paper, *JUDGED, *MONEY)
    assert "MENUNGGU KONFIRMASI BENDAHARA" in text
    assert "bukan formulir e-Bupot" in text
    confirmed = await text_of(paper)
    assert "MENUNGGU" not in confirmed and "bukan formulir e-Bupot" in confirmed
    for words in ("Rp5.000.000", "Rp250.000", "Dua ratus lima puluh ribu rupiah", NAME):
        assert words in confirmed


def test_a_slip_words_the_rule_in_indonesian_where_its_table_is_known() -> None:
    paper = asked("tax_slip", about="alloc-9-1")
    known = told(paper).told["rule"]
    assert known == "PPh Pasal 21, tarif Pasal 17 ayat (1) huruf a atas penghasilan bruto yang utuh"
    other = [_of_another_table(fact) for fact in WHOLE]
    assert told(paper, *other).told["rule"] == TAXED.tax_rule


def _of_another_table(fact: Fact) -> Fact:
    return fact.model_copy(update={"tax_digest": "0" * 64}) if fact == TAXED else fact


async def test_evidence_for_indicator_12_names_facts_and_never_sets_a_level() -> None:
    text = await text_of(asked("spd_12_evidence"))
    assert "sistem tidak menetapkan parameter" in text
    assert "belum ada parameter yang didukung" in text
    supported = [
        told(asked("spd_12_evidence"), *facts).told["supports"]
        for facts in ((*JUDGED, *MONEY, certificate()), (*WHOLE, certificate()))
    ]
    assert 'dapat mendukung parameter "Sertifikat".' in supported[0]
    assert "Belum ada insentif yang dibayar." in supported[0]
    assert 'dapat mendukung parameter "Sertifikat dan insentif".' in supported[1]
    assert "mekanisme pengendalian budaya inovasi" in supported[1]
    content = told(asked("spd_12_evidence"), *WHOLE, certificate()).told
    assert content["certificates"] == [
        ["Posyandu Digital 1", "Kalsel Innovation Award 2026", "doc-1", f"event-{len(WHOLE) + 1}"]
    ]
    paid = next(each for each in content["money"] if each["sp2d"])
    assert (paid["sp2d"], len(paid["ids"])) == ("SP2D-0012/2026, 23 November 2026", 2)
    assert [row[1] for row in content["control"]] == [
        "Aturan dibekukan saat diumumkan",
        "Hasil disusun dalam berita acara",
        "Berita acara ditandatangani",
        "Masa sanggah dibuka",
        "Sanggahan diajukan",
    ]
    assert not {"level", "levels"} & content.keys()


async def test_sums_in_a_workbook_are_numbers() -> None:
    sheets = sheets_of(await file_of(asked("payment_list", "xlsx")))
    rows = sheets["1. APBD Kabupaten"]
    assert rows[0][5:8] == ["Bruto (Rp)", "Pajak (Rp)", "Neto (Rp)"]
    assert [row[5:8] for row in rows[1:]] == [
        [5_000_000, 0, 5_000_000],
        [4_001_000, 0, 4_001_000],
        [3_000_000, 0, 3_000_000],
        [5_000_000, 250_000, 4_750_000],
        [17_001_000, 250_000, 16_751_000],
    ]
    assert sheets["Jumlah seluruhnya"][1][:3] == [18_001_000, 250_000, 17_751_000]
    assert ["Periksa keaslian di", URL] in sheets["Keaslian"]
    minutes = sheets_of(await file_of(asked("minutes", "xlsx")))["1. Kategori skpd"]
    assert [row[4:7] for row in minutes[1:]] == [[91.25] * 3, [82] * 3, [82] * 3]


async def test_what_people_typed_is_no_markup() -> None:
    title = "#panic() *tebal* $x$ [satu] \\ @dua <tag> `kode`"
    facts = [announced(), entered(1, title=title), drafted(ranking=RANKING[:1])]
    assert title in await text_of(asked("minutes"), *facts)


REFUSED: list[tuple[str, Asked, tuple[Fact, ...], str]] = [
    ("no results", asked("minutes"), JUDGED[:6], "not_drafted"),
    ("no decree", asked("certificate", about="inov-1"), JUDGED[:-1], "not_determined"),
    ("no decree for money", asked("payment_list"), JUDGED[:-1], "not_determined"),
    ("nothing allocated", asked("payment_list"), JUDGED, "not_allocated"),
    ("nothing allocated for the annex", asked("decree_annex"), JUDGED, "not_allocated"),
    ("no tax", asked("tax_slip", about="alloc-1-1"), WHOLE, "no_tax"),
    ("a sheet of a certificate", asked("certificate", "xlsx", "inov-1"), WHOLE, "format_unknown"),
]


@pytest.mark.parametrize(
    ("paper", "facts", "code"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_a_paper_that_cannot_be_is_refused(
    paper: Asked, facts: tuple[Fact, ...], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        told(paper, *facts)
    assert refusal.value.code == code


def test_what_a_paper_is_about_must_be_there_and_only_where_it_is_asked_for() -> None:
    for paper in (asked("certificate"), asked("minutes", about="inov-1")):
        with pytest.raises(Invalid):
            told(paper)
    for paper in (asked("certificate", about="inov-4"), asked("tax_slip", about="alloc-x")):
        with pytest.raises(NotFound):
            told(paper)


def test_the_template_is_named_with_the_digest_of_its_bytes() -> None:
    names = [template_of(each) for each in EVERY_PAPER]
    assert names[0].startswith("minutes.pdf@") and names[1].startswith("minutes.xlsx@")
    assert len(set(names)) == len({(each.kind, each.format) for each in EVERY_PAPER})
    assert all(len(name.split("@")[1]) == 64 for name in names)


def test_another_process_makes_the_same_bytes() -> None:
    """With another seed of hashes: nothing depends on the order of a set."""
    code = (
        "import asyncio;from hashlib import sha256;from tests.unit.awards.test_papers import *;"
        "print(*(sha256(asyncio.run(file_of(each))).hexdigest() for each in EVERY_PAPER))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) == len(EVERY_PAPER) and all(len(each) == 64 for each in runs[0])


def test_only_what_a_paper_tells_of_changes_its_content() -> None:
    without = told(asked("minutes"), *(fact for fact in JUDGED if fact not in (DECREED, OUT)))
    assert without.digest != told(asked("minutes"), *JUDGED).digest
    assert told(asked("minutes"), *JUDGED).digest == told(asked("minutes"), *JUDGED, *MONEY).digest
    assert (
        told(asked("payment_list"), *WHOLE).digest
        != told(asked("payment_list"), *WHOLE[: -len(PAID)]).digest
    )
