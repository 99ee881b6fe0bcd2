"""What ties a person to an innovation: they drafted it, or belong to its agency. Pure.

A person's agency is the one of their token, as the fact says; its path is the tree's.
"""

from services.audit.domain.world import World
from shared.events.awards import Entry
from shared.events.base import Path
from shared.events.scoring import PanelEntry
from shared.events.verification import Subject


def with_innovation(
    person: str,
    agency: str | None,
    about: Subject | Entry | PanelEntry,
    world: World,
    did: str = "decided on",
) -> str | None:
    if person in about.drafters:
        return f"{person} drafted the innovation and {did} it."
    return by_agency(person, agency, about.agency_path, f"{did} an innovation", world)


def by_agency(person: str, agency: str | None, owners: Path, did: str, world: World) -> str | None:
    """`owners` is the agency path of what was acted on: its own agency comes last."""
    if agency is not None and agency in owners:
        return f"{person} {did} of their own agency {agency}, or one below it."
    for owner in owners[-1:]:
        if owner in world.path_of(agency):
            return f"{person} {did} of {owner}, above their {agency}."
    return None
