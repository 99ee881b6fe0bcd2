"""Names and contacts lie beside the history, for those whose the innovation is, and can go."""

import httpx
import pytest

from deploy.local.stack import Addresses
from shared.history import connect, read_all
from shared.history.reader import last_sequence
from tests.apps import Issuer
from tests.component.submission.conftest import PATH, Headers
from tests.component.submission.test_way_of_an_innovation import drafted

Api = httpx.AsyncClient
CONTACT = {
    "name": "Siti Aminah",
    "employee_number": "198001012005012001",
    "phone": "+62 812-3456-7890",
    "email": "siti@hss.go.id",
    "initiator_name": "dr. Rahman",
}
NOT_A_CONTACT: tuple[dict[str, object], ...] = (
    {},
    {"name": ""},
    {"name": "  ", "phone": ""},
    {"name": "x" * 121},
    {"name": "Siti\u0000"},
    {"employee_number": "19800101200501200"},
    {"employee_number": "1980010120050120011"},
    {"employee_number": 19800101},
    {"phone": "telepon kantor"},
    {"email": "siti"},
    {"email": "siti@hss"},
    {"name": "Siti", "address": "Jl. Merdeka"},
)


async def test_a_contact_is_kept_replaced_and_erased(
    api: Api, season: str, operator: Headers, admin: Headers
) -> None:
    innovation = await drafted(api, operator)
    url = f"/innovations/{innovation}/contact"
    none = await api.get(url, headers=operator)
    assert (none.status_code, none.json()["code"]) == (404, "contact_unknown")
    put = await api.put(url, json=CONTACT, headers=operator)
    assert (put.status_code, put.json()["training"]) == (200, False)
    read = await api.get(url, headers=admin)
    assert read.json() == put.json()
    assert {name: read.json()[name] for name in CONTACT} == CONTACT
    await api.put(url, json={"name": "Budi"}, headers=operator)
    replaced = (await api.get(url, headers=operator)).json()
    assert (replaced["name"], replaced["phone"], replaced["initiator_name"]) == ("Budi", "", "")
    for _ in range(2):
        erased = await api.delete(url, headers=operator)
        assert (erased.status_code, erased.content) == (204, b"")
    assert (await api.get(url, headers=operator)).status_code == 404


async def test_a_rehearsal_keeps_and_erases_nothing(
    api: Api, season: str, operator: Headers
) -> None:
    url = f"/innovations/{await drafted(api, operator)}/contact"
    tried = await api.put(url, json=CONTACT, params={"dry_run": 1}, headers=operator)
    assert tried.json()["dry_run"]
    assert (await api.get(url, headers=operator)).status_code == 404
    await api.put(url, json=CONTACT, headers=operator)
    await api.delete(url, params={"dry_run": 1}, headers=operator)
    assert (await api.get(url, headers=operator)).json()["name"] == "Siti Aminah"


async def test_no_name_reaches_the_history_or_the_log(
    api: Api,
    season: str,
    operator: Headers,
    fresh_servers: Addresses,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = f"/innovations/{await drafted(api, operator)}/contact"
    await api.put(url, json=CONTACT, headers=operator)
    await api.put(url, json={**CONTACT, "employee_number": "1234"}, headers=operator)
    seeds = fresh_servers.nats_seeds
    connection = await connect((fresh_servers.nats_url,), "audit", seeds["audit"])
    try:
        last = await last_sequence(connection)
        said = b"".join([each.body async for each in read_all(connection, 1, last)])
    finally:
        await connection.close()
    logged = capsys.readouterr()
    everything = said.decode() + logged.out + logged.err
    assert "SIP PUTIH" in everything
    for private in (*CONTACT.values(), "Aminah", "1234"):
        assert private not in everything


async def test_what_is_no_contact_is_a_problem_that_does_not_repeat_it(
    api: Api, season: str, operator: Headers
) -> None:
    url = f"/innovations/{await drafted(api, operator)}/contact"
    for contact in NOT_A_CONTACT:
        answer = await api.put(url, json=contact, headers=operator)
        told = (contact, answer.status_code, answer.json()["code"])
        assert told == (contact, 422, "request_invalid")
        for value in contact.values():
            assert not str(value).strip() or str(value) not in answer.text


async def test_only_those_with_a_part_in_it_see_a_contact(
    api: Api, season: str, operator: Headers, stranger: Headers, issuer: Issuer
) -> None:
    url = f"/innovations/{await drafted(api, operator)}/contact"
    await api.put(url, json=CONTACT, headers=operator)
    for ask in (api.get(url, headers=stranger), api.delete(url, headers=stranger)):
        assert (await ask).status_code == 404
    assert (await api.put(url, json=CONTACT, headers=stranger)).status_code == 404
    for role in ("auditor", "leader", "companion", "verifier"):
        person = issuer.headers(role, role, agency="hss-dinkes", path=PATH)
        assert (role, (await api.get(url, headers=person)).status_code) == (role, 403)
    admin = issuer.headers("admin-2", "pemda_admin")
    assert (await api.put(url, json=CONTACT, headers=admin)).status_code == 403
    assert (await api.delete(url, headers=admin)).status_code == 204
