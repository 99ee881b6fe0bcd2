"""One innovation, or its dossier, with all that the history holds of it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Final

from services.audit.domain.explaining.allocations import allocation_step
from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.places import entry_step
from services.audit.domain.explaining.scorecards import scorecard_step
from services.audit.domain.explaining.steps import Step, Value
from services.audit.domain.explaining.submissions import review_steps, submission_steps
from services.audit.domain.explaining.trail import NEVER
from services.audit.domain.explaining.verdicts import Asked, verdict_step
from services.awards.domain.fund.states import Fund
from services.submission.domain import states as submission
from services.submission.domain.states import Draft, Known, Reopened, Submitted, Withdrawn
from services.verification.domain.states import (
    Disputed,
    InReview,
    Live,
    Rejected,
    UnderCheck,
    Verified,
    WaitingForRevision,
)
from shared.events.awards import COMPETITION, FUND
from shared.events.submission import INNOVATION, InnovationDrafted
from shared.events.verification import DOSSIER, DossierOpened, RevisionReceived

STANDS: Final[Mapping[type[Live], tuple[str, str]]] = {
    InReview: ("in_review", "sedang diverifikasi"),
    WaitingForRevision: ("waiting_for_revision", "menunggu perbaikan"),
    UnderCheck: ("under_check", "dalam pemeriksaan mutu"),
    Disputed: ("disputed", "menunggu keputusan orang ketiga"),
    Verified: ("verified", "terverifikasi"),
    Rejected: ("rejected", "ditolak"),
}


LIVES: Final[Mapping[type[Known], str]] = {
    Draft: "masih draf",
    Submitted: "diajukan",
    Reopened: "dibuka kembali",
    submission.Verified: "terverifikasi",
    submission.Rejected: "ditolak",
    Withdrawn: "ditarik kembali",
}


def innovation_step(innovation_id: str, history: History) -> Step:
    """Its scorecard or else its dossier, its places, and the money for it."""
    subject = INNOVATION.subject(innovation_id)
    known = history.state(subject)
    if not isinstance(known, Known):
        return Step("innovation", f"Inovasi {innovation_id} tidak pernah dibuat.")
    told = known.content.drafted
    values: dict[str, Value] = {
        "innovation_id": innovation_id,
        "season_id": told.season_id,
        "agency_id": told.agency_id,
        "drafters": ", ".join(sorted(known.content.drafters)),
    }
    title = f"Inovasi {known.content.profile.title} ({innovation_id}) dari {told.agency_id}"
    values["state"] = type(known).__name__.lower()
    return Step(
        kind="innovation",
        title=f"{title}, dibuat oleh {told.by}, {LIVES[type(known)]}",
        about=f"innovation/{innovation_id}",
        facts=history.said(subject, InnovationDrafted),
        values=values,
        because=(
            *_worth(innovation_id, history),
            *_places(innovation_id, history),
            *_money(innovation_id, history),
        ),
    )


def _worth(innovation_id: str, history: History) -> tuple[Step, ...]:
    newest = history.world.newest.get(innovation_id)
    if newest is not None:
        return (scorecard_step(innovation_id, newest.number, history),)
    if isinstance(history.state(DOSSIER.subject(innovation_id)), Live):
        return (dossier_step(innovation_id, history),)
    return submission_steps(innovation_id, NEVER, history)


def _places(innovation_id: str, history: History) -> Iterator[Step]:
    for standing in history.world.standings.values():
        if standing.label == COMPETITION.label:
            where = history.competition(standing.key)
            if where is not None and innovation_id in where.entries:
                yield entry_step(standing.key, innovation_id, history)


def _money(innovation_id: str, history: History) -> Iterator[Step]:
    for standing in history.world.standings.values():
        if standing.label == FUND.label and isinstance(standing.state, Fund):
            for key, each in standing.state.allocations.items():
                if each.money.innovation_id == innovation_id:
                    yield allocation_step(standing.key, key, history)


def dossier_step(dossier_id: str, history: History) -> Step:
    """What verification found so far, verdict by verdict, as it stands now."""
    subject = DOSSIER.subject(dossier_id)
    state = history.state(subject)
    if not isinstance(state, Live):
        return Step("dossier", f"Berkas verifikasi {dossier_id} tidak ada atau ditarik kembali.")
    case, (name, told) = state.case, STANDS[type(state)]
    found = (
        verdict_step(
            Asked(dossier_id, each.indicator, each.decided_by, each.decided_at, NEVER), history
        )
        for each in case.verdicts
    )
    return Step(
        kind="dossier",
        title=f"Berkas verifikasi {dossier_id}, putaran {case.round}, {told}",
        about=f"dossier/{dossier_id}",
        facts=history.said(subject, DossierOpened, RevisionReceived),
        values={
            "dossier_id": dossier_id,
            "round": case.round,
            "state": name,
            "recused": ", ".join(sorted(case.recused)),
        },
        because=(
            *(each for each in found if each is not None),
            *review_steps(dossier_id, NEVER, history),
            *submission_steps(dossier_id, NEVER, history),
        ),
    )
