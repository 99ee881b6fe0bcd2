"""Uang pembinaan: allocated, agreed to by a second person, paid with a reference."""

from datetime import datetime
from typing import Any

from deploy.drive.people import Unexpected, World
from deploy.sample.people import TREASURER
from deploy.sample.plan import CompetitionPlan


async def pay_all(world: World, plan: CompetitionPlan, now: datetime) -> None:
    """Allocates the determined results and pays them. Raises `Unexpected` if a fund refuses."""
    allocator = await world.person(plan.allocated_by)
    path = f"/competitions/{plan.competition_id}/allocations"
    reply = await allocator.post("awards", path, key=f"allocate-{plan.competition_id}")
    for fund in reply.needed("allocate").body["funds"]:
        if fund["outcome"] == "refused":
            raise Unexpected(f"the fund {fund['fund_id']} refused: {fund['detail']}")
        for number, allocation in enumerate(fund["allocations"], start=1):
            await _pay(world, plan, fund["fund_id"], allocation, number, now)


async def _pay(
    world: World, plan: CompetitionPlan, fund_id: str, allocation: str, number: int, now: datetime
) -> None:
    path = f"/funds/{fund_id}/allocations/{allocation}"
    # Whoever allocated may not agree: the first try must be refused.
    same = await world.person(plan.allocated_by)
    refused = await same.post("awards", f"{path}/approval", key=f"own-{allocation[:18]}")
    if refused.status not in (404, 409):
        raise Unexpected(f"{plan.allocated_by} could approve their own allocation")
    second = await world.person(plan.approved_by)
    approved = await second.post("awards", f"{path}/approval", key=f"approve-{allocation[:18]}")
    approved.needed(f"approve {allocation}")
    treasurer = await world.person(TREASURER.username)
    body = {
        "reference": f"{plan.payment_reference}/{fund_id}/{number:03d}",
        "paid_on": now.date().isoformat(),
    }
    paid = await treasurer.post("awards", f"{path}/payment", body, key=f"pay-{allocation[:18]}")
    paid.needed(f"pay {allocation}")


async def ledger(world: World, plan: CompetitionPlan) -> list[dict[str, Any]]:
    """The funds as awards serves them, once every allocation is shown as paid."""
    treasurer = await world.person(TREASURER.username)
    funds: list[dict[str, Any]] = []
    for fund in plan.funds:
        reply = await treasurer.until(
            f"the ledger of {fund.fund_id}", "awards", f"/funds/{fund.fund_id}", _all_paid
        )
        funds.append(reply.body)
    return funds


def _all_paid(fund: Any) -> bool:
    return bool(fund["allocations"]) and fund["paid_rupiah"] == fund["allocated_rupiah"]
