"""An innovation is typed, checked, coached, endorsed, and goes on next year."""

from datetime import timedelta

from tests.component.cli.test_submitting import (
    LETTER,
    OPENING,
    PDF,
    drafted,
    set_up,
    with_evidence,
)
from tests.component.cli.world import Stack

NARRATIVE = "Dasar hukum dan permasalahan, isu strategis, metode pembaruan. " * 45
FIELDS = (
    "stage=implementation initiator=perangkat_daerah kind=digital form=pelayanan_publik"
    " main_affair=kesehatan implemented_on=2024-05-01 purpose=Tujuan benefit=Manfaat result=Hasil"
)


def begun(inda: Stack) -> str:
    """A draft that has no more than its title."""
    inda.log_in("operator")
    draft = "innovation draft --season 2026 --agency hss-dinkes --title 'SIP PUTIH'"
    return inda.answer(draft)["id"]


def test_a_profile_is_typed_field_by_field(submission: Stack) -> None:
    set_up(submission)
    innovation = begun(submission)
    first = submission.answer(f"innovation show {innovation}")
    assert first["missing"][0] == "stage"
    assert first["clock"]["phase"] == "open"
    assert first["findings"]["blocks"] > 0
    narrative = submission.folder / "rancang.txt"
    narrative.write_text(NARRATIVE)
    typed = f"{FIELDS} design_narrative=@{narrative} budget_rupiah=25.000.000"
    lists = "priority_goals=4,6 'collaborators=Dinas Sosial; Kecamatan Kandangan, Sungai Raya'"
    rights = submission.file("haki.json", [{"kind": "copyright", "number": "EC002026"}])
    submission(f"innovation set {innovation} {typed} {lists}").fine()
    submission(f"innovation set {innovation} intellectual_property=@{rights} purpose=").fine()
    found = submission.answer(f"innovation show {innovation}")
    profile = found["profile"]
    assert (profile["budget_rupiah"], profile["priority_goals"]) == (25_000_000, ["4", "6"])
    assert profile["collaborators"] == ["Dinas Sosial", "Kecamatan Kandangan, Sungai Raya"]
    assert profile["intellectual_property"][0]["number"] == "EC002026"
    assert (profile["purpose"], found["missing"]) == ("", ["purpose"])
    unknown = submission(f"innovation set {innovation} tujuan=x")
    assert (unknown.code, "no field tujuan. Allowed: title, stage" in unknown.err) == (2, True)


def test_a_conflict_shows_both_texts_and_loses_neither(submission: Stack) -> None:
    set_up(submission)
    innovation = begun(submission)
    submission.log_in("head", "operator")
    submission(f"innovation show {innovation}").fine()
    submission(f"--as head innovation set {innovation} 'purpose=Yang ditulis kepala'").fine()
    # The operator claims in between, which says nothing of what the head wrote.
    submission(f"innovation claim {innovation} SID-02 1").fine()
    mine = f"innovation set {innovation} 'purpose=Yang ditulis operator'"
    ran = submission(mine)
    assert (ran.code, ran.out) == (1, "")
    assert "Yang ditulis kepala" in ran.err
    assert "Yang ditulis operator" in ran.err
    params = submission(f"{mine} --json").answer["params"]
    assert (params["yours"], params["current"]) == (
        {"purpose": "Yang ditulis operator"},
        {"purpose": "Yang ditulis kepala"},
    )
    submission(f"innovation show {innovation}").fine()
    submission(mine).fine()
    assert submission.answer(f"innovation show {innovation}")["profile"]["purpose"] == (
        "Yang ditulis operator"
    )


def test_the_pre_flight_groups_what_blocks_costs_and_advises(submission: Stack) -> None:
    set_up(submission)
    innovation = begun(submission)
    ran = submission(f"innovation check {innovation}")
    assert ran.code == 1
    assert "Blocks the submission:" in ran.out
    assert "Isi tahapan pada profil inovasi." in ran.out
    assert "It cannot be submitted now: The profile is not complete." in ran.out
    english = submission(f"innovation check {innovation} --language en").out
    assert "Fill in the stage of the profile." in english
    tried = submission(f"innovation check {innovation} stage=trial --json")
    empty = {each["field"] for each in tried.answer["findings"] if each["code"] == "field_missing"}
    assert (tried.code, "kind" in empty, "stage" in empty) == (1, True, False)
    assert submission.answer(f"innovation show {innovation}")["profile"]["stage"] is None
    complete = drafted(submission)
    with_evidence(submission, complete)
    submission(f"innovation claim {complete} SID-01 3").fine()
    ran = submission(f"innovation check {complete} --json").fine()
    assert (ran.answer["can_submit"], ran.answer["blocks"]) == (True, 0)
    assert "evidence_carries_less" in {each["code"] for each in ran.answer["findings"]}
    assert "Costs points:" in submission(f"innovation check {complete}").fine().out


