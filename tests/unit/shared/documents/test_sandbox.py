"""What a file does to a parser stays with that file; the service and the next file go on."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shared.documents import sandbox, workers
from shared.documents.content import Failed
from shared.documents.inspection import Inspected, Limits
from shared.documents.results import Properties
from shared.documents.sandbox import Sandbox
from shared.documents.workers import Broke
from shared.errors import Unavailable
from tests.builders.files import jpeg, mp4, pdf, png
from tests.unit.shared.documents.looking import JPEG, MP4, PDF, PNG

ONE_PAGE = Properties(pages=1)


@pytest.fixture(scope="module")
def apart() -> Iterator[Sandbox]:
    sandbox = Sandbox(Limits(max_pages=3, max_pixels=10_000))
    yield sandbox
    sandbox.close()


def is_well(apart: Sandbox) -> bool:
    told = apart.inspect(pdf("SIP PUTIH"), PDF)
    return told == Inspected(ONE_PAGE, "SIP PUTIH\nHalaman 1")


def test_a_file_is_looked_into_by_its_bytes_or_by_its_path(apart: Sandbox, tmp_path: Path):
    path = tmp_path / "picture"
    path.write_bytes(png())
    expected = Inspected(Properties(width_pixels=8, height_pixels=6))
    assert apart.inspect(png(), PNG) == apart.inspect(str(path), PNG) == expected
    assert apart.inspect(pdf(pages=4), PDF) == Failed(
        "too_many_pages", {"pages": 4, "max_pages": 3}
    )
    assert apart.text_of(pdf("Isi")) == "Isi\nHalaman 1"


def test_a_service_that_imports_documents_loads_no_parser():
    look = "import sys, shared.documents; print({'pikepdf', 'pypdfium2', 'PIL'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


GOOD = ((pdf(pages=2), PDF), (png(40, 30), PNG), (jpeg(40, 30), JPEG), (mp4(), MP4))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(GOOD), some.data())
def test_whatever_is_done_to_a_file_there_is_an_answer(
    apart: Sandbox, good: tuple[bytes, str], data: some.DataObject
):
    content, media_type = good
    start = data.draw(some.integers(0, len(content)))
    end = data.draw(some.integers(start, min(len(content), start + 200)))
    damaged = content[:start] + data.draw(some.binary(max_size=40)) + content[end:]
    assert isinstance(apart.inspect(damaged, media_type), Inspected | Failed)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def swell() -> int:
    return len(bytes(4 * workers.MEMORY_BYTES))


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(30)


def write(path: str) -> None:
    Path(path).write_bytes(b"left by a parser")


def test_a_crash_is_of_one_file_only(apart: Sandbox):
    with pytest.raises(Broke):
        apart.run(crash)
    assert is_well(apart)


def test_a_file_that_swells_is_stopped(apart: Sandbox):
    with pytest.raises(Broke):
        apart.run(swell)
    assert is_well(apart)


def test_a_parser_writes_nothing(apart: Sandbox, tmp_path: Path):
    with pytest.raises(Broke):
        apart.run(write, str(tmp_path / "left"))
    assert (is_well(apart), [path.read_bytes() for path in tmp_path.iterdir()]) == (True, [b""])


def test_a_file_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch, apart: Sandbox):
    monkeypatch.setattr(workers, "WORK_SECONDS", 0.5)
    with pytest.raises(Broke):
        apart.run(sleep)
    monkeypatch.undo()
    assert is_well(apart)


def test_a_file_that_takes_too_much_of_the_processor_is_stopped(apart: Sandbox):
    with pytest.raises(Broke):
        apart.run(bounded_to_a_second)
    assert is_well(apart)


def test_a_worker_is_replaced_after_many_files(monkeypatch: pytest.MonkeyPatch, apart: Sandbox):
    monkeypatch.setattr(sandbox, "FILES_PER_WORKER", 1)
    first, second = apart.run(os.getpid), apart.run(os.getpid)
    assert (first == second, is_well(apart)) == (False, True)


def bounded_to_a_second() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1, most))
    spin()


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_that_others_killed_costs_no_file(apart: Sandbox, sign: signal.Signals):
    for _ in range(3):
        os.kill(apart.run(os.getpid), sign)
        assert is_well(apart)


def test_the_parent_of_all_workers_may_be_killed(apart: Sandbox):
    os.kill(apart.run(os.getppid), signal.SIGKILL)
    assert is_well(apart)
    os.kill(apart.run(os.getpid), signal.SIGKILL)
    assert is_well(apart)


def test_files_that_crash_do_not_spoil_those_beside_them(apart: Sandbox):
    def outcome(number: int) -> str:
        try:
            return apart.run(crash) or f"survived {number}"
        except Broke:
            return "crashed"

    with ThreadPoolExecutor(4) as threads:
        crashed = threads.map(outcome, range(4))
        well = list(threads.map(lambda _: is_well(apart), range(20)))
    assert (set(crashed), set(well)) == ({"crashed"}, {True})


def test_what_waits_when_the_service_stops_is_told_so():
    closing = Sandbox(Limits(3, 10_000))
    with ThreadPoolExecutor(1) as threads:
        assert is_well(closing)
        waiting = threads.submit(closing.run, sleep)
        while not closing._busy:
            time.sleep(0.01)
        closing.close()
        assert isinstance(waiting.exception(timeout=10), Unavailable)
    with pytest.raises(Unavailable):
        closing.inspect(pdf(), PDF)
    closing.close()
