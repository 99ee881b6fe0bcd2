"""What a profile may hold at any time, and what it must hold to be submitted."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.submission.domain.commands import ReviseProfile
from services.submission.domain.innovation import decider
from shared.editions import load
from shared.errors import Refused
from shared.events.submission import IntellectualProperty, Profile
from tests.builders.submission import DRAFTED, EDITION, NOW, OPERATOR, PROFILE, draft
from tests.spec import given

OLD_EDITION = load("2023-r1")
AHEAD = NOW.date() + timedelta(days=366)


def profile(**changes: Any) -> Profile:
    return PROFILE.model_copy(update=changes)


def right(**changes: Any) -> IntellectualProperty:
    return IntellectualProperty(**{"kind": "copyright", "number": "EC00202412345", **changes})


ALLOWED = [
    {"related_affairs": ("sosial", "pmd")},
    {"classification": "desa", "theme": "whatever the year calls it"},
    {"priority_goals": ("1", "8"), "priority_program": "Makan bergizi gratis"},
    {"initiator": "asn", "change_project": "pka"},
    {"latitude": Decimal("-2.78530"), "longitude": Decimal("115.26620")},
    {"latitude": Decimal(-90), "longitude": Decimal(180)},
    {"trial_on": date(1990, 1, 1), "developed_on": AHEAD},
    {"collaborators": ("x" * 250,) * 30},
    {"intellectual_property": (right(registered_on=AHEAD),) * 20},
]
TYPING_ERRORS = [
    ({"main_affair": "sihir"}, "choice_unknown", "main_affair"),
    ({"initiator": "saya"}, "choice_unknown", "initiator"),
    ({"related_affairs": ("sosial", "sihir")}, "choice_unknown", "related_affairs"),
    ({"classification": "kota"}, "choice_unknown", "classification"),
    ({"priority_goals": ("9",)}, "choice_unknown", "priority_goals"),
    ({"priority_goals": ("1", "1")}, "choice_repeated", "priority_goals"),
    ({"related_affairs": ("sosial", "sosial")}, "choice_repeated", "related_affairs"),
    ({"related_affairs": ("kesehatan",)}, "main_affair_related", "related_affairs"),
    ({"change_project": "pkp"}, "change_project_not_asn", "change_project"),
    ({"latitude": Decimal(1)}, "coordinates_incomplete", "longitude"),
    ({"longitude": Decimal(1)}, "coordinates_incomplete", "latitude"),
    (
        {"latitude": Decimal("90.001"), "longitude": Decimal(1)},
        "coordinate_out_of_range",
        "latitude",
    ),
    (
        {"latitude": Decimal(1), "longitude": Decimal("-180.1")},
        "coordinate_out_of_range",
        "longitude",
    ),
    (
        {"latitude": Decimal("NaN"), "longitude": Decimal(1)},
        "coordinate_out_of_range",
        "latitude",
    ),
    (
        {"latitude": Decimal("1E-1000000"), "longitude": Decimal(1)},
        "coordinate_out_of_range",
        "latitude",
    ),
    (
        {"latitude": Decimal("0E+1000000"), "longitude": Decimal(1)},
        "coordinate_out_of_range",
        "latitude",
    ),
    (
        {"latitude": Decimal("1E+1000000"), "longitude": Decimal(1)},
        "coordinate_out_of_range",
        "latitude",
    ),
    ({"trial_on": date(1989, 12, 31)}, "date_out_of_range", "trial_on"),
    ({"implemented_on": AHEAD + timedelta(days=1)}, "date_out_of_range", "implemented_on"),
    ({"developed_on": date.max}, "date_out_of_range", "developed_on"),
    (
        {"intellectual_property": (right(registered_on=date.min),)},
        "date_out_of_range",
        "intellectual_property",
    ),
    ({"collaborators": ("Bank Kalsel",) * 31}, "too_many_collaborators", "collaborators"),
    ({"collaborators": (" ",)}, "collaborator_length", "collaborators"),
    ({"collaborators": ("x" * 251,)}, "collaborator_length", "collaborators"),
    ({"intellectual_property": (right(),) * 21}, "too_many_rights", "intellectual_property"),
]


@pytest.mark.parametrize("changes", ALLOWED)
def test_what_the_form_and_the_edition_know_is_saved(changes: dict[str, Any]) -> None:
    given(decider).when(draft(profile=profile(**changes))).then(
        DRAFTED.model_copy(update={"profile": profile(**changes)})
    )


@pytest.mark.parametrize(("changes", "code", "field"), TYPING_ERRORS)
def test_a_typing_error_shows_at_once_with_its_field(
    changes: dict[str, Any], code: str, field: str
) -> None:
    typed = profile(**changes)
    revise = ReviseProfile(OPERATOR, NOW, EDITION, typed)
    for command, history in ((draft(profile=typed), ()), (revise, (DRAFTED,))):
        with pytest.raises(Refused) as refusal:
            decider.decide(command, decider.replay(history))
        assert (refusal.value.code, refusal.value.params["field"]) == (code, field)


def test_a_list_that_the_edition_does_not_publish_refuses_nothing() -> None:
    typed = profile(priority_goals=("sembilan",), classification="apa saja")
    drafted = given(decider).when(draft(edition=OLD_EDITION, profile=typed))
    drafted.then(
        DRAFTED.model_copy(
            update={
                "profile": typed,
                "edition_id": OLD_EDITION.id,
                "edition_digest": OLD_EDITION.digest,
            }
        )
    )


def test_a_list_that_another_edition_publishes_is_held_against_it() -> None:
    typed = profile(theme="non_tematik")
    given(decider).when(draft(edition=OLD_EDITION, profile=profile(theme="sihir"))).refused(
        "choice_unknown"
    )
    given(decider).when(draft(edition=OLD_EDITION, profile=typed)).then(
        DRAFTED.model_copy(
            update={
                "profile": typed,
                "edition_id": OLD_EDITION.id,
                "edition_digest": OLD_EDITION.digest,
            }
        )
    )


@for_all(
    latitude=st.none() | st.decimals(-200, 200, places=6),
    longitude=st.none() | st.decimals(-400, 400, places=6),
)
def test_a_place_is_saved_exactly_when_it_lies_on_the_earth(
    latitude: Decimal | None, longitude: Decimal | None
) -> None:
    typed = profile(latitude=latitude, longitude=longitude)
    is_place = (latitude is None and longitude is None) or (
        latitude is not None
        and longitude is not None
        and -90 <= latitude <= 90
        and -180 <= longitude <= 180
    )
    assert _is_drafted(typed) == is_place


def _is_drafted(typed: Profile) -> bool:
    try:
        decider.decide(draft(profile=typed), decider.initial)
    except Refused:
        return False
    return True
