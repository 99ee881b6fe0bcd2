"""Whether who opened a document in a review was free of ties to whose document it is. Pure."""

from typing import Final

from services.audit.domain.belonging import with_innovation
from services.audit.domain.world import World
from services.verification.domain.states import Live
from shared.events.verification import DOSSIER, EvidenceOpened

IMPARTIAL: Final = frozenset({"verifier", "quality_controller"})
"""Who has one of these roles is kept from what they are tied to, whatever other roles they have."""


def on_opening(fact: EvidenceOpened, world: World) -> str | None:
    """Who stepped aside is not looked for: what they asked for at that moment may come after it."""
    if not IMPARTIAL.intersection(fact.roles):
        return None
    known = world.standings.get(DOSSIER.subject(fact.about))
    if known is None or not isinstance(known.state, Live):
        return None
    about = known.state.case.about
    return with_innovation(fact.by, fact.agency, about, world, "opened a document of")
