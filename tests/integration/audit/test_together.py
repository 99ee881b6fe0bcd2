"""What was imported in one batch is replayed as the ordinary commands that it is."""

from itertools import count
from typing import Any

from deploy.local.stack import Addresses
from services.audit.auditing import TO_THE_END
from services.audit.reading import Reading, StreamSource
from services.submission.domain import agency, commands, innovation, season
from shared.events.submission import AGENCY, INNOVATION, SEASON, Claim
from shared.history import Cause, Handler, HistoryLog, Together, derived_id
from tests.integration.audit.world import connected
from tests.unit.audit.past import Past
from tests.unit.audit.story import DEADLINE, EDITION, OPENED, PROFILE, Story

TREE = (("kalsel", "province", None), ("hss", "regency", "kalsel"), ("dinkes", "agency", "hss"))


class Batch:
    """Decides one command after the other on one batch; each has an id of its own."""

    def __init__(self, log: HistoryLog) -> None:
        self.together = Together(log)
        self._numbers = count(1)

    async def give(self, handler: Handler[Any, Any, Any], key: str, command: Any) -> Any:
        await self.together.look(handler, key, new=True)
        cause = Cause(derived_id("row", key, str(next(self._numbers))), "0" * 64)
        self.together.decide(handler, key, command, cause)
        return self.together.state(handler, key)


async def test_a_batch_over_many_aggregates_is_replayed_without_a_word(fresh_servers: Addresses):
    at = Story(Past(), count())
    async with connected(fresh_servers, "submission") as connection:
        log = HistoryLog(connection)
        agencies = Handler(log, AGENCY, agency.decider)
        innovations = Handler(log, INNOVATION, innovation.decider)
        await Handler(log, SEASON, season.decider)("2026", opening(at), Cause("c-0", "0" * 64))
        batch = Batch(log)
        above: Any = None
        for key, kind, _ in TREE:
            parent = None if above is None else agency.Parent(above.path, above.region_id)
            register = agency.RegisterAgency("admin-1", at.at, key, key, "", kind, parent, "", True)
            above = await batch.give(agencies, key, register)
        for number in range(3):
            key = f"inov-{number}"
            await batch.give(innovations, key, drafted(at, key, above))
            for indicator in ("SID-01", "SID-02"):
                claim = Claim(indicator=indicator, level=1)
                command = commands.ClaimLevel("operator-1", at.at, EDITION, claim)
                await batch.give(innovations, key, command)
        last = await batch.together.store()
    async with connected(fresh_servers, "audit") as connection:
        report = await Reading(StreamSource(connection)).read(TO_THE_END, lambda _: None)
    assert (report.findings, report.events, report.last_sequence) == ((), last, last)
    assert last == 1 + len(TREE) + 3 * 3


def opening(at: Story) -> season.OpenSeason:
    return season.OpenSeason(
        by="admin-1",
        at=at.at,
        season_id="2026",
        name="Musim 2026",
        assessment_year=2026,
        edition_id=EDITION.id,
        edition_digest=EDITION.digest,
        opens_at=OPENED,
        deadline=DEADLINE,
        revision_days=7,
        training=False,
    )


def drafted(at: Story, key: str, owner: agency.Agency) -> commands.DraftInnovation:
    return commands.DraftInnovation(
        by="operator-1",
        at=at.at,
        innovation_id=key,
        season_id="2026",
        edition=EDITION,
        training=False,
        opens_at=OPENED,
        deadline=DEADLINE,
        agency_id=owner.agency_id,
        agency_kind=owner.kind,
        agency_path=owner.path,
        region_id=owner.region_id,
        profile=PROFILE,
    )
