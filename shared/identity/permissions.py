"""Authorization as a table: operation x role -> the relation that role must have. Pure.

Conflict of interest. Several roles add up: one met relation is enough. But who holds an impartial
relation (`unconflicted`, `assigned`) for an operation is measured by it: once they are in conflict
with the thing, an `any` from another of their roles no longer helps, or an administrator who is
also a verifier could decide for their own agency. `own_agency` and `public` still hold, because a
table that grants them means exactly the people with that tie. So `any` belongs only beside
operations where impartiality does not matter or to roles that nobody with a stake may hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from shared.errors import Forbidden, NotFound
from shared.identity.callers import Caller, Role


class Relation(StrEnum):
    """What ties, or must not tie, a caller to the thing.

    any: nothing is asked. own_agency: the thing belongs to the caller's agency or one below it.
    unconflicted: no tie by agency, upwards or downwards, nor by person. assigned: given to this
    caller, who has no such tie. public: the thing is published.
    """

    ANY = "any"
    OWN_AGENCY = "own_agency"
    UNCONFLICTED = "unconflicted"
    ASSIGNED = "assigned"
    PUBLIC = "public"


Permissions = Mapping[str, Mapping[Role, Relation]]
IMPARTIAL = frozenset({Relation.UNCONFLICTED, Relation.ASSIGNED})


@dataclass(frozen=True, slots=True)
class Thing:
    """What is touched, reduced to what authorization asks.

    `agency_path` is root first, the owning agency last, () when it belongs to no agency;
    `involved` are ids of people with a part in it, `assignees` of those it was given to.
    """

    agency_path: tuple[str, ...] = ()
    involved: frozenset[str] = frozenset()
    assignees: frozenset[str] = frozenset()
    is_public: bool = False


def role_allows(permissions: Permissions, operation: str, caller: Caller) -> frozenset[Relation]:
    """The relations of which the caller must meet one. Forbidden when no role of theirs is listed.

    KeyError for an operation that the table does not know: a fault of wiring, not of the caller.
    """
    listed = permissions[operation]
    relations = frozenset(relation for role, relation in listed.items() if role in caller.roles)
    if not relations:
        raise Forbidden("role_not_allowed", "None of your roles may do this.", operation=operation)
    return relations


def may(relations: frozenset[Relation], caller: Caller, thing: Thing) -> bool:
    """Whether one of the held relations is met, conflicts of interest counted first."""
    is_bound = bool(relations & IMPARTIAL) and is_conflicted(caller, thing)
    counting = relations - {Relation.ANY} if is_bound else relations
    return any(_is_met(relation, caller, thing) for relation in counting)


def require(relations: frozenset[Relation], caller: Caller, thing: Thing) -> None:
    """NotFound when `may` says no: a thing that a person may not touch is invisible to them."""
    if not may(relations, caller, thing):
        raise NotFound("not_found", "There is no such thing, or none that you may see.")


def is_conflicted(caller: Caller, thing: Thing) -> bool:
    """Tied to the thing as a person, or by an agency that is, is above or is below its own."""
    is_above_or_own = caller.agency is not None and caller.agency in thing.agency_path
    is_below = any(owner in caller.agency_path for owner in thing.agency_path[-1:])
    return is_above_or_own or is_below or caller.id in thing.involved


def _is_met(relation: Relation, caller: Caller, thing: Thing) -> bool:
    match relation:
        case Relation.ANY:
            return True
        case Relation.OWN_AGENCY:
            return caller.agency is not None and caller.agency in thing.agency_path
        case Relation.UNCONFLICTED:
            return not is_conflicted(caller, thing)
        case Relation.ASSIGNED:
            return caller.id in thing.assignees and not is_conflicted(caller, thing)
        case Relation.PUBLIC:
            return thing.is_public
        case _:
            assert_never(relation)
