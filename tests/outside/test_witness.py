"""A witness that others wrote cosigns our log while it grows, and refuses a second one."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from services.audit.witnessing import Backoff, Witnesses, WitnessTold
from shared.service import utc_now
from shared.transparency import SigningKey, opened
from tests.outside.environment import Environment
from tests.outside.growing import ORIGIN, GrownLog, grow, grown_log
from tests.outside.tasks import beside
from tests.outside.witness import OutsideWitness, outside_witness
from tests.waiting import found_in_time, holds

pytestmark = pytest.mark.timeout(300)
SOON = Backoff(first=0.05, longest=0.2)


@pytest.fixture
def young(tmp_path: Path, entries: tuple[bytes, ...]) -> GrownLog:
    """A log of three hundred entries that has a season before it."""
    found = grown_log(tmp_path / "log", entries[:300])
    return GrownLog(found.shelf, found.key, entries, found.notes)


@pytest.fixture
def outside(outsiders: Environment, tmp_path: Path, young: GrownLog) -> Generator[OutsideWitness]:
    with outside_witness(outsiders, tmp_path, ORIGIN, young.vkey) as found:
        yield found


@asynccontextmanager
async def asking(log: GrownLog, outside: OutsideWitness) -> AsyncGenerator[Witnesses]:
    found = Witnesses(log.shelf, [outside.witness], utc_now, quorum=1, backoff=SOON)
    async with beside(found.work()):
        yield found


def sign(witnesses: Witnesses, log: GrownLog, before: int, size: int) -> None:
    witnesses.hear(grow(log, before, size), log.notes[size])


async def cosigned(witnesses: Witnesses, log: GrownLog, size: int) -> WitnessTold:
    """Once the served checkpoint of this size carries the witness's signature."""
    note = log.folder / "checkpoint"

    async def is_served() -> bool:
        return witnesses.told().cosigned == 1 and note.read_text().startswith(
            log.notes[size] + "— saksi.test/1 "
        )

    await holds(is_served)
    (told,) = witnesses.told().items
    assert (told.size, told.fault) == (size, None)
    return told


async def fault(witnesses: Witnesses, code: str) -> str:
    async def look() -> str | None:
        (told,) = witnesses.told().items
        return told.fault.sentence if told.fault is not None and told.fault.code == code else None

    return await found_in_time(look)


async def test_a_growing_log_is_cosigned_and_a_verifier_of_others_counts_it(
    young: GrownLog, outside: OutsideWitness, outsiders: Environment
):
    await outside.start()
    async with asking(young, outside) as witnesses:
        sign(witnesses, young, 300, 700)
        await cosigned(witnesses, young, 700)
        sign(witnesses, young, 700, 10_000)
        told = await cosigned(witnesses, young, 10_000)
    found = outsiders.tlog(
        "verify-checkpoint",
        *("--tiles", str(young.folder), "--log-key", young.vkey),
        *("--witness-key", outside.vkey, "--quorum", "1", "--max-age", "300"),
    )
    assert found.is_accepted
    assert (found.report["cosignatures"], found.report["size"]) == (1, 10_000)
    verifiers = [young.key.verifier, outside.witness.verifier]
    note = opened((young.folder / "checkpoint").read_text(), verifiers)
    assert told.at is not None
    assert note.cosigned == {"saksi.test/1": int(told.at.timestamp())}


async def test_after_a_restart_the_witness_tells_what_it_saw(
    young: GrownLog, outside: OutsideWitness
):
    await outside.start()
    async with asking(young, outside) as witnesses:
        sign(witnesses, young, 300, 1000)
        await cosigned(witnesses, young, 1000)
    async with asking(young, outside) as again:
        sign(again, young, 1000, 1500)
        await cosigned(again, young, 1500)


async def test_a_dead_witness_holds_nothing_up_and_catches_up_when_it_lives(
    young: GrownLog, outside: OutsideWitness
):
    async with asking(young, outside) as witnesses:
        sign(witnesses, young, 300, 400)
        assert "does not answer" in await fault(witnesses, "outsider_silent")
        sign(witnesses, young, 400, 500)
        assert (witnesses.told().size, witnesses.told().cosigned) == (500, 0)
        assert (young.folder / "checkpoint").read_text() == young.notes[500]
        await outside.start()
        await cosigned(witnesses, young, 500)


async def test_a_second_log_of_the_same_name_is_refused_and_we_say_so(
    young: GrownLog, outside: OutsideWitness, tmp_path: Path
):
    """Whoever has the key signs a history in which one fact was another: the witness saw the
    first.
    """
    await outside.start()
    async with asking(young, outside) as witnesses:
        sign(witnesses, young, 300, 1000)
        await cosigned(witnesses, young, 1000)
    forged = (*young.entries[:100], b"another fact", *young.entries[101:])
    fork = grown_log(tmp_path / "fork", forged[:1200], young.key)
    async with asking(fork, outside) as witnesses:
        sign(witnesses, fork, 1200, 1200)
        sentence = await fault(witnesses, "witness_refused")
        assert "with status 422 (it saw another log under this name)" in sentence
        assert witnesses.told().cosigned == 0
    assert (fork.folder / "checkpoint").read_text() == fork.notes[1200]
    evidence = outside.environment.run("aics-witness", "evidence", "--config", str(outside.config))
    assert fork.notes[1200].splitlines()[2] in evidence.stdout


async def test_a_shortened_log_is_named(young: GrownLog, outside: OutsideWitness, tmp_path: Path):
    await outside.start()
    async with asking(young, outside) as witnesses:
        sign(witnesses, young, 300, 1000)
        await cosigned(witnesses, young, 1000)
    short = grown_log(tmp_path / "short", young.entries[:900], young.key)
    async with asking(short, outside) as witnesses:
        sign(witnesses, short, 900, 900)
        assert "has seen 1000 entries" in await fault(witnesses, "witness_ahead")


async def test_a_log_whose_key_the_witness_does_not_know_is_refused(
    young: GrownLog, outside: OutsideWitness, tmp_path: Path
):
    await outside.start()
    stranger = grown_log(tmp_path / "stranger", young.entries[:10], SigningKey.made(ORIGIN))
    async with asking(stranger, outside) as witnesses:
        sign(witnesses, stranger, 10, 10)
        assert "with status 403" in await fault(witnesses, "witness_refused")
