"""Every role at every door, as one table, on real servers."""

import httpx

from services.scoring.api import PERMISSIONS
from shared.identity import Role
from tests.apps import Issuer
from tests.builders.scoring import FIRST, INNOVATION, PANEL_ID
from tests.component.scoring.world import SCORES, person

ASPECT = {"edition": "2026-r1", "rows": []}
RECUSAL = {"innovation_id": FIRST, "reason": "My sister leads it."}
SEAT = {"judge_id": "judge-citra", "reason": "Nobody else is free."}
REMOVAL = {"reason": "No answer in ten days."}
MATCH = {"If-Match": '"1"'}
REQUESTS: dict[str, tuple[str, str, object, dict[str, str]]] = {
    "list_scorecards": ("GET", "/scorecards", None, {}),
    "read_scorecard": ("GET", f"/scorecards/{INNOVATION}", None, {}),
    "explain_scorecard": ("GET", f"/scorecards/{INNOVATION}/explanation", None, {}),
    "list_regions": ("GET", "/regions", None, {}),
    "read_region": ("GET", "/regions/2026/hss", None, {}),
    "read_region_coach": ("GET", "/regions/2026/hss/coach", None, {}),
    "read_region_history": ("GET", "/regions/2026/hss/history", None, {}),
    "read_government_aspect": ("GET", "/regions/2026/hss/government-aspect", None, {}),
    "simulate_region": ("POST", "/regions/2026/hss/simulation", {}, {}),
    "record_government_aspect": ("PUT", "/regions/2026/hss/government-aspect", ASPECT, {}),
    "list_panels": ("GET", "/panels", None, {}),
    "read_panel": ("GET", f"/panels/{PANEL_ID}", None, {}),
    "read_own_scores": ("GET", f"/panels/{PANEL_ID}/my-scores", None, {}),
    "seal_score": ("POST", f"/panels/{PANEL_ID}/scores/{FIRST}", {"scores": SCORES}, {}),
    "seat_judge": ("POST", f"/panels/{PANEL_ID}/judges", SEAT, {}),
    "unseat_judge": ("POST", f"/panels/{PANEL_ID}/judges/judge-ani/removal", REMOVAL, {}),
    "recuse_judge": ("POST", f"/panels/{PANEL_ID}/recusals", RECUSAL, {}),
    "reveal_scores": ("POST", f"/panels/{PANEL_ID}/reveal", None, MATCH),
}
LISTS = {"list_scorecards", "list_regions", "list_panels"}


async def test_every_role_at_every_door(api: httpx.AsyncClient, issuer: Issuer):
    """Nothing exists yet: a door that opens leads to an empty list, a 404, or a dry yes."""
    assert REQUESTS.keys() == PERMISSIONS.keys()
    found: dict[tuple[str, str], int] = {}
    expected: dict[tuple[str, str], int] = {}
    for operation, (method, path, body, headers) in REQUESTS.items():
        asked = {"method": method, "url": f"{path}?dry_run=1", "json": body}
        nobody = await api.request(**asked, headers=headers)
        found[(operation, "nobody")], expected[(operation, "nobody")] = nobody.status_code, 401
        for role in Role:
            who = person(api, issuer, f"person-{role}", role, path=("kalsel", "hss"))
            keyed = {**who.headers, **headers, "Idempotency-Key": f"{operation}-{role}"}
            answer = await api.request(**asked, headers=keyed)
            found[(operation, role)] = answer.status_code
            expected[(operation, role)] = _expected(operation, role)
    assert found == expected


def _expected(operation: str, role: Role) -> int:
    if role not in PERMISSIONS[operation]:
        return 403
    return 200 if operation in {*LISTS, "record_government_aspect"} else 404


async def test_every_route_of_scoring_is_in_the_table(api: httpx.AsyncClient):
    told = (await api.get("/openapi.json")).json()
    mine = {
        operation["operationId"]
        for path, methods in told["paths"].items()
        if path.startswith(("/scorecards", "/regions", "/panels"))
        for operation in methods.values()
    }
    assert len(mine) == len(PERMISSIONS)
