"""Competitions with everything that may be won, doubted, signed, shared, taxed and given back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from services.awards.api.allocations import determined, identify
from services.awards.domain import competition, fund, taxation
from services.awards.domain.allocation import lines
from services.awards.domain.competition.lapsing import decision_due, doubt_due
from services.awards.domain.competition.questions import results_of
from services.awards.domain.competition.states import Drafted, Filed
from services.awards.domain.fund.commands import Line
from services.awards.domain.taxation import adopted_digests, confirmed_digests, digests_in_force
from services.awards.reactions import on_time_run_out
from shared.editions.taxes import load_table
from shared.events.awards import (
    COMPETITION,
    FUND,
    TAX,
    DocumentKind,
    Recipient,
)
from shared.history import Cause, derived_id
from tests.unit.audit.contest import ALONE, CHAIR, COPIED, FIRST, SECOND, TEAM, Contest
from tests.unit.audit.past import Past
from tests.unit.audit.prize_rules import APBD, BANK, MAIN

TABLE = load_table("2024-r1")
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
OTHER = "inspektorat"
MEMBER: dict[str, Any] = {"by": "leader-1", "agency": OTHER, "agency_path": (OTHER,)}


def person(key: str, parts: int = 1) -> Recipient:
    return Recipient(recipient_id=key, kind="person", taxed_as="person", parts=parts)


NAMED: dict[str, tuple[Recipient, ...]] = {
    TEAM: (person("payee-a"), person("payee-b", parts=2)),
    ALONE: (person("payee-c"),),
    FIRST: (Recipient(recipient_id="hss-dinkes", kind="agency", taxed_as="agency"),),
}


@dataclass
class Prized(Contest):
    """Tells on, from signed minutes to papers about money."""

    async def signed(self, version: int) -> None:
        for who, function in ((CHAIR, "Ketua"), (MEMBER, "Anggota")):
            sign = competition.SignMinutes(
                by=who["by"],
                at=self.at,
                agency=who["agency"],
                version=version,
                function=function,
            )
            await self.competition(sign)

    async def disputed(self) -> None:
        """Opened on a Monday; a doubt is upheld, another refuted, and the rest nobody answers."""
        self.start = MONDAY
        await self.competition(competition.OpenObjectionWindow(by="chair-1", at=self.at, version=1))
        await self.competition(competition.OpenPublicTest(by="chair-1", at=self.at, version=1))
        objection = competition.FileObjection(
            by=f"drafter-of-{TEAM}",
            at=self.at,
            agency="hss-disdag",
            objection_id="objection-1",
            innovation_id=TEAM,
            indicator="SID-01",
            granted_level=2,
            level_sought=3,
            reason="Buktinya ada.",
        )
        await self.competition(objection)
        for by, doubt, innovation in (
            ("public", "doubt-1", COPIED),
            ("citizen-1", "doubt-2", FIRST),
            ("public", "doubt-3", SECOND),
        ):
            await self.doubted(by, doubt, innovation)
        for doubt, is_upheld in (("doubt-1", True), ("doubt-2", False)):
            decide = competition.DecideDoubt(
                **MEMBER, at=self.at, doubt_id=doubt, upheld=is_upheld, reason="Sudah diperiksa."
            )
            await self.competition(decide)

    async def doubted(self, by: str, doubt: str, innovation: str) -> None:
        file = competition.FileDoubt(
            by=by,
            at=self.at,
            doubt_id=doubt,
            innovation_id=innovation,
            statement_digest=sha256(doubt.encode()).hexdigest(),
            evidence=(),
            links=1,
        )
        await self.competition(file)

    async def run_out(self, command_id: str | None = None) -> None:
        """The clock closes what nobody answered, the doubt first."""
        state = self.past.state(COMPETITION, MAIN)
        assert isinstance(state, Drafted)
        objection = state.objections["objection-1"]
        assert isinstance(objection, Filed)
        dues = doubt_due(state), decision_due(state, objection)
        for due in dues:
            assert due is not None
            self.start = due
            to = on_time_run_out(MAIN, self.at)
            ticked = derived_id("tick", to.name, to.key, due.isoformat())
            await self.past.give(COMPETITION, MAIN, to.command, Cause(command_id or ticked))

    async def named(self) -> None:
        for innovation, recipients in NAMED.items():
            name = competition.NameRecipients(
                by="chair-1",
                at=self.at,
                agency=None,
                innovation_id=innovation,
                recipients=recipients,
            )
            await self.competition(name)

    async def adopted(self) -> None:
        adopt = taxation.AdoptTaxTable(
            by="chair-1",
            at=self.at,
            table_id=TABLE.id,
            digest=TABLE.digest,
            valid_from=TABLE.valid_from,
            valid_to=TABLE.valid_to,
        )
        await self.past.give(TAX, TABLE.id, adopt)

    async def confirmed(self) -> None:
        confirm = taxation.ConfirmTaxTable(
            by="treasurer-1", at=self.at, digest=TABLE.digest, note="Sesuai PMK."
        )
        await self.past.give(TAX, TABLE.id, confirm)

    def owed(self, fund_id: str) -> tuple[Line, ...]:
        results = determined(self.past.state(COMPETITION, MAIN))
        return lines(results, identify(results), TABLE)[fund_id]

    async def allocated(self, fund_id: str, due: Sequence[Line] | None = None) -> None:
        allocate = fund.Allocate(
            by="chair-1",
            at=self.at,
            lines=tuple(self.owed(fund_id) if due is None else due),
            adopted_tables=adopted_digests(self.tables()),
        )
        await self.past.give(FUND, fund_id, allocate)

    def tables(self) -> list[taxation.State]:
        return [self.past.state(TAX, TABLE.id)]

    async def approved(self, fund_id: str, *keys: str) -> None:
        for key in keys:
            approve = fund.Approve(**MEMBER, at=self.at, allocation_id=key)
            await self.past.give(FUND, fund_id, approve)

    async def paid_out(self, fund_id: str, key: str) -> None:
        at, day = self.at, self.start.date()
        pay = fund.Pay(
            by="treasurer-1",
            at=at,
            allocation_id=key,
            reference=f"SP2D/{key}",
            paid_on=day,
            confirmed_tables=confirmed_digests(self.tables()),
            tables_in_force=digests_in_force(self.tables(), day),
        )
        await self.past.give(FUND, fund_id, pay)

    async def moved(self) -> None:
        """Held and released, paid and given back, reversed, and set aside once more."""
        first, second, ours, yours, alone = (each.allocation_id for each in self.owed(APBD))
        await self.approved(APBD, first, second, ours, yours, alone)
        by = {"by": "treasurer-1", "reason": "Rekening tidak aktif."}
        await self.past.give(FUND, APBD, fund.Hold(**by, at=self.at, allocation_id=first))
        await self.past.give(FUND, APBD, fund.Release(**by, at=self.at, allocation_id=first))
        for key in (first, alone):
            await self.paid_out(APBD, key)
        day = self.start.date()
        back = fund.Return(
            **by, at=self.at, allocation_id=first, reference="STS/1", returned_on=day
        )
        await self.past.give(FUND, APBD, back)
        reverse = fund.Reverse(by="chair-1", at=self.at, allocation_id=ours, reason="Salah NIK.")
        await self.past.give(FUND, APBD, reverse)
        again = replace(self.owed(APBD)[2], allocation_id="again-1")
        await self.allocated(APBD, (*self.owed(APBD)[:2], again, *self.owed(APBD)[3:]))
        await self.past.give(FUND, APBD, fund.Hold(**by, at=self.at, allocation_id=yours))

    async def issued(self, kind: DocumentKind, about: str | None = None) -> None:
        state = self.past.state(COMPETITION, MAIN)
        key = f"document-{kind}-{about or 'all'}"
        issue = competition.IssueDocument(
            by="chair-1",
            at=self.at,
            document_id=key,
            kind=kind,
            media_type="application/pdf",
            version=results_of(state).version,
            about=about,
            sha256=sha256(key.encode()).hexdigest(),
            size=1000,
            content_digest=sha256(kind.encode()).hexdigest(),
            template=f"{kind}.pdf@{'a' * 64}",
            verify_url=f"https://inda.test/verify/{key}",
            has_names=about is not None,
        )
        await self.competition(issue)


async def until_decreed() -> Prized:
    """Everything up to the published results."""
    story = Prized(Past(), count())
    await story.began()
    await story.won_before()
    await story.entered()
    await story.read()
    await story.read_again()
    await story.revealed()
    await story.signed(1)
    await story.disputed()
    await story.signed(2)
    await story.issued("minutes")
    await story.run_out()
    await story.named()
    await story.decreed()
    return story


async def prized() -> Past:
    story = await until_decreed()
    await story.adopted()
    await story.allocated(APBD)
    await story.allocated(BANK)
    await story.confirmed()
    await story.moved()
    await story.issued("decree_annex")
    await story.issued("payment_list")
    await story.issued("certificate", FIRST)
    await story.issued("tax_slip", story.owed(APBD)[4].allocation_id)
    await story.issued("spd_12_evidence")
    return story.past
