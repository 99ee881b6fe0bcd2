"""The five criteria that a regional innovation must meet before anything is graded.

Source: PP 38/2017 article 6 (S-09, S-11).
"""

from datetime import timedelta
from typing import Final, get_args

from services.verification.domain.commands import DecideAdmissibility, ResolveDiscrepancy
from services.verification.domain.guards import check_lease, in_hand
from services.verification.domain.states import Case, InReview, State
from shared.errors import Refused
from shared.events.submission import profile_digest
from shared.events.verification import (
    Admissibility,
    AdmissibilityDecided,
    AdmissibilityRechecked,
    Criterion,
    DossierEvent,
)

CRITERIA: Final[tuple[Criterion, ...]] = get_args(Criterion)


def decide_admissibility(command: DecideAdmissibility, state: State) -> list[DossierEvent]:
    found = in_hand(state)
    check_lease(command, found)
    is_first = isinstance(found, InReview)
    standing = found.case.admissibility if is_first else found.check.admissibility
    decided = admissibility_of(command, found.case)
    if _says_the_same(decided, standing):
        return []
    fact = AdmissibilityDecided if is_first else AdmissibilityRechecked
    return [
        fact(
            by=command.by,
            at=command.at,
            dossier_id=found.case.dossier_id,
            admissibility=decided,
            token=command.token,
            lease_until=command.at + timedelta(seconds=command.lease_seconds),
        )
    ]


def admissibility_of(
    command: DecideAdmissibility | ResolveDiscrepancy, case: Case
) -> Admissibility:
    """The decision that the command asks for. Refused unless all five are answered."""
    found = {each.criterion: each for each in command.findings}
    if len(found) < len(command.findings) or set(found) != set(CRITERIA):
        raise Refused(
            "criteria_incomplete",
            "Answer each of the five criteria once.",
            missing=tuple(each for each in CRITERIA if each not in found),
        )
    unexplained = tuple(
        each for each in CRITERIA if not found[each].met and not found[each].note.strip()
    )
    if unexplained:
        raise Refused(
            "note_missing",
            "Tell the agency in a note why a criterion is not met.",
            criteria=unexplained,
        )
    return Admissibility(
        admissible=all(each.met for each in found.values()),
        findings=tuple(found[each] for each in CRITERIA),
        profile_digest=profile_digest(case.about.profile),
        round=case.round,
        decided_by=command.by,
        decided_by_agency=command.agency,
        decided_at=command.at,
    )


def check_admissible(found: Admissibility | None) -> None:
    """Nothing is graded before the criteria are answered, nor where one is not met."""
    if found is None:
        raise Refused("admissibility_missing", "Decide the five criteria of admissibility first.")
    if not found.admissible:
        raise Refused(
            "inadmissible",
            "You have found a criterion not met; without admissibility nothing is graded.",
        )


def _says_the_same(one: Admissibility, other: Admissibility | None) -> bool:
    if other is None:
        return False
    when = {"round": one.round, "decided_at": one.decided_at}
    return other.model_copy(update=when) == one
