"""The draw of the quality check: anybody can compute it, nobody can choose it."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.verification.domain.sampling import draw_of, is_large, is_sampled
from shared.events.verification import QualityRule
from tests.builders.verification import verdict

AT = datetime(2026, 8, 4, 1, 2, 3, 45, tzinfo=UTC)
MANY = 10_000
DRAWS = st.text("0123456789abcdef", min_size=64, max_size=64)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=20_000)).map(lambda since: AT + since)


def rule(sample_permille: int, large_change: int = 3) -> QualityRule:
    return QualityRule(sample_permille=sample_permille, large_change=large_change)


@pytest.mark.parametrize(
    ("dossier_id", "round", "at", "text"),
    [
        (
            "inov-1",
            1,
            AT,
            "inda.quality-check.v1\ninov-1\n1\n2026-08-04T01:02:03.000045Z",
        ),
        (
            "inov-1",
            2,
            datetime(2026, 8, 4, 1, 2, 3, tzinfo=UTC),
            "inda.quality-check.v1\ninov-1\n2\n2026-08-04T01:02:03.000000Z",
        ),
        (
            "b7b3c3de-0c8f-5c0e-9a51-1f0d3e8f3a11",
            10,
            datetime(2026, 8, 4, 9, 2, 3, 999_999, tzinfo=timezone(timedelta(hours=8))),
            "inda.quality-check.v1\nb7b3c3de-0c8f-5c0e-9a51-1f0d3e8f3a11\n10\n"
            "2026-08-04T01:02:03.999999Z",
        ),
    ],
    ids=["microseconds", "whole seconds", "another zone"],
)
def test_the_draw_is_the_digest_of_four_lines(
    dossier_id: str, round: int, at: datetime, text: str
) -> None:
    assert draw_of(dossier_id, round, at) == sha256(text.encode()).hexdigest()


def test_the_draw_of_a_known_review_never_changes() -> None:
    known = "23da06a1c4460a8edb1a30f959109de25bc3ffe89d6be590baa1b8ab0ad749ef"
    assert draw_of("inov-1", 1, AT) == known


@pytest.mark.parametrize(
    ("draw", "permille", "sampled"),
    [
        ("0" * 64, 1, True),
        ("0" * 64, 0, False),
        ("f" * 64, 1000, True),
        ("f" * 64, 999, False),
        ("8" + "0" * 63, 500, False),
        ("7" + "f" * 63, 500, True),
        ("8" + "0" * 63, 501, True),
        ("3fffffffffffffff" + "f" * 48, 250, True),
        ("4000000000000000" + "0" * 48, 250, False),
        # A tenth of 2^64 is 0x1999999999999999.999...: the last number below it is in.
        ("1999999999999999" + "f" * 48, 100, True),
        ("199999999999999a" + "0" * 48, 100, False),
    ],
)
def test_a_draw_below_the_part_is_in_the_sample(draw: str, permille: int, sampled: bool) -> None:
    assert is_sampled(draw, rule(permille)) is sampled


@given(DRAWS, st.integers(0, 1000))
def test_the_sample_is_exactly_the_published_part(draw: str, permille: int) -> None:
    part = Fraction(int.from_bytes(bytes.fromhex(draw)[:8], "big"), 2**64)
    assert is_sampled(draw, rule(permille)) == (part < Fraction(permille, 1000))


@given(st.from_regex(r"[A-Za-z0-9_-]{1,130}", fullmatch=True), st.integers(1, 9), MOMENTS)
def test_none_is_drawn_for_nothing_and_every_one_for_a_thousand(
    dossier_id: str, round: int, at: datetime
) -> None:
    draw = draw_of(dossier_id, round, at)
    assert not is_sampled(draw, rule(0))
    assert is_sampled(draw, rule(1000))


@given(DRAWS, st.integers(0, 1000), st.integers(0, 1000))
def test_who_is_in_a_small_sample_is_in_a_larger_one(draw: str, one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert not is_sampled(draw, rule(small)) or is_sampled(draw, rule(large))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), MOMENTS, st.text("abcdef0123456789-", min_size=1, max_size=40))
def test_over_many_dossiers_the_sample_approaches_the_rule(
    permille: int, at: datetime, stem: str
) -> None:
    draws = (draw_of(f"{stem}{number}", 1, at) for number in range(MANY))
    drawn = sum(is_sampled(draw, rule(permille)) for draw in draws)
    part = permille / 1000
    # By Bernstein's inequality chance alone goes farther once in a thousand million times.
    spread = 15 + 6.6 * (part * (1 - part) * MANY) ** 0.5
    assert abs(drawn - part * MANY) <= spread


@given(MOMENTS)
def test_another_moment_or_round_is_another_draw(at: datetime) -> None:
    draws = {
        draw_of("inov-1", 1, at),
        draw_of("inov-1", 2, at),
        draw_of("inov-1", 1, at + timedelta(microseconds=1)),
        draw_of("inov-2", 1, at),
    }
    assert len(draws) == 4


@pytest.mark.parametrize(
    ("claimed", "granted", "large_change", "large"),
    [
        (3, 3, 1, False),
        (3, 2, 1, True),
        (3, 2, 2, False),
        (3, 1, 2, True),
        (3, 0, 2, True),
        (3, 1, 3, False),
        (3, 0, 3, True),
    ],
)
def test_a_change_is_large_from_the_rules_number_of_levels_on(
    claimed: int, granted: int, large_change: int, large: bool
) -> None:
    found = verdict("SID-01", granted, claimed_level=claimed)
    assert is_large(found, rule(0, large_change)) is large
