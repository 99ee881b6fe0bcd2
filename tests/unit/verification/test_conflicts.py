"""Who may not see a dossier at all: by agency, by a tie, in person, or by their own word."""

import pytest

from services.verification.domain import decider
from services.verification.domain.commands import Command
from tests.builders.verification import (
    ADMITTED,
    COLLEAGUE,
    DRAFTER,
    FROM_ABOVE,
    FROM_BELOW,
    OF_THE_AGENCY,
    OPENED,
    OUTSIDER,
    REJECTED,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    TIED,
    TIED_ABOVE,
    VERIFIED,
    VERIFIER,
    WITHDRAWN,
    Person,
    accept,
    check_decided,
    claim,
    decide,
    decide_admissibility,
    decided,
    drawn,
    granting,
    hand_over,
    leased,
    readmitted,
    rechecked,
    recuse,
    recused,
    release,
    renew,
    request_revision,
    resolve,
    verify,
    visit,
)
from tests.spec import given

CONFLICTED = {
    "of the agency": OF_THE_AGENCY,
    "from above": FROM_ABOVE,
    "from below": FROM_BELOW,
    "who drafted": DRAFTER,
    "tied to the agency": TIED,
    "tied to one above": TIED_ABOVE,
}
TIED_BELOW = Person("person-tied-below", "uni", ("uni",), ties=("puskesmas",))
HELD = given(decider, OPENED, leased())
CHECKED = HELD.after(*REVIEWED, drawn(), leased(COLLEAGUE, SECOND_TOKEN))
DISPUTED = CHECKED.after(
    readmitted(),
    rechecked("SID-01", 3),
    rechecked("SID-02", 2),
    rechecked("SID-18", 0),
    check_decided("SID-01"),
)


def everything_a(person: Person) -> tuple[Command, ...]:
    """All that a person without a conflict may ask."""
    return (
        claim(person),
        renew(person),
        release(person),
        hand_over(OUTSIDER, person),
        decide_admissibility(person=person),
        decide("SID-01", 3, person),
        accept(granting("SID-01", 3), person=person),
        request_revision(person),
        verify(person),
        resolve(granting("SID-01", 3), person=person),
        visit(person),
    )


@pytest.mark.parametrize("person", CONFLICTED.values(), ids=CONFLICTED)
def test_nobody_with_a_conflict_of_interest_sees_the_dossier(person: Person) -> None:
    held = given(decider, OPENED, leased(person), ADMITTED)
    for command in (*everything_a(person), recuse(person)):
        held.when(command).refused("not_found")


@pytest.mark.parametrize("person", CONFLICTED.values(), ids=CONFLICTED)
def test_nobody_with_a_conflict_looks_a_second_time_or_resolves(person: Person) -> None:
    HELD.after(*REVIEWED, drawn()).when(claim(person)).refused("not_found")
    DISPUTED.when(resolve(granting("SID-01", 3), person=person)).refused("not_found")


@pytest.mark.parametrize("end", [VERIFIED, REJECTED], ids=["verified", "rejected"])
def test_a_conflict_hides_a_finished_dossier_too(end: object) -> None:
    over = given(decider, OPENED, end)
    over.when(verify(OF_THE_AGENCY)).refused("not_found")
    over.when(verify(TIED)).refused("not_found")


def test_a_tie_to_an_agency_below_the_innovations_hides_nothing() -> None:
    """An agency carried on for, or a declared conflict, stands for itself and all below it."""
    given(decider, OPENED).when(claim(TIED_BELOW)).then(leased(TIED_BELOW))


def test_a_verifier_declares_a_conflict() -> None:
    given(decider, OPENED).when(recuse()).then(recused())


def test_a_declared_conflict_ends_the_lease() -> None:
    HELD.after(recused()).when(claim(COLLEAGUE, SECOND_TOKEN)).then(leased(COLLEAGUE, SECOND_TOKEN))


def test_a_declared_conflict_leaves_the_lease_of_others() -> None:
    given(decider, OPENED, leased(COLLEAGUE, SECOND_TOKEN), recused()).when(
        claim(OUTSIDER, "token-3")
    ).refused("lease_held")


def test_a_recused_verifier_does_not_see_the_dossier() -> None:
    alone = given(decider, OPENED, recused())
    for command in everything_a(VERIFIER):
        alone.when(command).refused("not_found")


def test_a_recused_verifier_never_takes_the_second_look_or_resolves() -> None:
    HELD.after(*REVIEWED, drawn(), recused(COLLEAGUE)).when(claim(COLLEAGUE, SECOND_TOKEN)).refused(
        "not_found"
    )
    DISPUTED.after(recused(RESOLVER)).when(resolve(granting("SID-01", 3))).refused("not_found")


def test_declaring_a_conflict_twice_is_already_so() -> None:
    given(decider, OPENED, recused()).when(recuse()).nothing()


def test_who_has_decided_a_level_can_no_longer_step_aside() -> None:
    HELD.after(ADMITTED, decided("SID-01", 3)).when(recuse()).refused("already_decided")


def test_who_has_decided_the_criteria_can_no_longer_step_aside() -> None:
    HELD.after(ADMITTED).when(recuse()).refused("already_decided")


def test_who_looked_a_second_time_steps_aside_only_before_the_first_finding() -> None:
    CHECKED.when(recuse(COLLEAGUE)).then(recused(COLLEAGUE))
    CHECKED.after(recused(COLLEAGUE)).when(claim(OUTSIDER, "token-3")).then(
        leased(OUTSIDER, "token-3")
    )
    CHECKED.after(readmitted()).when(recuse(COLLEAGUE)).refused("already_decided")
    CHECKED.after(rechecked("SID-01", 3)).when(recuse(COLLEAGUE)).refused("already_decided")


def test_first_deciders_cannot_step_aside_while_their_review_is_checked_or_disputed() -> None:
    CHECKED.when(recuse()).refused("already_decided")
    DISPUTED.when(recuse()).refused("already_decided")
    DISPUTED.when(recuse(COLLEAGUE)).refused("already_decided")


def test_a_declared_conflict_leaves_a_check_and_a_dispute_as_they_are() -> None:
    CHECKED.after(recused(OUTSIDER)).when(
        decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)
    ).refused("admissibility_missing")
    resolution = resolve(granting("SID-01", 3))
    expected = tuple(DISPUTED.when(resolution).run())
    DISPUTED.after(recused(OUTSIDER)).when(resolution).then(*expected)


@pytest.mark.parametrize("end", [VERIFIED, REJECTED], ids=["verified", "rejected"])
def test_who_decided_in_a_finished_dossier_can_no_longer_step_aside(end: object) -> None:
    given(decider, OPENED, end).when(recuse()).refused("already_decided")


def test_who_decided_nothing_may_still_step_aside_from_a_finished_dossier() -> None:
    given(decider, OPENED, VERIFIED).when(recuse(OUTSIDER)).then(recused(OUTSIDER))
    given(decider, OPENED, REJECTED).when(recuse(OUTSIDER)).then(recused(OUTSIDER))


def test_nobody_steps_aside_from_what_is_not_there() -> None:
    given(decider).when(recuse()).refused("not_found")
    given(decider, OPENED, WITHDRAWN).when(recuse()).refused("dossier_withdrawn")
