"""A third person's word where two have decided differently."""

from dataclasses import replace

from services.verification.domain.admissibility import admissibility_of
from services.verification.domain.checking import with_verdict
from services.verification.domain.commands import ResolveDiscrepancy
from services.verification.domain.ending import ADMISSIBILITY, concluded
from services.verification.domain.guards import in_hand
from services.verification.domain.states import (
    Case,
    Check,
    Disputed,
    Rejected,
    State,
    UnderCheck,
    Verified,
)
from services.verification.domain.verdicts import verdict_of
from shared.errors import Refused
from shared.events.verification import (
    Admissibility,
    DiscrepancyResolved,
    DossierEvent,
    Verdict,
)


def resolve(command: ResolveDiscrepancy, state: State) -> list[DossierEvent]:
    if isinstance(state, Verified | Rejected):
        return []
    if not isinstance(state, Disputed):
        raise _nothing_to_resolve(state)
    case, check = state.case, state.check
    if command.by in check.first | check.second:
        raise Refused(
            "resolver_not_independent",
            "A difference is resolved by somebody who decided nothing in it before.",
        )
    _check_resolution(command, state.differing)
    found = admissibility_of(command, case) if ADMISSIBILITY in state.differing else None
    verdicts = tuple(verdict_of(each, command, case) for each in command.verdicts)
    resolved = DiscrepancyResolved(
        by=command.by,
        at=command.at,
        dossier_id=case.dossier_id,
        round=case.round,
        admissibility=found,
        verdicts=tuple(sorted(verdicts, key=lambda each: each.indicator)),
        note=command.note,
    )
    deciders = check.first | check.second | {command.by}
    after = _resolved(case, check, found, verdicts)
    standing = found or case.admissibility
    assert standing is not None
    return [resolved, concluded(command, after, check, deciders, standing)]


def _nothing_to_resolve(state: State) -> Refused:
    under = in_hand(state)
    return Refused(
        "nothing_to_resolve",
        "There is no difference to resolve in this dossier.",
        state="checking" if isinstance(under, UnderCheck) else "in_review",
    )


def _check_resolution(command: ResolveDiscrepancy, differing: tuple[str, ...]) -> None:
    """Exactly what differs is decided: what two agree on is no third person's business."""
    asked = tuple(each.indicator for each in command.verdicts)
    told = (*asked, *((ADMISSIBILITY,) if command.findings else ()))
    if sorted(told) != sorted(differing):
        raise Refused(
            "resolution_incomplete",
            "Decide exactly what the two have decided differently, each once.",
            differing=differing,
        )


def _resolved(
    case: Case, check: Check, found: Admissibility | None, verdicts: tuple[Verdict, ...]
) -> Case:
    """The verdicts that stand: the first's, with those resolved; or those of the only one of the
    two who found the innovation admissible.
    """
    is_first = case.admissibility is not None and case.admissibility.admissible
    standing = case.verdicts if found is None or is_first else check.verdicts
    for verdict in verdicts:
        standing = with_verdict(standing, verdict)
    return replace(case, verdicts=standing)
