"""What all routes of a review share: who asks, by which rule, and that no typing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypedDict

from services.verification.api.reviews.current import current, lease_of
from services.verification.domain.commands import Command, Reviewing
from services.verification.domain.guards import check_unconflicted, lease_refused, live
from services.verification.domain.states import Lease, State, Withdrawn
from shared.errors import Refused, Stale
from shared.events.verification import DossierEvent, QualityRule
from shared.history import Handler, Outcome
from shared.http import Ask, Body
from shared.identity import Caller, Relation

Dossiers = Handler[Command, State, DossierEvent]
OVERTAKEN: Final = frozenset(
    {
        "version_changed",
        "lease_lost",
        "admissibility_missing",
        "evidence_changed",
        "evidence_unknown",
        "waiting_for_revision",
        "under_quality_check",
        "awaits_resolution",
        "nothing_to_resolve",
        "dossier_verified",
        "dossier_rejected",
        "dossier_withdrawn",
    }
)
"""The noes that say: something happened since you read it."""


class Rules(Protocol):
    async def at(self, season_id: str, at: datetime) -> QualityRule:
        """The rule of quality control that holds in a season at a moment."""
        ...


class Ties(Protocol):
    async def of(self, caller: Caller) -> tuple[str, ...]:
        """The agencies that the person is tied to beside their own."""
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of review that are configuration."""

    lease_seconds: int
    keep_seconds: int
    revision_days: int
    max_revisions: int


class Who(TypedDict):
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """`dossiers` decides; `rules` and `ties` tell what a decision must know beside the dossier."""

    dossiers: Dossiers
    rules: Rules
    ties: Ties
    terms: Terms

    async def who(self, ask: Ask) -> Who:
        caller = ask.caller
        return Who(
            by=caller.id,
            at=ask.at,
            agency=caller.agency,
            agency_path=caller.agency_path,
            ties=await self.ties.of(caller),
        )

    async def send(
        self,
        ask: Ask,
        dossier_id: str,
        command: Command,
        sent: Body,
        indicator: str | None = None,
    ) -> Outcome[DossierEvent]:
        """Gives the command. Where something else came first, the refusal holds what was `typed`
        and what is `current`: nothing typed is lost.
        """
        try:
            return await ask.send(self.dossiers, dossier_id, command)
        except (Refused, Stale) as no:
            if no.code not in OVERTAKEN:
                raise
            now = await self.dossiers.state(dossier_id)
            if isinstance(command, Reviewing) and not isinstance(now.state, Withdrawn):
                # A stale version is refused before anybody asks for a conflict of interest.
                check_unconflicted(command, live(now.state).case)
            seen = current(now.state, now.version, ask.by, ask.at, indicator)
            raise _with_texts(no, sent, seen.model_dump(mode="json")) from None

    async def require(self, ask: Ask, dossier_id: str) -> None:
        """NotFound for a dossier that is not there, and for whose impartiality is asked for and
        who is tied to it.
        """
        case = live((await self.dossiers.state(dossier_id)).state).case
        if Relation.UNCONFLICTED in ask.access.relations:
            check_unconflicted(Reviewing(**await self.who(ask)), case)

    async def rule(self, dossier_id: str, at: datetime) -> QualityRule:
        """The rule of the dossier's season. Raises `NotFound`."""
        known = await self.dossiers.state(dossier_id, remembered=True)
        return await self.rules.at(live(known.state).case.about.season_id, at)

    async def lease(self, dossier_id: str, token: str) -> Lease:
        """The lease as last seen here. Raises `Refused` where it is another than the token's."""
        lease = lease_of((await self.dossiers.state(dossier_id, remembered=True)).state)
        if lease is None or lease.token != token:
            raise lease_refused()
        return lease


def _with_texts(no: Refused | Stale, sent: Body, now: Mapping[str, object]) -> Refused | Stale:
    typed = sent.model_dump(mode="json", exclude={"token"})
    params: dict[str, Any] = {**no.params, "typed": typed, "current": now}
    return type(no)(no.code, no.sentence, **params)
