"""Reviews that end in every way: at once, after a second look that agrees, or after a third."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from services.submission.domain import agency
from services.verification import domain as dossier
from shared.events.submission import AGENCY
from shared.events.verification import DOSSIER, Criterion, QualityRule, VisitFinding
from tests.unit.audit.past import Past
from tests.unit.audit.reviewing import (
    ALL_SAMPLED,
    FIRST,
    LEASE,
    SECOND,
    THIRD,
    answers,
)
from tests.unit.audit.story import Story

OUTRIGHT, LARGE, AGREED, RESOLVED, REJECTED, ADMITTED, REFUSED = (
    f"inov-{number}" for number in range(1, 8)
)
BURDEN: Criterion = "no_burden"


@dataclass
class Checked(Story):
    """Tells what only quality control brings."""

    async def began(self, *keys: str) -> None:
        await self.season()
        for person in (FIRST, SECOND, THIRD):
            await self.described(person)
        for key in keys:
            await self.innovation(key, "hss-disdag", f"drafter-of-{key}")

    async def reviewed(self, key: str, level: int = 2, unmet: Criterion | None = None) -> None:
        """By the first person, who grants `level` of 3, to its end."""
        await self._decided(key, f"first-{key}", FIRST, level, unmet)

    async def looked_at_again(
        self, key: str, level: int = 2, unmet: Criterion | None = None, person: str = SECOND
    ) -> None:
        await self._decided(key, f"second-{key}", person, level, unmet)

    async def _decided(
        self, key: str, token: str, person: str, level: int, unmet: Criterion | None
    ) -> None:
        await self.claimed(key, token, person)
        await self.admitted(key, token, person, unmet)
        if unmet is None:
            await self.decided(key, token, "SID-01", level, person)
            await self.decided(key, token, "SID-02", 2, person)
        await self.verified(key, token, person)

    async def resolved(
        self, key: str, level: int | None = None, unmet: Criterion | None = None
    ) -> None:
        """The third person decides on SID-01, or, without a level, on the criteria."""
        verdicts = () if level is None else (self.granting(key, "SID-01", level),)
        command = dossier.ResolveDiscrepancy(
            **self.who(THIRD),
            at=self.at,
            verdicts=verdicts,
            findings=answers(unmet) if level is None else (),
            note="Setelah membaca keduanya.",
        )
        await self.past.give(DOSSIER, key, command)

    async def let_pass(self, key: str, rule: QualityRule, level: int = 2) -> None:
        """Ends a review by a rule of somebody's own choice."""
        token = f"first-{key}"
        await self.claimed(key, token)
        await self.admitted(key, token)
        await self.decided(key, token, "SID-01", level)
        await self.decided(key, token, "SID-02", 2)
        command = dossier.VerifyDossier(**self.who(), at=self.at, token=token, rule=rule)
        await self.past.give(DOSSIER, key, command)

    async def passed_around(self, key: str) -> None:
        """Renewed, given back, handed over, taken away, visited, accepted at once."""
        await self.claimed(key, "t-1")
        self.start += timedelta(minutes=20)
        await self.past.give(DOSSIER, key, dossier.RenewLease(**self.held("t-1", FIRST)))
        release = dossier.ReleaseDossier(**self.holder("t-1", FIRST), note="Dilanjutkan besok.")
        await self.past.give(DOSSIER, key, release)
        await self.claimed(key, "t-2")
        hand_over = dossier.HandOver(
            **self.holder("t-2", FIRST), to=SECOND, keep_seconds=3600, note="Saya cuti."
        )
        await self.past.give(DOSSIER, key, hand_over)
        await self.claimed(key, "t-3", SECOND)
        revoke = dossier.RevokeLease(
            by="supervisor-1", at=self.at, reason="Sakit.", to=FIRST, keep_seconds=3600
        )
        await self.past.give(DOSSIER, key, revoke)
        await self.claimed(key, "t-4")
        await self._visited(key)
        await self.admitted(key, "t-4")
        accepted = tuple(
            self.granting(key, each, top) for each, top in (("SID-01", 3), ("SID-02", 2))
        )
        accept = dossier.AcceptIndicators(**self.held("t-4", FIRST), verdicts=accepted)
        await self.past.give(DOSSIER, key, accept)
        await self.verified(key, "t-4")

    async def _visited(self, key: str) -> None:
        at = self.at
        visit = dossier.RecordVisit(
            **self.who(),
            at=at,
            visit_id="visit-1",
            visited_on=at.date(),
            participants=(FIRST, SECOND),
            findings=(VisitFinding(indicator="SID-01", outcome="confirmed"),),
            note="Puskesmas Kandangan.",
        )
        await self.past.give(DOSSIER, key, visit)

    async def succeeded(self, before: str, after: str) -> None:
        known = self.past.state(AGENCY, after)
        command = agency.SucceedAgency(
            by="admin-1",
            at=self.at,
            successors=(agency.Successor(after, known.path),),
            effective_on=self.start.date(),
            letter_number="Perda 2/2026",
            reason="Digabung.",
        )
        await self.past.give(AGENCY, before, command)

    def holder(self, token: str, person: str) -> dict[str, Any]:
        return {**self.who(person), "at": self.at, "token": token}

    def held(self, token: str, person: str) -> dict[str, Any]:
        return {**self.holder(token, person), "lease_seconds": LEASE}


async def checked() -> Past:
    """Every way in which a review ends."""
    story = Checked(Past(), count())
    await story.began(OUTRIGHT, LARGE, AGREED, RESOLVED, REJECTED, ADMITTED, REFUSED)
    await story.passed_around(OUTRIGHT)
    await story.reviewed(LARGE, level=1)
    await story.looked_at_again(LARGE, level=1)
    await story.rule(ALL_SAMPLED)
    await story.reviewed(AGREED)
    await story.looked_at_again(AGREED)
    await story.reviewed(RESOLVED)
    await story.looked_at_again(RESOLVED, level=3)
    await story.resolved(RESOLVED, level=3)
    await story.reviewed(REJECTED, unmet=BURDEN)
    await story.looked_at_again(REJECTED, unmet=BURDEN)
    await story.reviewed(ADMITTED, unmet=BURDEN)
    await story.looked_at_again(ADMITTED)
    await story.resolved(ADMITTED)
    await story.reviewed(REFUSED)
    await story.looked_at_again(REFUSED, unmet=BURDEN)
    await story.resolved(REFUSED, unmet=BURDEN)
    return story.past
