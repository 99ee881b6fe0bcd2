"""Every role at every door, as one table, on real servers."""

import httpx

from services.awards.api import PERMISSIONS, PUBLIC
from shared.identity import Role
from tests.component.awards.course import DECREE, RULES, URL, rules
from tests.component.awards.world import People

MONEY = "/funds/apbd/allocations/alloc-1"
FUND = {
    "fund_id": "apbd",
    "name": "APBD",
    "source_kind": "sponsor",
    "fiscal_year": 2026,
    "ceiling_rupiah": 1,
}
(CATEGORY,) = RULES["categories"]
WITHOUT_MONEY = rules(categories=[{**CATEGORY, "prizes": []}])
OBJECTION = {"innovation_id": "inov-1", "indicator": "SID-16", "level_sought": 2, "reason": "x"}
OUT = {"innovation_id": "inov-1", "ground": "x", "reason": "x"}
TIE = {"category": "skpd", "order": ["inov-1", "inov-2"], "reason": "x"}
ENTRY = {"innovation_id": "inov-1", "category": "skpd", "reason": "x"}
RECIPIENT = {"recipient_id": "dinkes", "kind": "agency", "taxed_as": "agency", "parts": 1}
PAYEE = {
    "name": "Siti",
    "tax_id": "6307014104900002",
    "bank": "Bank",
    "account_number": "0010301123456",
    "account_holder": "Siti",
}
REASON = {"reason": "Menunggu berkas"}
ROUND = f"{URL}/categories/skpd/rounds/administrasi"
DIGEST = "0" * 64
REQUESTS: dict[str, tuple[str, str, object]] = {
    "announce_competition": ("POST", "/competitions", WITHOUT_MONEY),
    "list_competitions": ("GET", "/competitions", None),
    "read_competition": ("GET", URL, None),
    "enrol_by_hand": ("POST", f"{URL}/entries", ENTRY),
    "read_eligibility": ("GET", f"{URL}/eligibility?innovation_id=inov-1", None),
    "open_round": ("POST", f"{ROUND}/open", None),
    "close_round": ("POST", f"{ROUND}/close", None),
    "draft_results": ("POST", f"{URL}/results", None),
    "read_versions": ("GET", f"{URL}/versions", None),
    "resolve_tie": ("POST", f"{URL}/ties", TIE),
    "disqualify_entry": ("POST", f"{URL}/disqualifications", OUT),
    "sign_minutes": (
        "POST",
        f"{URL}/minutes/signatures",
        {"version": 1, "function": "Ketua"},
    ),
    "open_objection_window": ("POST", f"{URL}/objection-window", {"version": 1}),
    "file_objection": ("POST", f"{URL}/objections", OBJECTION),
    "list_objections": ("GET", f"{URL}/objections", None),
    "list_objectionable": ("GET", f"{URL}/objectionable", None),
    "read_objection_document": ("GET", f"{URL}/objections/o-1/documents/{DIGEST}", None),
    "decide_objection": (
        "POST",
        f"{URL}/objections/objection-1/decision",
        {"granted": False, "reason": "x"},
    ),
    "open_public_test": ("POST", f"{URL}/public-test", {"version": 1}),
    "list_doubts": ("GET", f"{URL}/doubts", None),
    "read_doubt": ("GET", f"{URL}/doubts/doubt-1", None),
    "read_doubt_evidence": ("GET", f"{URL}/doubts/doubt-1/evidence/{DIGEST}", None),
    "decide_doubt": (
        "POST",
        f"{URL}/doubts/doubt-1/decision",
        {"upheld": False, "reason": "x"},
    ),
    "erase_doubt": ("DELETE", f"{URL}/doubts/doubt-1/text", None),
    "read_calendar": ("GET", "/calendar", None),
    "determine_results": ("POST", f"{URL}/determination", DECREE),
    "publish_results": ("POST", f"{URL}/publication", None),
    "name_recipients": ("PUT", f"{URL}/recipients/inov-1", {"recipients": [RECIPIENT]}),
    "read_recipients": ("GET", f"{URL}/recipients/inov-1", None),
    "keep_payee": ("PUT", "/payees/warga-1", PAYEE),
    "read_payee": ("GET", "/payees/warga-1", None),
    "erase_payee": ("DELETE", "/payees/warga-1", None),
    "compare_scenarios": ("POST", f"{URL}/scenarios", {"scenarios": [{"name": "A"}]}),
    "issue_document": ("POST", f"{URL}/documents", {"kind": "minutes", "format": "pdf"}),
    "list_documents": ("GET", f"{URL}/documents", None),
    "read_document": ("GET", f"{URL}/documents/doc-1/file", None),
    "list_tax_tables": ("GET", "/tax-tables", None),
    "adopt_tax_table": ("POST", "/tax-tables/2024-r1/adoption", None),
    "confirm_tax_table": ("POST", "/tax-tables/2024-r1/confirmation", {"note": "Sesuai"}),
    "allocate_money": ("POST", f"{URL}/allocations", None),
    "register_fund": ("POST", "/funds", FUND),
    "list_funds": ("GET", "/funds", None),
    "read_fund": ("GET", "/funds/apbd", None),
    "read_ledger": ("GET", "/funds/apbd/ledger", None),
    "list_allocations": ("GET", "/funds/apbd/allocations", None),
    "approve_allocation": ("POST", f"{MONEY}/approval", None),
    "hold_allocation": ("POST", f"{MONEY}/hold", REASON),
    "release_allocation": ("POST", f"{MONEY}/release", REASON),
    "pay_allocation": (
        "POST",
        f"{MONEY}/payment",
        {"reference": "SP2D-1", "paid_on": "2026-11-20"},
    ),
    "return_allocation": (
        "POST",
        f"{MONEY}/return",
        {"reference": "STS-1", "returned_on": "2026-11-20", "reason": "x"},
    ),
    "reverse_allocation": ("POST", f"{MONEY}/reversal", {"reason": "x"}),
}
"""One request a route, by the route's name."""

