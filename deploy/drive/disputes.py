"""The results from their first draft to their publication: minutes, objections, public test."""

from base64 import b64encode
from datetime import date, datetime, timedelta
from typing import Any

from deploy.drive.contest import Contest
from deploy.drive.people import Unexpected
from deploy.sample.evidence import file_of
from deploy.sample.plan import DoubtPlan, ObjectionPlan

A_MINUTE = timedelta(minutes=1)


async def draft_results(contest: Contest) -> None:
    """A planned disqualification, then version 1, whose minutes are signed."""
    out = contest.plan.disqualification
    if out is not None:
        person = await contest.world.person(out.decided_by)
        body = {
            "innovation_id": contest.ids[out.innovation_code],
            "ground": out.ground,
            "reason": out.reason,
        }
        await contest.must(person, "/disqualifications", body, version=await contest.version())
    await contest.must(await contest.chair(), "/results")


async def hear_objections(contest: Contest) -> None:
    """Nobody objects to unsigned minutes; a granted objection makes version 2 by itself."""
    chair, window = await contest.chair(), {"version": 1}
    early = await contest.try_(chair, "/objection-window", window, turn="-early")
    if early.code != "minutes_unsigned":
        raise Unexpected(f"the window opened on unsigned minutes: {early.status} {early.code}")
    await _sign(contest, 1)
    await contest.must(chair, "/objection-window", window)
    if contest.plan.objection is not None:
        await _object(contest, contest.plan.objection)
        await _sign(contest, 2)


async def hold_public_test(contest: Contest) -> None:
    """Anybody may doubt what is tested; the planned doubt is refuted."""
    version = 1 if contest.plan.objection is None else 2
    await contest.must(await contest.chair(), "/public-test", {"version": version})
    if contest.plan.doubt is not None:
        await _doubt(contest, contest.plan.doubt)


async def end_of_windows(contest: Contest) -> datetime:
    """The first minute in which the results may be determined, and their prizes be paid."""
    shown = (await contest.read()).body
    windows = [*shown["windows"], *shown["public_tests"]]
    closes_at = max(datetime.fromisoformat(each["closes_at"]) for each in windows)
    return closes_at + A_MINUTE


async def determine_and_publish(contest: Contest, today: date) -> None:
    """After the windows: the decree, and the results for everybody."""
    chair = await contest.chair()
    body = {"decree_number": contest.plan.decree_number, "decree_date": today.isoformat()}
    await contest.must(chair, "/determination", body, version=await contest.version())
    await contest.must(chair, "/publication")


async def _sign(contest: Contest, version: int) -> None:
    for each in contest.plan.signatures:
        body = {"version": version, "function": each.function}
        person = await contest.world.person(each.signer)
        await contest.must(person, "/minutes/signatures", body, turn=f"-{version}")


async def _object(contest: Contest, plan: ObjectionPlan) -> None:
    operator = await contest.world.person(plan.filed_by)
    body = {
        "innovation_id": contest.ids[plan.innovation_code],
        "indicator": plan.indicator,
        "level_sought": plan.level_sought,
        "reason": plan.reason,
    }
    filed = await contest.must(operator, "/objections", body)
    decider = await contest.world.person(plan.decided_by)
    decision = {"granted": True, "level": plan.level_granted, "reason": plan.decision}
    path = f"/objections/{filed['objection_id']}/decision"
    await contest.must(decider, path, decision, version=filed["version"])
    await (await contest.chair()).until(
        "version 2 of the results",
        "awards",
        f"{contest.path}/versions",
        lambda body: len(body["versions"]) == 2,
    )


async def _doubt(contest: Contest, plan: DoubtPlan) -> None:
    """With an address and a file, by somebody without an account."""
    anybody = contest.world.anybody()
    innovation = contest.ids[plan.innovation_code]
    tested = await anybody.until("the public test", "awards", f"{contest.path}/public-test")
    if innovation not in {each["innovation_id"] for each in tested.body["finalists"]}:
        raise Unexpected(f"{plan.innovation_code} is not tested in public")
    body = {
        "innovation_id": innovation,
        "statement": plan.statement,
        "links": [plan.link],
        "files": [_file(contest, plan)],
    }
    filed = await contest.must(anybody, "/public-test/doubts", body)
    decider = await contest.world.person(plan.decided_by)
    decision = {"upheld": False, "reason": plan.decision}
    path = f"/doubts/{filed['doubt_id']}/decision"
    await contest.must(decider, path, decision, version=filed["version"])


def _file(contest: Contest, plan: DoubtPlan) -> dict[str, Any]:
    evidence = contest.script.innovation(plan.innovation_code).evidence
    paper = next(each for each in evidence if each.media == "pdf")
    return {
        "name": paper.file_name,
        "media_type": "application/pdf",
        "content_base64": b64encode(file_of(paper)).decode(),
    }
