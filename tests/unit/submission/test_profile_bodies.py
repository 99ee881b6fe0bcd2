"""The profile as it is sent: whole or in part, it becomes exactly the profile of a fact."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.submission.api.bodies import MAX_PROFILE_BYTES, ProfileBody, ProfileChange
from services.submission.api.texts import many_lines, one_line
from shared.errors import Invalid
from shared.events.submission import Profile
from tests.builders.submission import PROFILE

SHOWN = st.text(st.characters(exclude_categories=("Cc", "Cs")))


def test_a_body_has_the_fields_of_the_profile_and_no_others() -> None:
    assert set(ProfileBody.model_fields) == set(Profile.model_fields)
    assert set(ProfileChange.model_fields) == set(Profile.model_fields)


def test_what_was_read_can_be_sent_again_as_it_is() -> None:
    rights = [{"kind": "patent", "number": "P1", "registered_on": "2024-01-02"}]
    told = {
        **PROFILE.model_dump(mode="json"),
        "latitude": "-2.594712",
        "longitude": "115.2500",
        "budget_rupiah": 2**53 - 1,
        "intellectual_property": rights,
    }
    whole = ProfileBody.model_validate(told).profile()
    assert whole.model_dump(mode="json") == told
    assert ProfileChange.model_validate(told).merged_into(Profile(title="x")) == whole


def test_a_change_leaves_what_it_does_not_name() -> None:
    change = ProfileChange.model_validate({"purpose": "baru", "latitude": 1.5, "theme": None})
    expected = PROFILE.model_copy(
        update={"purpose": "baru", "latitude": Decimal("1.5"), "theme": None}
    )
    assert change.merged_into(PROFILE) == expected
    assert ProfileChange().merged_into(PROFILE) == PROFILE


@pytest.mark.parametrize("name", sorted(set(Profile.model_fields) - {"title"}))
def test_null_empties_every_field_but_the_title(name: str) -> None:
    filled = ProfileBody.model_validate(FILLED).profile()
    cleared = ProfileChange.model_validate({name: None}).merged_into(filled)
    assert getattr(filled, name) != getattr(cleared, name)
    assert cleared == filled.model_copy(update={name: Profile.model_fields[name].get_default()})


FILLED: dict[str, Any] = {
    **PROFILE.model_dump(mode="json"),
    "theme": "t",
    "related_affairs": ["sosial"],
    "developed_on": "2025-01-01",
    "development_note": "n",
    "latitude": "1",
    "longitude": "2",
    "budget_rupiah": 1,
    "source": "s",
    "sample_fields": ["f"],
    "classification": "desa",
    "change_project": "pka",
    "priority_goals": ["1"],
    "priority_program": "p",
    "collaborators": ["c"],
    "intellectual_property": [{"kind": "patent", "number": "1"}],
}


def test_a_title_cannot_be_cleared() -> None:
    with pytest.raises(ValidationError, match="not cleared"):
        ProfileChange.model_validate({"title": None})


def test_a_profile_over_the_limit_is_refused_with_it() -> None:
    longest = {"design_narrative": "x" * 20_000, "purpose": "x" * 5_000, "result": "x" * 5_000}
    fits = ProfileBody.model_validate({"title": "x", **longest}).profile()
    wide = {"design_narrative": "😀" * 20_000, "purpose": "😀" * 5_000}
    for build in (
        ProfileBody.model_validate({"title": "x", **wide}).profile,
        lambda: ProfileChange.model_validate(wide).merged_into(fits),
    ):
        with pytest.raises(Invalid) as caught:
            build()
        size = caught.value.params["bytes"]
        assert isinstance(size, int)
        assert (caught.value.code, caught.value.params["max_bytes"], size > MAX_PROFILE_BYTES) == (
            "profile_too_long",
            MAX_PROFILE_BYTES,
            True,
        )


@given(SHOWN)
def test_cleaning_a_text_twice_changes_nothing_more(text: str) -> None:
    for clean in (one_line, many_lines):
        assert clean(clean(text)) == clean(text)


@given(SHOWN, st.sampled_from(["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"]), SHOWN)
def test_a_character_that_nobody_types_is_refused(before: str, hidden: str, after: str) -> None:
    for clean in (one_line, many_lines):
        with pytest.raises(ValueError, match="cannot be shown"):
            clean(before + hidden + after)


@given(st.lists(SHOWN))
def test_a_line_never_breaks(parts: list[str]) -> None:
    line = one_line("\r\n".join(parts))
    assert not set(line) & set("\t\r\n")
