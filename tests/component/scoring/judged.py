"""A panel on real servers with one criterion, so that a score is its own total."""

from typing import Any

import httpx

from shared.events.awards import RoundOpened
from shared.events.scoring import PANEL, PanelEvent
from tests.builders.panels import POINTS
from tests.builders.scoring import PANEL_ID, round_opened
from tests.component.scoring.world import Person, Voice

PANEL_PATH = f"/panels/{PANEL_ID}"


def points_round(**changes: Any) -> RoundOpened:
    return round_opened(**{"criteria": (POINTS,), **changes})


async def scores(who: Person, innovation_id: str, points: str) -> httpx.Response:
    """The answer to a seal, which must be a yes."""
    answer = await asked_to_score(who, innovation_id, points)
    assert answer.status_code == 201, answer.text
    return answer


async def asked_to_score(who: Person, innovation_id: str, points: str) -> httpx.Response:
    body = {"scores": [{"criterion": POINTS.code, "score": points}]}
    return await who.post(f"{PANEL_PATH}/scores/{innovation_id}", body)


async def reveals(committee: Person, after: httpx.Response, **headers: str) -> httpx.Response:
    return await committee.post(
        f"{PANEL_PATH}/reveal", **{"If-Match": after.headers["ETag"], **headers}
    )


async def seats(
    committee: Person, judge_id: str, *innovations: str, reason: str = "Nobody else is free."
) -> httpx.Response:
    body = {"judge_id": judge_id, "innovations": innovations, "reason": reason}
    return await committee.post(f"{PANEL_PATH}/judges", body)


async def unseats(
    committee: Person, judge_id: str, reason: str = "No answer in ten days."
) -> httpx.Response:
    return await committee.post(f"{PANEL_PATH}/judges/{judge_id}/removal", {"reason": reason})


async def facts_of(voice: Voice) -> list[PanelEvent]:
    return [event.fact for event in await voice.history.facts(PANEL.subject(PANEL_ID))]


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