def test_the_coach_says_what_adds_most(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    with_evidence(submission, innovation)
    submission(f"innovation claim {innovation} SID-01 1").fine()
    found = submission.answer(f"innovation coach {innovation}")
    assert (found["maturity"], found["highest_maturity"]) == ("3", "111")
    gains = [int(each["targets"][-1]["gain"]) for each in found["steps"]]
    assert gains == sorted(gains, reverse=True)
    assert "Next level asks for" in submission(f"innovation coach {innovation}").fine().out


def test_an_innovation_tells_its_history_and_who_answers_for_it(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    submission(f"innovation claim {innovation} SID-01 2").fine()
    told = submission.answer(f"innovation history {innovation}")["items"]
    assert [each["sentence"] for each in told] == [
        "SID-01 diklaim pada level 2.",
        "Draf dibuat.",
    ]
    contact = f"innovation contact set {innovation}"
    submission(f"{contact} --name 'Rina Astuti' --phone '+62 812 3456 789'").fine()
    submission(f"{contact} --nip 198501012010012001").fine()
    known = submission.answer(f"innovation contact show {innovation}")
    assert (known["name"], known["phone"]) == ("Rina Astuti", "+62 812 3456 789")
    assert known["employee_number"] == "198501012010012001"
    submission(f"innovation contact erase {innovation}").fine()
    gone = submission(f"innovation contact show {innovation}")
    assert (gone.code, "contact_unknown" in gone.err) == (1, True)


def test_nothing_is_in_before_the_head_stands_by_it_as_it_is(submission: Stack) -> None:
    submission.log_in("admin")
    submission(f"{OPENING} --endorsement-required").fine()
    for line in (
        "kalsel --name Kalsel --kind province",
        "hss --name HSS --kind regency --parent kalsel",
        "hss-dinkes --name Dinkes --kind agency --parent hss",
    ):
        submission(f"agency register {line}").fine()
    innovation = drafted(submission)
    ran = submission(f"submit {innovation}")
    assert (ran.code, "`inda innovation endorse`. [endorsement_missing]" in ran.err) == (1, True)
    submission.log_in("head")
    asked = submission(f"--as head innovation endorse {innovation}", text="n\n")
    assert (asked.code, "Do you stand by this content?" in asked.err) == (1, True)
    submission(f"--as head innovation endorse {innovation}", text="y\n").fine()
    submission(f"--as operator innovation show {innovation}").fine()
    submission(f"--as operator innovation set {innovation} 'benefit=Lain lagi'").fine()
    ran = submission(f"--as operator submit {innovation}")
    assert (ran.code, "[endorsement_lapsed]" in ran.err) == (1, True)
    acting = f"--as head innovation endorse {innovation} --yes --capacity acting"
    assert submission(acting).err.endswith("[appointment_missing]\n")
    submission(f"{acting} {LETTER}").fine()
    receipt = submission.answer(f"--as operator submit {innovation}")
    assert receipt["endorsed_by"] == "person-head"


def test_last_years_innovation_goes_on_and_is_read_only_itself(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    file = submission.file("sk.pdf", PDF)
    add = f"innovation evidence add {innovation} {file} --indicator SID-01 --kind decree {LETTER}"
    submission(add).fine()
    submission(f"submit {innovation}").fine()
    submission.log_in("admin")
    submission.clock.ahead += timedelta(minutes=5)
    later = OPENING.replace("open 2026", "open 2027").replace("2026-01-01", "2026-02-01")
    submission(later).fine()
    submission.log_in("operator")
    ran = submission(f"innovation develop {innovation} --season 2027 --json").fine()
    successor = ran.answer["id"]
    assert ran.err == f"What is stale in it: `inda innovation check {successor}`\n"
    shown = submission.answer(f"innovation show {successor}")
    assert (shown["developed_from"], len(shown["evidence"])) == (innovation, 1)
    submission(f"innovation show {innovation}").fine()
    refused = submission(f"innovation set {innovation} purpose=Lain")
    assert f"Successor: {successor}." in refused.err
    both = submission.answer(f"innovation list --lineage-of {innovation}")["items"]
    assert {each["innovation_id"] for each in both} == {innovation, successor}
