"""Role x route, as a table: what `api.PERMISSIONS` says is what the doors do."""

import httpx
import pytest

from services.submission.api import PERMISSIONS
from shared.identity import Relation, Role
from tests.apps import Issuer, key
from tests.component.submission.conftest import PATH, Headers
from tests.component.submission.test_way_of_an_innovation import PROFILE, drafted

Row = tuple[str, str, str]
INNOVATION = "/innovations/{innovation_id}"
EVIDENCE = f"{INNOVATION}/evidence/{{evidence_id}}"
ROUTES: tuple[Row, ...] = (
    ("open_season", "POST", "/seasons"),
    ("extend_deadline", "POST", "/seasons/{season_id}/extensions"),
    ("grant_late_exception", "POST", "/seasons/{season_id}/late-exceptions"),
    ("close_season", "POST", "/seasons/{season_id}/closing"),
    ("list_seasons", "GET", "/seasons"),
    ("read_season", "GET", "/seasons/{season_id}"),
    ("register_agency", "POST", "/agencies"),
    ("rename_agency", "PUT", "/agencies/{agency_id}/name"),
    ("succeed_agency", "POST", "/agencies/{agency_id}/succession"),
    ("close_agency", "POST", "/agencies/{agency_id}/closing"),
    ("sign_commitment", "POST", "/agencies/{agency_id}/commitments"),
    ("list_agencies", "GET", "/agencies"),
    ("read_agency", "GET", "/agencies/{agency_id}"),
    ("read_agency", "GET", "/agencies/{agency_id}/tree"),
    ("read_compliance", "GET", "/seasons/{season_id}/compliance"),
    ("read_compliance", "GET", "/seasons/{season_id}/compliance/summary"),
    ("read_counts", "GET", "/seasons/{season_id}/counts"),
    ("draft_innovation", "POST", "/innovations"),
    ("develop_innovation", "POST", f"{INNOVATION}/developments"),
    ("revise_profile", "PUT", f"{INNOVATION}/profile"),
    ("change_profile", "PATCH", f"{INNOVATION}/profile"),
    ("read_contact", "GET", f"{INNOVATION}/contact"),
    ("change_contact", "PUT", f"{INNOVATION}/contact"),
    ("erase_contact", "DELETE", f"{INNOVATION}/contact"),
    ("claim_level", "PUT", f"{INNOVATION}/claims/{{indicator}}"),
    ("declare_evidence", "POST", f"{INNOVATION}/evidence"),
    ("declare_evidence", "POST", f"{INNOVATION}/links"),
    ("read_upload", "GET", f"{EVIDENCE}/upload"),
    ("revise_evidence", "PUT", EVIDENCE),
    ("take_in_evidence", "POST", f"{EVIDENCE}/intake"),
    ("withdraw_evidence", "POST", f"{EVIDENCE}/withdrawal"),
    ("download_evidence", "GET", f"{EVIDENCE}/download"),
    ("endorse_innovation", "POST", f"{INNOVATION}/endorsements"),
    ("submit_innovation", "POST", f"{INNOVATION}/submissions"),
    ("withdraw_innovation", "POST", f"{INNOVATION}/withdrawal"),
    ("list_innovations", "GET", "/innovations"),
    ("read_innovation", "GET", INNOVATION),
    ("read_receipt", "GET", f"{INNOVATION}/receipts/{{number}}"),
    ("read_receipt", "GET", f"{INNOVATION}/receipts/{{number}}/completion"),
    ("read_history", "GET", f"{INNOVATION}/history"),
    ("read_preflight", "GET", f"{INNOVATION}/preflight"),
    ("read_preflight", "POST", f"{INNOVATION}/preflight"),
    ("read_coach", "GET", f"{INNOVATION}/coach"),
    ("state_replication", "POST", f"{INNOVATION}/replications"),
    ("adopt_replication", "POST", f"{INNOVATION}/adoptions"),
    ("link_replication", "POST", "/replications/{replication_id}/replica"),
    ("withdraw_replication", "POST", "/replications/{replication_id}/withdrawal"),
    ("list_replications", "GET", "/replications"),
    ("read_replication", "GET", "/replications/{replication_id}"),
    ("list_register", "GET", "/register"),
    ("export_innovations", "GET", f"{INNOVATION}/export"),
    ("export_innovations", "GET", "/exports/innovations"),
    ("list_agencies", "GET", "/exports/agencies"),
    ("read_import_template", "GET", "/imports/agencies/template.xlsx"),
    ("read_import_template", "GET", "/imports/innovations/template.xlsx"),
    ("import_agencies", "POST", "/imports/agencies"),
    ("import_innovations", "POST", "/imports/innovations"),
)
PUBLIC = {("GET", "/receipts/keys")}
"""Whoever holds a receipt may check it."""

