"""Files on a bad line: a break, Ctrl-C and a killed terminal cost what was under way, no more."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

import pytest

from deploy.local.stack import Addresses
from tests.builders.files import jpeg, locked_pdf, mp4_head
from tests.component.cli.line import Line, bad_line
from tests.component.cli.test_submitting import LETTER, PDF, drafted, set_up
from tests.component.cli.world import Stack, free_address, stack
from tests.interrupts import heeding_interrupts

MEGABYTE = 1024 * 1024
PART = 5 * MEGABYTE
SIZE = 12 * MEGABYTE


@pytest.fixture
def line(s3_server: object, servers: Addresses) -> Generator[Line]:
    with bad_line(Line(servers.s3_endpoint)) as opened:
        yield opened


@pytest.fixture
def inda(fresh_servers: Addresses, line: Line, tmp_path: Path) -> Generator[Stack]:
    """Submission, whose uploads go over the line, in parts of five megabytes."""
    told = {"s3_public_endpoint": line.address, "upload_part_bytes": PART}
    with stack(tmp_path, fresh_servers, ["submission"], **told) as started:
        yield started


def video(inda: Stack) -> Path:
    head = mp4_head(SIZE - len(mp4_head(0)))
    return inda.file("video.mp4", head + os.urandom(SIZE - len(head)))


def adding(innovation: str, file: Path) -> str:
    return f"innovation evidence add {innovation} {file} --indicator SID-20 --kind video_file"


def process(inda: Stack, command: str) -> subprocess.Popen[str]:
    """`inda` as somebody at a terminal has it."""
    program = "from deploy.cli.main import main; main()"
    context = str(inda.folder / "context.json")
    return subprocess.Popen(
        [sys.executable, "-c", program, "--context", context, *command.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeding_interrupts,
    )


def until(holds: Callable[[], bool]) -> None:
    end = monotonic() + 60
    while not holds():
        assert monotonic() < end
        sleep(0.02)


def state(inda: Stack, innovation: str) -> str:
    return inda.answer(f"innovation evidence list {innovation}")["items"][0]["state"]


def test_a_broken_line_starts_a_part_again_and_not_the_file(inda: Stack, line: Line) -> None:
    set_up(inda)
    innovation, file = drafted(inda), video(inda)
    line.cuts = [MEGABYTE, 100, 2 * MEGABYTE]
    ran = inda(f"{adding(innovation, file)} --patience 30 --json").fine()
    assert (ran.answer["outcome"], line.cuts) == ("accepted", [])
    assert ran.answer["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert ran.err.count("Trying again.") == 3
    # What the cuts let through came twice, and no part besides.
    assert line.passed < SIZE + 4 * MEGABYTE
    assert state(inda, innovation) == "accepted"


def test_after_ctrl_c_and_a_killed_terminal_only_what_is_missing_is_sent(
    inda: Stack, line: Line
) -> None:
    set_up(inda)
    innovation, file = drafted(inda), video(inda)
    line.allow(PART + MEGABYTE)
    first = process(inda, adding(innovation, file))
    until(line.stands)
    first.send_signal(signal.SIGINT)
    _, said = first.communicate()
    evidence = inda.answer(f"innovation evidence list {innovation}")["items"][0]["evidence_id"]
    resume = f"innovation evidence resume {innovation} {evidence} {file}"
    assert (first.returncode, f"`inda {resume}`" in said) == (130, True)
    assert state(inda, innovation) == "waiting for upload (1 of 3 parts are here)"

    line.allow(PART + MEGABYTE)
    second = process(inda, adding(innovation, file))
    until(line.stands)
    second.kill()
    second.communicate()
    assert state(inda, innovation) == "waiting for upload (2 of 3 parts are here)"

    passed = line.passed
    line.allow(None)
    ran = inda(f"{resume} --json").fine()
    assert (ran.answer["outcome"], ran.answer["evidence_id"]) == ("accepted", evidence)
    assert line.passed - passed < SIZE - 2 * PART + MEGABYTE
    assert len(inda.answer(f"innovation show {innovation}")["evidence"]) == 1


def test_another_file_does_not_go_on_where_the_first_stopped(inda: Stack, line: Line) -> None:
    set_up(inda)
    innovation, file = drafted(inda), video(inda)
    line.cuts = [100] * 9
    ran = inda(adding(innovation, file))
    assert (ran.code, "does not answer" in ran.err) == (2, True)
    evidence = inda.answer(f"innovation evidence list {innovation}")["items"][0]["evidence_id"]
    other = inda.file("video-baru.mp4", mp4_head(0))
    ran = inda(f"innovation evidence resume {innovation} {evidence} {other}")
    assert ran.err == (
        "video-baru.mp4 is not the file that was declared (video.mp4), or it was changed since."
        " [file_differs]\n"
    )
    trial = inda.answer(f"innovation evidence resume {innovation} {evidence} {file} --dry-run")
    assert (trial["state"], trial["dry_run"]) == ("waiting", True)


def test_a_file_is_held_while_the_scanner_is_away(fresh_servers: Addresses, tmp_path: Path) -> None:
    port = int(free_address().rpartition(":")[2])
    scanner = {"clamav_host": "127.0.0.1", "clamav_port": port}
    with stack(tmp_path, fresh_servers, ["submission"], **scanner) as inda:
        set_up(inda)
        innovation, file = drafted(inda), inda.file("sk.pdf", PDF)
        add = f"innovation evidence add {innovation} {file} --indicator SID-01 --kind decree"
        ran = inda(f"{add} {LETTER}").fine()
        assert ran.out.startswith("sk.pdf is held. Berkas sudah sampai dan menunggu pemindai")
        assert state(inda, innovation) == "held: it is here and waits to be judged"


def test_evidence_is_listed_told_anew_and_taken_back(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    photo = submission.file("foto.jpg", jpeg(800, 600))
    add = f"innovation evidence add {innovation}"
    added = submission.answer(f"{add} {photo} --indicator SID-10 --kind activity_photo")
    locked = submission.file("sk.pdf", locked_pdf())
    refused = submission(f"{add} {locked} --indicator SID-01 --kind decree {LETTER}")
    assert (refused.code, "cetak ke PDF baru" in refused.err) == (1, True)
    budget = submission.file("anggaran.pdf", PDF)
    attached = submission.answer(f"{add} {budget} --kind budget")
    items = submission.answer(f"innovation evidence list {innovation}")["items"]
    assert {(each["name"], each["state"], each.get("rule")) for each in items} == {
        ("foto.jpg", "accepted", None),
        ("anggaran.pdf", "accepted", None),
        (None, "refused", "encrypted"),
    }
    revise = f"innovation evidence revise {innovation} {added['evidence_id']} --indicator SID-07"
    submission(f"{revise} --indicator SID-10").fine()
    withdraw = f"innovation evidence withdraw {innovation} {attached['evidence_id']} --reason Salah"
    submission(withdraw).fine()
    items = submission.answer(f"innovation show {innovation}")["evidence"]
    assert [(each["indicators"], each["evidence_kind"]) for each in items] == [
        (["SID-07", "SID-10"], "activity_photo")
    ]
