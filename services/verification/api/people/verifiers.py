"""Who verifies: what they know well, how much they take, what they hold now."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from services.verification.api.people.ties import Verifiers
from services.verification.api.permissions import PERMISSIONS
from services.verification.api.queue.asking import stored
from services.verification.domain.verifier import (
    MAX_AFFAIRS,
    MAX_CAPACITY,
    DescribeVerifier,
    Home,
)
from services.verification.projections import VerifierView
from shared.errors import Invalid, NotFound
from shared.events.base import PersonId, Utc
from shared.events.verification import verifier_key
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.identity import Access, Caller, Role
from shared.projector import bare
from shared.views import Collection, Document

MEASURING = frozenset(PERMISSIONS["list_verifiers"])
"""The roles that see every verifier; the others see themselves only."""

SUPERVISING = frozenset({Role.PEMDA_ADMIN, Role.QUALITY_CONTROLLER})
Person = Annotated[PersonId, Path()]
Affair = Annotated[str, Field(min_length=1, max_length=60)]


class Tie(Answer):
    """A conflict that the person has declared and not ended."""

    agency_id: str
    reason: str


class VerifierAnswer(Answer):
    """`load` is how many dossiers they hold now, of at most `capacity`.

    Who is not `active` is offered none.
    """

    verifier_id: str
    agency_id: str | None
    agency_path: tuple[str, ...]
    affairs: tuple[str, ...]
    capacity: int
    active: bool
    conflicts: tuple[Tie, ...]
    load: int
    changed_at: Utc


class VerifierList(Answer):
    items: tuple[VerifierAnswer, ...]
    next_cursor: str | None


class DescriptionRequest(Body):
    """`affairs` are those of the instrument that the person knows well, each once."""

    affairs: Annotated[tuple[Affair, ...], Field(max_length=MAX_AFFAIRS)]
    capacity: Annotated[int, Field(ge=1, le=MAX_CAPACITY)]
    active: bool = True


def routes(
    doors: Doors,
    verifiers: Verifiers,
    view: Collection,
    dossiers: Collection,
    known_affairs: Callable[[], frozenset[str]],
    now: Callable[[], datetime],
) -> APIRouter:
    """`dossiers` are the documents of the dossiers, `known_affairs` those of every instrument."""
    router = APIRouter(prefix="/verifiers", tags=["verifiers"])

    async def told(found: Sequence[Document]) -> tuple[VerifierAnswer, ...]:
        shown = [VerifierView.model_validate(bare(each)) for each in found]
        loads = await _loads(dossiers, [each.verifier_id for each in shown], now())
        return tuple(_told(each, loads.get(each.verifier_id, 0)) for each in shown)

    @router.get("", name="list_verifiers", dependencies=[doors.lists("list_verifiers")])
    async def list_verifiers(
        active: bool | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> VerifierList:
        """Everybody who ever described themselves, with what they hold now."""
        where = {} if active is None else {"active": active}
        page = await view.page(where, cursor=cursor, limit=limit)
        return VerifierList(items=await told(page.items), next_cursor=page.next_cursor)

    @router.get("/{verifier_id}", name="read_verifier")
    async def read_verifier(
        verifier_id: Person,
        access: Annotated[Access, doors.reads("read_verifier")],
        response: Response,
    ) -> VerifierAnswer:
        """Who verifies sees themselves; who measures the work sees all."""
        _require_self_or(MEASURING, access.caller, verifier_id)
        found = await view.get(verifier_key(verifier_id))
        if found is None:
            raise _unknown()
        show_version(response, found["version"], found["sequence"])
        (shown,) = await told([found])
        return shown

    @router.put("/{verifier_id}", name="describe_verifier")
    async def describe_verifier(
        verifier_id: Person,
        body: DescriptionRequest,
        ask: Annotated[Ask, doors.writes("describe_verifier")],
    ) -> Written:
        """By the person, whose agency is then that of their sign-in, or by a supervisor."""
        _require_self_or(SUPERVISING, ask.caller, verifier_id)
        _check_affairs(body.affairs, known_affairs())
        command = DescribeVerifier(
            by=ask.by,
            at=ask.at,
            verifier_id=verifier_id,
            home=_home(ask.caller) if ask.by == verifier_id else None,
            affairs=body.affairs,
            capacity=body.capacity,
            active=body.active,
        )
        return ask.written(await ask.send(verifiers, verifier_key(verifier_id), command))

    return router


def _require_self_or(roles: Iterable[Role], caller: Caller, verifier_id: str) -> None:
    if caller.id != verifier_id and caller.roles.isdisjoint(roles):
        raise _unknown()


def _unknown() -> NotFound:
    return NotFound("verifier_unknown", "There is no such verifier, or none that you may see.")


def _home(caller: Caller) -> Home:
    return Home(caller.agency, caller.agency_path)


def _check_affairs(named: Iterable[str], known: frozenset[str]) -> None:
    unknown = tuple(sorted(set(named) - known))
    if unknown:
        raise Invalid(
            "affair_unknown",
            "No instrument has these affairs.",
            unknown=unknown,
            known=tuple(sorted(known)),
        )


async def _loads(dossiers: Collection, people: Sequence[str], now: datetime) -> dict[str, int]:
    """How many leases each of them holds at this moment."""
    held: dict[str, Any] = {
        "lease_holder": {"$in": list(people)},
        "lease_until": {"$gt": stored(now)},
    }
    groups = await dossiers.grouped(held, ["lease_holder"])
    return {group.values[0]: group.count for group in groups}


def _told(view: VerifierView, load: int) -> VerifierAnswer:
    ties = tuple(Tie(agency_id=agency, reason=reason) for agency, reason in view.conflicts)
    fields = view.model_dump(exclude={"conflicts"})
    return VerifierAnswer(**fields, conflicts=ties, load=load)
