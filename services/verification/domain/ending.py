"""How a review ends: at once, or after a second look that does not know the first."""

from services.verification.domain.commands import ResolveDiscrepancy, VerifyDossier
from services.verification.domain.guards import (
    check_lease,
    in_hand,
    under_quality_check,
)
from services.verification.domain.sampling import draw_of, is_large, is_sampled
from services.verification.domain.states import (
    Case,
    Check,
    InReview,
    Rejected,
    State,
    UnderCheck,
    Verified,
)
from shared.errors import Refused
from shared.events.verification import (
    Admissibility,
    CheckReason,
    DossierEvent,
    DossierRejected,
    DossierVerified,
    QualityCheckDecided,
    QualityCheckDrawn,
    QualityRule,
)

ADMISSIBILITY = "admissibility"


def verify(command: VerifyDossier, state: State) -> list[DossierEvent]:
    if isinstance(state, Verified | Rejected):
        return []
    if isinstance(state, UnderCheck) and command.by in state.check.first:
        raise under_quality_check()
    match found := in_hand(state):
        case InReview():
            check_lease(command, found)
            return _reviewed(command, found.case)
        case UnderCheck():
            check_lease(command, found)
            return _rechecked(command, found)


def _reviewed(command: VerifyDossier, case: Case) -> list[DossierEvent]:
    found = _complete(case, case)
    draw = draw_of(case.dossier_id, case.round, command.at)
    reasons = _reasons(found, case, command.rule, draw)
    if not reasons:
        deciders = case.deciders | {command.by}
        return [verified(command, case, deciders, found, command.rule, draw)]
    return [
        QualityCheckDrawn(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            round=case.round,
            reasons=reasons,
            draw=draw,
            rule=command.rule,
            reviewed_by=command.by,
        )
    ]


def _complete(case: Case, findings: Case | Check) -> Admissibility:
    """The decision on admissibility, once all that it asks for is decided too."""
    found = findings.admissibility
    if found is None:
        raise Refused("admissibility_missing", "Decide the five criteria of admissibility first.")
    undecided = tuple(each for each in case.claimed if findings.verdict(each) is None)
    if found.admissible and undecided:
        raise Refused(
            "indicators_undecided",
            "Every indicator that was claimed needs a verdict first.",
            indicators=undecided,
        )
    return found


def _reasons(
    found: Admissibility, case: Case, rule: QualityRule, draw: str
) -> tuple[CheckReason, ...]:
    reasons: list[CheckReason] = []
    if is_sampled(draw, rule):
        reasons.append("sample")
    if found.admissible and any(is_large(verdict, rule) for verdict in case.verdicts):
        reasons.append("large_change")
    if not found.admissible:
        reasons.append("rejection")
    return tuple(reasons)


def _rechecked(command: VerifyDossier, state: UnderCheck) -> list[DossierEvent]:
    case, check = state.case, state.check
    second = _complete(case, check)
    first = _complete(case, case)
    compared, differing = _compared(case, check, is_both=first.admissible and second.admissible)
    if first.admissible != second.admissible:
        differing = (ADMISSIBILITY,)
    decided = QualityCheckDecided(
        by=command.by,
        at=command.at,
        dossier_id=case.dossier_id,
        round=case.round,
        checked_by=command.by,
        compared=compared,
        differing=differing,
    )
    if differing:
        return [decided]
    deciders = check.first | check.second | {command.by}
    return [decided, concluded(command, case, check, deciders, first)]


def _compared(case: Case, check: Check, *, is_both: bool) -> tuple[int, tuple[str, ...]]:
    """How many decisions there are of both, and on which indicators the levels differ."""
    if not is_both:
        return 1, ()
    differing = tuple(
        each
        for each in case.claimed
        if (one := case.verdict(each))
        and (other := check.verdict(each))
        and one.granted_level != other.granted_level
    )
    return 1 + len(case.claimed), differing


def concluded(
    command: VerifyDossier | ResolveDiscrepancy,
    case: Case,
    check: Check,
    deciders: frozenset[str],
    found: Admissibility,
) -> DossierVerified | DossierRejected:
    if found.admissible:
        return verified(command, case, deciders, found, check.rule, check.draw)
    return DossierRejected(
        by=command.by,
        at=command.at,
        dossier_id=case.dossier_id,
        about=case.about,
        round=case.round,
        admissibility=found,
        deciders=tuple(sorted(deciders)),
    )


def verified(
    command: VerifyDossier | ResolveDiscrepancy,
    case: Case,
    deciders: frozenset[str],
    found: Admissibility,
    rule: QualityRule,
    draw: str,
) -> DossierVerified:
    return DossierVerified(
        by=command.by,
        at=command.at,
        dossier_id=case.dossier_id,
        about=case.about,
        round=case.round,
        claims=case.claims,
        verdicts=case.verdicts,
        deciders=tuple(sorted(deciders)),
        admissibility=found,
        rule=rule,
        draw=draw,
    )