OPERATION = {
    "list_objectionable": "file_objection",
    "read_doubt": "list_doubts",
    "read_doubt_evidence": "decide_doubt",
}
"""The operation of a route that has another name; every other route is called as its operation."""

OPEN = {
    "announce_competition": 201,
    "register_fund": 201,
    "list_competitions": 200,
    "list_funds": 200,
    "list_tax_tables": 200,
    "read_calendar": 200,
    "adopt_tax_table": 201,
    "confirm_tax_table": 409,
    "keep_payee": 200,
}
PATHS = (
    *("/competitions", "/funds", "/results", "/calendar"),
    *("/tax-tables", "/payees", "/documents", "/verify"),
)


async def test_every_role_at_every_door(api: httpx.AsyncClient, people: People) -> None:
    """Nothing exists yet: a door that opens leads to an empty list, a 404, or a dry yes."""
    assert {operation(name) for name in REQUESTS} == PERMISSIONS.keys()
    found: dict[tuple[str, str], int] = {}
    expected: dict[tuple[str, str], int] = {}
    for name, (method, path, body) in REQUESTS.items():
        dry = f"{path}{'&' if '?' in path else '?'}dry_run=1"
        asked = {"method": method, "url": dry, "json": body}
        nobody = await api.request(**asked)
        found[(name, "nobody")], expected[(name, "nobody")] = nobody.status_code, 401
        for role in Role:
            who = people(f"person-{role}", role, path=("kalsel", "hss"))
            headers = {
                **who.headers,
                "Idempotency-Key": f"{name}-{role}",
                "If-Match": '"0"',
            }
            answer = await api.request(**asked, headers=headers)
            found[(name, role)] = answer.status_code
            expected[(name, role)] = _expected(name, role)
    assert found == expected


def operation(name: str) -> str:
    return OPERATION.get(name, name)


def _expected(name: str, role: Role) -> int:
    if role not in PERMISSIONS[operation(name)]:
        return 403
    return OPEN.get(name, 404)


async def test_every_route_of_awards_is_in_the_table(api: httpx.AsyncClient) -> None:
    told = (await api.get("/openapi.json")).json()
    mine = [
        (method, path)
        for path, methods in told["paths"].items()
        if path.startswith(PATHS)
        for method in methods
    ]
    assert len(mine) == len(REQUESTS) + len(PUBLIC)


async def test_published_results_ask_for_no_token(api: httpx.AsyncClient) -> None:
    assert (await api.get("/results")).json() == {"items": [], "next_cursor": None}
    assert (await api.get("/results/export")).json() == {"items": []}
    assert (await api.get(f"{URL}/results")).status_code == 404
    assert (await api.get(f"{URL}/public-test")).status_code == 404
