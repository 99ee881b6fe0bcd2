"""A development asked for twice, broken off or refused: never two successors, never none."""

from datetime import UTC, datetime

import httpx

from deploy.local.stack import Addresses
from services.submission.domain.commands import Develop
from tests.apps import key
from tests.component.submission.conftest import NEXT, NEXT_OPENS, Headers, opened, shown
from tests.component.submission.developing import developed, sent_by_hand, submitted
from tests.component.submission.test_way_of_an_innovation import drafted

Api = httpx.AsyncClient


async def test_the_same_request_twice_makes_one_successor(
    api: Api, seasons: tuple[str, str], operator: Headers
) -> None:
    original = await submitted(api, operator)
    same = {**operator, "Idempotency-Key": "develop-it-once"}
    first = await developed(api, same, original)
    again = await developed(api, same, original)
    assert (again.status_code, again.json()) == (201, first.json())
    other = await developed(api, operator, original)
    assert (other.status_code, other.json()["code"]) == (409, "innovation_developed")


async def test_a_crash_between_the_two_is_healed_by_asking_again(
    api: Api, seasons: tuple[str, str], operator: Headers, fresh_servers: Addresses
) -> None:
    original = await submitted(api, operator)
    begun = Develop("operator-1", datetime.now(UTC), "successor-1", NEXT, "hss-dinkes")
    await sent_by_hand(fresh_servers, original, begun)
    missing = await api.get("/innovations/successor-1", headers=operator)
    assert missing.status_code == 404
    healed = await developed(api, operator, original)
    assert (healed.status_code, healed.json()["id"]) == (201, "successor-1")
    seen = await shown(api, operator, "successor-1", healed)
    assert (seen["developed_from"], len(seen["evidence"])) == (original, 1)


async def test_one_begun_for_another_season_is_finished_or_given_up_not_doubled(
    api: Api,
    seasons: tuple[str, str],
    admin: Headers,
    operator: Headers,
    fresh_servers: Addresses,
) -> None:
    await opened(api, admin, "2028", opens_at="2026-03-01T00:00:00+08:00")
    original = await submitted(api, operator)
    begun = Develop("operator-1", datetime.now(UTC), "successor-1", "2028", "hss-dinkes")
    await sent_by_hand(fresh_servers, original, begun)
    other = await developed(api, operator, original)
    assert (other.status_code, other.json()["code"]) == (409, "innovation_developed")
    assert other.json()["params"]["season"] == "2028"
    await api.post("/seasons/2028/closing", headers={**admin, **key()})
    freed = await developed(api, operator, original)
    assert freed.status_code == 201, freed.text
    assert (await shown(api, operator, original, freed))["successor_id"] == freed.json()["id"]


async def test_a_withdrawn_successor_leaves_the_place_to_another(
    api: Api, seasons: tuple[str, str], operator: Headers
) -> None:
    original = await submitted(api, operator)
    first = (await developed(api, operator, original)).json()["id"]
    gone = await api.post(
        f"/innovations/{first}/withdrawal",
        json={"reason": "Keliru."},
        headers={**operator, **key()},
    )
    assert gone.status_code == 200
    second = await developed(api, operator, original)
    assert second.status_code == 201, second.text
    seen = await shown(api, operator, original, second)
    assert (seen["successor_id"], second.json()["id"] == first) == (second.json()["id"], False)


async def test_what_cannot_be_developed_is_refused_and_stays_as_it_was(
    api: Api, seasons: tuple[str, str], admin: Headers, operator: Headers
) -> None:
    await opened(api, admin, "2025", opens_at="2025-12-01T00:00:00+08:00")
    await opened(api, admin, "latihan-2027", opens_at=NEXT_OPENS, training=True)
    await opened(api, admin, "2030", opens_at="2090-01-01T00:00:00+08:00")
    original, draft = await submitted(api, operator), await drafted(api, operator)
    for innovation, season, code in (
        (draft, NEXT, "nothing_to_develop"),
        (original, "2026", "season_not_later"),
        (original, "2025", "season_not_later"),
        (original, "latihan-2027", "training_differs"),
        (original, "2030", "season_not_open"),
        (original, "2099", "season_unknown"),
    ):
        answer = await developed(api, operator, innovation, season_id=season)
        assert (season, answer.status_code, answer.json()["code"]) == (season, 409, code)
    stale = await developed(api, {**operator, "If-Match": '"1"'}, original)
    assert (stale.status_code, stale.json()["code"]) == (412, "version_changed")
    tried = await developed(api, operator, original, {"dry_run": 1})
    assert (tried.status_code, tried.json()["dry_run"]) == (201, True)
    seen = (await api.get(f"/innovations/{original}", headers=operator)).json()
    assert (seen["state"], seen["successor_id"]) == ("submitted", None)
