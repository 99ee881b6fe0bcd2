"""The projector lets facts gather when they come in a row, and never keeps a single one waiting."""

from time import monotonic

from shared.projector.projector import BREATH_SECONDS, BUSY_AFTER, Pace


async def breath_of(pace: Pace) -> float:
    began = monotonic()
    await pace.breath()
    return monotonic() - began


async def test_a_fact_after_a_quiet_moment_is_not_kept_waiting() -> None:
    pace = Pace()
    pace.heard()
    assert await breath_of(pace) < BREATH_SECONDS


async def test_facts_in_a_row_are_given_a_moment_to_gather() -> None:
    pace = Pace()
    for _ in range(BUSY_AFTER):
        await pace.breath()
        pace.heard()
    assert await breath_of(pace) >= BREATH_SECONDS
