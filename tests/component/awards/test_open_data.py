"""Past winners, why an innovation is out, and published results as open data."""

import csv
from io import StringIO

import httpx

from services.awards.domain.competition import Publish, decider
from services.awards.settings import Settings
from shared.events.awards import COMPETITION
from shared.events.submission import AGENCY
from shared.history import HistoryLog
from tests.builders.awards import AT, CHAIR, DAY, PATH, happened, prize, scored
from tests.component.awards.course import BRIDA, RULES, URL, entered, funded, no, ok, rules
from tests.component.awards.world import Clock, People, determined, say, score
from tests.component.scoring.world import eventually
from tests.unit.awards.story import OFFICE

PUBLISH = Publish(by=CHAIR, at=AT + 4 * DAY)


async def published(history: HistoryLog, competition: str) -> None:
    """A competition of which `inov-of-...` won, published."""
    facts = happened(decider, PUBLISH, before=determined(competition, prize(1, 500_000)))
    await say(history, COMPETITION, competition, facts)


async def test_who_won_before_does_not_enter_again_and_is_told_why(
    people: People, awards: HistoryLog, scoring: HistoryLog, clock: Clock
) -> None:
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock())
    chair = people("person-chair", "committee", path=BRIDA)
    await published(awards, "kia-2025")
    past = {"competitions": ["kia-2025"], "up_to_rank": 1}
    (category,) = RULES["categories"]
    barred = rules(categories=[{**category, "past_winners": past}])
    winner, heir = "inov-of-kia-2025", "inov-heir"
    await score(scoring, scored(winner, "95"))
    ok(await chair.post("/competitions", barred))
    await score(scoring, scored(heir, "95", lineage=(winner,)), scored("inov-new", "70"))
    await entered(chair, "inov-new")

    entry = {"innovation_id": winner, "category": "skpd", "reason": "Undangan"}
    assert no(await chair.post(f"{URL}/entries", entry)) == (409, "past_winner")
    told = ok(await chair.get(f"{URL}/eligibility", innovation_id=heir))
    (asked,) = told["categories"]
    assert (told["entered_in"], asked["is_met"]) == (None, False)
    assert [each["code"] for each in asked["conditions"] if not each["is_met"]] == ["past_winners"]
    assert asked["conditions"][-1]["sentence"] == (
        "Bukan pemenang peringkat 1 sampai 1 sebelumnya; yang ditemukan: kia-2025 (1)."
    )
    head = people("person-head", "skpd_head", path=PATH)
    own = ok(await head.get(f"{URL}/eligibility", innovation_id="inov-new"))
    assert (own["entered_in"], own["entered_by"]) == ("skpd", "rule")
    stranger = people("person-rsud", "skpd_head", path=("kalsel", "hss", "rsud"))
    hidden = await stranger.get(f"{URL}/eligibility", innovation_id="inov-new")
    assert hidden.status_code == 404


async def test_open_data_is_the_same_bytes_each_time_and_says_where_it_is_proven(
    api: httpx.AsyncClient, awards: HistoryLog, submission: HistoryLog, settings: Settings
) -> None:
    await say(submission, AGENCY, "dinkes", [OFFICE])
    await published(awards, "kia-2026")
    await published(awards, "kia-2025")
    await say(awards, COMPETITION, "kia-2027", determined("kia-2027"))

    async def both() -> list[str] | None:
        items = (await api.get("/results/export")).json()["items"]
        found = [each["competition_id"] for each in items]
        return found if len(found) == 2 else None

    assert await eventually(both) == ["kia-2025", "kia-2026"]
    assert ok(await api.get("/results/export"))["items"][0]["agency_name"] == OFFICE.name
    first, second = [await api.get("/results/export?format=csv") for _ in range(2)]
    assert first.content == second.content
    assert first.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(StringIO((await _of(api, "kia-2026")).text))
    facts = await awards.facts(COMPETITION.subject("kia-2026"))
    decree, last = facts[-2:]
    assert (row["determined_event_id"], row["determined_sequence"]) == (
        decree.id,
        str(decree.sequence),
    )
    assert (row["published_event_id"], row["published_sequence"]) == (last.id, str(last.sequence))
    assert (row["title"], row["rank"], row["prizes"], row["region_id"]) == (
        "Inovasi inov-of-kia-2026",
        "1",
        "Juara 1",
        "hss",
    )
    assert (row["agency_id"], row["agency_name"]) == ("dinkes", OFFICE.name)
    # Nobody registered the region.
    assert row["region_name"] == "hss"
    assert row["verify_url"] == f"{settings.public_url}/competitions/kia-2026/results"
    (plain,) = (await api.get("/results/export?competition_id=kia-2026")).json()["items"]
    assert {name: plain[name] for name in ("title", "final_score", "published_event_id")} == {
        name: row[name] for name in ("title", "final_score", "published_event_id")
    }
    assert (await api.get("/results/export?season_id=2019")).json() == {"items": []}
    assert "person-" not in first.text
    shown = (await api.get("/competitions/kia-2026/results")).json()
    assert shown["published_proof"] == {"event_id": last.id, "sequence": last.sequence}
    assert [(each["agency_name"], each["region_name"]) for each in shown["ranking"]] == [
        (OFFICE.name, "hss")
    ]
    assert shown["prize_tables"][0]["prizes"][0]["amount_rupiah"] == 500_000


async def _of(api: httpx.AsyncClient, competition: str) -> httpx.Response:
    return await api.get(f"/results/export?format=csv&competition_id={competition}")


async def test_the_calendar_names_holidays_and_weekends(people: People) -> None:
    told = ok(await people("person-any", "skpd_operator").get("/calendar", year=2026, days=5))
    assert {"date": "2026-08-17", "name": "Hari Kemerdekaan Republik Indonesia"} in told["holidays"]
    assert (told["year"], len(told["weekends"]), len(told["next_working_days"])) == (2026, 104, 5)
    assert not set(told["next_working_days"]) & {
        *told["weekends"],
        *(each["date"] for each in told["holidays"]),
    }
