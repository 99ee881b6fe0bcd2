"""A competition with two rounds from its announcement to its results, through the API."""

from datetime import datetime
from typing import Any

import httpx

from shared.history import HistoryLog
from shared.wita import today_in_wita
from tests.builders.awards import scored
from tests.component.awards.world import reveal, score
from tests.component.scoring.world import Person, eventually

BRIDA = ("kalsel", "brida")
OTHER = ("kalsel", "hss", "dinsos")
RULES: dict[str, Any] = {
    "tie_breaks": ["last_round", "first_criterion", "verified_maturity", "evidence_acceptance"],
    "objection_days": 3,
    "objection_calendar": "calendar_days",
    "categories": [
        {
            "code": "skpd",
            "name": "Perangkat daerah",
            "within": "hss",
            "minimum_maturity": "40",
            "rounds": [
                {
                    "code": "administrasi",
                    "name": "Administrasi",
                    "scored_by": "maturity",
                    "weight": 40,
                    "advance": 3,
                },
                {
                    "code": "presentasi",
                    "name": "Presentasi",
                    "scored_by": "panel",
                    "weight": 60,
                    "criteria": [
                        {"code": "kebaruan", "name": "Kebaruan", "weight": 100, "scale": 10}
                    ],
                    "judges": ["judge-1", "judge-2"],
                },
            ],
            "prizes": [
                {"rank": 1, "label": "Juara I", "fund_id": "apbd", "amount_rupiah": 5_000_000},
                {"rank": 2, "label": "Juara II", "fund_id": "apbd", "amount_rupiah": 4_000_000},
                {"rank": 1, "label": "Bonus", "fund_id": "bank", "amount_rupiah": 1_000_000},
            ],
        }
    ],
}
ANNOUNCE = {
    "competition_id": "kia-2026",
    "name": "Kalsel Innovation Award 2026",
    "season_id": "2026",
    "rules": RULES,
}
URL = "/competitions/kia-2026"
DECREE = {"decree_number": "188/12/2026", "decree_date": "2026-11-10"}


def ok(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def no(answer: httpx.Response) -> tuple[int, str]:
    """The status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


def rules(**changes: Any) -> dict[str, Any]:
    """An announcement with these changes of its rules."""
    return {**ANNOUNCE, "rules": {**RULES, **changes}}


async def funded(treasurer: Person, at: datetime) -> None:
    """The funds that the rules name, of the year of this moment."""
    year = today_in_wita(at).year
    fund = {
        "name": "Dana",
        "source_kind": "apbd",
        "account_code": "5.1.02.05.01.0001",
        "fiscal_year": year,
    }
    for fund_id, ceiling in (("apbd", 9_000_000), ("bank", 1_000_000)):
        told = {**fund, "fund_id": fund_id, "ceiling_rupiah": ceiling}
        ok(await treasurer.post("/funds", told))


async def signed(version: int, *people: Person) -> None:
    for person in people:
        told = {"version": version, "function": "Anggota"}
        await shown(person, await person.post(f"{URL}/minutes/signatures", told))


async def entered(person: Person, *innovations: str) -> None:
    """Waits until these are the entries."""

    async def look() -> bool | None:
        answer = await person.get(URL)
        entries = answer.json().get("entries", [])
        found = sorted(each["entry"]["innovation_id"] for each in entries)
        return True if found == sorted(innovations) else None

    await eventually(look)


async def judged_to_the_end(chair: Person, scoring: HistoryLog) -> None:
    """Both rounds, with inov-1 before inov-2 before inov-3."""
    round_url = f"{URL}/categories/skpd/rounds"
    assert ok(await chair.post(f"{round_url}/administrasi/open"))["panel_id"] is None
    ok(await chair.post(f"{round_url}/administrasi/close"))
    panel = ok(await chair.post(f"{round_url}/presentasi/open"))["panel_id"]
    await reveal(scoring, panel, {"inov-1": "90.00", "inov-2": "70.00", "inov-3": "60.00"})

    async def closed() -> bool | None:
        rounds = ok(await chair.get(URL))["rounds"]
        return True if len(rounds) == 2 and rounds[-1]["closed"] is not None else None

    await eventually(closed)


async def versions(person: Person, count: int) -> list[dict[str, Any]]:
    """The versions of the results, once there are so many."""

    async def look() -> list[dict[str, Any]] | None:
        found = ok(await person.get(f"{URL}/versions"))["versions"]
        return found if len(found) == count else None

    return await eventually(look)


async def current(person: Person) -> dict[str, str]:
    """If-Match with the version that stands, once everything written is shown."""
    answer = await person.get(URL)
    return {"If-Match": answer.headers["ETag"]}


async def shown(person: Person, write: httpx.Response) -> dict[str, str]:
    ok(write)
    answer = await person.get(URL, min_seq=write.headers["Inda-Sequence"])
    return {"If-Match": answer.headers["ETag"]}


async def drafted(chair: Person, scoring: HistoryLog, announcement: dict[str, Any]) -> None:
    """inov-1 before inov-2 before inov-3, as version 1 of the results."""
    await score(scoring, scored("inov-1", "80"), scored("inov-2", "90"), scored("inov-3", "70"))
    ok(await chair.post("/competitions", announcement))
    await entered(chair, "inov-1", "inov-2", "inov-3")
    await judged_to_the_end(chair, scoring)
    await shown(chair, await chair.post(f"{URL}/results"))
