"""Two competitions, told up to the results that judges and maturity give."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.awards.domain import competition, fund
from services.scoring.domain import panel
from services.scoring.domain.commitment import Opened
from services.scoring.domain.third_reading import third_readings_due
from shared.events.awards import (
    COMPETITION,
    FUND,
    CompetitionRules,
)
from shared.events.scoring import PANEL, CriterionScore
from tests.unit.audit.prize_rules import APBD, BANK, EARLIER, EARLIER_RULES, MAIN, RULES
from tests.unit.audit.story import Story

WON_BEFORE, FIRST, SECOND, COPIED = "inov-0", "inov-1", "inov-2", "inov-5"
TEAM, ALONE = "inov-3", "inov-4"
CHAIR: dict[str, Any] = {"by": "chair-1", "agency": None, "agency_path": ()}
MEMBER: dict[str, Any] = {
    "by": "leader-1",
    "agency": "inspektorat",
    "agency_path": ("inspektorat",),
}
GIVEN = {
    ("judge-1", FIRST): "9",
    ("judge-2", FIRST): "8.5",
    ("judge-1", SECOND): "8",
    ("judge-2", SECOND): "5",
    ("judge-1", COPIED): "4",
    ("judge-2", COPIED): "6",
}


@dataclass
class Contest(Story):
    """`opened` are the scores that judges sealed, by who sealed which."""

    sealed: dict[tuple[str, str], Opened] = field(default_factory=dict[tuple[str, str], Opened])

    async def began(self) -> None:
        await self.season()
        await self.funded(APBD, "apbd", 40_000_000)
        await self.funded(BANK, "sponsor", 1_000_000)
        await self.innovation(WON_BEFORE, "hss-dinkes", f"drafter-of-{WON_BEFORE}")
        await self.plainly_verified(WON_BEFORE)

    async def funded(self, key: str, kind: Any, ceiling: int) -> None:
        register = fund.RegisterFund(
            by="treasurer-1",
            at=self.at,
            fund_id=key,
            name=key,
            source_kind=kind,
            account_code="5.1.02.05.01.0001",
            fiscal_year=2026,
            ceiling_rupiah=ceiling,
            cut_off=date(2026, 12, 18),
        )
        await self.past.give(FUND, key, register)

    async def announced_as(self, key: str, rules: CompetitionRules) -> None:
        announce = competition.Announce(
            by="chair-1",
            at=self.at,
            competition_id=key,
            name=key,
            season_id="2026",
            rules=rules,
            funds=self.known_funds(APBD, BANK),
        )
        await self.past.give(COMPETITION, key, announce)

    async def won_before(self) -> None:
        """A small competition, from its announcement to its publication."""
        await self.until_window(EARLIER)
        await self.decreed(EARLIER)

    async def until_window(self, key: str) -> None:
        await self.announced_as(key, EARLIER_RULES)
        where = {"by": "chair-1", "category": "awal", "round": "satu"}
        await self.at_competition(
            key, competition.OpenRound(**where, at=self.at, panel_id="unused")
        )
        await self.at_competition(key, competition.CloseRound(**where, at=self.at))
        await self.at_competition(key, competition.DraftResults(by="chair-1", at=self.at))
        window = competition.OpenObjectionWindow(by="chair-1", at=self.at, version=1)
        await self.at_competition(key, window)
        self.start += timedelta(days=2)

    async def decreed(self, key: str = MAIN) -> None:
        decree: dict[str, Any] = {"decree_number": key, "decree_date": self.start.date()}
        await self.at_competition(key, competition.Determine(by="leader-1", at=self.at, **decree))
        await self.at_competition(key, competition.Publish(by="chair-1", at=self.at))

    async def entered(self) -> None:
        await self.announced_as(MAIN, RULES)
        for key, owner in (
            (FIRST, "hss-dinkes"),
            (SECOND, "hss-dinkes"),
            (COPIED, "hss-dinkes"),
            (TEAM, "hss-disdag"),
            (ALONE, "hss-disdag"),
        ):
            await self.innovation(key, owner, f"drafter-of-{key}")
            await self.plainly_verified(key)
        where = {"by": "chair-1", "category": "tim", "round": "satu"}
        await self.competition(competition.OpenRound(**where, at=self.at, panel_id="unused"))
        await self.competition(competition.CloseRound(**where, at=self.at))

    async def read(self) -> None:
        """By two judges and, where they lie apart, by the one in reserve."""
        where = {"by": "chair-1", "category": "skpd", "round": "final"}
        await self.competition(competition.OpenRound(**where, at=self.at, panel_id="panel-1"))
        seat = panel.SeatJudge("chair-1", self.at, "judge-4", (FIRST,), "Berhalangan.")
        await self.past.give(PANEL, "panel-1", seat)
        unseat = panel.UnseatJudge("chair-1", self.at, "judge-4", "Tidak jadi.")
        await self.past.give(PANEL, "panel-1", unseat)
        for (judge, innovation), score in GIVEN.items():
            await self.scored(judge, innovation, score)

    async def scored(self, judge: str, innovation: str, score: str) -> None:
        scores = (CriterionScore(criterion="kebaruan", score=Decimal(score)),)
        nonce = f"nonce-{judge}-{innovation}"
        seal = panel.SealScore(judge, self.at, None, (), innovation, scores, nonce, "eA==")
        await self.past.give(PANEL, "panel-1", seal)
        self.sealed[(judge, innovation)] = Opened(judge, innovation, scores, nonce)

    async def read_again(self) -> None:
        state = self.past.state(PANEL, "panel-1")
        due = third_readings_due(state, tuple(self.sealed.values()))
        ask = panel.AskThirdReading("chair-1", self.at, due)
        await self.past.give(PANEL, "panel-1", ask)
        for innovation in (SECOND, COPIED):
            await self.scored("judge-3", innovation, "7")

    async def revealed(self) -> None:
        reveal = panel.Reveal("chair-1", self.at, tuple(self.sealed.values()))
        await self.past.give(PANEL, "panel-1", reveal)
        await self.competition(competition.DraftResults(by="chair-1", at=self.at))

    async def at_competition(self, key: str, command: competition.Command) -> None:
        await self.past.give(COMPETITION, key, command)
