"""Under which ids the clock speaks: those that the deadlines of the state before make. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from services.awards import reactions as awards
from services.awards.domain.competition.lapsing import decision_due, doubt_due
from services.awards.domain.competition.states import Drafted, Filed, Granted
from services.submission import reactions as submission
from services.submission.domain.states import Known, Submitted, Waiting
from services.verification import reactions as verification
from services.verification.domain.states import WaitingForRevision
from shared.events.awards import DoubtLapsed, ObjectionLapsed
from shared.events.base import Fact
from shared.events.submission import EvidenceAccepted, EvidenceRefused, SubmissionCompleted
from shared.events.verification import RevisionLapsed
from shared.history import derived_id
from shared.reactions import To

NOBODY = frozenset[str]()


def ticked_ids(fact: Fact, key: str, before: object) -> frozenset[str]:
    """The ids that the command of a service's own may have; none for what only people ask for."""
    match fact, before:
        case ((EvidenceAccepted() | EvidenceRefused()), _):
            return _intake_id(fact, before)
        case RevisionLapsed(), WaitingForRevision(due=deadline):
            to = verification.on_due_passed(key, fact.round, deadline, fact.at)
            return frozenset({_id(to, deadline)})
        case SubmissionCompleted(), Submitted(waiting=Waiting(until=deadline)):
            return frozenset({_id(submission.on_time_run_out(key, fact.round, fact.at), deadline)})
        case ((ObjectionLapsed() | DoubtLapsed()), Drafted()):
            to = awards.on_time_run_out(key, fact.at)
            return frozenset(_id(to, deadline) for deadline in _deadlines(before))
        case _:
            return NOBODY


def _id(to: To[object], deadline: datetime) -> str:
    return derived_id("tick", to.name, to.key, deadline.isoformat())


def _deadlines(state: Drafted) -> Iterator[datetime]:
    """Of everything that waits, or did so when the clock last looked."""
    found = [doubt_due(state)]
    for objection in state.objections.values():
        match objection:
            case Filed() | Granted():
                found.append(decision_due(state, objection))
            case _ if objection.decided is not None:
                found.append(_after(state, objection.decided.at))
            case _:
                pass
    yield from (each for each in found if each is not None)


def _after(state: Drafted, moment: datetime) -> datetime | None:
    days = state.judged.rules.decision_days
    return None if days is None else moment + timedelta(days=days)


def _intake_id(fact: EvidenceAccepted | EvidenceRefused, before: object) -> frozenset[str]:
    """A file that nobody asks for is taken in by itself, in the name of who declared it."""
    if fact.by != submission.SYSTEM or not isinstance(before, Known):
        return NOBODY
    item = before.content.evidence.get(fact.evidence_id)
    if item is None or item.declared_by is not None:
        return NOBODY
    return frozenset({derived_id("intake", fact.evidence_id, item.content.sha256)})
