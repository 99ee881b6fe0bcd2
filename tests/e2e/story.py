"""The small story: a few innovations of the sample season, from draft to uang pembinaan."""

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from deploy.drive.competition import clock_bent_by, fiscal_year_of, play_competition
from deploy.drive.contest import Contest
from deploy.drive.papers import Proven
from deploy.drive.people import World
from deploy.drive.sample import accounts_of, world_of
from deploy.drive.season import play_season, until_scored
from deploy.local.applications import CLOCK_FILE
from deploy.local.issuer import write_accounts
from deploy.local.ports import LOOPBACK, free_ports
from deploy.local.run import Stack, stack
from deploy.sample.people import ADMIN, AUDITOR
from deploy.sample.plan import (
    DisqualificationPlan,
    DoubtPlan,
    JudgeRecusal,
    ObjectionPlan,
    Script,
)
from deploy.sample.script import small_season
from shared.bus import SERVICES
from shared.events.base import Recorded
from tests.e2e.auditing import assert_sound, history_of
from tests.e2e.money import Sums, money_of
from tests.e2e.names import Names

FILES_PER_INNOVATION = 3
REPLICA_OFFSET = 40
REPLICAS = 2
RULE_AHEAD = timedelta(minutes=6)
AUDIT = "audit"  # the one service without read models
# Two in the category masyarakat, two in asn, the others in perangkat-daerah; of the flaws: a file
# that is refused, an early submission, a revision, and both conflicts of interest.
CODES = (
    *("katuyung", "weitkawa", "la-lisa", "peta-baper"),
    *("kia-lapis", "silapat", "podkes", "singasakti", "puspaga-berkarakter"),
)
OBJECTION = ObjectionPlan(
    innovation_code="peta-baper",
    indicator="SID-17",
    level_sought=3,
    level_granted=3,
    reason="Surat pernyataan tiga daerah replikator terlampir.",
    decision="Surat memang menyebut tiga daerah; parameter 3 terbukti.",
    filed_by="op-balangan-kec-juai",
    decided_by="panitia-luar",
)
DISQUALIFICATION = DisqualificationPlan(
    innovation_code="podkes",
    ground="not_implemented",
    reason="Masih tahap uji coba.",
    decided_by="panitia-brida-1",
)
TAKEN_UP, BY = "katuyung", "la-lisa"  # an innovation, and another one of whoever replicates it
STATEMENT = {
    "letter": {"number": "440/7", "signed_on": "2026-01-15", "subject": "Replikasi KATUYUNG"},
    "started_on": "2025-09-01",
    "contact_body": "Bidang inovasi",
}
RECUSAL = JudgeRecusal("juri-5", "silapat", "Pernah menjadi narasumber pengusul.")
DOUBT = DoubtPlan(
    innovation_code="katuyung",
    statement="Alat yang sama sudah dijual di toko daring sejak sebelum inovasi ini diterapkan.",
    link="https://example.org/alat-serupa",
    decided_by="pimpinan",
    decision="Alat yang ditunjukkan bekerja dengan cara lain.",
)


@dataclass(frozen=True)
class Ending:
    """How the story ended; innovations are called by the codes of the script."""

    published: Mapping[str, Any]
    funds: tuple[Mapping[str, Any], ...]
    money: Mapping[str, Sums]
    views: Mapping[str, Any]
    facts: Mapping[str, int]
    proven: Proven
    open_data: int


class Turns(Mapping[str, str]):
    """The address of each service, of one replica and the other in turns."""

    def __init__(self, *urls: Mapping[str, str]) -> None:
        self._urls = urls
        self._turns = count()

    def __getitem__(self, service: str) -> str:
        return self._urls[next(self._turns) % len(self._urls)][service]

    def __iter__(self) -> Iterator[str]:
        return iter(self._urls[0])

    def __len__(self) -> int:
        return len(self._urls[0])


def script() -> Script:
    small = small_season(FILES_PER_INNOVATION, fiscal_year_of(datetime.now(UTC)))
    competition = replace(
        small.competition,
        objection=OBJECTION,
        disqualification=DISQUALIFICATION,
        recusal=RECUSAL,
        doubt=DOUBT,
    )
    plans = tuple(plan for plan in small.innovations if plan.code in CODES)
    return replace(small, innovations=plans, competition=competition)


