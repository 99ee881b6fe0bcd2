"""The clock of a season as people read it, in both languages and all three zones."""

from datetime import datetime, timedelta

import pytest

from services.submission.api.clocks import (
    Tongue,
    clock_answer,
    duration,
    moment_in,
    tongue_of,
)
from services.submission.domain import season
from services.submission.domain.clock import clock_of
from services.submission.domain.season import Season
from tests.unit.submission.test_clock import (
    DEADLINE,
    LATE,
    OPENS,
    OTHER,
    PATH,
    PHASES,
    SECOND,
    UNTIL,
)


@pytest.mark.parametrize(
    ("at", "path", "indonesian", "english"),
    [
        (
            OPENS - SECOND,
            OTHER,
            "Dibuka Senin 1 Juni 2026 pukul 08.00 WITA,"
            " ditutup Senin 31 Agustus 2026 pukul 23.59 WITA.",
            "Opens Monday 1 June 2026 at 08:00 WITA, closes Monday 31 August 2026 at 23:59 WITA.",
        ),
        (
            DEADLINE - timedelta(days=12, hours=5),
            OTHER,
            "Ditutup Senin 31 Agustus 2026 pukul 23.59 WITA, 12 hari lagi.",
            "Closes Monday 31 August 2026 at 23:59 WITA, 12 days left.",
        ),
        (
            UNTIL - timedelta(hours=1, minutes=30),
            PATH,
            "Tenggat musim sudah lewat; perangkat daerah ini boleh mengajukan sampai"
            " Kamis 3 September 2026 pukul 23.59 WITA, 1 jam lagi.",
            "The season's deadline has passed; this agency may submit until"
            " Thursday 3 September 2026 at 23:59 WITA, 1 hour left.",
        ),
        (
            DEADLINE + SECOND,
            OTHER,
            "Pengajuan ditutup Senin 31 Agustus 2026 pukul 23.59 WITA; berkas yang sudah"
            " didaftarkan boleh diselesaikan sampai Selasa 1 September 2026 pukul 00.59 WITA.",
            "Closed Monday 31 August 2026 at 23:59 WITA; files that were declared in time may"
            " finish until Tuesday 1 September 2026 at 00:59 WITA.",
        ),
        (
            DEADLINE + timedelta(days=1),
            OTHER,
            "Pengajuan sudah ditutup.",
            "Submission is closed.",
        ),
    ],
    ids=PHASES,
)
def test_the_clock_says_in_a_sentence_what_it_means(
    at: datetime, path: tuple[str, ...], indonesian: str, english: str
) -> None:
    clock = clock_of(LATE, path, at)
    assert clock_answer(clock, LATE).sentence == indonesian
    assert clock_answer(clock, LATE, "en").sentence == english


def test_a_training_season_says_so_first() -> None:
    (fact,) = season.decider.decide(
        season.OpenSeason(
            by="admin",
            at=OPENS,
            season_id="latihan-1",
            name="Latihan",
            assessment_year=2026,
            edition_id="2026-r1",
            edition_digest="a" * 64,
            opens_at=OPENS,
            deadline=DEADLINE,
            revision_days=7,
            training=True,
            time_zone="Asia/Jakarta",
        ),
        season.Missing(),
    )
    state = season.decider.replay([fact])
    assert isinstance(state, Season)
    answer = clock_answer(clock_of(state, (), DEADLINE - SECOND), state)
    assert (answer.training, answer.sentence) == (
        True,
        "LATIHAN. Ditutup Senin 31 Agustus 2026 pukul 22.59 WIB, kurang dari satu menit lagi.",
    )


def test_a_moment_is_told_in_each_zone() -> None:
    assert moment_in(DEADLINE, "Asia/Jayapura", "id") == "Selasa 1 September 2026 pukul 00.59 WIT"


@pytest.mark.parametrize(
    ("seconds", "indonesian", "english"),
    [
        (0, "kurang dari satu menit", "less than a minute"),
        (60, "1 menit", "1 minute"),
        (7_199, "1 jam", "1 hour"),
        (172_800, "2 hari", "2 days"),
    ],
)
def test_a_duration_is_told_in_the_largest_unit(
    seconds: int, indonesian: str, english: str
) -> None:
    assert (duration(seconds, "id"), duration(seconds, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("header", "tongue"),
    [
        (None, "id"),
        ("", "id"),
        ("en", "en"),
        ("en-GB,en;q=0.9,id;q=0.8", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("en;q=0.2, id;q=0.7", "id"),
        ("fr, en;q=0.1", "en"),
        ("fr;q=x,en;q=much", "id"),
        ("*", "id"),
    ],
)
def test_indonesian_is_spoken_unless_english_is_preferred(
    header: str | None, tongue: Tongue
) -> None:
    assert tongue_of(header) == tongue
