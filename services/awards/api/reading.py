"""What routes look up before they decide: states, entries, objections, and who may touch them."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Response
from pydantic import Field

from services.awards.domain import fund
from services.awards.domain.competition import Command, State
from services.awards.domain.competition.doubts import doubts_of
from services.awards.domain.competition.questions import judged, objections_of
from services.awards.domain.competition.states import Doubt, Missing, Objection
from services.awards.domain.fund.states import Missing as NoFund
from services.awards.domain.known import KnownFund
from services.awards.domain.rules import asked_of
from services.awards.projections import CompetitionView
from shared.errors import NotFound
from shared.events.awards import CompetitionEvent, CompetitionRules, Entry, FundEvent
from shared.events.scoring import InnovationScored
from shared.findings.language import Language, language_of
from shared.history import Handler
from shared.http import show_version
from shared.identity import Thing
from shared.projector import bare
from shared.views import Collection

Competitions = Handler[Command, State, CompetitionEvent]
Funds = Handler[fund.Command, fund.State, FundEvent]
ScoredOf = Callable[[str], Awaitable[InnovationScored | None]]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


def not_found() -> NotFound:
    return NotFound("not_found", "There is no such thing, or none that you may see.")


def thing_of(entry: Entry) -> Thing:
    """An entry as authorization sees it: its makers have a part in it."""
    return Thing(entry.agency_path, frozenset(entry.drafters))


def dispute_of(entry: Entry, filed_by: str) -> Thing:
    """An objection as authorization sees it: who gave the verdicts has a part in it too."""
    return Thing(entry.agency_path, frozenset((*entry.drafters, *entry.deciders, filed_by)))


async def entry_in(competitions: Competitions, competition: str, innovation: str) -> Entry:
    """Raises `NotFound`."""
    for remembered in (True, False):
        state = (await competitions.state(competition, remembered=remembered)).state
        if not isinstance(state, Missing) and innovation in (known := judged(state).entries):
            return known[innovation]
    raise not_found()


async def objection_in(
    competitions: Competitions, competition: str, objection_id: str
) -> tuple[Objection, Entry]:
    """Raises `NotFound`."""
    state = (await competitions.state(competition)).state
    found = objections_of(state).get(objection_id)
    if found is None:
        raise not_found()
    return found, judged(state).entries[found.filed.innovation_id]


async def doubt_in(
    competitions: Competitions, competition: str, doubt_id: str
) -> tuple[Doubt, Entry]:
    """Raises `NotFound`."""
    state = (await competitions.state(competition)).state
    found = doubts_of(state).get(doubt_id)
    if found is None:
        raise not_found()
    return found, judged(state).entries[found.filed.innovation_id]


def tongue(
    accept_language: Annotated[str | None, Header(description="`en` or `id`.")] = None,
) -> Language:
    return language_of(accept_language)


Tongue = Annotated[Language, Depends(tongue)]
"""The language of sentences for people."""


async def known_funds(funds: Funds, rules: CompetitionRules) -> tuple[KnownFund, ...]:
    """The funds that the rules name, as they stand; one that is not registered is left out."""
    found: list[KnownFund] = []
    for fund_id in sorted(asked_of(rules)):
        state = (await funds.state(fund_id)).state
        if not isinstance(state, NoFund):
            registered = state.registered
            found.append(
                KnownFund(
                    fund_id=fund_id,
                    fiscal_year=registered.fiscal_year,
                    available_rupiah=state.available_rupiah,
                )
            )
    return tuple(found)


async def competition_shown(
    view: Collection, competition: str, response: Response
) -> CompetitionView:
    """The competition as it is shown, with its version in the headers. Raises `NotFound`."""
    found = await view.get(competition)
    if found is None:
        raise not_found()
    show_version(response, found["version"], found["sequence"])
    return CompetitionView.model_validate(bare(found))
