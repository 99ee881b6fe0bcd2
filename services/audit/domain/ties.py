"""To which agencies the history ties a person beside their own. Pure."""

from services.audit.domain.world import World
from services.verification.domain.verifier import Verifier
from shared.events.verification import VERIFIER, verifier_key


def ties_of(person: str, agency: str | None, world: World) -> tuple[str, ...]:
    """Those that their agency carries on for, and those that they have declared."""
    return tuple(sorted({*carried_on(agency, world), *declared(person, world)}))


def carried_on(agency: str | None, world: World) -> frozenset[str]:
    """The agencies that this one carries on for by succession, however many steps back."""
    found: set[str] = set()
    waiting = [] if agency is None else [agency]
    while waiting:
        for each in world.predecessors.get(waiting.pop(), ()):
            if each not in found and each != agency:
                found.add(each)
                waiting.append(each)
    return frozenset(found)


def declared(person: str, world: World) -> tuple[str, ...]:
    """The agencies with which they have declared a conflict that has not ended."""
    known = world.standings.get(VERIFIER.subject(verifier_key(person)))
    if known is None or not isinstance(known.state, Verifier):
        return ()
    return known.state.conflicts
