"""Who handed an innovation in, round by round, and who looked at it as a whole. Pure."""

from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.verdicts import check_steps
from services.audit.domain.explaining.words import CRITERIA, listed, named
from shared.events.submission import (
    INNOVATION,
    InnovationEndorsed,
    InnovationReopened,
    InnovationSubmitted,
    SubmissionCompleted,
)
from shared.events.verification import (
    DOSSIER,
    Admissibility,
    AdmissibilityDecided,
    AdmissibilityRechecked,
    DiscrepancyResolved,
    DossierRejected,
    DossierVerified,
    RevisionRequested,
    VerdictCorrected,
)
from shared.wita import long_moment

LOOKED_AT = (AdmissibilityDecided, AdmissibilityRechecked, DiscrepancyResolved)
ENDED = (DossierVerified, DossierRejected, VerdictCorrected)


def submission_steps(innovation_id: str, until: int, history: History) -> tuple[Step, ...]:
    """Every round that was handed in by then."""
    subject = INNOVATION.subject(innovation_id)
    return tuple(
        _step(event.fact, until, history)
        for event in history.trail.of(subject, InnovationSubmitted, until=until)
    )


def _step(fact: InnovationSubmitted, until: int, history: History) -> Step:
    trail, subject = history.trail, INNOVATION.subject(fact.innovation_id)
    submitted = trail.of(subject, InnovationSubmitted, lambda each: each.round == fact.round, until)
    completed = trail.of(subject, SubmissionCompleted, lambda each: each.round == fact.round, until)
    endorsed = trail.last(
        subject,
        InnovationEndorsed,
        lambda each: each.content_digest == fact.content_digest,
        until,
    )
    values: dict[str, Value] = {
        "innovation_id": fact.innovation_id,
        "round": fact.round,
        "by": fact.by,
        "drafters": ", ".join(fact.drafters),
        "endorsed_by": fact.endorsed_by or "",
        "content_digest": fact.content_digest or "",
    }
    title = f"Pengajuan putaran {fact.round} oleh {fact.by}, {long_moment(fact.at)}"
    drafters = f"penyusun: {listed(fact.drafters)}"
    endorsement = f", disahkan oleh {fact.endorsed_by}" if fact.endorsed_by else ""
    return Step(
        kind="submission",
        title=f"{title} ({drafters}{endorsement})",
        facts=said((*endorsed, *submitted, *completed)),
        values=values,
        because=_asked_again(fact, history),
    )


def _asked_again(fact: InnovationSubmitted, history: History) -> tuple[Step, ...]:
    """The revision that a later round answers."""
    before = fact.round - 1
    subject = DOSSIER.subject(fact.innovation_id)
    asked = history.trail.last(subject, RevisionRequested, lambda each: each.round == before)
    reopened = history.trail.last(
        INNOVATION.subject(fact.innovation_id),
        InnovationReopened,
        lambda each: each.round == before,
    )
    return tuple(
        Step(
            kind="revision",
            title=f"Perbaikan putaran {before} diminta oleh {each.fact.by}: {each.fact.message}",
            facts=said((each, *reopened)),
            values={"items": ", ".join(item.indicator for item in each.fact.items)},
        )
        for each in asked
    )


def review_steps(innovation_id: str, until: int, history: History) -> tuple[Step, ...]:
    """The five criteria, quality control, and who ended the review."""
    subject = DOSSIER.subject(innovation_id)
    ended = [each for each in history.trail.on(subject, until) if isinstance(each.fact, ENDED)][-1:]
    ends = tuple(
        Step(
            kind="review_ended",
            title=f"{_ending(each.fact)} oleh {each.fact.by}, {long_moment(each.fact.at)}",
            facts=said((each,)),
            values={"deciders": ", ".join(each.fact.deciders), "round": each.fact.round},
        )
        for each in ended
    )
    checks = check_steps(innovation_id, until, history)
    return (*_criteria(innovation_id, until, history), *checks, *ends)


def _ending(fact: DossierVerified | DossierRejected | VerdictCorrected) -> str:
    match fact:
        case DossierVerified():
            return "Verifikasi diselesaikan"
        case DossierRejected():
            return "Ditolak karena bukan inovasi daerah"
        case VerdictCorrected():
            return "Putusan dikoreksi"


def _criteria(innovation_id: str, until: int, history: History) -> tuple[Step, ...]:
    found: list[Step] = []
    for event in history.trail.on(DOSSIER.subject(innovation_id), until):
        if isinstance(event.fact, LOOKED_AT) and event.fact.admissibility is not None:
            told = event.fact.admissibility
            values: dict[str, Value] = {
                "admissible": "yes" if told.admissible else "no",
                "round": told.round,
                "decided_by": told.decided_by,
            }
            found.append(
                Step("admissibility", _admissible(told), facts=said((event,)), values=values)
            )
    return tuple(found)


def _admissible(told: Admissibility) -> str:
    unmet = [named(each.criterion, CRITERIA) for each in told.findings if not each.met]
    outcome = "terpenuhi" if told.admissible else f"tidak terpenuhi: {listed(unmet)}"
    return f"Lima kriteria PP 38/2017 pasal 6 {outcome}, menurut {told.decided_by}"
