"""What the other stories do not tell: looks at documents, ties, ends, late and lost revisions."""

from datetime import timedelta
from itertools import count
from typing import Any

from services.submission.domain import agency, commands, season
from services.verification.domain.states import WaitingForRevision
from services.verification.reactions import on_due_passed
from shared.accesses import OpenEvidence
from shared.events import awards, submission, verification
from shared.events.submission import AGENCY, INNOVATION, SEASON, EvidenceItem, FileEvidence, Letter
from shared.events.verification import DOSSIER
from shared.history import Cause, derived_id
from tests.unit.audit.past import Past
from tests.unit.audit.story import DEADLINE, EDITION, Story

GRACE = 60
LETTER, LATE, SPARE = "1" * 64, "2" * 64, "3" * 64


class Remaining(Story):
    """Tells single things."""

    async def opened(self, key: str, **changes: Any) -> None:
        await super().opened(key, grace_minutes=GRACE, **changes)

    async def opened_by_three(self) -> None:
        """A link for the agency, a view for a reviewer, a download for who decides a doubt."""
        for aggregate, person, role in (
            (submission.ACCESS, "drafter-1", "operator"),
            (verification.ACCESS, "verifier-1", "verifier"),
            (awards.ACCESS, "chair-1", "committee"),
        ):
            look = OpenEvidence(
                by=person,
                at=self.at,
                sha256=LETTER,
                about="inov-1",
                how="link",
                agency="brida",
                roles=(role,),
            )
            await self.past.give(aggregate, LETTER, look)

    async def tied_for_a_while(self) -> None:
        await self.described("verifier-7")
        await self.tied("verifier-7", "hss-disdag")
        await self.untied("verifier-7", "hss-disdag")

    async def declared(self, key: str, by: str, evidence_id: str, digest: str) -> None:
        """A file that is still on its way."""
        item = EvidenceItem(
            evidence_id=evidence_id,
            indicators=("SID-02",),
            evidence_kind="decree",
            content=FileEvidence(
                file_name="sk.pdf", sha256=digest, size_bytes=2048, media_type="application/pdf"
            ),
            letter=Letter(number="188/2", signed_on=self.start.date(), subject="SIP PUTIH"),
        )
        declare = commands.DeclareEvidence(by, self.at, EDITION, item, 10_000_000)
        await self.past.give(INNOVATION, key, declare)

    async def announced_and_completed(self) -> None:
        """A revision that is handed in while its file is still on its way."""
        await self.claimed("inov-1", "token-1")
        await self.asked_for_a_revision("inov-1", "token-1")
        await self.declared("inov-1", "drafter-1", "ev-spare", SPARE)
        withdraw = commands.WithdrawEvidence("drafter-1", self.at, "ev-spare", "Salah berkas.")
        await self.past.give(INNOVATION, "inov-1", withdraw)
        await self.declared("inov-1", "drafter-1", "ev-late", LATE)
        submit = commands.Submit("drafter-1", self.at, EDITION, DEADLINE, grace_minutes=GRACE)
        await self.past.give(INNOVATION, "inov-1", submit)
        accept = commands.AcceptEvidence(
            "drafter-1",
            self.at,
            "ev-late",
            LATE,
            2048,
            "application/pdf",
            f"sha256/{LATE}",
            "v1",
        )
        await self.past.give(INNOVATION, "inov-1", accept)

    async def lapsed(self) -> None:
        """A revision that nobody answered."""
        await self.claimed("inov-2", "token-2")
        due = await self.asked_for_a_revision("inov-2", "token-2")
        assert isinstance(self.past.state(DOSSIER, "inov-2"), WaitingForRevision)
        self.start = due
        to = on_due_passed("inov-2", 1, due, self.at)
        ticked = derived_id("tick", to.name, to.key, due.isoformat())
        await self.past.give(DOSSIER, "inov-2", to.command, Cause(ticked))

    async def ended(self) -> None:
        """An agency that nobody carries on, and the season after its last day."""
        await self.agency("hss-lama", "agency", "hss")
        close = agency.CloseAgency("admin-1", self.at, "Dilebur.")
        await self.past.give(AGENCY, "hss-lama", close)
        self.start = DEADLINE + timedelta(days=30)
        await self.past.give(SEASON, "2026", season.CloseSeason("admin-1", self.at))


async def remaining() -> Past:
    story = Remaining(Past(), count())
    await story.season()
    await story.innovation("inov-1", "hss-dinkes", "drafter-1")
    await story.innovation("inov-2", "hss-disdag", "drafter-2")
    await story.opened_by_three()
    await story.tied_for_a_while()
    await story.announced_and_completed()
    await story.lapsed()
    await story.ended()
    return story.past
