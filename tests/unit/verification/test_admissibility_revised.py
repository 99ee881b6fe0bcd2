"""Whether a decision on admissibility outlives a revision: it is bound to the profile."""

from services.verification.domain import decider
from shared.events.submission import Profile, profile_digest
from tests.builders.verification import (
    MANIFEST,
    NOT_ADMITTED,
    OPENED,
    REQUESTED,
    REVIEWED,
    VERIFIED,
    about,
    admitted,
    decide,
    decide_admissibility,
    decided,
    draw,
    leased,
    receive,
    received,
    verify,
)
from tests.spec import given

WAITING = given(decider, OPENED, leased(), *REVIEWED, REQUESTED)


RETOLD = about(profile=Profile(title="Posyandu Digital", main_affair="pendidikan"))


def test_admissibility_stands_while_the_profile_is_the_same() -> None:
    back = WAITING.after(received(), leased())
    back.when(decide_admissibility()).nothing()
    back.when(decide("SID-01", 3)).then(decided("SID-01", 3, round=2))


def test_a_changed_profile_lapses_admissibility_and_leaves_the_verdicts() -> None:
    WAITING.when(receive(about=RETOLD, manifest=MANIFEST)).then(
        received(about=RETOLD, manifest=MANIFEST)
    )
    back = WAITING.after(received(about=RETOLD, manifest=MANIFEST), leased())
    back.when(decide("SID-01", 3)).refused("admissibility_missing")
    back.when(verify()).refused("admissibility_missing")
    digest = profile_digest(RETOLD.profile)
    again = admitted(round=2, profile_digest=digest)
    back.when(decide_admissibility()).then(again)
    back.after(again).when(verify()).then(
        VERIFIED.model_copy(
            update={
                "round": 2,
                "about": RETOLD,
                "admissibility": again.admissibility,
                "draw": draw(round=2),
            }
        )
    )


def test_a_no_to_the_same_profile_stands_too() -> None:
    WAITING.after(NOT_ADMITTED, REQUESTED, received(), leased()).when(decide("SID-01", 3)).refused(
        "inadmissible"
    )
