"""Scenarios over HTTP: up to ten other prize tables beside the frozen rules. Stores nothing."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter
from pydantic import Field

from services.awards.api.allocations import LineAnswer, shown
from services.awards.api.reading import Competitions, Funds
from services.awards.api.rules import PoolBody, PrizeBody
from services.awards.api.taxes import table_of
from services.awards.domain.competition.questions import category_of, results_of
from services.awards.domain.competition.states import Judging
from services.awards.domain.fund.states import Fund, Missing, State, living
from services.awards.domain.scenarios import Weighed, results_as_drafted, weigh
from shared.errors import Invalid
from shared.events.awards import CategoryRule, CompetitionRules, Pool, Prize, Ties
from shared.events.base import Code, Rupiah
from shared.http import Answer, Ask, Body, Doors
from shared.wita import today_in_wita

FROZEN: Final = "aturan"
ScenarioName = Annotated[str, Field(min_length=1, max_length=80)]


class CategoryChange(Body):
    """Prizes and pools instead of the category's own; what is left out stays."""

    prizes: Annotated[tuple[PrizeBody, ...], Field(max_length=200)] | None = None
    pools: Annotated[tuple[PoolBody, ...], Field(max_length=50)] | None = None


class ScenarioBody(Body):
    """What is left out stays as announced; a cap of null is none."""

    name: ScenarioName
    ties: Ties | None = None
    cap_per_recipient_rupiah: Annotated[Rupiah, Field(ge=1)] | None = None
    categories: Annotated[Mapping[Code, CategoryChange], Field(max_length=50, default_factory=dict)]


class ScenariosRequest(Body):
    scenarios: Annotated[tuple[ScenarioBody, ...], Field(min_length=1, max_length=10)]


class ScenarioFund(Answer):
    """What a scenario asks of one fund. `available_rupiah` is what the fund has left now, with what
    this competition already holds of it; None for a fund that is not registered.
    """

    fund_id: str
    asked_rupiah: int
    tax_rupiah: int
    net_rupiah: int
    available_rupiah: int | None
    missing_rupiah: int
    fits: bool
    difference_rupiah: int


class ScenarioChange(Answer):
    """What an entry wins by the frozen rules and by this scenario, gross over all funds."""

    category: str
    innovation_id: str
    rules_rupiah: int
    scenario_rupiah: int


class Refusal(Answer):
    code: str
    detail: str
    params: Mapping[str, Any]


class ScenarioAnswer(Answer):
    """Its lines have no allocation ids: nothing is set aside. `refused` says why there are none."""

    name: str
    refused: Refusal | None
    lines: Mapping[str, tuple[LineAnswer, ...]]
    funds: tuple[ScenarioFund, ...]
    total_rupiah: int
    fits: bool
    changes: tuple[ScenarioChange, ...]


class Scenarios(Answer):
    """The frozen rules come first. For `assumed` innovations nobody is named yet: their taxes are
    those of one recipient of the category's kind.
    """

    competition_id: str
    results_version: int
    tax_table: str | None
    assumed: tuple[str, ...]
    scenarios: tuple[ScenarioAnswer, ...]


def routes(doors: Doors, competitions: Competitions, funds: Funds) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}", tags=["allocations"])

    async def available(fund_ids: Iterable[str], competition_id: str) -> dict[str, int | None]:
        return {
            each: _available((await funds.state(each)).state, competition_id) for each in fund_ids
        }

    @router.post("/scenarios", name="compare_scenarios")
    async def compare_scenarios(
        competition_id: Code,
        body: ScenariosRequest,
        ask: Annotated[Ask, doors.writes("compare_scenarios")],
    ) -> Scenarios:
        drafted = results_of((await competitions.state(competition_id)).state)
        results, assumed = results_as_drafted(drafted)
        table = table_of(today_in_wita(ask.at))
        rules = {FROZEN: results.rules, **_alternatives(body.scenarios, drafted.judged)}
        weighed = {name: weigh(results, each, table) for name, each in rules.items()}
        named = {fund_id for each in weighed.values() for fund_id in each.by_fund}
        left = await available(sorted(named), competition_id)
        return Scenarios(
            competition_id=competition_id,
            results_version=results.version,
            tax_table=None if table is None else table.id,
            assumed=assumed,
            scenarios=tuple(
                _scenario(name, each, weighed[FROZEN], left) for name, each in weighed.items()
            ),
        )

    return router


