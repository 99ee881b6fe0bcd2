"""The released editions: what they add up to, and that they never change by a byte."""

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from pydantic import ValidationError

from shared.editions import (
    UNPUBLISHED,
    Edition,
    EditionError,
    UnpublishedConstant,
    available,
    ids,
    lacking,
    load,
)

# A released edition is never edited: if a digest changes, write a new revision file instead.
DIGESTS = {
    "2023-r1": "52cb05591f79af21f69a294b384d9bd64cd239c7a7ab629409d284cb05baccea",
    "2026-r1": "c8db9d01fce26e0a183da47ee95e45bfc82f08237f61e521aae0dfdcd91476a1",
    "2027-r1": "b64206277325a0e11ac2ad1aa94cad6682c0e1615ab51d0a6902a8b41808c059",
    "2028-r1": "1d87d0d77fec4df2c25bdac9eaccd68bf4f259c843b7c2aa835d290973cbd607",
    "2029-r1": "a0a59729173299a69a97dd7cba3fca2a0c155670d208c3ee2c7aaf7b5061dd37",
}
WITH_ROWS = ("2023-r1", "2026-r1")
BASIC_SERVICE = ("pendidikan", "kesehatan", "pupr", "perkim", "trantibumlinmas", "sosial")
SID_WEIGHTS = [3, 2, 2, 2, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 2, 3, 2, 3, 2, 4]
REPORTED_AFFAIRS = {
    "kesehatan",
    "adminduk",
    "koperasi_ukm",
    "perindustrian",
    "lingkungan_hidup",
    "penanaman_modal",
    "pupr",
    "pmd",
    "perdagangan",
    "lainnya",
    "pangan",
    "pariwisata",
    "pertanian",
    "kelautan_perikanan",
    "perkim",
    "sosial",
    "perhubungan",
    "keuangan",
    "perpustakaan",
    "litbang",
    "perencanaan",
    "pendidikan",
    "trantibumlinmas",
    "kominfo",
    "pppa",
    "esdm",
    "kepegawaian",
    "kb",
    "kehutanan",
}


@pytest.fixture(params=sorted(DIGESTS))
def edition(request: pytest.FixtureRequest) -> Edition:
    return load(request.param)


def test_the_released_editions_keep_their_digests() -> None:
    assert {known: load(known).digest for known in available()} == DIGESTS


def test_a_year_means_its_newest_revision() -> None:
    assert load("2026") == load("2026-r1")
    assert load("2023").id == "2023-r1"


@pytest.mark.parametrize("unknown", ["2025", "2030", "2026-r2", "", "2026-r", "../x", "2026-r1\n"])
def test_an_unknown_edition_is_refused(unknown: str) -> None:
    with pytest.raises(
        EditionError, match=r"^There is no edition .*known are 2023-r1, 2026-r1, .*\.$"
    ):
        load(unknown)


def test_an_edition_cannot_be_changed(edition: Edition) -> None:
    with pytest.raises(ValidationError):
        edition.divisor_floor = 1  # pyright: ignore
    assert hash(edition) == hash(load(edition.id))


@pytest.mark.parametrize("edition_id", WITH_ROWS)
def test_every_total_of_the_instrument_is_reached(edition_id: str) -> None:
    edition = load(edition_id)
    weights = [row.weight for row in edition.sid]
    assert weights == SID_WEIGHTS
    assert (sum(weights), sum(weights) * 3) == (Decimal(37), Decimal(111))
    assert edition.innovation_count.weight * edition.innovation_count.cap == Decimal(76)
    assert (edition.totals.spd, edition.totals.total) == (Decimal(63), Decimal(250))
    assert [row.iid_no for row in edition.sid] == list(range(16, 36))


def test_the_affairs_hold_the_basic_six_and_everything_reported(edition: Edition) -> None:
    assert edition.basic_service_affairs == BASIC_SERVICE
    assert len(edition.affairs) == 38
    assert ids(edition.affairs) >= REPORTED_AFFAIRS
    groups = [affair.group for affair in edition.affairs]
    sizes = {group: groups.count(group) for group in groups}
    assert sizes == {
        "basic_service": 6,
        "other_mandatory": 18,
        "optional": 8,
        "supporting_function": 6,
    }


def test_the_words_of_a_profile(edition: Edition) -> None:
    assert ids(edition.forms) == {"tata_kelola", "pelayanan_publik", "lainnya"}
    assert ids(edition.kinds) == {"digital", "non_digital"}
    assert ids(edition.stages) == {"inisiatif", "uji_coba", "penerapan"}
    assert ids(edition.initiators) == {
        "kepala_daerah",
        "anggota_dprd",
        "perangkat_daerah",
        "asn",
        "masyarakat",
    }


