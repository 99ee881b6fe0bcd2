"""An innovation is drafted, anew or from an earlier one; its profile and claims change. Pure."""

from typing import Any

from services.submission.domain.commands import (
    ClaimLevel,
    Develop,
    DraftInnovation,
    Original,
    ReviseProfile,
)
from services.submission.domain.guards import (
    check_edition,
    check_fields_reopened,
    check_fits,
    check_in_time,
    check_reopened,
)
from services.submission.domain.profile import check_profile
from services.submission.domain.rules import check_claim
from services.submission.domain.states import Known, Open, Submitted, Verified
from shared.editions import Edition
from shared.errors import Refused
from shared.events.submission import (
    Claim,
    EvidenceItem,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEvent,
    LevelClaimed,
    Profile,
    ProfileRevised,
)


def draft(command: DraftInnovation) -> list[InnovationEvent]:
    if command.at < command.opens_at:
        raise Refused("season_not_open", "The season has not begun.")
    check_in_time(command.at, command.deadline)
    check_profile(command.profile, command.edition, command.at)
    drafted = InnovationDrafted(
        by=command.by,
        at=command.at,
        innovation_id=command.innovation_id,
        season_id=command.season_id,
        edition_id=command.edition.id,
        edition_digest=command.edition.digest,
        training=command.training,
        agency_id=command.agency_id,
        agency_path=command.agency_path,
        region_id=command.region_id,
        profile=command.profile,
        agency_kind=command.agency_kind,
        **_inherited(command.original, command.edition),
    )
    check_fits(drafted.profile, drafted.carried)
    return [drafted]


def _inherited(original: Original | None, edition: Edition) -> dict[str, Any]:
    """What an innovation has from its earlier edition."""
    if original is None:
        return {}
    _check_lineage(original.lineage, original.innovation_id)
    return {
        "developed_from": original.innovation_id,
        "lineage": (original.innovation_id,),
        "claims": _claims(original, edition),
        "carried": _carried(original),
    }


def _check_lineage(lineage: tuple[str, ...], original_id: str) -> None:
    if lineage:
        raise Refused(
            "lineage_full",
            "An innovation can be reported twice, and this one already was.",
            lineage=(*lineage, original_id),
        )


def _claims(original: Original, edition: Edition) -> tuple[Claim, ...]:
    """Those that the new edition understands; a level it cannot measure is claimed anew."""
    understood = [claim for claim in original.claims if _is_understood(claim, edition)]
    return tuple(sorted(understood, key=lambda claim: claim.indicator))


def _is_understood(claim: Claim, edition: Edition) -> bool:
    try:
        check_claim(claim, edition)
    except Refused:
        return False
    return True


def _carried(original: Original) -> tuple[EvidenceItem, ...]:
    origin = {"carried_from": original.innovation_id}
    return tuple(item.model_copy(update=origin) for item in original.evidence if item.accepted)


def develop(command: Develop, state: Known) -> list[InnovationEvent]:
    content = state.content
    earlier = content.successor
    if earlier is not None and earlier.successor_id == command.successor_id:
        return []
    if earlier is not None and not command.freed:
        raise Refused(
            "innovation_developed",
            "It goes on as a later innovation already.",
            successor_id=earlier.successor_id,
        )
    _check_developable(command, state)
    return [
        InnovationDeveloped(
            by=command.by,
            at=command.at,
            innovation_id=content.drafted.innovation_id,
            successor_id=command.successor_id,
            successor_season_id=command.season_id,
            successor_agency_id=command.agency_id,
        )
    ]


def _check_developable(command: Develop, state: Known) -> None:
    drafted = state.content.drafted
    if not isinstance(state, Submitted | Verified):
        raise Refused(
            "nothing_to_develop",
            "Only a submitted or verified innovation can be developed further.",
            state=type(state).__name__.lower(),
        )
    if isinstance(state, Submitted) and state.waiting is not None:
        raise Refused("submission_pending", "Some of its files may still come in.")
    _check_lineage(drafted.lineage, drafted.innovation_id)
    if command.season_id == drafted.season_id:
        raise Refused("same_season", "An innovation is developed in a later season.")


def revise(command: ReviseProfile, state: Open) -> list[InnovationEvent]:
    content = state.content
    check_edition(content, command.edition)
    changed = _differing(content.profile, command.profile)
    check_fields_reopened(state, changed, command.at)
    if not changed:
        return []
    check_profile(command.profile, command.edition, command.at)
    check_fits(command.profile, content.evidence.values())
    return [
        ProfileRevised(
            by=command.by,
            at=command.at,
            innovation_id=content.drafted.innovation_id,
            profile=command.profile,
        )
    ]


def _differing(before: Profile, after: Profile) -> tuple[str, ...]:
    names = Profile.model_fields
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def claim_level(command: ClaimLevel, state: Open) -> list[InnovationEvent]:
    check_edition(state.content, command.edition)
    check_reopened(state, (command.claim.indicator,), command.at)
    check_claim(command.claim, command.edition)
    if state.content.claims.get(command.claim.indicator) == command.claim:
        return []
    return [
        LevelClaimed(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            claim=command.claim,
        )
    ]
