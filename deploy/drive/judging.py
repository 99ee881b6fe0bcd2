"""The competition from its announcement to the end of its last round."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from deploy.drive.contest import Contest
from deploy.drive.panels import score
from deploy.sample.people import ADMIN
from deploy.sample.plan import FundPlan
from shared.events.awards import CategoryRule, RoundRule


async def announce(contest: Contest) -> None:
    """Funds first, then the rules that name them."""
    chair, plan = await contest.chair(), contest.plan
    for fund in plan.money.funds:
        reply = await chair.post("awards", "/funds", _fund(fund), key=f"fund-{fund.fund_id}")
        reply.needed(f"register the fund {fund.fund_id}")
    body = {
        "competition_id": plan.competition_id,
        "name": plan.name,
        "season_id": contest.script.season.season_id,
        "rules": plan.rules.model_dump(mode="json", exclude={"holidays"}),
    }
    key = f"announce-{plan.competition_id}"
    (await chair.post("awards", "/competitions", body, key=key)).needed("announce")
    await _until_enrolled(contest)


def _fund(plan: FundPlan) -> dict[str, Any]:
    told = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in told.items()
    }


async def _until_enrolled(contest: Contest) -> None:
    """Entries come by themselves; nobody opens a round before the last has."""
    admin = await contest.world.person(ADMIN.username)
    season = contest.script.season.season_id
    scorecards = await admin.all("scoring", "/scorecards", season_id=season, limit=200)
    invited = sum(_is_invited(contest, each) for each in scorecards)
    await admin.until(
        f"{invited} entries", "awards", contest.path, lambda body: len(body["entries"]) == invited
    )


def _is_invited(contest: Contest, scorecard: Any) -> bool:
    plan = contest.script.innovation(contest.codes[scorecard["innovation_id"]])
    return any(
        plan.final_profile.initiator in rule.initiators
        and Decimal(scorecard["verified_maturity"]) >= rule.minimum_maturity
        for rule in contest.plan.rules.categories
    )


async def judge(contest: Contest) -> None:
    """Every round of every category, in order."""
    for category in contest.plan.rules.categories:
        for rule in category.rounds:
            await _play(contest, category, rule)


async def _play(contest: Contest, category: CategoryRule, rule: RoundRule) -> None:
    path = f"/categories/{category.code}/rounds/{rule.code}"
    chair = await contest.chair()
    opened = await contest.must(chair, f"{path}/open")
    if rule.scored_by == "maturity":
        await contest.must(chair, f"{path}/close")
        return
    await score(contest, opened["panel_id"], rule)
    await chair.until(
        f"the end of {path}",
        "awards",
        contest.path,
        lambda body: _is_closed(body, category.code, rule.code),
    )


def _is_closed(body: Any, category: str, code: str) -> bool:
    return any(
        each["category"] == category and each["round"] == code and each["closed"] is not None
        for each in body["rounds"]
    )
