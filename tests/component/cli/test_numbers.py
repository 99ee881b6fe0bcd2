"""Where numbers come from, by `inda` alone: scorecards explained, regions entered and tried."""

import json

import pytest

from tests.component.cli.reviewing import LOWER, second_looks, submitted
from tests.component.cli.test_submitting import set_up
from tests.component.cli.world import Stack


@pytest.fixture
def scored(everything: Stack) -> str:
    """An innovation whose one claim was granted a level lower."""
    inda = everything
    set_up(inda)
    second_looks(inda, sample="0%")
    innovation = submitted(inda)
    inda.log_in("verifier", "auditor")
    verifier = "--as verifier"
    inda.eventually(f"{verifier} dossier show {innovation}", lambda found: found["state"] == "open")
    inda(f"{verifier} dossier claim {innovation}").fine()
    inda(f"{verifier} dossier show {innovation}").fine()
    inda(f"{verifier} dossier admit {innovation}").fine()
    inda(f"{verifier} decide {innovation} SID-01 {LOWER}").fine()
    inda(f"{verifier} dossier verify {innovation}").fine()
    inda.eventually(f"--as auditor scorecard show {innovation}", lambda _: True)
    return innovation


def test_a_scorecard_is_explained_row_by_row_in_both_languages(
    everything: Stack, scored: str
) -> None:
    told = everything(f"--as auditor scorecard explain {scored}").fine().out
    assert "bobot 3 x parameter 1 = 3" in told
    assert "Klaim 6, terverifikasi 3: berkurang 3 pada 1 indikator." in told
    assert "Baru keputusan kepala dinas." in told
    english = everything(f"--as auditor --language en scorecard explain {scored}").fine().out
    assert "weight 3 x level 1 = 3" in english
    rows = everything.answer(f"--as auditor scorecard explain {scored}")["rows"]
    assert (len(rows), rows[0]["granted"]["level"]) == (20, 1)


def test_the_rows_of_a_region_are_shown_saved_filled_in_and_tried(
    everything: Stack, scored: str
) -> None:
    inda = everything
    inda.eventually("--as admin region show 2026 hss", lambda _: True)
    saved = inda.folder / "spd.json"
    empty = inda(f"--as admin region form 2026 hss --save {saved}").fine()
    assert f"Saved in {saved}." in empty.out
    form = json.loads(saved.read_text())
    assert (len(form["rows"]), form["edition"]) == (20, "2026-r1")
    unfilled = inda(f"--as admin region government-aspect 2026 hss --file {saved}")
    assert unfilled.code == 2, "a level has a source"
    rows = [{**each, "level": 2, "source": "LHP BPK 2025"} for each in form["rows"][:3]]
    filled = inda.file("isi.json", {**form, "rows": rows})
    inda(f"--as admin region government-aspect 2026 hss --file {filled}").fine()
    assert "LHP BPK 2025" in inda("--as admin region form 2026 hss").fine().out
    points = inda.answer("--as admin region history 2026 hss")["items"]
    assert [each["cause"] for each in points] == ["government_aspect", "innovation"]
    changes = inda.file("coba.json", {"added": [{"maturity": 80, "affair": "pendidikan"}]})
    tried = inda.answer(f"--as admin region simulate 2026 hss --file {changes}")
    assert tried["before"]["index"] == points[0]["index"]
    assert (tried["after"]["innovations"], tried["is_official"]) == (2, False)
    shown = inda(f"--as admin region simulate 2026 hss --file {changes}").fine().out
    assert tried["after"]["index"] in shown
    assert "bukan indeks resmi" in inda("--as admin region show 2026 hss").fine().out


def test_the_calendar_names_the_holidays_that_windows_leave_out(everything: Stack) -> None:
    everything.log_in("chair")
    found = everything.answer("calendar 2026")
    assert {"date": "2026-08-17", "name": "Hari Kemerdekaan Republik Indonesia"} in found[
        "holidays"
    ]
    told = everything("calendar 2026").fine()
    assert ("2026-08-17" in told.out, "cuti bersama" in told.err) == (True, True)
    assert everything("calendar 1999").code == 2
