"""Whatever is sent, the answer is a problem that says what is wrong, and nothing is half saved."""

from collections.abc import AsyncGenerator

import httpx

from shared.http.bounds import MAX_BODY_BYTES
from tests.apps import key
from tests.component.submission.conftest import Headers
from tests.component.submission.test_way_of_an_innovation import PROFILE, drafted

Api = httpx.AsyncClient
JSON = {"Content-Type": "application/json"}
CHUNK = b"x" * 65_536
DEEP = b'{"profile": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
BODIES = [
    (b"", 422),
    (b"{", 422),
    (b"null", 422),
    (b"[]", 422),
    (b'"text"', 422),
    (b"\xff\xfe\x00", 400),
    (b'{"season_id": "\xc3\x28"}', 400),
    (b'{"season_id": "\\ud800", "agency_id": "a", "profile": {"title": "x"}}', 422),
    (b'{"season_id": NaN}', 422),
    (b'{"season_id": 1e999}', 422),
    (b'{"season_id": ' + b"9" * 5_000 + b"}", 400),
    (b'{"season_id": 123456789012345678901234567890}', 422),
    (DEEP, 400),
    (b'{"season_id": "' + b"x" * MAX_BODY_BYTES + b'"}', 413),
    (b'{"season_id": "2026", "agency_id": "../hss", "profile": {"title": "x"}}', 422),
    (b'{"season_id": "2026", "agency_id": "hss.>", "profile": {"title": "x"}}', 422),
    (b'{"season_id": "2026", "agency_id": "hss-dinkes", "profile": []}', 422),
    (b'{"season_id": "2026", "agency_id": "hss-dinkes", "profile": {}}', 422),
    (b'{"season_id": "2026", "agency_id": "hss-dinkes"}', 422),
]
REQUESTS: tuple[tuple[str, str, dict[str, object] | None, int, str], ...] = (
    ("PUT", "claims/SID-99", {"level": 1}, 422, "request_invalid"),
    ("PUT", "claims/SID-01", {"level": 4}, 422, "request_invalid"),
    ("PUT", "claims/SID-01", {"level": "1"}, 422, "request_invalid"),
    ("PUT", "claims/SID-01", {"level": True}, 422, "request_invalid"),
    ("PUT", "claims/SID-01", {"level": 1.5}, 422, "request_invalid"),
    ("PUT", "claims/SID-01", {"level": 10**40}, 422, "body_unreadable"),
    ("PUT", "claims/SID-01", {"level": 1, "basis": "x" * 9}, 422, "request_invalid"),
    ("PUT", "claims/SID-18", {"level": 1, "basis": "z"}, 409, "basis_missing"),
    ("PUT", "claims/SID-15", {"level": 1, "subtype": "\t"}, 409, "subtype_missing"),
    ("POST", "withdrawal", {"reason": ""}, 422, "request_invalid"),
    ("POST", "withdrawal", {"reason": "a\u0000b"}, 422, "request_invalid"),
    ("POST", "endorsements", {"content_digest": "ABC"}, 403, "role_not_allowed"),
    ("POST", "developments", {"season_id": "Musim 2027"}, 422, "request_invalid"),
    ("POST", "developments", {"season_id": "2099"}, 409, "season_unknown"),
    ("GET", "history?cursor=-1", None, 422, "cursor_broken"),
    ("GET", "history?cursor=٣", None, 422, "cursor_broken"),
    ("GET", "history?cursor=" + "9" * 21, None, 422, "request_invalid"),
    ("GET", "history?limit=0", None, 422, "request_invalid"),
    ("GET", "history?limit=x", None, 422, "request_invalid"),
)


async def test_a_body_that_cannot_be_understood_is_a_problem(
    api: Api, season: str, operator: Headers
) -> None:
    for body, status in BODIES:
        answer = await api.post("/innovations", content=body, headers={**operator, **key(), **JSON})
        told = (body[:80], answer.status_code, answer.headers["content-type"])
        assert told == (body[:80], status, "application/problem+json"), answer.text
        assert answer.json()["detail"]
    assert (await api.get("/innovations", headers=operator)).json()["items"] == []


