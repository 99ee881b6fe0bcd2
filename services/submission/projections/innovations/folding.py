"""How each fact changes the view of an innovation. Pure."""

from typing import Any

from services.submission.projections.innovations.receipts import arrived, completed, handed_in
from services.submission.projections.innovations.views import (
    Endorsement,
    InnovationView,
    Refusal,
    Revision,
    Snapshot,
    title_key,
)
from shared.events.base import Recorded
from shared.events.submission import (
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceRevised,
    EvidenceWithdrawn,
    FileEvidence,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEndorsed,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    ProfileRevised,
    SubmissionCompleted,
    VerificationConcluded,
    content_digest,
)

Change = dict[str, object]


def fold(view: InnovationView | None, event: Recorded[Any]) -> InnovationView:
    changed = step(view, event)
    # What intake says of a file is in no digest.
    if isinstance(event.fact, EvidenceAccepted) or _has_content_of(view, changed):
        return changed
    return settled(changed)


def step(view: InnovationView | None, event: Recorded[Any]) -> InnovationView:
    """The view but for what follows from its content: digests cost more than all else."""
    fact = event.fact
    if isinstance(fact, InnovationDrafted):
        return _drafted(fact)
    if view is None:
        raise ValueError(f"An innovation cannot begin with {type(fact).__name__}.")
    return view.model_copy(update={**_change(view, event), "changed_at": fact.at})


def _has_content_of(view: InnovationView | None, changed: InnovationView) -> bool:
    return (
        view is not None
        and changed.profile is view.profile
        and changed.claims is view.claims
        and changed.evidence is view.evidence
    )


def _drafted(fact: InnovationDrafted) -> InnovationView:
    return InnovationView(
        innovation_id=fact.innovation_id,
        title=fact.profile.title,
        title_key="",
        state="draft",
        season_id=fact.season_id,
        edition_id=fact.edition_id,
        training=fact.training,
        agency_id=fact.agency_id,
        agency_kind=fact.agency_kind,
        agency_path=fact.agency_path,
        region_id=fact.region_id,
        drafted_at=fact.at,
        changed_at=fact.at,
        round=0,
        profile=fact.profile,
        claims=fact.claims,
        evidence=fact.carried,
        digests=(),
        content_digest="",
        pending=(),
        developed_from=fact.developed_from,
        lineage=fact.lineage,
    )


def settled(view: InnovationView) -> InnovationView:
    """The view with what follows from its content."""
    digest = content_digest(view.profile, view.claims, view.evidence)
    title = view.profile.title
    files = {i.content.sha256 for i in view.evidence if isinstance(i.content, FileEvidence)}
    pending = sorted(i.evidence_id for i in view.evidence if not i.accepted)
    follows: Change = {
        "content_digest": digest,
        "title": title,
        "title_key": title_key(title),
        "digests": tuple(sorted(files)),
        "pending": tuple(pending),
    }
    given = view.endorsement
    if given is not None:
        is_current = given.content_digest == digest
        follows["endorsement"] = given.model_copy(update={"is_current": is_current})
    return view.model_copy(update=follows)


def _change(view: InnovationView, event: Recorded[Any]) -> Change:
    match event.fact:
        case ProfileRevised() as fact:
            return {"profile": fact.profile}
        case LevelClaimed() as fact:
            others = tuple(c for c in view.claims if c.indicator != fact.claim.indicator)
            claims = sorted((*others, fact.claim), key=lambda claim: claim.indicator)
            return {"claims": tuple(claims)}
        case EvidenceDeclared() as fact:
            return {"evidence": (*view.evidence, fact.item)}
        case EvidenceRevised() as fact:
            return {"evidence": _told_anew(view, fact)}
        case EvidenceAccepted() as fact:
            news = {"accepted": True, "properties": fact.properties}
            return {
                "evidence": _with(view, fact.evidence_id, **news),
                "pending": tuple(each for each in view.pending if each != fact.evidence_id),
                "receipts": arrived(view, fact),
            }
        case EvidenceRefused() as fact:
            return _refused(view, fact)
        case EvidenceWithdrawn() as fact:
            return {"evidence": _without(view, fact.evidence_id)}
        case _:
            return _step(view, event)


