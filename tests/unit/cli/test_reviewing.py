"""What verifiers type becomes what the service wants, and what it answers becomes plain to them."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType

from deploy.cli.drawer import Drawer
from deploy.cli.failures import Misuse, answered
from deploy.cli.levels import format_of
from deploy.cli.quality import percent, permille
from deploy.cli.verification.deciding import place_in
from deploy.cli.verification.ending import outcome
from deploy.cli.verification.overtaken import rows_of, texts_of
from deploy.cli.verification.papers import text_of
from deploy.cli.verification.resolving import verdicts
from deploy.cli.verification.seen import Shown, whole_digest
from deploy.cli.verification.tables import changed, place_of, whole
from deploy.cli.verification.typed import by_indicator, criteria, levels, visit_findings

ONE, OTHER = "a1b2" + "0" * 60, "a1b3" + "0" * 60
CLAIM = {"evidence": [ONE], "basis": "a"}
WHY = {"granted_level": 1, "reason_code": "not_signed", "note": "Tanpa tanda tangan."}


def printed(*shown: RenderableType) -> str:
    console = Console(file=StringIO(), width=200)
    for each in shown:
        console.print(each)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_all_criteria_are_met_but_those_that_are_named_with_a_reason() -> None:
    met = [(each["criterion"], each["met"]) for each in criteria(())]
    assert met == [
        ("renewal", True),
        ("benefit", True),
        ("no_burden", True),
        ("own_authority", True),
        ("replicable", True),
    ]
    found = criteria(["benefit=Tidak ada penerima manfaat"])
    assert [each for each in found if not each["met"]] == [
        {"criterion": "benefit", "met": False, "note": "Tidak ada penerima manfaat"}
    ]


@pytest.mark.parametrize("text", ["benefit", "benefit=", "luck=why"])
def test_a_criterion_without_a_reason_or_an_unknown_one_is_refused(text: str) -> None:
    with pytest.raises(Misuse):
        criteria([text])


def test_levels_are_numbers_by_indicator() -> None:
    assert levels(["SID-03=2", "SID-04=0"]) == {"SID-03": 2, "SID-04": 0}


@pytest.mark.parametrize("text", ["SID-03", "SID-03=4", "SID-03=two", "SID-03=-1"])
def test_what_is_no_level_is_refused(text: str) -> None:
    with pytest.raises(Misuse):
        levels([text])


def test_a_value_without_an_indicator_is_for_all_that_have_none_of_their_own() -> None:
    both = ("SID-03", "SID-04")
    found = by_indicator(["SID-04=other", "not_signed"], both, "SID-03=CODE")
    assert found == {"SID-03": "not_signed", "SID-04": "other"}
    with pytest.raises(Misuse, match="SID-05 has no --level"):
        by_indicator(["SID-05=other"], both, "SID-03=CODE")


def test_what_a_visit_found_has_an_outcome_and_perhaps_a_note() -> None:
    assert visit_findings(["SID-04=confirmed", "SID-05=not_confirmed: Loket tutup: jam 9"]) == [
        {"indicator": "SID-04", "outcome": "confirmed", "note": ""},
        {"indicator": "SID-05", "outcome": "not_confirmed", "note": "Loket tutup: jam 9"},
    ]
    with pytest.raises(Misuse, match="maybe is not an outcome"):
        visit_findings(["SID-04=maybe"])


def test_a_file_is_named_by_its_digest_or_how_that_begins() -> None:
    assert whole_digest(ONE.upper(), ()) == ONE
    assert whole_digest("a1b2", (ONE, OTHER)) == ONE


@pytest.mark.parametrize("text", ["a1b", "a1", "", "ffff", "sk.pdf"])
def test_what_may_be_any_of_several_files_or_none_is_refused(text: str) -> None:
    with pytest.raises(Misuse, match="is not the SHA-256"):
        whole_digest(text, (ONE, OTHER))


def test_a_place_needs_a_file_only_where_there_are_several() -> None:
    assert place_in([ONE, OTHER], None, None, None) is None
    assert place_in([ONE], None, 3, None) == {"sha256": ONE, "page": 3, "second": None}
    named = place_in([ONE, OTHER], "a1b3", None, 45)
    assert named == {"sha256": OTHER, "page": None, "second": 45}
    with pytest.raises(Misuse, match="2 files are shown"):
        place_in([ONE, OTHER], None, 3, None)


def test_a_resolution_stands_on_what_was_shown() -> None:
    shown = Shown({"SID-18": CLAIM}, (ONE,))
    (found,) = verdicts(shown, {"SID-18": 1}, ["not_signed"], "Dicermati.")
    assert found == {
        "indicator": "SID-18",
        "granted_level": 1,
        "evidence": (ONE,),
        "basis": "a",
        "reason_code": "not_signed",
        "note": "Dicermati.",
    }


@pytest.mark.parametrize(
    ("happened", "begins"),
    [
        (["DossierVerified"], "The dossier is verified."),
        (["QualityCheckDecided", "DossierVerified"], "The dossier is verified."),
        (["DiscrepancyResolved", "DossierRejected"], "The innovation is rejected"),
        (["QualityCheckDrawn"], "Your review has ended; another verifier"),
        (["QualityCheckDecided"], "Your second look has ended and differs"),
    ],
)
def test_the_end_of_a_review_says_what_comes_of_it(happened: list[str], begins: str) -> None:
    assert outcome({"happened": happened}).startswith(begins)


def test_what_was_typed_stands_beside_what_holds_now() -> None:
    typed = {**WHY, "evidence": [ONE], "basis": "a", "place": None}
    now = {"granted_level": 2, "reason_code": None, "note": "", "place": {"sha256": OTHER}}
    current = {
        "version": 9,
        "state": "in_review",
        "round": 2,
        "lease_holder": "person-colleague",
        "lease_until": None,
        "indicator": {"evidence": [OTHER], "basis": "a", "verdict": now},
    }
    assert rows_of(typed, current) == [
        {"what": "State", "typed": None, "current": "in_review"},
        {"what": "Round", "typed": None, "current": 2},
        {"what": "Claimed by", "typed": None, "current": "person-colleague"},
        {"what": "Granted level", "typed": 1, "current": 2},
        {"what": "Reason code", "typed": "not_signed", "current": None},
        {"what": "Note", "typed": "Tanpa tanda tangan.", "current": ""},
        {"what": "Evidence", "typed": ["a1b200000000"], "current": ["a1b300000000"]},
        {"what": "Basis", "typed": "a", "current": "a"},
        {"what": "Place", "typed": None, "current": "a1b300000000"},
    ]


def test_a_refusal_that_hands_nothing_back_has_no_texts() -> None:
    alone = {"code": "version_changed", "params": {"expected": 3, "current": 5}}
    assert texts_of(answered(412, alone)) == ({}, {})
    both = {"code": "lease_lost", "params": {"typed": WHY, "current": {"state": "open"}}}
    assert texts_of(answered(409, both)) == (WHY, {"state": "open"})


def test_findings_that_were_typed_are_told_one_by_one() -> None:
    typed = {"findings": criteria(["benefit=Tidak ada"])[:2]}
    assert rows_of(typed, {"state": "verified"}) == [
        {"what": "State", "typed": None, "current": "verified"},
        {"what": "Findings: renewal", "typed": "True", "current": None},
        {"what": "Findings: benefit", "typed": "False, Tidak ada", "current": None},
    ]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (None, None),
        ({"sha256": ONE, "page": 3, "second": None}, "page 3 of a1b200000000"),
        ({"sha256": ONE, "page": None, "second": 0}, "second 0 of a1b200000000"),
    ],
)
def test_a_place_is_a_page_or_a_second(place: dict[str, Any] | None, told: str | None) -> None:
    assert place_of({"place": place}) == told


def test_a_text_is_shown_page_by_page() -> None:
    found = {"text": "satu\fdua", "page": None, "pages": 2, "is_cut": True}
    assert printed(*text_of(found)).splitlines() == [
        "--- page 1 of 2 ---",
        "satu",
        "--- page 2 of 2 ---",
        "dua",
        "--- The file says more than is read here. ---",
    ]
    second = {"text": "dua", "page": 2, "pages": 2, "is_cut": False}
    assert printed(*text_of(second)).splitlines() == ["--- page 2 of 2 ---", "dua"]
    scan = {"text": None, "page": None, "pages": None, "is_cut": False}
    assert printed(*text_of(scan)).startswith("There is nothing to read")


def test_a_dossier_tells_what_is_carried_over_and_what_lapsed() -> None:
    rows = [
        {"indicator": "SID-01", "claimed_level": 2, "evidence": [ONE], "carried": True},
        {"indicator": "SID-02", "claimed_level": 3, "evidence": [], "lapsed": {"granted_level": 1}},
    ]
    found = {"decided_count": 1, "claimed_count": 2, "indicators": rows, "manifest": []}
    shown = printed(*whole(found)).splitlines()
    first = next(each for each in shown if "SID-01" in each)
    second = next(each for each in shown if "SID-02" in each)
    assert [each.strip() for each in first.split("│")[-4:-1]] == ["yes", "-", "a1b200000000"]
    assert [each.strip() for each in second.split("│")[-4:-1]] == ["-", "1", "-"]
    assert not any("Second looks" in each for each in shown)


def test_a_revision_tells_what_it_changed() -> None:
    change = {
        "round": 2,
        "received_at": "2026-08-31T15:59:00.000000Z",
        "profile": [{"field": "benefit", "before": "lama", "after": "baru"}],
        "claims": [],
        "evidence": [],
        "lapsed": ["SID-01"],
    }
    told = printed(*changed([change]))
    assert all(word in told for word in ("Round 2", "2026-08-31 23:59 WITA", "SID-01", "baru"))
    assert "Level before" not in told


@pytest.mark.parametrize(
    ("text", "found"), [("10%", 100), ("12.5 %", 125), ("12,5", 125), ("0%", 0), ("100%", 1000)]
)
def test_a_share_is_a_percentage_with_at_most_one_decimal(text: str, found: int) -> None:
    assert permille(text) == found


@pytest.mark.parametrize("text", ["", "ten", "101%", "-1%", "0.05%", "nan", "inf"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Misuse, match="not a percentage"):
        permille(text)


@pytest.mark.parametrize(("share", "told"), [(100, "10%"), (125, "12.5%"), (0, "0%")])
def test_a_share_is_told_as_a_percentage(share: int, told: str) -> None:
    assert percent(share) == told


def test_a_table_is_written_as_its_name_ends() -> None:
    assert (format_of(Path("a.CSV")), format_of(Path("a.xlsx"))) == ("csv", "xlsx")
    with pytest.raises(Misuse, match=r"should end with \.xlsx or \.csv"):
        format_of(Path("a.pdf"))


def test_what_was_shown_is_remembered_until_the_person_logs_out(tmp_path: Path) -> None:
    drawer = Drawer(tmp_path, "rina")
    assert drawer.shown("dossiers/abc") is None
    drawer.keep_shown("dossiers/abc", {"claims": {}, "digests": [ONE]})
    again = Drawer(tmp_path, "rina").shown("dossiers/abc")
    assert again == {"claims": {}, "digests": [ONE]}
    assert Drawer(tmp_path, "budi").shown("dossiers/abc") is None
    drawer.empty()
    assert drawer.shown("dossiers/abc") is None
