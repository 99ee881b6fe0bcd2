"""Agencies as papers call them: by the names that they had at that moment. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from services.awards.api.papers.past import Past
from shared.events.submission import AgencyKind, AgencyRegistered, AgencyRenamed

GOVERNMENTS: Final[frozenset[AgencyKind]] = frozenset({"province", "regency", "city"})
GOVERNMENT: Final = "Pemerintah"


@dataclass(frozen=True, slots=True)
class Agency:
    """`path` runs from the root of the tree to the agency itself."""

    name: str
    kind: AgencyKind
    path: tuple[str, ...]


def agencies_of(past: Past) -> Mapping[str, Agency]:
    """All that were registered, by their codes, under their newest names."""
    found: dict[str, Agency] = {}
    for event in past.events:
        match event.fact:
            case AgencyRegistered() as fact:
                found[fact.agency_id] = Agency(fact.name, fact.kind, fact.path)
            case AgencyRenamed() as fact if fact.agency_id in found:
                found[fact.agency_id] = replace(found[fact.agency_id], name=fact.name)
            case _:
                continue
    return found


def government_over(agencies: Mapping[str, Agency], codes: Iterable[str]) -> str | None:
    """Such as `Pemerintah Provinsi Kalimantan Selatan`: the nearest government that all these
    agencies are, or are below; None where it cannot be known.
    """
    paths = [agencies[code].path if code in agencies else () for code in codes]
    shared = [step[0] for step in zip(*paths, strict=False) if len(set(step)) == 1]
    for code in reversed(shared):
        agency = agencies.get(code)
        if agency is not None and agency.kind in GOVERNMENTS:
            return _as_government(agency.name)
    return None


def _as_government(name: str) -> str:
    return name if name.casefold().startswith(GOVERNMENT.casefold()) else f"{GOVERNMENT} {name}"
