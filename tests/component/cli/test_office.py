"""What the innovation office sets up and watches: seasons, late agencies, the tree, who owes."""

from tests.component.cli.test_submitting import OPENING, drafted, set_up
from tests.component.cli.world import Stack


def test_a_season_is_opened_with_its_rules_and_shown_with_its_clock(submission: Stack) -> None:
    submission.log_in("admin")
    opened = (
        "season open latihan-2026 --name Latihan --edition 2026 --training --grace-minutes 90"
        " --endorsement-required --time-zone WIB --obliged-kind agency --obliged-kind village"
        " --opens-at 2026-01-01T00:00 --deadline 2099-08-31T23:59"
    )
    submission(opened).fine()
    found = submission.answer("season show latihan-2026")
    assert (found["deadline"], found["clock"]["phase"]) == ("2099-08-31T16:59:00.000000Z", "open")
    rules = ("grace_minutes", "endorsement_required", "time_zone", "obliged_kinds", "training")
    assert [found[each] for each in rules] == [
        90,
        True,
        "Asia/Jakarta",
        ["agency", "village"],
        True,
    ]
    shown = submission("season show latihan-2026").fine().out
    assert shown.startswith("LATIHAN. Ditutup Senin 31 Agustus 2099 pukul 23.59 WIB")
    later = "season extend latihan-2026 --deadline 2099-09-01T12:00 --reason Listrik --json"
    submission(later).fine()
    moved = submission.answer("season show latihan-2026")["extensions"][0]["deadline"]
    assert moved == "2099-09-01T05:00:00.000000Z"


def test_a_season_that_is_not_named_for_training_is_not_opened_for_it(submission: Stack) -> None:
    submission.log_in("admin")
    ran = submission(f"{OPENING} --training")
    assert (ran.code, "begins with latihan-" in ran.err) == (1, True)


def test_a_late_exception_is_for_one_agency_and_all_below_it(submission: Stack) -> None:
    set_up(submission)
    late = "season late 2026 hss --until 2099-09-02T08:00 --reason 'Banjir di kantor'"
    told = submission(late).fine().out
    assert told.startswith("hss may submit until 2099-09-02 08:00 WITA.")
    season = submission.answer("season show 2026")
    assert [(each["agency_id"], each["reason"]) for each in season["exceptions"]] == [
        ("hss", "Banjir di kantor")
    ]
    submission.log_in("operator")
    assert (
        submission.answer("season show 2026")["clock"]["deadline"] == "2099-09-02T00:00:00.000000Z"
    )


def test_the_board_tells_who_owes_and_the_counts_what_was_reported(submission: Stack) -> None:
    set_up(submission)
    submission("agency register hst --name HST --kind regency --parent kalsel").fine()
    submission("agency register hst-dinkes --name Dinkes --kind agency --parent hst").fine()
    commit = "agency commit hss-dinkes --season 2026 --letter-number 5/2026 --signed-on 2026-02-01"
    submission(f"{commit} --promised 2").fine()
    drafted(submission)
    submission.log_in("admin")
    board = submission.answer("season compliance 2026")
    rows = {each["agency_id"]: (each["state"], each["promised"]) for each in board["items"]}
    assert rows == {"hss-dinkes": ("drafting", 2), "hst-dinkes": ("owing", 1)}
    assert (board["summary"]["owes"], board["summary"]["promised"]) == (2, 3)
    below = submission.answer("season compliance 2026 --below hst --state owing")
    assert [each["agency_id"] for each in below["items"]] == ["hst-dinkes"]
    counts = submission.answer("season counts 2026 --state all")
    assert counts["by_kind"] == [{"kind": "agency", "agencies": 1, "innovations": 1}]
    assert counts["by_initiator"] == [{"initiator": "perangkat_daerah", "innovations": 1}]
    assert submission.answer("season counts 2026")["innovations"] == 0
    assert "Totals" in submission("season compliance 2026").fine().out


def test_an_agency_is_renamed_by_letter_and_found_by_its_words(submission: Stack) -> None:
    set_up(submission)
    letter = "--letter-number 'Perda 3/2026' --effective-on 2026-01-02"
    name = "'Dinas Kesehatan dan Keluarga Berencana'"
    submission(f"agency rename hss-dinkes --name {name} --short-name Dinkes {letter}").fine()
    found = submission.answer("agency list --text 'din kel' --open")["items"]
    assert [each["agency_id"] for each in found] == ["hss-dinkes"]
    shown = submission.answer("agency show hss-dinkes")
    assert [(each["name"], each["letter_number"]) for each in shown["former_names"]] == [
        ("Dinkes", "Perda 3/2026")
    ]
    tree = submission.answer("agency tree hss")
    assert tree["agency"]["open_children"] == 1
    assert [each["agency_id"] for each in tree["children"]] == ["hss-dinkes"]


def test_others_carry_on_for_an_agency_that_was_split(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    submission.log_in("admin")
    for heir in ("hss-dinkes-kb", "hss-rsud"):
        submission(f"agency register {heir} --name {heir} --kind agency --parent hss").fine()
    split = "--effective-on 2026-01-02 --letter-number 'Perda 3/2026' --reason Pemekaran"
    submission(f"agency succeed hss-dinkes --by hss-dinkes-kb --by hss-rsud {split}").fine()
    shown = submission.answer("agency show hss-dinkes")
    assert (shown["is_closed"], shown["successors"]) == (True, ["hss-dinkes-kb", "hss-rsud"])
    still = submission.answer(f"--as operator innovation show {innovation}")
    assert still["agency_id"] == "hss-dinkes"
    ran = submission("agency close hss --reason Selesai")
    assert (ran.code, "Agencies: hss-dinkes-kb, hss-rsud." in ran.err) == (1, True)
