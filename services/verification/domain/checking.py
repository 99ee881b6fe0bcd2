"""What the facts of a second look make true."""

from dataclasses import replace
from typing import assert_never

from services.verification.domain.states import Case, Check, Disputed, Lease, State, UnderCheck
from shared.events.verification import (
    AdmissibilityRechecked,
    DiscrepancyResolved,
    IndicatorDecided,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    Verdict,
)


def drawn(case: Case, fact: QualityCheckDrawn) -> Check:
    first = case.deciders | case.reviewers | {fact.reviewed_by}
    return Check(fact.reasons, fact.rule, fact.draw, fact.reviewed_by, first)


def checked(
    state: UnderCheck,
    fact: AdmissibilityRechecked | IndicatorRechecked | QualityCheckDecided | DiscrepancyResolved,
) -> State:
    check = state.check
    match fact:
        case AdmissibilityRechecked(admissibility=found):
            lease = Lease(found.decided_by, found.decided_by_agency, fact.token, fact.lease_until)
            return replace(
                state,
                check=replace(check, admissibility=found, second=check.second | {fact.by}),
                lease=lease,
            )
        case IndicatorRechecked(verdict=verdict):
            after = replace(
                check,
                verdicts=with_verdict(check.verdicts, verdict),
                second=check.second | {fact.by},
            )
            return replace(state, check=after, lease=held(verdict, fact))
        case QualityCheckDecided():
            after = replace(check, checked_by=fact.checked_by, second=check.second | {fact.by})
            if fact.differing:
                return Disputed(state.case, after, fact.differing)
            return UnderCheck(state.case, after)
        case DiscrepancyResolved():
            return state
        case _:
            assert_never(fact)


def with_verdict(verdicts: tuple[Verdict, ...], verdict: Verdict) -> tuple[Verdict, ...]:
    """The verdicts with this one in the place of an earlier one on the same indicator."""
    others = (each for each in verdicts if each.indicator != verdict.indicator)
    return tuple(sorted((*others, verdict), key=lambda each: each.indicator))


def held(verdict: Verdict, fact: IndicatorDecided | IndicatorRechecked) -> Lease:
    return Lease(verdict.decided_by, verdict.decided_by_agency, fact.token, fact.lease_until)