async def told(folder: Path, *, replicas: bool = False) -> Ending:
    """Plays the story on a stack of its own. Raises `Unexpected` where it goes another way."""
    plan = script()
    async with _stage(folder, plan, replicas=replicas) as (started, world):
        await _draw_nothing(world, started, plan.season.season_id)
        tally = await play_season(world, plan, datetime.now(UTC), lambda _: None)
        assert await until_scored(world, plan, tally) == len(CODES)
        await _take_up(world, plan, tally.ids[TAKEN_UP])
        bend = clock_bent_by(started.folder / CLOCK_FILE)
        played = await play_competition(Contest(world, plan, tally.ids), bend, lambda _: None)
        at = started.addresses
        history = await history_of(at.nats_url, at.nats_seeds["admin"])
        await assert_sound(world, history)
        names = Names(tally.ids)
        return Ending(
            published=names.plain(played.published),
            funds=tuple(names.plain(fund) for fund in played.funds),
            money=money_of(history, plan.competition),
            views=await _views(world, names),
            facts=_counted(history),
            proven=played.proven,
            open_data=len(played.open_data),
        )


@asynccontextmanager
async def _stage(
    folder: Path, plan: Script, *, replicas: bool
) -> AsyncGenerator[tuple[Stack, World]]:
    people = accounts_of(plan, folder)
    (folder / "issuer").mkdir(mode=0o700, parents=True)
    write_accounts(folder / "issuer", people)
    with free_ports() as ports:
        first = ports.nats[0].client + REPLICA_OFFSET
        second = {name: first + number for number, name in enumerate(SERVICES)}
        async with stack(folder, ports, replicas=second if replicas else None) as started:
            others = {name: f"http://{LOOPBACK}:{port}" for name, port in second.items()}
            urls = Turns(started.urls, others) if replicas else started.urls
            world = world_of(urls, started.issuer, people)
            async with world.http:
                yield started, world
                for each in (started.urls, others) if replicas else (started.urls,):
                    await assert_took_part(world, each)


async def assert_took_part(world: World, urls: Mapping[str, str]) -> None:
    """Every service at these addresses answered requests and wrote read models."""
    for service in SERVICES:
        metrics = (await world.http.get(f"{urls[service]}/metrics")).text
        views = () if service == AUDIT else ("inda_projected_events_total",)
        for name in ("inda_http_requests_total", *views):
            assert f"\n{name}{{" in metrics, (urls[service], service, name)


async def _draw_nothing(world: World, started: Stack, season_id: str) -> None:
    """Only large changes get a second look, so that each telling has the same facts."""
    admin = await world.person(ADMIN.username)
    path = f"/quality-rules/{season_id}"
    body = {
        "sample_permille": 0,
        "large_change": 2,
        "effective_from": (datetime.now(UTC) + RULE_AHEAD).isoformat(),
    }
    published = await admin.post("verification", path, body, key=f"quality-{season_id}")
    published.needed("publish the quality rule")
    for _ in range(REPLICAS):
        await admin.until("the rule", "verification", path, lambda told: bool(told["rules"]))
    (started.folder / CLOCK_FILE).write_text(str(int(RULE_AHEAD.total_seconds()) + 1))


async def _take_up(world: World, plan: Script, innovation_id: str) -> None:
    """Another agency states that it replicates a verified innovation."""
    original, replicating = plan.innovation(TAKEN_UP), plan.innovation(BY)
    owner = await world.person(original.operator)
    path = f"/innovations/{innovation_id}"
    await owner.until("a verdict", "submission", path, lambda body: body["state"] == "verified")
    operator = await world.person(replicating.operator)
    body = {"agency_id": replicating.agency_code, **STATEMENT}
    stated = await operator.post("submission", f"{path}/replications", body, key="replication-1")
    stated.needed(f"replication of {TAKEN_UP}")


async def _views(world: World, names: Names) -> dict[str, Any]:
    """Every document of every read model, as the auditor sees it."""
    auditor = await world.person(AUDITOR.username)
    found: dict[str, Any] = {}
    for service in SERVICES:
        for view in (await auditor.get(service, "/views")).needed("views").body["views"]:
            path = f"/views/{view['name']}"
            keys = [each["key"] for each in await auditor.all(service, f"{path}/digests")]
            documents = [await auditor.get(service, f"{path}/{key}") for key in keys]
            shown = [names.plain(each.needed("a view").body["document"]) for each in documents]
            found[f"{service} {view['name']}"] = names.in_order(shown)
    return found


def _counted(history: list[Recorded[Any]]) -> dict[str, int]:
    kinds = [type(event.fact).__name__ for event in history]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}
