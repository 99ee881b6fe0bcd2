"""What verifiers find: level by level, on the spot, and what the agency must revise."""

from datetime import timedelta

from services.verification.domain.admissibility import check_admissible
from services.verification.domain.commands import (
    AcceptIndicators,
    DecideIndicator,
    Granting,
    RecordVisit,
    RequestRevision,
)
from services.verification.domain.guards import check_lease, in_hand, live, under_review
from services.verification.domain.states import Case, InHand, InReview, Rejected, State, Verified
from services.verification.domain.verdicts import says_the_same, verdict_of
from shared.errors import Refused
from shared.events.submission import Profile
from shared.events.verification import (
    DossierEvent,
    FieldVisitRecorded,
    IndicatorDecided,
    IndicatorRechecked,
    RevisionRequested,
)
from shared.wita import today_in_wita


def decide_indicator(command: DecideIndicator, state: State) -> list[DossierEvent]:
    return _granted(command, (command.verdict,), _decidable(command, state))


def accept_indicators(command: AcceptIndicators, state: State) -> list[DossierEvent]:
    """All of them at the level that was claimed, or none."""
    found = _decidable(command, state)
    _check_acceptance(command.verdicts, found.case)
    return _granted(command, command.verdicts, found)


def _decidable(command: DecideIndicator | AcceptIndicators, state: State) -> InHand:
    found = in_hand(state)
    check_lease(command, found)
    is_first = isinstance(found, InReview)
    check_admissible(found.case.admissibility if is_first else found.check.admissibility)
    return found


def _granted(
    command: DecideIndicator | AcceptIndicators, asked: tuple[Granting, ...], state: InHand
) -> list[DossierEvent]:
    """The verdicts that are new: the first verifier's, or the second's beside them."""
    is_first = isinstance(state, InReview)
    fact = IndicatorDecided if is_first else IndicatorRechecked
    standing = state.case if is_first else state.check
    verdicts = [verdict_of(each, command, state.case) for each in asked]
    return [
        fact(
            by=command.by,
            at=command.at,
            dossier_id=state.case.dossier_id,
            verdict=verdict,
            token=command.token,
            lease_until=command.at + timedelta(seconds=command.lease_seconds),
        )
        for verdict in verdicts
        if not says_the_same(verdict, standing.verdict(verdict.indicator))
    ]


def _check_acceptance(asked: tuple[Granting, ...], case: Case) -> None:
    indicators = tuple(each.indicator for each in asked)
    if not indicators:
        raise Refused("nothing_to_accept", "Name at least one indicator to accept.")
    if len(set(indicators)) < len(indicators):
        raise Refused("indicators_repeated", "Name each indicator once.", indicators=indicators)
    lower = tuple(
        each.indicator
        for each in asked
        if (claim := case.claim(each.indicator)) and each.granted_level != claim.level
    )
    if lower:
        raise Refused(
            "acceptance_differs",
            "Accepting means granting what was claimed; decide the others one by one.",
            indicators=lower,
        )


def request_revision(command: RequestRevision, state: State) -> list[DossierEvent]:
    reviewed = under_review(state)
    case = reviewed.case
    check_lease(command, reviewed)
    _check_revision(command, case)
    return [
        RevisionRequested(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            innovation_id=case.about.innovation_id,
            round=case.round,
            items=command.items,
            message=command.message,
            due=command.due,
            fields=command.fields,
        )
    ]


def _check_revision(command: RequestRevision, case: Case) -> None:
    """A revision names what to change, each once, says what is wrong, and has a date ahead."""
    if case.revisions >= command.max_revisions:
        raise Refused(
            "revision_limit",
            "No further revision may be asked for.",
            max_revisions=command.max_revisions,
        )
    if not command.items and not command.fields:
        raise Refused("items_missing", "Name at least one indicator or profile field to revise.")
    _check_items(tuple(item.indicator for item in command.items), case)
    _check_fields(command)
    if not command.message.strip():
        raise Refused("message_missing", "Tell the agency in one message what to revise.")
    if command.due <= command.at:
        raise Refused("due_in_the_past", "The due date must lie ahead.")


def _check_items(indicators: tuple[str, ...], case: Case) -> None:
    if len(set(indicators)) < len(indicators):
        raise Refused("items_repeated", "Name each indicator once.", indicators=indicators)
    unclaimed = tuple(each for each in indicators if case.claim(each) is None)
    if unclaimed:
        raise Refused(
            "indicator_not_claimed",
            "Only indicators that were claimed can be named.",
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


def record_visit(command: RecordVisit, state: State) -> list[DossierEvent]:
    """Also while the dossier waits or is checked: what is on the spot depends on no state of it."""
    found = live(state)
    if isinstance(found, Verified | Rejected):
        under_review(found)
    case = found.case
    if command.visit_id in case.visits:
        return []
    _check_visit(command, case)
    return [
        FieldVisitRecorded(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            visit_id=command.visit_id,
            visited_on=command.visited_on,
            participants=command.participants,
            findings=command.findings,
            note=command.note,
        )
    ]


def _check_visit(command: RecordVisit, case: Case) -> None:
    if command.visited_on > today_in_wita(command.at):
        raise Refused("visit_in_the_future", "A visit is recorded after it was made.")
    if not command.findings:
        raise Refused("findings_missing", "Record what was found on at least one indicator.")
    if not command.participants or len(set(command.participants)) < len(command.participants):
        raise Refused("participants_missing", "Name everybody who was there, each once.")
    _check_items(tuple(each.indicator for each in command.findings), case)
    unexplained = tuple(
        each.indicator
        for each in command.findings
        if each.outcome != "confirmed" and not each.note.strip()
    )
    if unexplained:
        raise Refused("note_missing", "Say what was not found on the spot.", indicators=unexplained)
