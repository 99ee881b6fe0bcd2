"""From an opened season to a receipt, through the API and the real servers."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import httpx

from tests.apps import Issuer, key
from tests.builders.files import pdf
from tests.component.submission.conftest import Headers, opened, registered, shown
from tests.component.submission.uploading import PROFILE, Files
from tests.waiting import holds


async def drafted(api: httpx.AsyncClient, operator: Headers) -> str:
    body = {"season_id": "2026", "agency_id": "hss-dinkes", "profile": PROFILE}
    answer = await api.post("/innovations", json=body, headers={**operator, **key()})
    assert answer.status_code == 201, answer.text
    innovation = answer.json()["id"]
    await shown(api, operator, innovation, answer)
    return innovation


async def test_an_innovation_goes_from_draft_to_a_receipt(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation, content = await drafted(api, operator), pdf("SIP PUTIH")
    await Files(api, operator, innovation).accepted(content)
    claim = await api.put(
        f"/innovations/{innovation}/claims/SID-01", json={"level": 2}, headers=operator
    )
    assert claim.status_code == 200, claim.text
    submitting = {**operator, **key()}
    receipt = await api.post(f"/innovations/{innovation}/submissions", headers=submitting)
    assert receipt.status_code == 200, receipt.text
    again = await api.post(f"/innovations/{innovation}/submissions", headers=submitting)
    assert again.json() == receipt.json()
    seen = await shown(api, operator, innovation, receipt)
    assert (seen["state"], seen["completed"]) == ("submitted", True)
    assert [item["sha256"] for item in receipt.json()["manifest"]] == [sha256(content).hexdigest()]
    listed = await api.get("/innovations", headers=operator)
    assert [each["title"] for each in listed.json()["items"]] == ["SIP PUTIH"]


async def test_every_answer_about_an_innovation_shows_the_clock(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    url = f"/innovations/{innovation}"
    for answer in (
        await api.get(url, headers=operator),
        await api.get(f"{url}/history", headers=operator),
        await api.put(f"{url}/claims/SID-01", json={"level": 1}, headers=operator),
        await api.put(f"{url}/contact", json={"name": "Siti"}, headers=operator),
        await api.get(f"{url}/contact", headers=operator),
        await api.delete(f"{url}/contact", headers=operator),
    ):
        shown_clock = (answer.headers["Inda-Phase"], answer.headers["Inda-Deadline"])
        assert shown_clock == ("open", "2099-08-31T15:59:59.000Z"), answer.request.url
    clock = (await api.get(url, headers=operator)).json()["clock"]
    assert (clock["season_id"], clock["phase"], clock["training"]) == ("2026", "open", False)
    english = await api.get(url, headers={**operator, "Accept-Language": "en"})
    assert english.json()["clock"]["sentence"].startswith("Closes Monday 31 August 2099 at 23:59")


async def test_an_extended_deadline_is_soon_shown_everywhere(
    api: httpx.AsyncClient, season: str, operator: Headers, admin: Headers
) -> None:
    innovation = await drafted(api, operator)
    later = {"deadline": "2099-09-30T23:59:59+08:00", "reason": "Jaringan putus."}
    moved = await api.post("/seasons/2026/extensions", json=later, headers={**admin, **key()})
    assert moved.status_code == 200, moved.text

    async def is_shown() -> bool:
        answer = await api.get(f"/innovations/{innovation}", headers=operator)
        return answer.headers["Inda-Deadline"] == "2099-09-30T15:59:59.000Z"

    await holds(is_shown, seconds=15)


async def test_a_late_exception_lets_its_agency_go_on_and_nobody_else(
    api: httpx.AsyncClient, season: str, operator: Headers, admin: Headers, issuer: Issuer
) -> None:
    await registered(api, admin, ("kalsel", "hss", "hss-dinsos"))
    now = datetime.now(UTC)
    passed = (now - timedelta(hours=1)).isoformat()
    await opened(api, admin, "2025", opens_at="2025-01-01T00:00:00+08:00", deadline=passed)
    late = {
        "agency_id": "hss-dinkes",
        "until": (now + timedelta(days=1)).isoformat(),
        "reason": "Banjir.",
    }
    granted = await api.post("/seasons/2025/late-exceptions", json=late, headers={**admin, **key()})
    assert granted.status_code == 200, granted.text
    body = {"season_id": "2025", "agency_id": "hss-dinkes", "profile": PROFILE}
    begun = await api.post("/innovations", json=body, headers={**operator, **key()})
    assert (begun.status_code, begun.headers["Inda-Phase"]) == (201, "late")
    other = issuer.headers("operator-3", "skpd_operator", agency="hss-dinsos")
    body["agency_id"] = "hss-dinsos"
    refused = await api.post("/innovations", json=body, headers={**other, **key()})
    assert (refused.status_code, refused.json()["code"]) == (409, "deadline_passed")


async def test_nothing_is_drafted_in_a_closed_season_or_for_a_closed_agency(
    api: httpx.AsyncClient, season: str, operator: Headers, admin: Headers
) -> None:
    await opened(api, admin, "2025", opens_at="2025-01-01T00:00:00+08:00")
    await api.post("/seasons/2025/closing", headers={**admin, **key()})
    body = {"season_id": "2025", "agency_id": "hss-dinkes", "profile": PROFILE}
    closed = await api.post("/innovations", json=body, headers={**operator, **key()})
    assert (closed.status_code, closed.json()["code"]) == (409, "season_closed")
    gone = await api.post(
        "/agencies/hss-dinkes/closing", json={"reason": "Dibubarkan."}, headers={**admin, **key()}
    )
    assert gone.status_code == 200, gone.text
    body["season_id"] = "2026"
    ended = await api.post("/innovations", json=body, headers={**operator, **key()})
    assert (ended.status_code, ended.json()["code"]) == (409, "agency_unknown")


async def test_another_agency_cannot_see_a_draft(
    api: httpx.AsyncClient, season: str, operator: Headers, issuer: Issuer
) -> None:
    innovation = await drafted(api, operator)
    other = issuer.headers("operator-2", "skpd_operator", agency="balangan-dinkes")
    assert (await api.get(f"/innovations/{innovation}", headers=other)).status_code == 404
    assert (await api.get("/innovations", headers=other)).json()["items"] == []
    verifier = issuer.headers("verifier-1", "verifier")
    assert (await api.get("/innovations", headers=verifier)).status_code == 403
    assert (await api.get("/innovations")).status_code == 401


async def test_two_people_who_save_the_same_profile_both_keep_their_text(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    first = {**PROFILE, "purpose": "teks pertama"}
    second = {**PROFILE, "purpose": "teks kedua"}
    url = f"/innovations/{innovation}/profile"
    seen = {**operator, "If-Match": '"1"'}
    assert (await api.put(url, json=first, headers=seen)).headers["ETag"] == '"2"'
    clash = await api.put(url, json=second, headers=seen)
    assert clash.status_code == 412
    told = clash.json()["params"]
    assert (told["yours"]["purpose"], told["current"]["purpose"]) == ("teks kedua", "teks pertama")
    retried = await api.put(url, json=first, headers=seen)
    assert (retried.status_code, retried.json()["version"]) == (200, 2)
    assert (await api.put(url, json=second, headers=operator)).status_code == 428


async def test_a_dry_run_answers_and_stores_nothing(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    body = {"season_id": season, "agency_id": "hss-dinkes", "profile": PROFILE}
    tried = await api.post(
        "/innovations", json=body, params={"dry_run": 1}, headers={**operator, **key()}
    )
    assert tried.json()["happened"] == ["InnovationDrafted"]
    assert tried.json()["dry_run"]
    assert (await api.get("/innovations", headers=operator)).json()["items"] == []


async def test_a_list_goes_on_where_its_page_ended(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    made = [await drafted(api, operator) for _ in range(5)]
    params: dict[str, str | int] = {"limit": 2}
    seen: list[str] = []
    while True:
        page = (await api.get("/innovations", params=params, headers=operator)).json()
        seen += [each["innovation_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        params["cursor"] = page["next_cursor"]
    assert seen == made[::-1]
    broken = await api.get("/innovations", params={"cursor": "!"}, headers=operator)
    assert (broken.status_code, broken.json()["code"]) == (422, "cursor_broken")
