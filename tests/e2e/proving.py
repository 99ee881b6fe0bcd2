"""What the history itself must say of reviews, whoever died while they were made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shared.events.base import Recorded
from shared.events.verification import (
    AdmissibilityDecided,
    AdmissibilityRechecked,
    DiscrepancyResolved,
    DossierLeased,
    DossierOpened,
    DossierRejected,
    DossierReleased,
    DossierVerified,
    IndicatorDecided,
    IndicatorRechecked,
    LeaseRenewed,
    QualityCheckDecided,
    QualityCheckDrawn,
    Verdict,
)
from tests.e2e.opinions import Plan

Events = Sequence[Recorded[Any]]


def assert_decided_once(plan: Plan, events: Events) -> None:
    """Opened once, ended once and with nothing behind it, and as planned."""
    facts = [event.fact for event in events]
    assert [event.version for event in events] == list(range(1, len(events) + 1))
    assert [type(fact) for fact in facts].count(DossierOpened) == 1
    ends = [fact for fact in facts if isinstance(fact, DossierVerified | DossierRejected)]
    assert ends == facts[-1:]
    drawn = [fact for fact in facts if isinstance(fact, QualityCheckDrawn)]
    decided = [fact for fact in facts if isinstance(fact, QualityCheckDecided)]
    resolved = [fact for fact in facts if isinstance(fact, DiscrepancyResolved)]
    assert (len(drawn), len(decided)) == (plan.is_checked, plan.is_checked)
    assert len(resolved) == bool(plan.differing)
    assert [each.differing for each in decided] == [plan.differing] * plan.is_checked
    (end,) = ends
    if isinstance(end, DossierRejected):
        assert plan.granted is None
        return
    assert {each.indicator: each.granted_level for each in end.verdicts} == plan.granted
    assert end.verdicts == _last_word(facts)


def _last_word(facts: Sequence[Any]) -> tuple[Verdict, ...]:
    """Of every indicator the last verdict of the look that counts, or of who resolved it."""
    looks: dict[type[Any], dict[str, Verdict]] = {IndicatorDecided: {}, IndicatorRechecked: {}}
    standing = looks[IndicatorDecided]
    first: AdmissibilityDecided | None = None
    for fact in facts:
        match fact:
            case IndicatorDecided() | IndicatorRechecked():
                looks[type(fact)][fact.verdict.indicator] = fact.verdict
            case AdmissibilityDecided():
                first = fact
            case DiscrepancyResolved():
                assert first is not None
                is_first = fact.admissibility is None or first.admissibility.admissible
                standing = looks[IndicatorDecided if is_first else IndicatorRechecked]
                standing |= {each.indicator: each for each in fact.verdicts}
            case _:
                continue
    return tuple(standing[each] for each in sorted(standing))


# --- leases -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lease:
    holder: str
    token: str
    until: datetime


def assert_said_by_the_holder(events: Events) -> None:
    """Nothing was said under a token that was not the lease's at that version, or had ended."""
    lease: Lease | None = None
    before: Recorded[Any] | None = None
    for event in events:
        is_going_on = before is not None and before.command_id == event.command_id
        lease = _lease_after(lease, event.fact, is_going_on=is_going_on)
        before = event


def _lease_after(lease: Lease | None, fact: Any, *, is_going_on: bool) -> Lease | None:
    """`is_going_on` where the fact before was of the same command."""
    match fact:
        case DossierLeased():
            is_free = lease is None or lease.until <= fact.at
            assert is_free or (lease is not None and lease.holder == fact.verifier_id), fact
            return Lease(fact.verifier_id, fact.token, fact.until)
        case LeaseRenewed():
            return replace(_held(lease, fact, fact.token), until=fact.until)
        case (
            AdmissibilityDecided()
            | AdmissibilityRechecked()
            | IndicatorDecided()
            | IndicatorRechecked()
        ):
            return replace(_held(lease, fact, fact.token), until=fact.lease_until)
        case DossierReleased():
            assert lease is not None
            assert (lease.holder, lease.token) == (fact.by, fact.token)
            return None
        case QualityCheckDrawn() | QualityCheckDecided():
            _held(lease, fact, None)
            return None
        case DossierVerified() | DossierRejected():
            if not is_going_on:
                _held(lease, fact, None)
            return None
        case DossierOpened() | DiscrepancyResolved():
            assert lease is None, fact
            return None
        case _:
            raise AssertionError(f"nobody asked for {fact}")


def _held(lease: Lease | None, fact: Any, token: str | None) -> Lease:
    assert lease is not None, fact
    assert lease.holder == fact.by, fact
    assert token in (None, lease.token), fact
    assert fact.at < lease.until, fact
    return lease


# --- people -------------------------------------------------------------------------------


def assert_independent(events: Events) -> None:
    """The second look is of others than those who decided in the first, also where somebody
    decided over them, and a difference is resolved by somebody who took part in neither.
    """
    decided, looked = set[str](), set[str]()
    for fact in (event.fact for event in events):
        match fact:
            case AdmissibilityDecided() | IndicatorDecided() | QualityCheckDrawn():
                decided.add(fact.by)
            case AdmissibilityRechecked() | IndicatorRechecked() | QualityCheckDecided():
                assert fact.by not in decided, fact
                looked.add(fact.by)
            case DiscrepancyResolved():
                assert fact.by not in decided | looked, fact
            case _:
                continue
