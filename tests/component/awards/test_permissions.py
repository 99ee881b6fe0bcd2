"""Every role at every door, as one table, on real servers."""

import httpx

from services.awards.api import PERMISSIONS, PUBLIC
from shared.identity import Role
from tests.component.awards.test_way_of_a_competition import ANNOUNCE, DECREE, URL
from tests.component.awards.world import People

MONEY = "/funds/apbd/allocations/alloc-1"
FUND = {
    "fund_id": "apbd",
    "name": "APBD",
    "source_kind": "apbd",
    "fiscal_year": 2026,
    "ceiling_rupiah": 1,
}
OBJECTION = {"innovation_id": "inov-1", "indicator": "SID-16", "level_sought": 2, "reason": "x"}
OUT = {"innovation_id": "inov-1", "ground": "x", "reason": "x"}
TIE = {"category": "skpd", "order": ["inov-1", "inov-2"], "reason": "x"}
ENTRY = {"innovation_id": "inov-1", "category": "skpd", "reason": "x"}
ROUND = f"{URL}/categories/skpd/rounds/administrasi"
REQUESTS: dict[str, tuple[str, str, object]] = {
    "announce_competition": ("POST", "/competitions", ANNOUNCE),
    "list_competitions": ("GET", "/competitions", None),
    "read_competition": ("GET", URL, None),
    "enrol_by_hand": ("POST", f"{URL}/entries", ENTRY),
    "open_round": ("POST", f"{ROUND}/open", None),
    "close_round": ("POST", f"{ROUND}/close", None),
    "draft_results": ("POST", f"{URL}/results", None),
    "read_versions": ("GET", f"{URL}/versions", None),
    "resolve_tie": ("POST", f"{URL}/ties", TIE),
    "disqualify_entry": ("POST", f"{URL}/disqualifications", OUT),
    "open_objection_window": ("POST", f"{URL}/objection-window", {"version": 1}),
    "file_objection": ("POST", f"{URL}/objections", OBJECTION),
    "list_objections": ("GET", f"{URL}/objections", None),
    "decide_objection": (
        "POST",
        f"{URL}/objections/objection-1/decision",
        {"granted": False, "reason": "x"},
    ),
    "determine_results": ("POST", f"{URL}/determination", DECREE),
    "publish_results": ("POST", f"{URL}/publication", None),
    "allocate_money": ("POST", f"{URL}/allocations", None),
    "register_fund": ("POST", "/funds", FUND),
    "list_funds": ("GET", "/funds", None),
    "read_fund": ("GET", "/funds/apbd", None),
    "approve_allocation": ("POST", f"{MONEY}/approval", None),
    "pay_allocation": (
        "POST",
        f"{MONEY}/payment",
        {"reference": "SP2D-1", "paid_on": "2026-11-20"},
    ),
    "reverse_allocation": ("POST", f"{MONEY}/reversal", {"reason": "x"}),
}
OPEN = {
    "announce_competition": 201,
    "register_fund": 201,
    "list_competitions": 200,
    "list_funds": 200,
}


async def test_every_role_at_every_door(api: httpx.AsyncClient, people: People) -> None:
    """Nothing exists yet: a door that opens leads to an empty list, a 404, or a dry yes."""
    assert REQUESTS.keys() == PERMISSIONS.keys()
    found: dict[tuple[str, str], int] = {}
    expected: dict[tuple[str, str], int] = {}
    for operation, (method, path, body) in REQUESTS.items():
        asked = {"method": method, "url": f"{path}?dry_run=1", "json": body}
        nobody = await api.request(**asked)
        found[(operation, "nobody")], expected[(operation, "nobody")] = nobody.status_code, 401
        for role in Role:
            who = people(f"person-{role}", role, path=("kalsel", "hss"))
            headers = {
                **who.headers,
                "Idempotency-Key": f"{operation}-{role}",
                "If-Match": '"0"',
            }
            answer = await api.request(**asked, headers=headers)
            found[(operation, role)] = answer.status_code
            expected[(operation, role)] = _expected(operation, role)
    assert found == expected


def _expected(operation: str, role: Role) -> int:
    if role not in PERMISSIONS[operation]:
        return 403
    return OPEN.get(operation, 404)


async def test_every_route_of_awards_is_in_the_table(api: httpx.AsyncClient) -> None:
    told = (await api.get("/openapi.json")).json()
    mine = [
        (method, path)
        for path, methods in told["paths"].items()
        if path.startswith(("/competitions", "/funds", "/results"))
        for method in methods
    ]
    assert len(mine) == len(PERMISSIONS) + len(PUBLIC)


async def test_published_results_ask_for_no_token(api: httpx.AsyncClient) -> None:
    assert (await api.get("/results")).json() == {"items": [], "next_cursor": None}
    assert (await api.get(f"{URL}/results")).status_code == 404