async def test_a_body_that_never_ends_is_a_problem(
    api: Api, season: str, operator: Headers
) -> None:
    async def chunks() -> AsyncGenerator[bytes]:
        yield b'{"season_id": "'
        for _ in range(MAX_BODY_BYTES // len(CHUNK) + 1):
            yield CHUNK

    answer = await api.post("/innovations", content=chunks(), headers={**operator, **key(), **JSON})
    told = (answer.status_code, answer.headers["content-type"], answer.json()["code"])
    assert told == (413, "application/problem+json", "too_large")


async def test_a_body_of_another_type_is_a_problem(
    api: Api, season: str, operator: Headers
) -> None:
    for kind in ("text/plain", "application/xml", "multipart/form-data", "x"):
        sent = {**operator, **key(), "Content-Type": kind}
        answer = await api.post("/innovations", content=b'{"season_id": "2026"}', headers=sent)
        told = (kind, answer.status_code, answer.headers["content-type"])
        assert told == (kind, 422, "application/problem+json")


async def test_a_request_about_an_innovation_that_cannot_be_is_a_problem(
    api: Api, season: str, operator: Headers
) -> None:
    url = f"/innovations/{await drafted(api, operator)}"
    for method, path, body, status, code in REQUESTS:
        answer = await api.request(
            method, f"{url}/{path}", json=body, headers={**operator, **key()}
        )
        told = (path, body, answer.status_code, answer.json()["code"])
        assert told == (path, body, status, code), answer.text
    assert (await api.get(url, headers=operator)).headers["ETag"] == '"1"'


async def test_an_innovation_that_cannot_be_is_not_there(
    api: Api, season: str, operator: Headers
) -> None:
    for name in ("nothing", "a.b", "*", "%3E", "x" * 131, "%00", "..%2Fagencies"):
        for method, path in (
            ("GET", ""),
            ("GET", "/history"),
            ("GET", "/contact"),
            ("DELETE", "/contact"),
            ("PUT", "/claims/SID-01"),
        ):
            answer = await api.request(
                method, f"/innovations/{name}{path}", json={"level": 1}, headers=operator
            )
            assert answer.status_code in (404, 405, 422), answer.text
            assert answer.headers["content-type"] == "application/problem+json"


async def test_a_version_is_read_however_it_is_written_and_else_is_a_problem(
    api: Api, season: str, operator: Headers
) -> None:
    url = f"/innovations/{await drafted(api, operator)}/profile"
    for match, status in (
        ("1", 200),
        ('"2"', 200),
        ('W/"3"', 200),
        ("x", 422),
        ('"-1"', 422),
        ("", 422),
        ("1, 2", 422),
        ("9" * 40, 412),
        ("9" * 65, 422),
    ):
        sent = {**operator, "If-Match": match}
        answer = await api.patch(url, json={"purpose": match}, headers=sent)
        assert (match, answer.status_code) == (match, status), answer.text


async def test_a_draft_is_refused_for_each_reason_and_nothing_is_stored(
    api: Api, season: str, operator: Headers
) -> None:
    for changes, status, code in (
        ({"season_id": "2099"}, 409, "season_unknown"),
        ({"agency_id": "none"}, 404, "not_found"),
        ({"agency_id": "kalsel"}, 404, "not_found"),
        ({"profile": {**PROFILE, "main_affair": "tidur"}}, 409, "choice_unknown"),
        ({"profile": {**PROFILE, "latitude": "-2.5"}}, 409, "coordinates_incomplete"),
        ({"profile": {**PROFILE, "implemented_on": "1066-10-14"}}, 409, "date_out_of_range"),
        ({"profile": {**PROFILE, "change_project": "pka"}}, 409, "change_project_not_asn"),
        ({"profile": {**PROFILE, "collaborators": ["x"] * 31}}, 409, "too_many_collaborators"),
    ):
        body = {"season_id": season, "agency_id": "hss-dinkes", "profile": PROFILE, **changes}
        answer = await api.post("/innovations", json=body, headers={**operator, **key()})
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert (await api.get("/innovations", headers=operator)).json()["items"] == []
