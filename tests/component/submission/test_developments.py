"""Last year's innovation becomes this year's: carried over, marked, by whoever carries on."""

from datetime import UTC, datetime

import httpx

from deploy.local.stack import Addresses
from services.submission.domain.commands import ConcludeVerification
from shared.events.submission import GrantedLevel
from tests.apps import Issuer, key
from tests.component.submission.conftest import NEXT, PATH, Headers, opened, registered, shown
from tests.component.submission.developing import developed, sent_by_hand, submitted
from tests.component.submission.test_way_of_an_innovation import PROFILE

Api = httpx.AsyncClient


async def test_a_successor_carries_what_was_submitted_and_the_original_stays_as_it_was(
    api: Api, seasons: tuple[str, str], operator: Headers
) -> None:
    original = await submitted(api, operator)
    answer = await developed(api, operator, original)
    assert (answer.status_code, answer.json()["happened"]) == (201, ["InnovationDrafted"])
    successor = answer.json()["id"]
    new = await shown(api, operator, successor, answer)
    old = (await api.get(f"/innovations/{original}", headers=operator)).json()
    assert (old["state"], old["successor_id"], new["lineage"]) == (
        "submitted",
        successor,
        [original],
    )
    assert (new["state"], new["season_id"], new["developed_from"]) == ("draft", NEXT, original)
    assert new["profile"] == {**old["profile"], "developed_on": None, "development_note": ""}
    assert new["claims"] == old["claims"]
    assert new["evidence"] == [{**item, "carried_from": original} for item in old["evidence"]]
    assert new["missing"] == ["development_note"]
    early = await api.post(f"/innovations/{successor}/submissions", headers={**operator, **key()})
    assert (early.json()["code"], early.json()["params"]["missing"]) == (
        "profile_incomplete",
        ["development_note"],
    )
    for asked in (original, successor):
        family = await api.get("/innovations", params={"lineage_of": asked}, headers=operator)
        assert {each["innovation_id"] for each in family.json()["items"]} == {original, successor}


async def test_the_original_refuses_every_change_and_names_its_successor(
    api: Api, seasons: tuple[str, str], operator: Headers, fresh_servers: Addresses
) -> None:
    original = await submitted(api, operator)
    successor = (await developed(api, operator, original)).json()["id"]
    for method, path, body in (
        ("PUT", "claims/SID-01", {"level": 1}),
        ("PUT", "profile", PROFILE),
        ("PATCH", "profile", {"purpose": "x"}),
        ("POST", "withdrawal", {"reason": "x"}),
        ("POST", "submissions", None),
        ("POST", "developments", {"season_id": NEXT}),
    ):
        answer = await api.request(
            method,
            f"/innovations/{original}/{path}",
            json=body,
            headers={**operator, **key(), "If-Match": "6"},
        )
        assert (path, answer.status_code, answer.json()["code"]) == (
            path,
            409,
            "innovation_developed",
        )
        assert answer.json()["params"]["successor_id"] == successor


async def test_what_the_new_instrument_does_not_know_is_left_to_be_filled_in(
    api: Api, season: str, admin: Headers, operator: Headers
) -> None:
    await opened(api, admin, "2023", edition="2023", opens_at="2025-01-01T00:00:00+08:00")
    old = {
        **PROFILE,
        "implemented_on": "2022-05-01",
        "theme": "digitalisasi_layanan",
        "classification": "kelompok_tani",
        "priority_goals": ["ketahanan"],
    }
    body = {"season_id": "2023", "agency_id": "hss-dinkes", "profile": old}
    begun = await api.post("/innovations", json=body, headers={**operator, **key()})
    original = begun.json()["id"]
    sent = await api.post(f"/innovations/{original}/submissions", headers={**operator, **key()})
    assert sent.status_code == 200, sent.text
    answer = await developed(api, operator, original, season_id=season)
    assert answer.status_code == 201, answer.text
    seen = await shown(api, operator, answer.json()["id"], answer)
    fields = {name: seen["profile"][name] for name in old}
    assert fields == {**old, "classification": None, "priority_goals": []}
    assert seen["missing"] == ["outside_window", "development_note"]


async def test_an_innovation_is_reported_twice_at_most(
    api: Api, seasons: tuple[str, str], admin: Headers, operator: Headers
) -> None:
    await opened(api, admin, "2028", opens_at="2026-03-01T00:00:00+08:00")
    original = await submitted(api, operator)
    second = (await developed(api, operator, original)).json()["id"]
    note = {"development_note": "Cakupan baru.", "developed_on": "2025-03-01"}
    await api.patch(
        f"/innovations/{second}/profile", json=note, headers={**operator, "If-Match": "1"}
    )
    sent = await api.post(f"/innovations/{second}/submissions", headers={**operator, **key()})
    assert sent.status_code == 200, sent.text
    third = await developed(api, operator, second, season_id="2028")
    assert (third.status_code, third.json()["code"]) == (409, "lineage_full")
    seen = await shown(api, operator, second, sent)
    assert seen["successor_id"] is None


async def test_a_verified_innovation_is_developed_too(
    api: Api, seasons: tuple[str, str], operator: Headers, fresh_servers: Addresses
) -> None:
    original = await submitted(api, operator)
    granted = (GrantedLevel(indicator="SID-01", level=1),)
    verdict = ConcludeVerification("system:submission", datetime.now(UTC), 1, granted)
    await sent_by_hand(fresh_servers, original, verdict)
    answer = await developed(api, operator, original)
    assert answer.status_code == 201, answer.text


async def test_who_carries_on_for_an_agency_sees_and_develops_its_innovations(
    api: Api, seasons: tuple[str, str], admin: Headers, operator: Headers, issuer: Issuer
) -> None:
    original = await submitted(api, operator)
    for name in ("hss-dinkes-kb", "hss-dinsos"):
        await registered(api, admin, (*PATH[:2], name))
    new = issuer.headers(
        "operator-4", "skpd_operator", agency="hss-dinkes-kb", path=(*PATH[:2], "hss-dinkes-kb")
    )
    assert (await api.get(f"/innovations/{original}", headers=new)).status_code == 404
    succession = {
        "successors": ["hss-dinkes-kb"],
        "effective_on": "2026-01-02",
        "letter_number": "Perbup 1/2026",
        "reason": "Penggabungan.",
    }
    merged = await api.post(
        "/agencies/hss-dinkes/succession", json=succession, headers={**admin, **key()}
    )
    assert merged.status_code == 200, merged.text
    seen = await shown(api, new, original, merged)
    assert seen["agency_id"] == "hss-dinkes"
    listed = await api.get("/innovations", headers=new)
    assert [each["innovation_id"] for each in listed.json()["items"]] == [original]
    other = await developed(api, new, original, agency_id="hss-dinsos")
    assert (other.status_code, other.json()["code"]) == (409, "agency_not_carrying_on")
    assert other.json()["params"]["agencies"] == ["hss-dinkes-kb"]
    own = await developed(api, operator, original)
    assert (own.status_code, own.json()["code"]) == (404, "not_found")
    answer = await developed(api, new, original)
    after = await shown(api, new, answer.json()["id"], answer)
    assert (after["agency_id"], after["agency_path"]) == (
        "hss-dinkes-kb",
        [*PATH[:2], "hss-dinkes-kb"],
    )


async def test_nobody_develops_what_is_another_agencys(
    api: Api, seasons: tuple[str, str], operator: Headers, stranger: Headers, admin: Headers
) -> None:
    original = await submitted(api, operator)
    answer = await developed(api, stranger, original)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await developed(api, admin, original)).status_code == 403
