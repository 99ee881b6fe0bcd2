"""What people see of a verifier: how much they take, and whom they are tied to."""

from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest

from services.verification.projections import VERIFIERS, VerifierView
from shared.events.verification import (
    VERIFIER,
    ConflictDeclared,
    ConflictEnded,
    VerifierDescribed,
    VerifierEvent,
    verifier_key,
)
from tests.builders.verification import recorded

PERSON = "person@brida"
AT = datetime(2026, 8, 4, 1, tzinfo=UTC)
LATER = AT + timedelta(days=1)
DESCRIBED = VerifierDescribed(
    by="person-supervisor",
    at=AT,
    verifier_id=PERSON,
    agency_id="brida",
    agency_path=("kalsel", "brida"),
    affairs=("kesehatan", "sosial"),
    capacity=3,
    active=False,
)


def declared(agency: str, reason: str = "My spouse works there.") -> ConflictDeclared:
    return ConflictDeclared(
        by=PERSON, at=LATER, verifier_id=PERSON, agency_id=agency, reason=reason
    )


def ended(agency: str) -> ConflictEnded:
    return ConflictEnded(
        by=PERSON, at=LATER, verifier_id=PERSON, agency_id=agency, reason="Moved away."
    )


def seen(*facts: VerifierEvent) -> VerifierView:
    subject = VERIFIER.subject(verifier_key(PERSON))
    events = [recorded(fact, version, subject) for version, fact in enumerate(facts, start=1)]
    view = reduce(VERIFIERS.fold, events, None)
    assert view is not None
    assert VerifierView.model_validate(view.model_dump(mode="json")) == view
    return view


PLAIN = VerifierView(
    verifier_id=PERSON,
    agency_id="brida",
    agency_path=("kalsel", "brida"),
    affairs=("kesehatan", "sosial"),
    capacity=3,
    active=False,
    changed_at=AT,
)


def test_a_verifier_is_shown_as_described() -> None:
    assert seen(DESCRIBED) == PLAIN


def test_a_later_description_takes_the_place_of_the_earlier_and_leaves_the_ties() -> None:
    again = DESCRIBED.model_copy(update={"at": LATER, "affairs": (), "active": True})
    assert seen(DESCRIBED, declared("dinkes"), again) == PLAIN.model_copy(
        update={
            "affairs": (),
            "active": True,
            "conflicts": (("dinkes", "My spouse works there."),),
            "changed_at": LATER,
        }
    )


def test_a_conflict_may_be_declared_by_somebody_whom_nobody_described() -> None:
    assert seen(declared("dinkes")) == VerifierView(
        verifier_id=PERSON, conflicts=(("dinkes", "My spouse works there."),), changed_at=LATER
    )


def test_a_conflict_declared_again_is_one_conflict_with_the_newer_reason() -> None:
    view = seen(declared("dinkes"), declared("dinsos"), declared("dinkes", "I advised them."))
    assert view.conflicts == (
        ("dinsos", "My spouse works there."),
        ("dinkes", "I advised them."),
    )


def test_an_ended_conflict_is_gone_and_others_stay() -> None:
    view = seen(DESCRIBED, declared("dinkes"), declared("dinsos"), ended("dinkes"))
    assert view == PLAIN.model_copy(
        update={"conflicts": (("dinsos", "My spouse works there."),), "changed_at": LATER}
    )


def test_a_verifier_does_not_begin_with_an_end() -> None:
    with pytest.raises(ValueError, match="cannot begin with ConflictEnded"):
        seen(ended("dinkes"))
