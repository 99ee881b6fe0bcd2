"""An innovation as its agency sees it: profile, claims, evidence, receipts. Pure."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded, Utc
from shared.events.submission import (
    INNOVATION,
    Claim,
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceWithdrawn,
    InnovationDrafted,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    Profile,
    ProfileRevised,
)
from shared.projector import Projection

InnovationState = Literal["draft", "submitted", "reopened", "withdrawn"]


class Refusal(BaseModel):
    """A file that intake refused, by which rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    evidence_id: str
    rule: str
    detail: dict[str, str]
    at: Utc


class Receipt(BaseModel):
    """What was handed in, when, by whom; `sequence_number` is its place in the history."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    round: int
    submitted_by: str
    submitted_at: Utc
    event_id: str
    sequence_number: int
    edition_digest: str
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]


class Revision(BaseModel):
    """What verification asked to be revised, until when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    round: int
    indicators: tuple[str, ...]
    due: Utc


class InnovationView(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    innovation_id: str
    title: str
    state: InnovationState
    season_id: str
    edition_id: str
    training: bool
    agency_id: str
    agency_path: tuple[str, ...]
    region_id: str
    drafted_at: Utc
    changed_at: Utc
    round: int
    profile: Profile
    claims: tuple[Claim, ...]
    evidence: tuple[EvidenceItem, ...]
    refusals: tuple[Refusal, ...]
    revision: Revision | None
    receipts: tuple[Receipt, ...]
    withdrawn_because: str | None


def fold(view: InnovationView | None, event: Recorded[Any]) -> InnovationView:
    fact = event.fact
    if isinstance(fact, InnovationDrafted):
        return _drafted(fact)
    if view is None:
        raise ValueError(f"An innovation cannot begin with {type(fact).__name__}.")
    return view.model_copy(update={**_change(view, event), "changed_at": fact.at})


def _change(view: InnovationView, event: Recorded[Any]) -> dict[str, object]:
    match event.fact:
        case ProfileRevised() as fact:
            return {"profile": fact.profile, "title": fact.profile.title}
        case LevelClaimed() as fact:
            others = tuple(c for c in view.claims if c.indicator != fact.claim.indicator)
            claims = sorted((*others, fact.claim), key=lambda claim: claim.indicator)
            return {"claims": tuple(claims)}
        case EvidenceDeclared() as fact:
            return {"evidence": (*view.evidence, fact.item)}
        case EvidenceAccepted() as fact:
            return {"evidence": _accepted(view, fact.evidence_id)}
        case EvidenceRefused() as fact:
            refusal = Refusal(
                evidence_id=fact.evidence_id, rule=fact.rule, detail=fact.detail, at=fact.at
            )
            return {
                "evidence": _without(view, fact.evidence_id),
                "refusals": (*view.refusals, refusal),
            }
        case EvidenceWithdrawn() as fact:
            return {"evidence": _without(view, fact.evidence_id)}
        case InnovationSubmitted() as fact:
            receipts = (*view.receipts, _receipt(fact, event))
            return {
                "state": "submitted",
                "round": fact.round,
                "revision": None,
                "receipts": receipts,
            }
        case InnovationReopened() as fact:
            revision = Revision(round=fact.round, indicators=fact.indicators, due=fact.due)
            return {"state": "reopened", "revision": revision}
        case InnovationWithdrawn() as fact:
            return {"state": "withdrawn", "withdrawn_because": fact.reason}
        case fact:
            raise ValueError(f"{type(fact).__name__} does not belong to an innovation.")


def _drafted(fact: InnovationDrafted) -> InnovationView:
    return InnovationView(
        innovation_id=fact.innovation_id,
        title=fact.profile.title,
        state="draft",
        season_id=fact.season_id,
        edition_id=fact.edition_id,
        training=fact.training,
        agency_id=fact.agency_id,
        agency_path=fact.agency_path,
        region_id=fact.region_id,
        drafted_at=fact.at,
        changed_at=fact.at,
        round=0,
        profile=fact.profile,
        claims=(),
        evidence=(),
        refusals=(),
        revision=None,
        receipts=(),
        withdrawn_because=None,
    )


def _receipt(fact: InnovationSubmitted, event: Recorded[Any]) -> Receipt:
    return Receipt(
        round=fact.round,
        submitted_by=fact.by,
        submitted_at=fact.at,
        event_id=event.id,
        sequence_number=event.sequence,
        edition_digest=fact.edition_digest,
        claims=fact.claims,
        manifest=fact.manifest,
    )


def _accepted(view: InnovationView, evidence_id: str) -> tuple[EvidenceItem, ...]:
    return tuple(
        item.model_copy(update={"accepted": True}) if item.evidence_id == evidence_id else item
        for item in view.evidence
    )


def _without(view: InnovationView, evidence_id: str) -> tuple[EvidenceItem, ...]:
    return tuple(item for item in view.evidence if item.evidence_id != evidence_id)


INNOVATIONS = Projection(
    "innovations",
    INNOVATION,
    InnovationView,
    fold,
    (("season_id", "drafted_at"), ("agency_path", "drafted_at"), ("drafted_at",)),
)
