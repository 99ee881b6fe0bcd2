"""What the coach promises is what the scoring engine gives, on real servers."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from shared.editions import load, maturity
from tests.apps import Issuer
from tests.builders.files import pdf
from tests.component.submission.conftest import PATH
from tests.component.submission.offices import Json, Office, office, open_season, register, verify
from tests.component.submission.uploading import Files

E2026 = load("2026-r1")


@pytest.fixture
async def operator(api: httpx.AsyncClient, issuer: Issuer) -> Office:
    admin = office(api, issuer, "pemda_admin", "kalsel-brida")
    for number, kind in enumerate(("province", "regency", "agency")):
        await register(admin, *PATH[: number + 1], kind=kind)
    await open_season(admin)
    return office(api, issuer, "skpd_operator", *PATH)


async def claim(who: Office, innovation: str, indicator: str, level: int, **more: Any) -> None:
    answer = await who.api.put(
        f"/innovations/{innovation}/claims/{indicator}",
        json={"level": level, **more},
        headers=who.headers,
    )
    assert answer.status_code == 200, answer.text


def engine(levels: dict[str, int]) -> Decimal:
    return maturity(E2026, levels).total


async def coach(who: Office, innovation: str) -> Json:
    return await who.read(f"/innovations/{innovation}/coach")


async def test_a_new_draft_is_told_where_the_most_points_are(operator: Office) -> None:
    told = await coach(operator, await operator.draft(PATH[-1], "SIP PUTIH"))
    assert (told["maturity"], told["gain"], told["levels_by"]) == ("0", "111", "claimed")
    assert (len(told["steps"]), told["unproven"], told["training"]) == (20, [], False)
    first = told["steps"][0]
    assert (first["indicator"], first["number"], first["name"]) == (
        "SID-20",
        35,
        "Video inovasi daerah",
    )
    assert first["targets"][2] == {"level": 3, "asks": "5 unsur substansi", "gain": "12"}
    assert first["evidence"][0] == {"id": "video_file", "name": "berkas video"}
    assert told["steps"][-1]["maturity_then"] == "111"
    assert told["next_mark"]["band"] == "kurang_inovatif"
    benefit = next(step for step in told["steps"] if step["indicator"] == "SID-18")
    assert [basis["id"] for basis in benefit["bases"]] == ["a", "b", "c", "d", "e", "f"]


async def test_what_is_claimed_counts_only_where_something_was_taken_in(operator: Office) -> None:
    innovation = await operator.draft(PATH[-1], "SIP PUTIH")
    await Files(operator.api, operator.headers, innovation).accepted(pdf("SIP PUTIH"))
    await claim(operator, innovation, "SID-01", 2)
    await claim(operator, innovation, "SID-13", 3)
    told = await coach(operator, innovation)
    backed = {"SID-01": 2}
    assert told["maturity"] == str(engine(backed))
    assert told["unproven"] == [
        {
            "indicator": "SID-13",
            "number": 28,
            "name": "Kemudahan proses inovasi yang dihasilkan",
            "level": 3,
            "worth": str(engine({**backed, "SID-13": 3}) - engine(backed)),
        }
    ]
    for step in told["steps"]:
        for target in step["targets"]:
            raised = engine({**backed, step["indicator"]: target["level"]})
            assert target["gain"] == str(raised - engine(backed))
    gains = sum(Decimal(step["targets"][-1]["gain"]) for step in told["steps"])
    assert gains == Decimal(told["gain"]) == Decimal(111) - engine(backed)
    english = await coach(operator.english, innovation)
    assert english["steps"][0]["name"] == "Innovation video"


async def test_once_verified_it_begins_at_what_was_granted(
    operator: Office, fresh_servers: Addresses
) -> None:
    innovation = await operator.draft(PATH[-1], "SIP PUTIH")
    await claim(operator, innovation, "SID-13", 3)
    await operator.write(f"/innovations/{innovation}/submissions")
    await verify(fresh_servers, operator, innovation)
    told = await coach(operator, innovation)
    assert (told["levels_by"], told["maturity"], told["unproven"]) == (
        "granted",
        str(engine({"SID-01": 1})),
        [],
    )


async def test_only_those_whose_it_is_are_coached(operator: Office, issuer: Issuer) -> None:
    innovation = await operator.draft(PATH[-1], "SIP PUTIH")
    stranger = office(operator.api, issuer, "skpd_operator", "balangan", "balangan-dinkes")
    judge = office(operator.api, issuer, "judge", *PATH)
    answer = await stranger.get(f"/innovations/{innovation}/coach")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await judge.get(f"/innovations/{innovation}/coach")).status_code == 403
    leader = office(operator.api, issuer, "leader", "kalsel")
    assert (await leader.get(f"/innovations/{innovation}/coach")).status_code == 200
