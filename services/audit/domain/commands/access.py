"""The command behind the fact that somebody opened a document, the same in three services. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import Untold, World
from shared.accesses import Lately, OpenEvidence
from shared.events.access import Opening
from shared.events.base import Fact


def access_command(facts: Sequence[Fact], before: Lately, world: World) -> OpenEvidence | None:
    match facts:
        case [Opening() as fact]:
            return _open(fact, world)
        case _:
            return None


def _open(fact: Opening, world: World) -> OpenEvidence:
    """Raises `Untold`: what was shown of an innovation was handed in for it before."""
    if not world.is_known(fact.about):
        raise Untold(f"The innovation {fact.about} was never drafted.")
    return OpenEvidence(
        by=fact.by,
        at=fact.at,
        sha256=fact.sha256,
        about=fact.about,
        how=fact.how,
        agency=fact.agency,
        roles=fact.roles,
    )