def _step(view: InnovationView, event: Recorded[Any]) -> Change:
    """A fact that moves the innovation on, rather than its content."""
    match event.fact:
        case InnovationEndorsed() as fact:
            return {"endorsement": _endorsement(view, fact)}
        case InnovationSubmitted() as fact:
            return _submitted(view, fact, event)
        case SubmissionCompleted() as fact:
            evidence = _without(view, *fact.missing)
            receipts = completed(view, fact)
            return {**_SETTLED, "completed": True, "evidence": evidence, "receipts": receipts}
        case InnovationReopened() as fact:
            revision = _revision(settled(view), fact)
            return {"state": "reopened", "completed": False, "revision": revision}
        case VerificationConcluded() as fact:
            state = "rejected" if fact.rejected else "verified"
            return {**_concluded(view), "state": state, "granted": fact.granted}
        case InnovationDeveloped() as fact:
            return {"successor_id": fact.successor_id}
        case InnovationWithdrawn() as fact:
            ended = {"state": "withdrawn", "completed": False}
            return {**_SETTLED, **ended, "withdrawn_because": fact.reason}
        case fact:
            raise ValueError(f"{type(fact).__name__} does not belong to an innovation.")


_SETTLED: Change = {"has_pending": False, "complete_by": None}


def _refused(view: InnovationView, fact: EvidenceRefused) -> Change:
    refusal = Refusal(evidence_id=fact.evidence_id, rule=fact.rule, detail=fact.detail, at=fact.at)
    evidence = _without(view, fact.evidence_id)
    return {"evidence": evidence, "refusals": (*view.refusals, refusal)}


def _endorsement(view: InnovationView, fact: InnovationEndorsed) -> Endorsement:
    return Endorsement(
        content_digest=fact.content_digest,
        by=fact.by,
        at=fact.at,
        capacity=fact.capacity,
        appointment=fact.appointment,
        is_current=fact.content_digest == view.content_digest,
    )


def _submitted(view: InnovationView, fact: InnovationSubmitted, event: Recorded[Any]) -> Change:
    return {
        "state": "submitted",
        "round": fact.round,
        "revision": None,
        "receipts": (*view.receipts, handed_in(fact, event)),
        "has_pending": bool(fact.pending),
        "complete_by": fact.complete_by,
        "completed": not fact.pending,
    }


def _revision(view: InnovationView, fact: InnovationReopened) -> Revision:
    submitted = Snapshot(
        profile=view.profile,
        claims=view.claims,
        evidence=view.evidence,
        endorsement=view.endorsement,
    )
    return Revision(
        round=fact.round,
        indicators=fact.indicators,
        fields=fact.fields,
        due=fact.due,
        submitted=submitted,
    )


def _concluded(view: InnovationView) -> Change:
    """What the verifiers had: a revision that was never handed in leaves no trace in it."""
    ended: Change = {"completed": True, "revision": None}
    if view.revision is None:
        return ended
    before = view.revision.submitted
    return {
        **ended,
        "profile": before.profile,
        "claims": before.claims,
        "evidence": before.evidence,
        "endorsement": before.endorsement,
    }


def _told_anew(view: InnovationView, fact: EvidenceRevised) -> tuple[EvidenceItem, ...]:
    return _with(
        view,
        fact.evidence_id,
        indicators=fact.indicators,
        evidence_kind=fact.evidence_kind,
        letter=fact.letter,
    )


def _with(view: InnovationView, evidence_id: str, **told: object) -> tuple[EvidenceItem, ...]:
    return tuple(
        item.model_copy(update=told) if item.evidence_id == evidence_id else item
        for item in view.evidence
    )


def _without(view: InnovationView, *evidence_ids: str) -> tuple[EvidenceItem, ...]:
    return tuple(item for item in view.evidence if item.evidence_id not in evidence_ids)
