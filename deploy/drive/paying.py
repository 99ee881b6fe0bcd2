"""Uang pembinaan: allocated, held and released, agreed to by a second person, paid."""

import asyncio
from datetime import date
from typing import Any

from deploy.drive.contest import Contest
from deploy.drive.people import Person, Unexpected
from deploy.sample.people import TREASURER


async def pay_all(contest: Contest, today: date) -> None:
    """Allocates the determined results and pays them. Raises `Unexpected` if a fund refuses."""
    allocator = await contest.world.person(contest.plan.money.allocated_by)
    allocated = await contest.must(allocator, "/allocations")
    for fund in allocated["funds"]:
        if fund["outcome"] != "allocated":
            raise Unexpected(f"the fund {fund['fund_id']} refused: {fund['detail']}")
    await asyncio.gather(*(_pay_fund(contest, fund, today) for fund in allocated["funds"]))


async def _pay_fund(contest: Contest, fund: Any, today: date) -> None:
    first = fund["lines"][0]["allocation_id"]
    await _refuse_the_allocator(contest, fund["fund_id"], first)
    await _hold_and_release(contest, fund["fund_id"], first)
    for number, line in enumerate(fund["lines"], start=1):
        await _pay(contest, fund["fund_id"], line, number, today)


async def _refuse_the_allocator(contest: Contest, fund_id: str, allocation: str) -> None:
    """Whoever allocated may not agree."""
    same = await contest.world.person(contest.plan.money.allocated_by)
    refused = await _move(same, fund_id, allocation, "approval")
    if refused.status not in (404, 409):
        raise Unexpected(f"{same.username} could approve their own allocation")


async def _hold_and_release(contest: Contest, fund_id: str, allocation: str) -> None:
    """What is held is not agreed to."""
    hold = contest.plan.money.hold
    holder = await contest.world.person(hold.held_by)
    held = await _move(holder, fund_id, allocation, "hold", {"reason": hold.reason})
    held.needed(f"hold {allocation}")
    second = await contest.world.person(contest.plan.money.approved_by)
    refused = await _move(second, fund_id, allocation, "approval", turn="held")
    if refused.code != "allocation_held":
        raise Unexpected(f"{allocation} was approved although it is held")
    releaser = await contest.world.person(hold.released_by)
    released = await _move(releaser, fund_id, allocation, "release", {"reason": hold.release})
    released.needed(f"release {allocation}")


async def _pay(contest: Contest, fund_id: str, line: Any, number: int, today: date) -> None:
    money, allocation = contest.plan.money, line["allocation_id"]
    second = await contest.world.person(money.approved_by)
    approved = await _move(second, fund_id, allocation, "approval")
    approved.needed(f"approve {allocation}")
    treasurer = await contest.world.person(TREASURER.username)
    prefix = money.handover_reference if line["in_kind"] else money.payment_reference
    body = {"reference": f"{prefix}/{fund_id}/{number:03d}", "paid_on": today.isoformat()}
    paid = await _move(treasurer, fund_id, allocation, "payment", body)
    paid.needed(f"pay {allocation}")


async def _move(
    person: Person, fund_id: str, allocation: str, what: str, body: Any = None, turn: str = ""
) -> Any:
    path = f"/funds/{fund_id}/allocations/{allocation}/{what}"
    return await person.post("awards", path, body, key=f"{what}-{allocation}{turn}")


async def ledger(contest: Contest) -> list[dict[str, Any]]:
    """The funds as awards serves them, once every allocation is shown as paid."""
    treasurer = await contest.world.person(TREASURER.username)
    funds: list[dict[str, Any]] = []
    for fund in contest.plan.money.funds:
        reply = await treasurer.until(
            f"the ledger of {fund.fund_id}", "awards", f"/funds/{fund.fund_id}", _is_paid
        )
        funds.append(reply.body)
    return funds


def _is_paid(fund: Any) -> bool:
    states = {each["state"] for each in fund["allocations"]}
    return states == {"paid"} and fund["paid_rupiah"] == fund["allocated_rupiah"]
