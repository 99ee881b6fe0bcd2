"""The commands by which an innovation of an earlier season goes on in a later one. Pure."""

from datetime import datetime

from services.audit.domain.world import Untold, World
from services.submission.domain.commands import Develop, Original
from services.submission.domain.season import deadline_for
from services.submission.domain.states import Missing, State, Withdrawn
from shared.errors import Refused
from shared.events.submission import InnovationDeveloped, InnovationDrafted


def original_of(fact: InnovationDrafted, world: World) -> Original | None:
    """What the earlier edition was handed in with: it names this successor, and changes no more.

    Raises `Untold`.
    """
    if fact.developed_from is None:
        return None
    content = world.innovation(fact.developed_from).content
    named = content.successor
    if named is None or (
        named.successor_id,
        named.successor_season_id,
        named.successor_agency_id,
    ) != (fact.innovation_id, fact.season_id, fact.agency_id):
        raise Untold(f"{fact.developed_from} does not go on as {fact.innovation_id}.")
    return Original(
        innovation_id=content.drafted.innovation_id,
        lineage=content.drafted.lineage,
        claims=tuple(content.claims.values()),
        evidence=tuple(content.evidence.values()),
    )


def develop_command(fact: InnovationDeveloped, before: State, world: World) -> Develop:
    """Raises `Untold`, and `Refused` where the successor's season or agency may not be."""
    if not isinstance(before, Missing):
        drafted = before.content.drafted
        _check_season(drafted.season_id, fact.successor_season_id, world)
        if fact.successor_agency_id not in world.carried_on_by(drafted.agency_id):
            raise Refused(
                "agency_not_carrying_on",
                f"{fact.successor_agency_id} does not carry on for {drafted.agency_id}.",
            )
    return Develop(
        by=fact.by,
        at=fact.at,
        successor_id=fact.successor_id,
        season_id=fact.successor_season_id,
        agency_id=fact.successor_agency_id,
        freed=_is_freed(before, fact.at, world),
    )


def _check_season(earlier_id: str, later_id: str, world: World) -> None:
    earlier, later = world.season(earlier_id), world.season(later_id)
    if earlier.training != later.training:
        raise Refused("training_differs", "Training stays apart from what is reported.")
    if earlier.opens_at >= later.opens_at:
        raise Refused("season_not_later", "An innovation is developed in a later season.")


def _is_freed(before: State, at: datetime, world: World) -> bool:
    """From an earlier successor that was withdrawn, or never drafted while it could have been."""
    named = None if isinstance(before, Missing) else before.content.successor
    if named is None:
        return False
    if world.is_known(named.successor_id):
        return isinstance(world.innovation(named.successor_id), Withdrawn)
    begun = world.season(named.successor_season_id)
    path = world.path_of(named.successor_agency_id)
    return not begun.is_open or at > deadline_for(begun, path)