def test_2026_is_complete() -> None:
    edition = load("2026")
    assert (edition.divisor_floor, edition.min_basic_service_affairs) == (12, 5)
    assert edition.design_narrative_min_words == 300
    assert [row.iid_no for row in edition.sid if row.mandatory] == [16, 17, 32, 33, 35]
    assert [(band.minimum, band.id) for band in edition.bands or ()] == [
        (Decimal("65.01"), "sangat_inovatif"),
        (Decimal("40.01"), "inovatif"),
        (Decimal("0.01"), "kurang_inovatif"),
        (Decimal(0), "tidak_dapat_dinilai"),
    ]
    assert (edition.window.first_day, edition.window.last_day) == (
        date(2024, 1, 1),
        date(2025, 12, 31),
    )
    spd = edition.spd or ()
    assert (len(spd), sum(row.weight for row in spd) * 3) == (20, Decimal(63))


def test_2026_rows_carry_what_their_evidence_needs() -> None:
    rows = {row.code: row for row in load("2026").sid}
    assert [basis.id for basis in rows["SID-18"].bases] == list("abcdef")
    assert rows["SID-15"].subtypes == ("digital", "non_digital")
    assert len(rows["SID-20"].substances) == 5
    assert rows["SID-02"].count == ((1, 10), (11, 30), (31, None))
    letters = [row.iid_no for row in rows.values() if row.shape == "letter"]
    assert letters == [16, 17, 18, 20, 21, 22, 23, 24, 28, 31]
    assert rows["SID-20"].shape == "video"


def test_2023_says_what_is_not_published() -> None:
    edition = load("2023")
    assert edition.divisor_floor == 10
    assert edition.min_basic_service_affairs is UNPUBLISHED
    assert edition.spd is UNPUBLISHED
    assert edition.design_narrative_min_words is UNPUBLISHED
    assert {row.mandatory for row in edition.sid} == {UNPUBLISHED}
    assert [str(band.minimum) for band in edition.bands or ()] == ["60.01", "35.00", "0.01", "0"]


def test_2023_has_its_own_levels_where_they_differ() -> None:
    old, new = load("2023"), load("2026")
    drifted = [a.iid_no for a, b in zip(old.sid, new.sid, strict=True) if a.levels != b.levels]
    assert drifted == [16, 18, 20, 27, 29, 30, 33]
    regulation = old.sid_row("SID-01")
    assert regulation is not None
    assert regulation.levels == (
        "SK Kepala Perangkat Daerah",
        "SK Kepala Daerah",
        "Peraturan Kepala Daerah atau Peraturan Daerah",
    )


@pytest.mark.parametrize(("year", "floor"), [(2027, 14), (2028, 16), (2029, 18)])
def test_a_year_that_was_only_foretold_has_what_was_foretold_and_no_more(
    year: int, floor: int
) -> None:
    edition, foretold = load(str(year)), load("2026").prognosis
    told = [each for each in foretold if each.year == year]
    assert [(each.divisor_floor, each.min_basic_service_affairs) for each in told] == [(floor, 6)]
    assert (edition.divisor_floor, edition.min_basic_service_affairs) == (floor, 6)
    assert (edition.innovation_count, edition.totals) == (
        load("2026").innovation_count,
        load("2026").totals,
    )
    assert (edition.window.first_day, edition.window.last_day) == (
        date(year - 2, 1, 1),
        date(year - 1, 12, 31),
    )
    yearly = (edition.spd, edition.sid_rows, edition.bands, edition.themes, edition.asta_cita)
    assert set(yearly) == {UNPUBLISHED}
    assert lacking(edition) == ("sid_rows",)


@pytest.mark.parametrize("edition_id", WITH_ROWS)
def test_a_year_with_rows_lacks_nothing_that_a_season_needs(edition_id: str) -> None:
    assert lacking(load(edition_id)) == ()


def test_rows_that_nobody_published_are_refused_by_their_name() -> None:
    with pytest.raises(UnpublishedConstant, match=r"^sid_rows is not published .* 2027-r1\.$"):
        _ = load("2027").sid


def test_the_files_are_package_data() -> None:
    here = files("shared.editions")
    assert {f"{known}.yaml" for known in available()} == {
        entry.name for entry in here.iterdir() if entry.name.endswith(".yaml")
    }
