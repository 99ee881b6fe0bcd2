"""The head of the agency stands by exactly what was shown, and by nothing that comes after."""

import httpx

from tests.apps import Issuer, key
from tests.component.submission.conftest import PATH, Headers, shown
from tests.component.submission.test_way_of_an_innovation import drafted

Api = httpx.AsyncClient
APPOINTMENT = {"number": "821/7", "signed_on": "2026-01-05", "subject": "Pelaksana tugas"}


async def digest_shown(api: Api, person: Headers, innovation: str) -> str:
    return (await api.get(f"/innovations/{innovation}", headers=person)).json()["content_digest"]


async def endorsed(api: Api, person: Headers, innovation: str, **body: object) -> httpx.Response:
    return await api.post(
        f"/innovations/{innovation}/endorsements", json=body, headers={**person, **key()}
    )


async def test_an_endorsement_lapses_with_the_next_change(
    api: Api, season: str, operator: Headers, head: Headers
) -> None:
    innovation = await drafted(api, operator)
    digest = await digest_shown(api, head, innovation)
    given = await endorsed(api, head, innovation, content_digest=digest, capacity="head")
    seen = (await shown(api, operator, innovation, given))["endorsement"]
    assert (seen["content_digest"], seen["by"], seen["is_current"]) == (digest, "head-1", True)
    listed = (await api.get("/innovations", headers=operator)).json()["items"]
    assert [each["is_endorsed"] for each in listed] == [True]
    changed = await api.put(
        f"/innovations/{innovation}/claims/SID-01", json={"level": 2}, headers=operator
    )
    after = await shown(api, operator, innovation, changed)
    assert (after["endorsement"]["is_current"], after["content_digest"] == digest) == (False, False)


async def test_who_acts_for_the_head_names_the_appointment(
    api: Api, season: str, operator: Headers, head: Headers
) -> None:
    innovation = await drafted(api, operator)
    body = {"content_digest": await digest_shown(api, head, innovation), "capacity": "acting"}
    bare = await endorsed(api, head, innovation, **body)
    assert (bare.status_code, bare.json()["code"]) == (409, "appointment_missing")
    given = await endorsed(api, head, innovation, **body, appointment=APPOINTMENT)
    seen = (await shown(api, operator, innovation, given))["endorsement"]
    assert (seen["capacity"], seen["appointment"]) == ("acting", APPOINTMENT)


async def test_what_changed_since_it_was_read_is_not_endorsed(
    api: Api, season: str, operator: Headers, head: Headers
) -> None:
    innovation = await drafted(api, operator)
    digest = await digest_shown(api, head, innovation)
    await api.put(f"/innovations/{innovation}/claims/SID-01", json={"level": 2}, headers=operator)
    late = await endorsed(api, head, innovation, content_digest=digest, capacity="head")
    assert (late.status_code, late.json()["code"]) == (409, "content_changed")
    assert late.json()["params"]["content_digest"] != digest


async def test_a_letter_that_cannot_be_is_a_problem(
    api: Api, season: str, operator: Headers, head: Headers
) -> None:
    innovation = await drafted(api, operator)
    for appointment in (
        {**APPOINTMENT, "signed_on": "2026-02-30"},
        {**APPOINTMENT, "signed_on": 20260105},
        {**APPOINTMENT, "number": ""},
        {**APPOINTMENT, "subject": "x" * 501},
        {"number": "821/7"},
    ):
        body = {"content_digest": "0" * 64, "capacity": "acting", "appointment": appointment}
        answer = await endorsed(api, head, innovation, **body)
        told = (appointment, answer.status_code, answer.json()["code"])
        assert told == (appointment, 422, "request_invalid")


async def test_an_operator_and_the_head_of_another_agency_endorse_nothing(
    api: Api, season: str, operator: Headers, issuer: Issuer
) -> None:
    innovation = await drafted(api, operator)
    body = {"content_digest": "0" * 64, "capacity": "head"}
    assert (await endorsed(api, operator, innovation, **body)).status_code == 403
    other = issuer.headers("head-2", "skpd_head", agency="balangan-dinkes")
    assert (await endorsed(api, other, innovation, **body)).status_code == 404
    above = issuer.headers("head-3", "skpd_head", agency="hss", path=PATH[:2])
    assert (await endorsed(api, above, innovation, **body)).json()["code"] == "content_changed"
