"""What the published rules ask of a profile before it is submitted: words, order, window."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.submission.domain.innovation import decider
from shared.errors import Refused
from shared.events.submission import Profile
from shared.findings import missing_for_submission
from tests.builders.innovation import submit
from tests.builders.submission import DRAFTED, EDITION, PROFILE

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
MAYBE_DAYS = st.none() | DAYS


def profile(**changes: Any) -> Profile:
    return PROFILE.model_copy(update=changes)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"design_narrative": "kata " * 299}, ("design_narrative_too_short",)),
        ({"design_narrative": "<p>" + "kata " * 299 + "</p>"}, ("design_narrative_too_short",)),
        ({"purpose": "  "}, ("purpose",)),
        ({"main_affair": None}, ("main_affair",)),
        ({"implemented_on": None}, ("implemented_on",)),
        ({"trial_on": date(2024, 6, 1)}, ("dates_out_of_order",)),
        ({"trial_on": None, "implemented_on": date(2023, 12, 31)}, ("outside_window",)),
        ({"implemented_on": date(2026, 1, 1)}, ("outside_window",)),
        (
            {
                "trial_on": None,
                "implemented_on": date(2019, 1, 1),
                "developed_on": date(2025, 1, 1),
            },
            ("development_note",),
        ),
    ],
)
def test_what_the_published_rules_still_ask_for_is_named(
    changes: dict[str, Any], missing: tuple[str, ...]
) -> None:
    assert missing_for_submission(profile(**changes), EDITION) == missing
    drafted = DRAFTED.model_copy(update={"profile": profile(**changes)})
    with pytest.raises(Refused) as refusal:
        decider.decide(submit(), decider.replay((drafted,)))
    assert refusal.value.params == {"missing": missing}


def test_only_an_innovation_in_implementation_needs_to_lie_in_the_window() -> None:
    assert missing_for_submission(profile(stage="trial", implemented_on=None), EDITION) == ()


def test_one_that_was_reported_before_says_once_what_is_new_in_it() -> None:
    assert missing_for_submission(PROFILE, EDITION, developed=True) == ("development_note",)
    old = profile(trial_on=None, implemented_on=date(2019, 1, 1), developed_on=date(2025, 1, 1))
    assert missing_for_submission(old, EDITION, developed=True) == ("development_note",)
    told = profile(development_note="Diperluas ke seluruh desa.")
    assert missing_for_submission(told, EDITION, developed=True) == ()


@for_all(st.integers(min_value=0, max_value=700))
def test_three_hundred_words_are_enough_and_fewer_never_are(words: int) -> None:
    missing = missing_for_submission(profile(design_narrative="<b>kata</b> " * words), EDITION)
    assert ("design_narrative_too_short" in missing) == (words < 300)


@for_all(MAYBE_DAYS, MAYBE_DAYS, MAYBE_DAYS)
def test_dates_are_in_order_exactly_when_no_earlier_step_is_later(
    trial_on: date | None, implemented_on: date | None, developed_on: date | None
) -> None:
    typed = profile(trial_on=trial_on, implemented_on=implemented_on, developed_on=developed_on)
    pairs = (
        (trial_on, implemented_on),
        (implemented_on, developed_on),
        (trial_on, developed_on),
    )
    is_broken = any(a is not None and b is not None and a > b for a, b in pairs)
    assert ("dates_out_of_order" in missing_for_submission(typed, EDITION)) == is_broken


@for_all(implemented_on=DAYS, developed_on=MAYBE_DAYS, note=st.sampled_from(["", "  ", "Baru."]))
def test_the_window_is_kept_by_implementation_or_by_an_explained_development(
    implemented_on: date, developed_on: date | None, note: str
) -> None:
    typed = profile(
        trial_on=None,
        implemented_on=implemented_on,
        developed_on=developed_on,
        development_note=note,
    )
    missing = missing_for_submission(typed, EDITION)
    is_new = implemented_on.year in (2024, 2025)
    is_developed = developed_on is not None and developed_on.year in (2024, 2025)
    assert ("outside_window" in missing) == (not is_new and not is_developed)
    asks_for_note = not is_new and is_developed and not note.strip()
    assert ("development_note" in missing) == asks_for_note
