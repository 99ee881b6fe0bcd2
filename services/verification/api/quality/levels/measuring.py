"""From dossiers to service levels. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final, get_args

from services.verification.api.quality.levels.seen import Seen
from services.verification.projections import DossierStatus
from shared.events.base import Utc
from shared.http import Answer
from shared.wita import today_in_wita

HOUR: Final = 3600
MOST_OVERDUE: Final = 200
LIVE: Final = ("open", "in_review", "waiting_revision", "checking", "disputed")


class StateLine(Answer):
    """Ages in whole hours, of what has waited for its present state; None where there is none."""

    state: DossierStatus
    count: int
    overdue: int
    median_hours: int | None
    oldest_hours: int | None


class OverdueLine(Answer):
    dossier_id: str
    title: str
    agency_id: str
    state: DossierStatus
    due_at: Utc
    hours_late: int


class WorkLine(Answer):
    """`held` are leases now, `verdicts` those that stand, `ended` first reviews, `second_looks`
    and `resolved` what was done of quality control.
    """

    verifier_id: str
    held: int
    verdicts: int
    ended: int
    second_looks: int
    resolved: int


class DayLine(Answer):
    """What came in and what was done on one day of WITA."""

    day: date
    opened: int
    reviewed: int
    verified: int
    rejected: int


class Levels(Answer):
    """`done` of `total` dossiers are verified or rejected, withdrawn ones left out.

    `median_days_to_end` is from opened to verified or rejected, in tenths of a day.
    """

    at: Utc
    review_days: int
    total: int
    done: int
    median_days_to_end: float | None
    states: tuple[StateLine, ...]
    overdue: tuple[OverdueLine, ...]
    overdue_total: int
    verifiers: tuple[WorkLine, ...]
    days: tuple[DayLine, ...]


def measured(dossiers: Sequence[Seen], *, at: datetime, review_days: int, days: int) -> Levels:
    """`days` is how many days of WITA up to today are counted one by one."""
    review = timedelta(days=review_days)
    counting = [each for each in dossiers if each.state != "withdrawn"]
    late = sorted(_overdue(counting, at, review), key=lambda each: (each.due_at, each.dossier_id))
    ended = [(each.verified_at or each.rejected_at, each.opened_at) for each in counting]
    lengths = [(end - start).total_seconds() for end, start in ended if end]
    return Levels(
        at=at,
        review_days=review_days,
        total=len(counting),
        done=len(lengths),
        median_days_to_end=round(median(lengths) / HOUR / 24, 1) if lengths else None,
        states=tuple(_states(dossiers, at, {each.dossier_id for each in late})),
        overdue=tuple(late[:MOST_OVERDUE]),
        overdue_total=len(late),
        verifiers=_work(counting, at),
        days=_days(counting, at, days),
    )


def state_of(seen: Seen, at: datetime) -> DossierStatus:
    """A lease that has run out leaves the dossier open, though no fact says so."""
    has_ended = seen.lease_until is not None and seen.lease_until <= at
    return "open" if seen.state == "in_review" and has_ended else seen.state


def due_of(seen: Seen, review: timedelta) -> datetime | None:
    """The agency's answer has its own date; everything else is due some days after it came."""
    if seen.state not in LIVE:
        return None
    return seen.due if seen.state == "waiting_revision" else seen.waiting_since + review


def _overdue(dossiers: Iterable[Seen], at: datetime, review: timedelta) -> Iterable[OverdueLine]:
    for each in dossiers:
        due = due_of(each, review)
        if due is not None and due < at:
            yield OverdueLine(
                dossier_id=each.dossier_id,
                title=each.title,
                agency_id=each.agency_id,
                state=state_of(each, at),
                due_at=due.replace(microsecond=0),
                hours_late=_hours(at - due),
            )


def _states(dossiers: Iterable[Seen], at: datetime, late: set[str]) -> Iterable[StateLine]:
    found: dict[DossierStatus, list[Seen]] = defaultdict(list)
    for each in dossiers:
        found[state_of(each, at)].append(each)
    for state in get_args(DossierStatus):
        ages = [_hours(at - each.waiting_since) for each in found[state] if state in LIVE]
        yield StateLine(
            state=state,
            count=len(found[state]),
            overdue=sum(each.dossier_id in late for each in found[state]),
            median_hours=round(median(ages)) if ages else None,
            oldest_hours=max(ages, default=None),
        )


def _work(dossiers: Iterable[Seen], at: datetime) -> tuple[WorkLine, ...]:
    held, verdicts, ended = Counter[str](), Counter[str](), Counter[str]()
    second, resolved = Counter[str](), Counter[str]()
    for each in dossiers:
        if each.lease_holder and each.lease_until and each.lease_until > at:
            held[each.lease_holder] += 1
        verdicts.update(row.verdict.decided_by for row in each.indicators if row.verdict)
        ended.update(check.reviewed_by for check in each.checks)
        if each.verified_by and not each.checks:
            ended[each.verified_by] += 1
        second.update(check.checked_by for check in each.checks if check.checked_by)
        resolved.update(check.resolved_by for check in each.checks if check.resolved_by)
    people = {*held, *verdicts, *ended, *second, *resolved}
    return tuple(
        WorkLine(
            verifier_id=person,
            held=held[person],
            verdicts=verdicts[person],
            ended=ended[person],
            second_looks=second[person],
            resolved=resolved[person],
        )
        for person in sorted(people)
    )


def _days(dossiers: Iterable[Seen], at: datetime, days: int) -> tuple[DayLine, ...]:
    opened, reviewed = Counter[date](), Counter[date]()
    verified, rejected = Counter[date](), Counter[date]()
    for each in dossiers:
        opened[today_in_wita(each.opened_at)] += 1
        for counter, moment in (
            (reviewed, each.reviewed_at),
            (verified, each.verified_at),
            (rejected, each.rejected_at),
        ):
            if moment is not None:
                counter[today_in_wita(moment)] += 1
    today = today_in_wita(at)
    return tuple(
        DayLine(
            day=day,
            opened=opened[day],
            reviewed=reviewed[day],
            verified=verified[day],
            rejected=rejected[day],
        )
        for day in (today - timedelta(days=back) for back in reversed(range(days)))
    )


def _hours(length: timedelta) -> int:
    return int(length.total_seconds() // HOUR)
