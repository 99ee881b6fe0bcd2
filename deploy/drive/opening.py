"""The admin's part: season, agencies, commitments, the government aspect of each region."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from deploy.drive.people import Person, World
from deploy.sample.agencies import Agency
from deploy.sample.people import ADMIN, EXPERTISE, person_id
from deploy.sample.plan import CommitmentPlan, GovernmentPlan, Script

AT_ONCE = 6
CAPACITY = 5
RULE_AHEAD = timedelta(minutes=6)


async def open_season(world: World, script: Script, now: datetime) -> None:
    """A season that is open now, with its agencies and what they promised."""
    admin = await world.person(ADMIN.username)
    plan = script.season
    body = {
        "season_id": plan.season_id,
        "name": plan.name,
        "edition": plan.edition_id,
        "opens_at": (now - timedelta(days=plan.opened_days_ago)).isoformat(),
        "deadline": (now + timedelta(days=plan.days_to_deadline)).isoformat(),
        "revision_days": plan.revision_days,
    }
    opened = await admin.post("submission", "/seasons", body, key=f"season-{plan.season_id}")
    if opened.code != "season_exists":
        opened.needed("open the season")
    for agency in script.agencies:
        await _register(admin, agency)
    gate = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(
        *(_commit(admin, each, plan.season_id, gate) for each in script.commitments)
    )
    await _set_quality(admin, plan.season_id, now)
    await asyncio.gather(*(_describe(world, *each) for each in EXPERTISE.items()))


async def _set_quality(admin: Person, season_id: str, now: datetime) -> None:
    """One review in ten, and every cut of two levels: told, although it is the rule anyway."""
    path = f"/quality-rules/{season_id}"
    known = (await admin.get("verification", path)).needed("read the quality rule").body
    if known["rules"]:
        return
    body = {
        "sample_permille": 100,
        "large_change": 2,
        "effective_from": (now + RULE_AHEAD).isoformat(),
    }
    reply = await admin.post("verification", path, body, key=f"quality-{season_id}")
    reply.needed("publish the quality rule")


async def _describe(world: World, username: str, affairs: Sequence[str]) -> None:
    verifier = await world.person(username)
    body = {"affairs": affairs, "capacity": CAPACITY}
    reply = await verifier.put("verification", f"/verifiers/{person_id(username)}", body)
    reply.needed(f"describe {username}")


async def _register(admin: Person, agency: Agency) -> None:
    body = {
        "agency_id": agency.code,
        "name": agency.name,
        "short_name": agency.short_name,
        "kind": agency.kind,
        "parent_id": agency.parent_code,
        "source": agency.source,
        "sample": agency.sample,
    }
    reply = await admin.post("submission", "/agencies", body, key=f"agency-{agency.code}")
    reply.needed(f"register {agency.code}")


async def _commit(
    admin: Person, plan: CommitmentPlan, season_id: str, gate: asyncio.Semaphore
) -> None:
    body = {
        "season_id": season_id,
        "innovations_promised": plan.innovations_promised,
        "letter_number": plan.letter_number,
        "signed_on": plan.signed_on.isoformat(),
    }
    path = f"/agencies/{plan.agency_code}/commitments"
    async with gate:
        reply = await admin.post("submission", path, body, key=f"commit-{plan.agency_code}")
        reply.needed(f"commitment of {plan.agency_code}")


async def record_governments(world: World, script: Script) -> None:
    """The government aspect of each region that has at least one scorecard or none yet."""
    admin = await world.person(ADMIN.username)
    for plan in script.governments:
        await _record(admin, plan, script)


async def _record(admin: Person, plan: GovernmentPlan, script: Script) -> None:
    path = f"/regions/{script.season.season_id}/{plan.region_code}/government-aspect"
    rows = [
        {"indicator": code, "level": level, "source": plan.source}
        for code, level in plan.levels.items()
    ]
    body = {"edition": script.season.edition_id, "rows": rows}
    reply = await admin.put("scoring", path, body)
    reply.needed(f"government aspect of {plan.region_code}")
