"""The noes that several commands share: conflict of interest, state, lease."""

from typing import assert_never

from services.verification.domain.commands import Held, Reviewing
from services.verification.domain.states import (
    Case,
    Disputed,
    InHand,
    InReview,
    Live,
    Missing,
    Rejected,
    State,
    UnderCheck,
    Verified,
    WaitingForRevision,
    Withdrawn,
)
from shared.errors import NotFound, Refused


def invisible() -> NotFound:
    return NotFound("not_found", "There is no such dossier, or none that you may see.")


def live(state: State) -> Live:
    match state:
        case Missing():
            raise invisible()
        case Withdrawn():
            raise Refused("dossier_withdrawn", "The agency has withdrawn the innovation.")
        case _:
            return state


def in_hand(state: State) -> InHand:
    """Where it may be held and decided: in review, or under a second look."""
    match found := live(state):
        case InReview() | UnderCheck():
            return found
        case _:
            raise _elsewhere(found)


def under_review(state: State) -> InReview:
    """In the first review: nothing else may change what it found."""
    match found := live(state):
        case InReview():
            return found
        case _:
            raise _elsewhere(found)


def _elsewhere(
    state: WaitingForRevision | UnderCheck | Disputed | Verified | Rejected,
) -> Refused:
    match state:
        case WaitingForRevision():
            return _waits(state)
        case UnderCheck():
            return under_quality_check()
        case Disputed():
            return Refused(
                "awaits_resolution",
                "Two verifiers have decided differently; a third person resolves it.",
                differing=state.differing,
            )
        case Verified():
            return Refused("dossier_verified", "The dossier is verified; no verdict can change.")
        case Rejected():
            return Refused("dossier_rejected", "The innovation was found not admissible.")
        case _:
            assert_never(state)


def under_quality_check() -> Refused:
    return Refused(
        "under_quality_check", "The review has ended and waits for another verifier's look."
    )


def _waits(state: WaitingForRevision) -> Refused:
    sentence = (
        "The agency has handed in its revision; wait for the last of its files."
        if state.is_announced
        else "The agency has been asked for a revision; wait for it or for its due date."
    )
    return Refused("waiting_for_revision", sentence, due=state.due.isoformat())


def check_unconflicted(command: Reviewing, case: Case) -> None:
    """NotFound for who is tied to the innovation: by agency, upwards or downwards, or in person.

    Nobody verifies what their own agency, one above it or one below it proposes, nor what belongs
    to an agency that they are otherwise tied to.
    """
    about = case.about
    own = (*command.ties, *(() if command.agency is None else (command.agency,)))
    is_above_or_own = any(agency in about.agency_path for agency in own)
    is_below = about.agency_id in command.agency_path
    if is_above_or_own or is_below or is_involved(command.by, case):
        raise invisible()


def is_involved(person: str, case: Case) -> bool:
    """Tied in person, whatever their agency."""
    return person in case.about.drafters or person in case.recused


def lease_refused() -> Refused:
    return Refused(
        "lease_lost",
        "Your claim on this dossier has ended; claim it again and compare before you save.",
    )


def check_lease(command: Held, state: InHand) -> None:
    lease = state.lease
    is_held = lease is not None and (lease.holder, lease.token) == (command.by, command.token)
    if lease is None or not is_held or command.at >= lease.until:
        raise lease_refused()