def _available(state: State, competition_id: str) -> int | None:
    """What the fund has left, and what this competition holds of it."""
    match state:
        case Missing():
            return None
        case Fund():
            own = (each.money for each in living(state))
            held = sum(m.amount_rupiah for m in own if m.competition_id == competition_id)
            return state.available_rupiah + held


def _alternatives(
    scenarios: Iterable[ScenarioBody], judged: Judging
) -> dict[str, CompetitionRules]:
    """The rules of each. Raises `Invalid` for a name twice, `NotFound` for an unknown category."""
    found: dict[str, CompetitionRules] = {}
    for scenario in scenarios:
        if scenario.name in found or scenario.name == FROZEN:
            raise Invalid(
                "scenario_repeated", "Every scenario has a name of its own.", name=scenario.name
            )
        found[scenario.name] = _changed(scenario, judged)
    return found


def _changed(scenario: ScenarioBody, judged: Judging) -> CompetitionRules:
    rules = judged.rules
    for code, change in scenario.categories.items():
        before = category_of(judged, code)
        after = tuple(
            _category(before, change) if each == before else each for each in rules.categories
        )
        rules = rules.model_copy(update={"categories": after})
    told: dict[str, Any] = {}
    if scenario.ties is not None:
        told["ties"] = scenario.ties
    if "cap_per_recipient_rupiah" in scenario.model_fields_set:
        told["cap_per_recipient_rupiah"] = scenario.cap_per_recipient_rupiah
    return rules.model_copy(update=told)


def _category(before: CategoryRule, change: CategoryChange) -> CategoryRule:
    told: dict[str, Any] = {}
    if change.prizes is not None:
        told["prizes"] = tuple(Prize(**each.model_dump()) for each in change.prizes)
    if change.pools is not None:
        told["pools"] = tuple(Pool(**each.model_dump()) for each in change.pools)
    return before.model_copy(update=told)


def _scenario(
    name: str, weighed: Weighed, frozen: Weighed, left: Mapping[str, int | None]
) -> ScenarioAnswer:
    no = weighed.refused
    touched = sorted({*weighed.by_fund, *(frozen.by_fund if no is None else ())})
    asked = tuple(_fund(each, weighed, frozen, left[each]) for each in touched)
    return ScenarioAnswer(
        name=name,
        refused=None if no is None else _refusal(no.code, no.sentence, dict(no.params)),
        lines={fund_id: tuple(map(shown, due)) for fund_id, due in weighed.by_fund.items()},
        funds=asked,
        total_rupiah=sum(each.asked_rupiah for each in asked),
        fits=no is None and all(each.fits for each in asked),
        changes=_changes(weighed, frozen) if no is None else (),
    )


def _refusal(code: str, detail: str, params: Mapping[str, Any]) -> Refusal:
    return Refusal(code=code, detail=detail, params=params)


def _fund(fund_id: str, weighed: Weighed, frozen: Weighed, left: int | None) -> ScenarioFund:
    gross = weighed.gross_of(fund_id)
    tax = sum(line.tax_rupiah for line in weighed.by_fund.get(fund_id, ()))
    missing = max(gross - (left or 0), 0)
    return ScenarioFund(
        fund_id=fund_id,
        asked_rupiah=gross,
        tax_rupiah=tax,
        net_rupiah=gross - tax,
        available_rupiah=left,
        missing_rupiah=missing,
        fits=left is not None and not missing,
        difference_rupiah=gross - frozen.gross_of(fund_id),
    )


def _changes(weighed: Weighed, frozen: Weighed) -> tuple[ScenarioChange, ...]:
    after, before = weighed.gross_by_place(), frozen.gross_by_place()
    return tuple(
        ScenarioChange(
            category=category,
            innovation_id=innovation_id,
            rules_rupiah=before[(category, innovation_id)],
            scenario_rupiah=after[(category, innovation_id)],
        )
        for category, innovation_id in sorted({*after, *before})
        if after[(category, innovation_id)] != before[(category, innovation_id)]
    )
