"""Conflicts of interest that a history must never show, each told in one sentence. Pure.

The rules refuse them too, but without a word about why: what a person may not touch is invisible.
"""

from typing import Any

from services.audit.domain import awarding
from services.audit.domain.belonging import with_innovation
from services.audit.domain.independence import Acts, actor_of, repeated, tie_told
from services.audit.domain.looking import on_opening
from services.audit.domain.world import World
from services.awards.domain import taxation
from services.awards.domain.competition.questions import judged
from services.awards.domain.competition.states import Drafted, Judging
from services.awards.domain.fund.states import Fund
from services.scoring.domain.seats import Open
from services.verification.domain.states import Live, Verified
from shared.events.awards import (
    AllocationApproved,
    DoubtDecided,
    EntryDisqualified,
    EntryEnrolled,
    ObjectionDecided,
    RoundOpened,
    TaxTableConfirmed,
    TieResolved,
)
from shared.events.base import Fact
from shared.events.scoring import JudgeSeated, ScoreSealed
from shared.events.submission import INNOVATION
from shared.events.verification import EvidenceOpened, VerdictCorrected

OF_THE_AGENCY = frozenset(INNOVATION.facts)
"""Most of a history: what an agency says of its own innovation conflicts with nothing."""


def conflict(fact: Fact, before: Any, world: World) -> str | None:
    """Why this person may not have said this; None if nothing known speaks against it."""
    if type(fact) in OF_THE_AGENCY:
        return None
    match fact, before:
        case _ if isinstance(fact, Acts) and isinstance(before, Live):
            return _on_dossier(fact, before, world)
        case VerdictCorrected(corrected=verdict), Verified():
            agency = verdict.decided_by_agency
            return with_innovation(verdict.decided_by, agency, fact.about, world)
        case EvidenceOpened(), _:
            return on_opening(fact, world)
        case ScoreSealed(), Open():
            return awarding.on_seal(fact, before, world)
        case JudgeSeated(), Open():
            return awarding.on_seat(fact, before)
        case AllocationApproved(), Fund():
            return awarding.on_approval(fact, before, world)
        case TaxTableConfirmed(), taxation.Adopted(adopted=adopted) if fact.by == adopted.by:
            return f"{fact.by} adopted the table of taxes and confirmed it."
        case _:
            return _on_competition(fact, before, world)


def _on_competition(fact: Fact, before: Any, world: World) -> str | None:
    match fact, before:
        case EntryEnrolled(), _:
            return awarding.on_enrolment(fact, before, world)
        case RoundOpened(), _:
            return awarding.on_round(fact)
        case EntryDisqualified(), (Judging() | Drafted()):
            return awarding.on_entries(fact, (fact.innovation_id,), judged(before), world)
        case TieResolved(), Drafted():
            return awarding.on_entries(fact, fact.order, before.judged, world)
        case ObjectionDecided(), Drafted():
            return awarding.on_objection(fact, before, world)
        case DoubtDecided(), Drafted():
            return awarding.on_doubt(fact, before, world)
        case _:
            return None


def _on_dossier(fact: Acts, before: Live, world: World) -> str | None:
    actor, case = actor_of(fact, before), before.case
    if actor.person in case.recused:
        return f"{actor.person} is recused and decided all the same."
    return (
        with_innovation(actor.person, actor.agency, case.about, world)
        or tie_told(actor, case.about.agency_path, world)
        or repeated(fact, actor.person, before)
    )
