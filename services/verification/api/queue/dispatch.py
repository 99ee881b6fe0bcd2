"""Take the next dossier: fairly chosen, and never the same one for two who ask at once."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import Field

from services.verification.api.queue.asking import (
    Reader,
    Where,
    held,
    not_held,
    open_to,
    stored,
    together,
)
from services.verification.api.queue.horizon import Horizon
from services.verification.api.queue.picking import TAKEABLE, check_may_take, pick
from services.verification.api.reviews import Desk, LeaseGranted, granted
from services.verification.api.reviews.desk import Who
from services.verification.domain import ClaimDossier
from services.verification.projections import QueueView, VerifierView
from shared.errors import NotFound, Refused, Unavailable
from shared.events.base import Code
from shared.events.verification import DossierEvent, verifier_key
from shared.history import Outcome
from shared.http import Ask, Body, Doors
from shared.projector import bare
from shared.views import Collection

MOST_CANDIDATES: Final = 50
"""How many of a kind are looked at: a queue may be long, a request may not."""

MOST_TURNS: Final = 3
Taken = Outcome[DossierEvent]


class NextRequest(Body):
    """Of which dossiers the person wants the next one; None asks nothing."""

    season_id: Code | None = None
    region_id: Code | None = None
    affair: Annotated[str | None, Field(max_length=100)] = None


class NextDossier(LeaseGranted):
    """The dossier that was taken, and the lease on it."""

    dossier_id: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """`queue` and `verifiers` are read models, `turns` the beginning of the first; who gets what
    is decided on the history. `tries` holds what each person's latest request was about to take: a
    service that dies before it is seen to have taken it must not take another one on the retry.
    """

    desk: Desk
    queue: Collection
    turns: Horizon
    verifiers: Collection
    tries: Collection

    async def next(self, ask: Ask, wanted: Where) -> Taken:
        """A lease on the best dossier that nobody else was faster to take.

        Raises `Refused` for who may take none, `NotFound` where none is left for this person,
        and `Unavailable` where others took all that were looked at, again and again.
        """
        who = await self.desk.who(ask)
        verifier = await self._verifier(ask)
        for _ in range(MOST_TURNS):
            candidates = await self._candidates(ask, who, verifier, wanted)
            # Looked for after the candidates: what a first try took is among them, or found here.
            before = await self._taken_before(ask)
            if before is not None:
                return await self._claim(ask, who, before)
            check_may_take(verifier, await self._load(ask))
            chosen = pick(candidates, verifier, ask.at)
            if not chosen:
                raise NotFound("queue_empty", "There is no dossier left that you may take.")
            taken = await self._first_of(ask, who, chosen)
            if taken is not None:
                return taken
        raise Unavailable("queue_busy", "Many are taking dossiers right now. Try again.")

    async def _first_of(self, ask: Ask, who: Who, chosen: Sequence[QueueView]) -> Taken | None:
        for row in chosen:
            await self._remember(ask, row.dossier_id)
            try:
                return await self._claim(ask, who, row.dossier_id)
            except (Refused, NotFound):
                # Somebody was faster, or the history already knows of a conflict.
                continue
        return None

    async def _claim(self, ask: Ask, who: Who, dossier_id: str) -> Taken:
        token = ask.new_id("lease", dossier_id)
        seconds = self.desk.terms.lease_seconds
        command = ClaimDossier(**who, token=token, lease_seconds=seconds)
        return await ask.send(self.desk.dossiers, dossier_id, command)

    async def _candidates(
        self, ask: Ask, who: Who, verifier: VerifierView, wanted: Where
    ) -> list[QueueView]:
        """The first of each kind: kept for the person, of affairs they know well, all others."""
        takeable = together(wanted, _takeable(ask, who["ties"]))
        free: Where = {"reserved_until": {"$not": {"$gt": stored(ask.at)}}}
        kinds: list[Where] = [{"reserved_for": ask.by}, free]
        if verifier.affairs and "affair" not in wanted:
            kinds.append({**free, "affair": {"$in": list(verifier.affairs)}})
        found = await asyncio.gather(
            *(self._first(wanted, together(kind, takeable)) for kind in kinds)
        )
        return _each_once(row for rows in found for row in rows)

    async def _first(self, wanted: Where, where: Where) -> tuple[QueueView, ...]:
        asked = (*wanted.items(), where.get("reserved_for"), str(where.get("affair")))
        page = await self.turns.first(asked, where, MOST_CANDIDATES)
        return tuple(QueueView.model_validate(bare(each)) for each in page.items)

    async def _taken_before(self, ask: Ask) -> str | None:
        """What this very command took when it was sent the first time."""
        command = ask.cause.command_id
        for dossier_id in await self._tried(ask):
            if command in (await self.desk.dossiers.state(dossier_id)).commands:
                return dossier_id
        found = await self.queue.keys({"taken_by": command})
        return next(iter(found), None)

    async def _tried(self, ask: Ask) -> tuple[str, ...]:
        known = await self.tries.get(verifier_key(ask.by))
        is_this = known is not None and known["command"] == ask.cause.command_id
        return tuple(known["dossiers"]) if known is not None and is_this else ()

    async def _remember(self, ask: Ask, dossier_id: str) -> None:
        """Before it is taken: one document a person, so nothing piles up."""
        if ask.dry_run:
            return
        tried = (*await self._tried(ask), dossier_id)
        command = ask.cause.command_id
        await self.tries.put(
            {"_id": verifier_key(ask.by), "command": command, "dossiers": list(tried)}
        )

    async def _verifier(self, ask: Ask) -> VerifierView:
        document = await self.verifiers.get(verifier_key(ask.by))
        if document is None:
            return VerifierView(verifier_id=ask.by, changed_at=ask.at)
        return VerifierView.model_validate(bare(document))

    async def _load(self, ask: Ask) -> int:
        return await self.queue.count({"lease_holder": ask.by, **held(ask.at)})


def routes(doors: Doors, dispatch: Dispatch) -> APIRouter:
    router = APIRouter(tags=["review"])

    @router.post("/dossiers/next", name="claim_next")
    async def claim_next(
        body: NextRequest, ask: Annotated[Ask, doors.writes("claim_next")]
    ) -> NextDossier:
        """Take the dossier that most needs you. A retry gives the same one again."""
        outcome = await dispatch.next(ask, body.model_dump(exclude_none=True))
        lease = granted(ask, outcome)
        return NextDossier(**lease.model_dump(), dossier_id=outcome.key)

    return router


def _takeable(ask: Ask, ties: tuple[str, ...]) -> Where:
    reader = Reader(ask.access, ties, ask.at)
    return together(
        {"state": {"$in": list(TAKEABLE)}, "first": {"$ne": ask.by}},
        not_held(ask.at),
        open_to(reader),
    )


def _each_once(rows: Iterable[QueueView]) -> list[QueueView]:
    return list({row.dossier_id: row for row in rows}.values())
