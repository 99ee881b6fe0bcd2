"""What the committee is told to do now, in the order of a competition."""

from datetime import datetime

import pytest

from services.awards.api.competitions.steps import next_steps
from services.awards.domain.competition import SignMinutes, decider
from services.awards.projections import CompetitionView
from services.awards.projections.competition import fold
from shared.events.awards import CompetitionEvent
from tests.builders.awards import (
    ANNOUNCED,
    AT,
    CHAIR,
    DAY,
    DRAFTED,
    ENTERED,
    JUDGED,
    OBJECTING,
    TIED,
    close_round,
    happened,
    open_round,
)
from tests.unit.awards.folding import folded
from tests.unit.awards.test_lapsing import FILED, GRANT
from tests.unit.awards.test_minutes import TWO_SIGN
from tests.unit.awards.test_results import DETERMINED, PUBLISHED

OPENED = happened(decider, open_round(), before=ENTERED)
WITH_JUDGES = happened(decider, close_round(), open_round("presentasi"), before=OPENED)
ONE_SIGNED = happened(
    decider,
    SignMinutes(by=CHAIR, at=AT, agency=None, version=1, function="Ketua"),
    before=TWO_SIGN,
)


def told(facts: tuple[CompetitionEvent, ...], at: datetime, language: str = "id") -> list[str]:
    view = folded(fold, facts)
    assert isinstance(view, CompetitionView)
    steps = next_steps(view, at, "en" if language == "en" else "id")
    return [each.sentence for each in steps]


CASES = {
    "announced": (ANNOUNCED, AT, ["Semua babak selesai: susun hasil versi 1."]),
    "entered": (ENTERED, AT, ["Kategori Kategori skpd: babak Seleksi administrasi belum dibuka."]),
    "opened": (OPENED, AT, ["Kategori Kategori skpd: babak Seleksi administrasi belum ditutup."]),
    "with judges": (
        WITH_JUDGES,
        AT,
        ["Kategori Kategori skpd: babak Presentasi dan wawancara menunggu nilai para juri."],
    ),
    "judged": (JUDGED, AT, ["Semua babak selesai: susun hasil versi 1."]),
    "drafted": (DRAFTED, AT, ["Masa sanggah belum dibuka."]),
    "tied": (
        TIED,
        AT,
        [
            "Kategori Kategori skpd: nilai 2 peserta sama; panitia memutus urutannya.",
            "Masa sanggah belum dibuka.",
        ],
    ),
    "unsigned": (
        TWO_SIGN,
        AT,
        [
            "Berita acara versi 1 belum ditandatangani: 0 dari 2.",
            "Masa sanggah belum dibuka.",
        ],
    ),
    "signed by one": (
        ONE_SIGNED,
        AT,
        [
            "Berita acara versi 1 belum ditandatangani: 1 dari 2.",
            "Masa sanggah belum dibuka.",
        ],
    ),
    "objecting": (
        OBJECTING,
        AT,
        ["Masa sanggah berakhir 4 September 2026 pukul 09.00 WITA."],
    ),
    "window over": (OBJECTING, AT + 3 * DAY, ["Hasil versi 1 siap ditetapkan dengan SK."]),
    "disputed": (
        FILED,
        AT + 2 * DAY,
        [
            "Masa sanggah berakhir 4 September 2026 pukul 09.00 WITA.",
            "Satu sanggahan menunggu keputusan sampai 11 September 2026 pukul 09.00 WITA.",
            "Satu keraguan dari uji publik menunggu keputusan sampai"
            " 10 September 2026 pukul 09.00 WITA.",
        ],
    ),
    "granted": (
        happened(decider, GRANT, before=FILED),
        AT + 4 * DAY,
        [
            "Satu sanggahan yang dikabulkan menunggu nilai baru sampai"
            " 12 September 2026 pukul 09.00 WITA.",
            "Satu keraguan dari uji publik menunggu keputusan sampai"
            " 10 September 2026 pukul 09.00 WITA.",
        ],
    ),
    "determined": (DETERMINED, AT, ["Hasil sudah ditetapkan dan belum diumumkan."]),
    "published": (PUBLISHED, AT, []),
}


@pytest.mark.parametrize("case", CASES)
def test_each_state_says_what_is_to_be_done(case: str) -> None:
    facts, at, sentences = CASES[case]
    assert told(facts, at) == sentences


def test_the_same_steps_in_english() -> None:
    assert told(OBJECTING, AT, "en") == [
        "The objection window ends on 4 September 2026 at 09.00 WITA."
    ]
    assert told(ONE_SIGNED, AT, "en")[0] == "The minutes of version 1 are not signed yet: 1 of 2."
