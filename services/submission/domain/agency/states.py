"""What an agency is, and how facts change it. Pure."""

from dataclasses import dataclass, replace

from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyEvent,
    AgencyKind,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
)


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class Agency:
    """`successors` carry on for an agency that is closed; one may be closed without any."""

    agency_id: str
    name: str
    short_name: str
    kind: AgencyKind
    region_id: str
    path: tuple[str, ...]
    commitments: tuple[tuple[str, int], ...] = ()
    is_closed: bool = False
    successors: tuple[str, ...] = ()


State = Missing | Agency


def evolve(state: State, event: AgencyEvent) -> State:
    match event, state:
        case AgencyRegistered(), _:
            return Agency(
                agency_id=event.agency_id,
                name=event.name,
                short_name=event.short_name,
                kind=event.kind,
                region_id=event.region_id,
                path=event.path,
            )
        case AgencyCommitmentSigned(), Agency():
            others = tuple(c for c in state.commitments if c[0] != event.season_id)
            commitment = (event.season_id, event.innovations_promised)
            return replace(state, commitments=(*others, commitment))
        case AgencyRenamed(), Agency():
            return replace(state, name=event.name, short_name=event.short_name)
        case AgencySucceeded(), Agency():
            return replace(state, is_closed=True, successors=event.successors)
        case AgencyClosed(), Agency():
            return replace(state, is_closed=True)
        case _:
            return state
