"""Whether who acts on a dossier is free of ties, and of what they decided in it before. Pure."""

from dataclasses import dataclass

from services.audit.domain.commands.leases import agency_of
from services.audit.domain.commands.verification import resolver_agency
from services.audit.domain.ties import carried_on, declared
from services.audit.domain.world import World
from services.verification.domain.states import Disputed, Live, UnderCheck
from shared.events.verification import (
    AdmissibilityDecided,
    AdmissibilityRechecked,
    DiscrepancyResolved,
    DossierLeased,
    DossierRejected,
    DossierVerified,
    FieldVisitRecorded,
    IndicatorDecided,
    IndicatorRechecked,
    LeaseRenewed,
    QualityCheckDecided,
    QualityCheckDrawn,
)

Ends = QualityCheckDrawn | QualityCheckDecided | DossierVerified | DossierRejected
Decides = AdmissibilityDecided | IndicatorDecided | AdmissibilityRechecked | IndicatorRechecked
Acts = DossierLeased | LeaseRenewed | Decides | DiscrepancyResolved | FieldVisitRecorded | Ends


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and, where the history tells it, their agency."""

    person: str
    agency: str | None


def actor_of(fact: Acts, before: Live) -> Actor:
    match fact:
        case DossierLeased():
            return Actor(fact.verifier_id, fact.verifier_agency)
        case AdmissibilityDecided(admissibility=said) | AdmissibilityRechecked(admissibility=said):
            return Actor(said.decided_by, said.decided_by_agency)
        case IndicatorDecided(verdict=said) | IndicatorRechecked(verdict=said):
            return Actor(said.decided_by, said.decided_by_agency)
        case DiscrepancyResolved():
            return Actor(fact.by, resolver_agency(fact))
        case _:
            return Actor(fact.by, agency_of(fact.by, before))


def tie_told(actor: Actor, owners: tuple[str, ...], world: World) -> str | None:
    """A tie that no tree shows: by succession, or declared."""
    inherited = carried_on(actor.agency, world).intersection(owners)
    for each in sorted(inherited):
        return (
            f"{actor.person} decided on an innovation of {each},"
            f" for which their {actor.agency} carries on."
        )
    for each in sorted({*declared(actor.person, world)}.intersection(owners)):
        return f"{actor.person} declared a conflict with {each} and decided all the same."
    return None


def repeated(fact: Acts, person: str, before: Live) -> str | None:
    """Second and third persons are other people than those before them."""
    match before:
        case UnderCheck(check=check) if person in check.first:
            if isinstance(fact, FieldVisitRecorded):
                return None
            return f"{person} decided in the review and took part in the second look at it."
        case Disputed(check=check) if person in check.first | check.second:
            if not isinstance(fact, DiscrepancyResolved):
                return None
            return f"{person} decided in the dossier before and resolved the difference."
        case _:
            return None