ANYBODYS = {"state_replication"}
"""About an innovation that another agency must be able to name."""

BODIES: dict[tuple[str, str], object] = {
    ("PUT", f"{INNOVATION}/profile"): PROFILE,
    ("PATCH", f"{INNOVATION}/profile"): {"purpose": "x"},
    ("PUT", f"{INNOVATION}/contact"): {"name": "Siti"},
    ("PUT", f"{INNOVATION}/claims/{{indicator}}"): {"level": 1},
    ("PUT", EVIDENCE): {"evidence_kind": "decree", "indicators": ["SID-01"]},
    ("POST", f"{EVIDENCE}/withdrawal"): {"reason": "x"},
    ("POST", f"{INNOVATION}/withdrawal"): {"reason": "x"},
    ("POST", f"{INNOVATION}/developments"): {"season_id": "2026"},
    ("POST", f"{INNOVATION}/preflight"): {},
    ("POST", f"{INNOVATION}/endorsements"): {"content_digest": "0" * 64, "capacity": "head"},
    ("POST", f"{INNOVATION}/adoptions"): {"replication_id": "none"},
    ("POST", f"{INNOVATION}/links"): {
        "url": "https://hss.go.id/x",
        "evidence_kind": "screenshot",
        "indicators": ["SID-04"],
    },
    ("POST", f"{INNOVATION}/evidence"): {
        "file_name": "sk.pdf",
        "sha256": "0" * 64,
        "size_bytes": 1,
        "media_type": "application/pdf",
        "evidence_kind": "decree",
        "indicators": ["SID-01"],
    },
}


async def asked(
    api: httpx.AsyncClient, person: Headers, row: Row, innovation: str, body: object = None
) -> httpx.Response:
    """The route asked for, rehearsed where it writes."""
    _, method, path = row
    url = path.format(
        innovation_id=innovation,
        evidence_id="none",
        replication_id="none",
        season_id="2026",
        agency_id="hss-dinkes",
        indicator="SID-01",
        number=1,
    )
    params = {} if method == "GET" else {"dry_run": 1}
    sent = {**person, **key(), "If-Match": '"1"'}
    return await api.request(method, url, params=params, json=body, headers=sent)


def is_hidden(answer: httpx.Response) -> bool:
    return answer.status_code == 404 and answer.json()["code"] == "not_found"


def test_every_operation_has_its_route_here() -> None:
    assert {operation for operation, _, _ in ROUTES} == set(PERMISSIONS)


async def test_every_route_has_its_row_here(api: httpx.AsyncClient) -> None:
    paths = (await api.get("/openapi.json")).json()["paths"]
    served = {
        (method.upper(), path)
        for path, methods in paths.items()
        for method, route in methods.items()
        if route["tags"] not in (["inspection"], ["health"])
    }
    assert served == PUBLIC | {(method, path) for _, method, path in ROUTES}


async def test_nobody_enters_without_a_token(api: httpx.AsyncClient, season: str) -> None:
    for row in ROUTES:
        answer = await asked(api, {}, row, "none")
        assert (row, answer.status_code) == (row, 401)


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_that_is_not_listed_is_forbidden_and_one_that_is_goes_on(
    api: httpx.AsyncClient, season: str, operator: Headers, issuer: Issuer, role: Role
) -> None:
    innovation = await drafted(api, operator)
    person = issuer.headers("somebody", role, agency="hss-dinkes", path=PATH)
    for row in ROUTES:
        answer = await asked(api, person, row, innovation)
        is_listed = role in PERMISSIONS[row[0]]
        assert (row, answer.status_code != 403) == (row, is_listed), answer.text


@pytest.mark.parametrize("role", list(Role))
async def test_what_belongs_to_another_agency_is_not_there(
    api: httpx.AsyncClient, season: str, operator: Headers, issuer: Issuer, role: Role
) -> None:
    """For those whom the table binds to their own; all others are not stopped by whose it is."""
    innovation = await drafted(api, operator)
    person = issuer.headers("stranger", role, agency="balangan-dinkes")
    above = issuer.headers("above", role, agency="hss", path=PATH[:2])
    for row in ROUTES:
        operation, method, path = row
        relation = PERMISSIONS[operation].get(role)
        if relation is None or not path.startswith(INNOVATION) or operation in ANYBODYS:
            continue
        body = BODIES.get((method, path))
        answer = await asked(api, person, row, innovation, body)
        is_bound = relation is Relation.OWN_AGENCY
        assert (row, is_hidden(answer)) == (row, is_bound), answer.text
        from_above = await asked(api, above, row, innovation, body)
        assert (row, is_hidden(from_above)) == (row, False), from_above.text
