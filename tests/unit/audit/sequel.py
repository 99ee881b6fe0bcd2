"""Two seasons in small: what was verified goes on in the next, and others take it up meanwhile."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from services.submission.domain import agency, commands, replication, season
from services.submission.domain.endorsing import digest_of
from services.submission.domain.season import deadline_for
from services.submission.domain.states import Submitted, Waiting
from services.submission.reactions import on_time_run_out
from shared.events.submission import (
    AGENCY,
    INNOVATION,
    REPLICATION,
    SEASON,
    Claim,
    EvidenceItem,
    FileEvidence,
    FileProperties,
    Letter,
    ReplicationEvidence,
)
from shared.history import Cause, derived_id
from tests.unit.audit.past import Past
from tests.unit.audit.story import DEADLINE, EDITION, OPENED, PROFILE, Story

LATER = OPENED + timedelta(days=10)
GRACE = 60
DIGESTS = {"ev-a": "a" * 64, "ev-b": "b" * 64}
LETTER = Letter(number="440/7", signed_on=date(2026, 1, 2), subject="Replikasi SIP PUTIH")
STATED = replication.replication_id_of("inov-1", "tapin-dinkes")


@dataclass
class Sequel(Story):
    """Tells what only a second season brings."""

    async def began(self) -> None:
        """The first season, one innovation verified in it, another that was submitted."""
        await self.season()
        for key, kind, above in (
            ("hss-dinkes-baru", "agency", "hss"),
            ("tapin", "regency", "kalsel"),
            ("tapin-dinkes", "agency", "tapin"),
        ):
            await self.agency(key, kind, above)
        until = DEADLINE + timedelta(days=20)
        late = season.GrantLateException("admin-1", self.at, "hss-disdag", until, "Kebakaran")
        await self.past.give(SEASON, "2026", late)
        await self.innovation("inov-1", "hss-dinkes", "drafter-1")
        await self.plainly_verified("inov-1")
        await self.innovation("inov-2", "hss-disdag", "drafter-2")
        await self.innovation("inov-r", "tapin-dinkes", "drafter-3")

    async def taken_up(self) -> None:
        """One replication stands and has its replica; another was withdrawn and stated again."""
        await self.stated("tapin-dinkes", "tapin-dinkes")
        replica = replication.Replica("inov-r", training=False, is_own=True)
        link = replication.LinkReplica("drafter-3", self.at, replica)
        await self.past.give(REPLICATION, STATED, link)
        other = replication.replication_id_of("inov-1", "brida")
        await self.stated("brida", "brida")
        back = replication.WithdrawReplication("drafter-4", self.at, "Salah kirim.")
        await self.past.give(REPLICATION, other, back)
        await self.stated("brida", "brida")

    async def stated(self, owner: str, body: str) -> None:
        drafted = self.past.state(INNOVATION, "inov-1").content.drafted
        known = self.past.state(AGENCY, owner)
        command = replication.StateReplication(
            by="drafter-3",
            at=self.at,
            replication_id=replication.replication_id_of("inov-1", owner),
            original=replication.Replicable(
                "inov-1", drafted.agency_path, drafted.region_id, training=False, is_verified=True
            ),
            agency_id=owner,
            agency_path=known.path,
            region_id=known.region_id,
            letter=LETTER,
            started_on=date(2025, 3, 1),
            contact_body=f"Bidang inovasi {body}",
        )
        await self.past.give(REPLICATION, command.replication_id, command)

    async def later(self) -> None:
        """A season with grace and endorsement; the health office has a successor by then."""
        self.start = LATER
        await self.opened(
            "2027",
            assessment_year=2027,
            opens_at=LATER,
            deadline=LATER + timedelta(days=30),
            grace_minutes=GRACE,
            endorsement_required=True,
            obliged_kinds=("agency", "school"),
        )
        renamed = agency.RenameAgency(
            "admin-1", self.at, "Dinas Dagang", "Disdag", "Perda 1/2026", date(2026, 1, 5)
        )
        await self.past.give(AGENCY, "hss-disdag", renamed)
        successor = agency.Successor("hss-dinkes-baru", ("kalsel", "hss", "hss-dinkes-baru"))
        ended = agency.SucceedAgency(
            "admin-1", self.at, (successor,), date(2026, 1, 6), "Perda 2/2026", "Digabung."
        )
        await self.past.give(AGENCY, "hss-dinkes", ended)

    async def developed(self, key: str, successor: str, owner: str, *, freed: bool = False) -> None:
        """The original names its successor, then the successor is drafted."""
        end = commands.Develop(
            by="drafter-1",
            at=self.at,
            successor_id=successor,
            season_id="2027",
            agency_id=owner,
            freed=freed,
        )
        await self.past.give(INNOVATION, key, end)
        await self.drafted_on(key, successor, owner)

    async def drafted_on(self, key: str, successor: str, owner: str) -> None:
        content = self.past.state(INNOVATION, key).content
        opened, known = self.past.state(SEASON, "2027"), self.past.state(AGENCY, owner)
        draft = commands.DraftInnovation(
            by="drafter-1",
            at=self.at,
            innovation_id=successor,
            season_id="2027",
            edition=EDITION,
            training=False,
            opens_at=opened.opens_at,
            deadline=deadline_for(opened, known.path),
            agency_id=owner,
            agency_kind=known.kind,
            agency_path=known.path,
            region_id=known.region_id,
            profile=PROFILE.model_copy(update={"title": f"{PROFILE.title} 2"}),
            original=commands.Original(
                innovation_id=key,
                lineage=content.drafted.lineage,
                claims=tuple(content.claims.values()),
                evidence=tuple(content.evidence.values()),
            ),
        )
        await self.past.give(INNOVATION, successor, draft)

    async def adopted(self, key: str) -> None:
        """What another agency stated proves a replication."""
        stated = self.past.state(REPLICATION, STATED).stated
        content = ReplicationEvidence(
            replication_id=STATED,
            agency_id=stated.agency_id,
            region_id=stated.region_id,
            started_on=stated.started_on,
            contact_body=stated.contact_body,
            sha256=stated.statement_digest,
        )
        item = EvidenceItem(
            evidence_id="ev-statement",
            indicators=("SID-16",),
            evidence_kind="replication_statement",
            content=content,
            letter=stated.letter,
            accepted=True,
        )
        await self.past.give(
            INNOVATION, key, commands.DeclareEvidence("drafter-1", self.at, EDITION, item, 1)
        )
        claim = Claim(indicator="SID-16", level=1)
        await self.past.give(
            INNOVATION, key, commands.ClaimLevel("drafter-1", self.at, EDITION, claim)
        )

    async def declared(self, key: str, evidence_id: str) -> None:
        """A file that is on its way."""
        content = FileEvidence(
            file_name=f"{evidence_id}.pdf",
            sha256=DIGESTS[evidence_id],
            size_bytes=2048,
            media_type="application/pdf",
        )
        item = EvidenceItem(
            evidence_id=evidence_id,
            indicators=("SID-01",),
            evidence_kind="decree",
            content=content,
        )
        await self.past.give(
            INNOVATION, key, commands.DeclareEvidence("drafter-1", self.at, EDITION, item, 9000)
        )

    async def endorsed(self, key: str) -> None:
        note = "Dikembangkan dengan layanan baru."
        better = self.past.state(INNOVATION, key).content.profile.model_copy(
            update={"development_note": note}
        )
        revise = commands.ReviseProfile("drafter-1", self.at, EDITION, better)
        await self.past.give(INNOVATION, key, revise)
        digest = digest_of(self.past.state(INNOVATION, key).content)
        endorse = commands.Endorse("head-1", self.at, digest, "acting", LETTER)
        await self.past.give(INNOVATION, key, endorse)

    async def handed_in(self, key: str) -> None:
        opened = self.past.state(SEASON, "2027")
        path = self.past.state(INNOVATION, key).content.drafted.agency_path
        submit = commands.Submit(
            by="drafter-1",
            at=self.at,
            edition=EDITION,
            deadline=deadline_for(opened, path),
            grace_minutes=opened.grace_minutes,
            endorsement_required=opened.endorsement_required,
        )
        await self.past.give(INNOVATION, key, submit)

    async def accepted(self, key: str, evidence_id: str) -> None:
        digest = DIGESTS[evidence_id]
        accept = commands.AcceptEvidence(
            by="drafter-1",
            at=self.at,
            evidence_id=evidence_id,
            sha256=digest,
            size_bytes=2048,
            media_type="application/pdf",
            object_key=f"sha256/{digest}",
            object_version="v1",
            properties=FileProperties(pages=2),
        )
        await self.past.give(INNOVATION, key, accept)

    async def refused(self, key: str, evidence_id: str) -> None:
        refuse = commands.RefuseEvidence("drafter-1", self.at, evidence_id, "encrypted", ())
        await self.past.give(INNOVATION, key, refuse)

    async def run_out(self, key: str, command_id: str | None = None) -> None:
        """The time of what is still pending ends: the clock says so, once."""
        state = self.past.state(INNOVATION, key)
        assert isinstance(state, Submitted)
        assert isinstance(state.waiting, Waiting)
        until = state.waiting.until
        to = on_time_run_out(key, state.round, until + timedelta(seconds=1))
        ticked = derived_id("tick", to.name, key, until.isoformat())
        await self.past.give(INNOVATION, key, to.command, Cause(command_id or ticked))

    async def withdrawn(self, key: str) -> None:
        await self.past.give(INNOVATION, key, commands.Withdraw("drafter-1", self.at, "Batal."))


async def sequel() -> Past:
    """One successor complete by its last file, one by the clock; one that was freed before."""
    story = Sequel(Past(), count())
    await story.began()
    await story.taken_up()
    await story.later()
    await story.developed("inov-1", "inov-1b", "hss-dinkes-baru")
    await story.adopted("inov-1b")
    await story.declared("inov-1b", "ev-a")
    await story.declared("inov-1b", "ev-b")
    retold = commands.ReviseEvidence(
        "drafter-1", story.at, EDITION, "ev-b", ("SID-01", "SID-02"), "decree", LETTER
    )
    await story.past.give(INNOVATION, "inov-1b", retold)
    await story.endorsed("inov-1b")
    await story.handed_in("inov-1b")
    await story.refused("inov-1b", "ev-a")
    await story.accepted("inov-1b", "ev-b")
    await story.developed("inov-2", "inov-2b", "hss-disdag")
    await story.withdrawn("inov-2b")
    await story.developed("inov-2", "inov-2c", "hss-disdag", freed=True)
    await story.declared("inov-2c", "ev-a")
    await story.endorsed("inov-2c")
    await story.handed_in("inov-2c")
    await story.run_out("inov-2c")
    return story.past
