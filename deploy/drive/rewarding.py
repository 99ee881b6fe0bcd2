"""What is settled before money moves: taxes, who receives, and what other prizes would ask."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from deploy.drive.contest import Contest
from deploy.drive.people import Person
from deploy.sample.people import TREASURER
from deploy.sample.plan import PayeePlan, RecipientPlan
from deploy.sample.recipients import recipients_of

AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a scenario asks of all funds; `missing_rupiah` is what they cannot bear of it."""

    name: str
    asked_rupiah: int
    missing_rupiah: int


async def settle_taxes(contest: Contest) -> None:
    """The committee adopts the table of taxes, and the treasurer confirms it."""
    money = contest.plan.money
    path = f"/tax-tables/{money.tax_table}"
    chair = await contest.chair()
    adopted = await chair.post("awards", f"{path}/adoption", {}, key=f"adopt-{money.tax_table}")
    adopted.needed("adopt the table of taxes")
    treasurer = await contest.world.person(TREASURER.username)
    body = {"note": money.confirmed_because}
    key = f"confirm-{money.tax_table}"
    confirmed = await treasurer.post("awards", f"{path}/confirmation", body, key=key)
    confirmed.needed("confirm the table of taxes")


async def name_recipients(contest: Contest) -> None:
    """For every place in the newest results where somebody must be named."""
    chair = await contest.chair()
    versions = (await contest.read("/versions")).body["versions"]
    rules = {each.code: each for each in contest.plan.rules.categories}
    gate = asyncio.Semaphore(AT_ONCE)
    for place in versions[-1]["ranking"]:
        entry = contest.script.innovation(contest.codes[place["innovation_id"]])
        named = recipients_of(rules[place["category"]], entry)
        if not named:
            continue
        await asyncio.gather(*(_keep(chair, each.payee, gate) for each in named))
        body = {"recipients": [_recipient(each) for each in named]}
        await contest.put(chair, f"/recipients/{place['innovation_id']}", body)


async def compare(contest: Contest) -> tuple[Weighed, ...]:
    """The frozen rules and the planned scenarios, as the newest results stand."""
    asked = [
        {
            "name": each.name,
            "categories": {
                code: {"prizes": [prize.model_dump(mode="json") for prize in prizes]}
                for code, prizes in each.prizes.items()
            },
        }
        for each in contest.plan.money.scenarios
    ]
    told = await contest.must(await contest.chair(), "/scenarios", {"scenarios": asked})
    return tuple(_weighed(each) for each in told["scenarios"])


def _weighed(scenario: Any) -> Weighed:
    missing = sum(each["missing_rupiah"] for each in scenario["funds"])
    return Weighed(scenario["name"], scenario["total_rupiah"], missing)


def _recipient(plan: RecipientPlan) -> dict[str, Any]:
    return {
        "recipient_id": plan.payee.payee_id,
        "kind": "person",
        "taxed_as": plan.taxed_as,
        "parts": plan.parts,
    }


async def _keep(chair: Person, plan: PayeePlan, gate: asyncio.Semaphore) -> None:
    told = asdict(plan)
    path = f"/payees/{told.pop('payee_id')}"
    async with gate:
        (await chair.put("awards", path, told)).needed(f"keep the payee {plan.payee_id}")
