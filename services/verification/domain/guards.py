"""The noes that several commands share: conflict of interest, state, lease, revision."""

from services.verification.domain.commands import (
    DecideIndicator,
    Recuse,
    RequestRevision,
    Reviewing,
    VerifyDossier,
)
from services.verification.domain.states import (
    Case,
    InReview,
    Live,
    Missing,
    State,
    Verified,
    WaitingForRevision,
    Withdrawn,
)
from shared.errors import NotFound, Refused
from shared.events.submission import Profile


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


def under_review(state: State) -> InReview:
    match live(state):
        case WaitingForRevision() as waiting:
            raise _waits(waiting)
        case Verified():
            raise Refused("dossier_verified", "The dossier is verified; no verdict can change.")
        case InReview() as reviewed:
            return reviewed


def _waits(state: WaitingForRevision) -> Refused:
    sentence = (
        "The agency has handed in its revision; wait for the last of its files."
        if state.is_announced
        else "The agency has been asked for a revision; wait for it or for its due date."
    )
    return Refused("waiting_for_revision", sentence, due=state.due.isoformat())


def check_unconflicted(command: Reviewing | Recuse, case: Case) -> None:
    """NotFound for who is tied to the innovation: by agency, upwards or downwards, or in person.

    Nobody verifies what their own agency, one above it or one below it proposes.
    """
    about = case.about
    is_above_or_own = command.agency is not None and command.agency in about.agency_path
    is_below = about.agency_id in command.agency_path
    is_involved = command.by in about.drafters or command.by in case.recused
    if is_above_or_own or is_below or is_involved:
        raise invisible()


def lease_refused() -> Refused:
    return Refused(
        "lease_lost",
        "Your claim on this dossier has ended; claim it again and compare before you save.",
    )


def check_lease(
    command: DecideIndicator | RequestRevision | VerifyDossier, state: InReview
) -> None:
    lease = state.lease
    is_held = lease is not None and (lease.holder, lease.token) == (command.by, command.token)
    if lease is None or not is_held or command.at >= lease.until:
        raise lease_refused()


def check_revision(command: RequestRevision, case: Case) -> None:
    """A revision names what to change, each once, says what is wrong, and has a date ahead."""
    if case.revisions >= command.max_revisions:
        raise Refused(
            "revision_limit",
            "No further revision may be asked for.",
            max_revisions=command.max_revisions,
        )
    if not command.items and not command.fields:
        raise Refused("items_missing", "Name at least one indicator or profile field to revise.")
    _check_items(command, case)
    _check_fields(command)
    if not command.message.strip():
        raise Refused("message_missing", "Tell the agency in one message what to revise.")
    if command.due <= command.at:
        raise Refused("due_in_the_past", "The due date must lie ahead.")


def _check_items(command: RequestRevision, case: Case) -> None:
    indicators = tuple(item.indicator for item in command.items)
    if len(set(indicators)) < len(indicators):
        raise Refused("items_repeated", "Name each indicator once.", indicators=indicators)
    unclaimed = tuple(each for each in indicators if case.claim(each) is None)
    if unclaimed:
        raise Refused(
            "indicator_not_claimed",
            "A revision is asked only for indicators that were claimed.",
            indicators=unclaimed,
        )


def _check_fields(command: RequestRevision) -> None:
    if len(set(command.fields)) < len(command.fields):
        raise Refused("fields_repeated", "Name each profile field once.", fields=command.fields)
    unknown = tuple(each for each in command.fields if each not in Profile.model_fields)
    if unknown:
        raise Refused(
            "field_unknown",
            "The profile has no such field.",
            fields=unknown,
            allowed=tuple(Profile.model_fields),
        )
