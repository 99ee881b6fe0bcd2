"""Receipts are kept in files, checked without any stack, and tell how files on their way ended."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from tests.component.cli.line import Line, bad_line
from tests.component.cli.test_submitting import LETTER, OPENING, PDF, drafted, set_up, with_evidence
from tests.component.cli.world import Ran, Stack, inda, stack


@pytest.fixture
def line(s3_server: object, servers: Addresses) -> Generator[Line]:
    with bad_line(Line(servers.s3_endpoint)) as opened:
        yield opened


@pytest.fixture
def graceful(fresh_servers: Addresses, line: Line, tmp_path: Path) -> Generator[Stack]:
    """Submission, whose uploads go over the line."""
    at = {"s3_public_endpoint": line.address}
    with stack(tmp_path, fresh_servers, ["submission"], **at) as started:
        yield started


def offline(command: str, folder: Path) -> Ran:
    """`inda` where no stack can be found."""
    return inda(command, context=folder / "nowhere.json")


def test_a_receipt_is_saved_and_checked_without_any_stack(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    with_evidence(submission, innovation)
    file, keys = submission.folder / "receipt.json", submission.folder / "keys.json"
    unwritable = submission(f"submit {innovation} --save {file}/none.json")
    assert (unwritable.code, "[file_unwritable]" in unwritable.err) == (2, True)
    trial = submission(f"submit {innovation} --dry-run --save {file}").fine()
    assert ("UJI COBA" in trial.out, file.exists()) == (True, False)
    ran = submission(f"submit {innovation} --save {file} --json").fine()
    assert (json.loads(file.read_text()), ran.err) == (ran.answer, f"Saved in {file}.\n")
    submission(f"receipt keys --save {keys}").fine()

    told = offline(f"receipt verify {file} --keys {keys}", submission.folder).fine()
    assert "mengajukan inovasi “SIP PUTIH”" in told.out
    assert told.err == "The signature holds: this is exactly what was accepted.\n"
    assert submission(f"receipt verify {file}").fine().out == told.out
    again = submission.answer(f"receipt show {innovation} --save {file}")
    assert again == ran.answer

    forged = submission.file("forged.json", {**again, "submitted_at": "2026-01-01T00:00:00Z"})
    ran = offline(f"receipt verify {forged} --keys {keys}", submission.folder)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "This receipt proves nothing. Its text differs from what was signed. [receipt_broken]\n"
    )


def test_a_receipt_of_training_says_so_wherever_it_is_shown(submission: Stack) -> None:
    set_up(submission)
    opening = OPENING.replace("open 2026", "open latihan-2026")
    submission(f"--as admin {opening} --training").fine()
    submission.log_in("operator")
    profile = submission.file("profile.json", {"title": "Latihan", "stage": "trial"})
    begun = f"innovation draft --season latihan-2026 --agency hss-dinkes --file {profile}"
    innovation = submission.answer(begun)["id"]
    assert submission(f"innovation show {innovation}").fine().out.startswith("LATIHAN. ")
    narrative = submission.folder / "rancang.txt"
    narrative.write_text("kata " * 300)
    typed = (
        "initiator=perangkat_daerah kind=digital form=pelayanan_publik main_affair=kesehatan"
        f" purpose=a benefit=b result=c design_narrative=@{narrative}"
    )
    submission(f"innovation set {innovation} {typed}").fine()
    assert "LATIHAN, bukan pengajuan resmi." in submission(f"submit {innovation}").fine().out


def test_a_file_on_its_way_may_finish_in_the_grace(graceful: Stack, line: Line) -> None:
    graceful.log_in("admin")
    graceful(f"{OPENING} --grace-minutes 60").fine()
    for each in (
        "kalsel --name Kalsel --kind province",
        "hss --name HSS --kind regency --parent kalsel",
        "hss-dinkes --name Dinkes --kind agency --parent hss",
    ):
        graceful(f"agency register {each}").fine()
    innovation, file = drafted(graceful), graceful.file("sk.pdf", PDF)
    line.cuts = [0] * 9
    add = f"innovation evidence add {innovation} {file} --indicator SID-01 --kind decree {LETTER}"
    assert graceful(add).code == 2
    shown = graceful(f"submit {innovation}").fine().out
    assert "Files may come in until" in shown
    waiting = graceful(f"receipt show {innovation} --completion")
    assert (waiting.code, "Until: " in waiting.err) == (1, True)
    items = graceful.answer(f"innovation evidence list {innovation}")["items"]
    assert [each["state"] for each in items] == ["waiting for upload"]
    line.cuts = []
    graceful(f"innovation evidence resume {innovation} {items[0]['evidence_id']} {file}").fine()
    completion = graceful.folder / "completion.json"
    ended = f"receipt show {innovation} --completion --save {completion} --json"
    found = graceful(ended).fine().answer
    assert (found["missing"], [each["taken_in"] for each in found["manifest"]]) == ([], [True])
    graceful(f"receipt verify {completion}").fine()
