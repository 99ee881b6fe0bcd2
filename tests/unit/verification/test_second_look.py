"""Who takes the second look, and what they find as if nothing had been decided."""

from datetime import timedelta

from services.verification.domain import decider
from services.verification.domain.commands import Command
from shared.events.verification import Criterion
from tests.builders.verification import (
    ADMITTED,
    AT,
    COLLEAGUE,
    NOT_ADMITTED,
    OPENED,
    OUTSIDER,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    VERIFIER,
    Person,
    accept,
    admitted,
    check_decided,
    claim,
    decide,
    decide_admissibility,
    decided,
    drawn,
    granting,
    hand_over,
    handed_over,
    leased,
    readmitted,
    rechecked,
    release,
    released,
    renew,
    renewed,
    revoke,
    revoked,
    verify,
)
from tests.spec import given

HELD = given(decider, OPENED, leased())

DONE = HELD.after(*REVIEWED)

DRAWN = DONE.after(drawn())

CHECKED = DRAWN.after(leased(COLLEAGUE, SECOND_TOKEN))

ALIKE = (rechecked("SID-01", 2), rechecked("SID-02", 2), rechecked("SID-18", 0))

AGREED = CHECKED.after(readmitted(), *ALIKE)


# --- by another person --------------------------------------------------------------------


def test_another_verifier_takes_the_second_look() -> None:
    DRAWN.when(claim(COLLEAGUE, SECOND_TOKEN)).then(leased(COLLEAGUE, SECOND_TOKEN))
    CHECKED.when(claim(OUTSIDER, "token-3")).refused("lease_held")


def test_the_end_of_a_review_ends_its_lease() -> None:
    DRAWN.when(decide("SID-01", 3)).refused("lease_lost")
    DRAWN.when(decide_admissibility("benefit")).refused("lease_lost")
    DRAWN.when(release()).nothing()


def test_who_decided_a_level_or_the_criteria_or_ended_the_review_is_no_second() -> None:
    DRAWN.when(claim()).refused("second_look_by_another")
    mixed = given(
        decider,
        OPENED,
        leased(),
        ADMITTED,
        leased(COLLEAGUE, SECOND_TOKEN),
        *(decided(each, level, SECOND_TOKEN, **_by(COLLEAGUE)) for each, level in LEVELS),
        leased(OUTSIDER, "token-3"),
        drawn(by=OUTSIDER.by, reviewed_by=OUTSIDER.by),
    )
    for person in (VERIFIER, COLLEAGUE, OUTSIDER):
        mixed.when(claim(person, "token-4")).refused("second_look_by_another")
    mixed.when(claim(RESOLVER, "token-4")).then(leased(RESOLVER, "token-4"))


LEVELS = (("SID-01", 2), ("SID-02", 2), ("SID-18", 0))


def _by(person: Person) -> dict[str, str | None]:
    return {"decided_by": person.by, "decided_by_agency": person.agency}


def test_whose_verdict_a_colleague_replaced_has_looked_once_and_is_no_second() -> None:
    replaced = HELD.after(
        decided("SID-01", 3, **_by(OUTSIDER)), admitted(person=OUTSIDER), *REVIEWED, drawn()
    )
    replaced.when(claim(OUTSIDER, "token-3")).refused("second_look_by_another")


def test_a_second_look_may_be_handed_over_and_taken_away() -> None:
    over = handed_over(OUTSIDER, COLLEAGUE, SECOND_TOKEN)
    CHECKED.when(hand_over(OUTSIDER, COLLEAGUE, token=SECOND_TOKEN)).then(over)
    CHECKED.after(over).when(claim(RESOLVER, "token-3")).refused("dossier_reserved")
    CHECKED.after(over).when(claim(OUTSIDER, "token-3")).then(leased(OUTSIDER, "token-3"))
    away = revoked(OUTSIDER, COLLEAGUE, SECOND_TOKEN)
    CHECKED.when(revoke(OUTSIDER)).then(away)
    CHECKED.after(away).when(decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)).refused(
        "lease_lost"
    )


def test_a_second_look_is_kept_for_nobody_who_looked_first() -> None:
    CHECKED.when(hand_over(VERIFIER, COLLEAGUE, token=SECOND_TOKEN)).refused("colleague_not_free")
    CHECKED.when(revoke(VERIFIER)).refused("colleague_not_free")


def test_a_second_look_is_renewed_and_handed_back_like_a_first() -> None:
    late = AT + timedelta(minutes=20)
    CHECKED.when(renew(COLLEAGUE, SECOND_TOKEN, late)).then(renewed(late, COLLEAGUE, SECOND_TOKEN))
    CHECKED.when(release(COLLEAGUE, SECOND_TOKEN)).then(released(COLLEAGUE, SECOND_TOKEN))
    CHECKED.after(released(COLLEAGUE, SECOND_TOKEN)).when(claim(OUTSIDER, "token-3")).then(
        leased(OUTSIDER, "token-3")
    )


# --- what the second finds ----------------------------------------------------------------


def test_the_second_decides_everything_again_as_if_nothing_had_been_decided() -> None:
    CHECKED.when(decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)).refused(
        "admissibility_missing"
    )
    CHECKED.when(_second_admits()).then(readmitted())
    after = CHECKED.after(readmitted())
    after.when(decide("SID-01", 2, COLLEAGUE, token=SECOND_TOKEN)).then(rechecked("SID-01", 2))
    after.when(_accepts(("SID-01", 3), ("SID-02", 2))).then(
        rechecked("SID-01", 3), rechecked("SID-02", 2)
    )


def _second_admits(*unmet: Criterion) -> Command:
    return decide_admissibility(*unmet, person=COLLEAGUE, token=SECOND_TOKEN)


def _accepts(*levels: tuple[str, int]) -> Command:
    asked = (granting(indicator, level) for indicator, level in levels)
    return accept(*asked, person=COLLEAGUE, token=SECOND_TOKEN)


def test_a_no_of_the_first_does_not_bind_the_second() -> None:
    rejected = HELD.after(NOT_ADMITTED, drawn("rejection"), leased(COLLEAGUE, SECOND_TOKEN))
    rejected.when(_second_admits()).then(readmitted())
    rejected.after(readmitted()).when(decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)).then(
        rechecked("SID-01", 3)
    )


def test_the_second_is_held_to_the_same_rules() -> None:
    after = CHECKED.after(readmitted())
    for command, code in (
        (decide("SID-02", 3, COLLEAGUE, token=SECOND_TOKEN), "level_above_claim"),
        (decide("SID-18", 1, COLLEAGUE, token=SECOND_TOKEN), "evidence_missing"),
        (decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN, evidence=()), "evidence_changed"),
        (decide("SID-01", 3, COLLEAGUE, token="never"), "lease_lost"),
        (_accepts(("SID-01", 2)), "acceptance_differs"),
        (verify(COLLEAGUE, SECOND_TOKEN), "indicators_undecided"),
    ):
        after.when(command).refused(code)
    CHECKED.when(verify(COLLEAGUE, SECOND_TOKEN)).refused("admissibility_missing")
    CHECKED.after(readmitted("benefit")).when(
        decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)
    ).refused("inadmissible")


def test_what_the_second_has_said_is_not_said_again() -> None:
    AGREED.when(_second_admits()).nothing()
    AGREED.when(decide("SID-01", 2, COLLEAGUE, token=SECOND_TOKEN)).nothing()


def test_the_second_may_change_their_mind_until_both_are_in() -> None:
    AGREED.when(decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)).then(rechecked("SID-01", 3))
    changed = AGREED.after(rechecked("SID-01", 3))
    changed.when(verify(COLLEAGUE, SECOND_TOKEN)).then(check_decided("SID-01"))
