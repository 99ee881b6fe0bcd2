"""Objections, disqualifications, approvals and payments in any order, with duplicates and crashes.

Two replicas on real servers. After every step somebody who knows none of our code keeps the books
from the plain facts: every place follows, every step of money is legal, the ledger balances, and
what is served says the same. Then each competition is brought to its end.
"""

from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from deploy.local.stack import Addresses
from services.awards.domain.competition import decider
from services.awards.settings import Settings
from shared.events.awards import COMPETITION, EntryCorrected
from shared.wita import WITA
from tests.apps import Issuer
from tests.builders.awards import (
    DRAFT,
    MATURITY_ONLY,
    PATH,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    prize,
    scored,
)
from tests.component.awards.books import Course, Item, Ledger, course_of, ledger_of, owed
from tests.component.awards.stage import How, Stage, Who, staged
from tests.component.awards.world import compete, say, score
from tests.waiting import holds

T = TypeVar("T")
CHAIR = Who("person-chair", ("committee",))
MEMBER = Who("person-member", ("committee",))
TREASURER = Who("person-treasurer", ("treasurer",))
OPERATOR = Who("person-operator", ("skpd_operator",), PATH)
AUDITOR = Who("person-auditor", ("auditor",))
MATURITIES = ("80", "80", "70", "60")
AMOUNTS = {1: 500_000, 2: 300_000, 3: 200_000}
ROOM = 150_000
"""What the first fund has beyond the prizes: other competitions want it too."""
MOST_OTHERS = 3

how = st.sampled_from(["once", "once", "twice", "cut"])
moments = st.sampled_from([0.0, 0.001, 0.003, 0.006, 0.012])
which = st.integers(0, 3)
committee = st.sampled_from([CHAIR, MEMBER])
answers = st.sampled_from(["granted", "corrected", "corrected", "dismissed", "later"])


def test_every_rupiah_is_in_its_place_whatever_happens(
    settings: Settings, fresh_servers: Addresses, issuer: Issuer
) -> None:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(staged(settings, fresh_servers, issuer)) as stage,
    ):
        Awarding.portal, Awarding.stage = portal, stage
        run_state_machine_as_test(
            Awarding,
            settings=_thorough(),
        )


def _thorough() -> Any:
    """Without shrinking, which on real servers takes longer than a test may."""
    return settings(
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        max_examples=10,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class Awarding(RuleBasedStateMachine):
    """One competition an example, from its first draft to the last rupiah.

    Whether a rule may run never depends on what the services say: an answer may come a moment
    later than before, and an example could not be played again.
    """

    portal: ClassVar[BlockingPortal]
    stage: ClassVar[Stage]

    @initialize(phase=st.sampled_from(["drafted", "disputed", "disputed", "determined"]))
    def begin(self, phase: str) -> None:
        """February of next year, so that no example meets the end of a fiscal year."""
        self.phase = phase
        today = datetime.now(WITA)
        february = datetime(today.year + 1, 2, 2, 9, tzinfo=WITA)
        self.stage.clock.ahead = february - today
        mark = uuid4().hex[:8]
        self.lomba, self.others = f"lomba-{mark}", 0
        self.funds = (f"apbd-{mark}", f"sponsor-{mark}")
        self.names = tuple(f"inov-{mark}-{number}" for number in range(4))
        self.prizes = {rank: (self.funds[rank // 3], rp) for rank, rp in AMOUNTS.items()}
        self.run(self._announced(february.year))
        if phase == "disputed":
            self.sign(CHAIR, "once", 0.0)
            self.open_windows("once", 0.0)
        if phase == "determined":
            self.conclude()
            self.allocate(CHAIR, "once", 0.0)

    async def _announced(self, year: int) -> None:
        for fund, ceiling in zip(self.funds, (800_000 + ROOM, 200_000), strict=True):
            body = {
                "fund_id": fund,
                "name": fund,
                "source_kind": "sponsor",
                "fiscal_year": year,
                "ceiling_rupiah": ceiling,
            }
            assert (await self.stage.post(CHAIR, "/funds", body)).status_code == 201
        await score(self.stage.scoring, *self._scorecards())
        await say(self.stage.awards, COMPETITION, self.lomba, self._drafted())

    def _scorecards(self) -> Any:
        return [
            scored(name, maturity, season_id=self.lomba)
            for name, maturity in zip(self.names, MATURITIES, strict=True)
        ]

    def _drafted(self) -> Any:
        prizes = [prize(r, rp, fund_id=fund) for r, (fund, rp) in self.prizes.items()]
        rules = {"minutes_signatures": 1, "public_test_days": 2, "decision_days": 20}
        category = MATURITY_ONLY.model_copy(update={"prizes": tuple(prizes)})
        announced = replace(
            announce(category, **rules), competition_id=self.lomba, season_id=self.lomba
        )
        commands = (announced, enrol(*self._scorecards()), open_round(), close_round(), DRAFT)
        return happened(decider, *(replace(each, at=self.stage.now()) for each in commands))

    # --- what people do --------------------------------------------------------------------

    @rule(by=committee, how=how, cut=moments)
    def sign(self, by: Who, how: How, cut: float) -> None:
        body = {"version": self.course().version, "function": "Anggota"}
        self.ask(by, "/minutes/signatures", body, how, cut)

    @rule(how=how, cut=moments)
    def open_windows(self, how: How, cut: float) -> None:
        body = {"version": self.course().version}
        self.ask(CHAIR, "/objection-window", body, how, cut)
        self.ask(CHAIR, "/public-test", body, how, cut)

    @rule(number=which, then=answers, by=committee, how=how, cut=moments)
    def object(self, number: int, then: str, by: Who, how: How, cut: float) -> None:
        body = {
            "innovation_id": self.names[number],
            "indicator": "SID-16",
            "level_sought": 3,
            "reason": "Dokumen sudah terlampir.",
        }
        filed = self.ask(OPERATOR, "/objections", body, how, cut)
        if filed.status_code == 201:
            self._answer(filed.json()["objection_id"], then, by, how, cut)

    @rule(number=which, then=answers, by=committee, how=how, cut=moments)
    def doubt(self, number: int, then: str, by: Who, how: How, cut: float) -> None:
        body = {
            "innovation_id": self.names[number],
            "statement": "Gagasan yang sama sudah terbit pada tahun 2019, lihat tautan berikut.",
            "links": ["https://contoh.example/2019"],
        }
        filed = self.ask(None, "/public-test/doubts", body, how, cut)
        if filed.status_code == 201:
            self._answer(filed.json()["doubt_id"], then, by, how, cut)

    @rule(pick=which, then=answers, by=committee, how=how, cut=moments)
    def answer(self, pick: int, then: str, by: Who, how: How, cut: float) -> None:
        waiting = self.waiting()
        if waiting:
            self._answer(waiting[pick % len(waiting)], then, by, how, cut)

    def _answer(self, key: str, then: str, by: Who, how: How, cut: float) -> None:
        """Upheld doubts take an entry out, so that only two of the four go this way."""
        is_yes = then in ("granted", "corrected") and len(self.course().out) < 2
        said = "Diputus pleno."
        version = len(self.run(self.stage.course(self.lomba)))
        if then != "later":
            body = {"granted": is_yes, "reason": said}
            self.ask(by, f"/objections/{key}/decision", body, how, cut, version)
            doubt = {"upheld": is_yes, "reason": said}
            self.ask(by, f"/doubts/{key}/decision", doubt, how, cut, version)
        if then == "corrected" and key in self.waiting():
            self._corrected(key, 95, 1)

    @rule(pick=which, points=st.integers(61, 111), times=st.integers(1, 2))
    def correct(self, pick: int, points: int, times: int) -> None:
        """Scoring says what a granted objection came to, perhaps twice, or without any grant."""
        waiting = self.waiting()
        if waiting:
            self._corrected(waiting[pick % len(waiting)], points, times)

    def _corrected(self, key: str, points: int, times: int) -> None:
        name = self.course().waiting[key]
        for number in range(times):
            card = scored(
                name,
                str(points + number),
                number=2 + number,
                season_id=self.lomba,
                competition_id=self.lomba,
                objection_id=key,
            )
            self.run(score(self.stage.scoring, card))
        self.settle(key)

    def settle(self, key: str) -> None:
        """Waits for the reaction only where the correction is due."""
        facts = self.run(self.stage.course(self.lomba))
        course = course_of(facts)
        granted = [f for f in facts if getattr(f, "granted", None) and f.objection_id == key]  # type: ignore[attr-defined]
        if not granted or course.determined or course.waiting[key] in course.out:
            return

        async def is_corrected() -> bool:
            after = await self.stage.course(self.lomba)
            return any(isinstance(f, EntryCorrected) and f.objection_id == key for f in after)

        self.run(holds(is_corrected))

    @rule(number=which, by=committee, how=how, cut=moments)
    def disqualify(self, number: int, by: Who, how: How, cut: float) -> None:
        if len(self.course().out) < 2:
            body = {"innovation_id": self.names[number], "ground": "lain", "reason": "Mundur."}
            version = len(self.run(self.stage.course(self.lomba)))
            self.ask(by, "/disqualifications", body, how, cut, version)

    @rule(how=how, cut=moments)
    def vote(self, how: How, cut: float) -> None:
        course = self.course()
        places = course.expected()
        shared = [rank for _, rank in places if rank in AMOUNTS]
        first = next((rank for rank in AMOUNTS if shared.count(rank) > 1), 0)
        tied = [name for name, rank in places if rank == first]
        if tied:
            body = {"category": "skpd", "order": tied[::-1], "reason": "Suara pleno."}
            version = len(self.run(self.stage.course(self.lomba)))
            self.ask(CHAIR, "/ties", body, how, cut, version)

    @rule(hours=st.sampled_from([1, 6, 24]))
    def time_passes(self, hours: int) -> None:
        self.stage.clock.ahead += timedelta(hours=hours)

    @rule(late=st.booleans(), how=how, cut=moments)
    def determine(self, late: bool, how: How, cut: float) -> None:
        """Perhaps with all windows over, whatever else is still missing."""
        if late:
            self.stage.clock.ahead += timedelta(days=4)
        body = {"decree_number": "188.44/1", "decree_date": self.stage.now().date().isoformat()}
        version = len(self.run(self.stage.course(self.lomba)))
        self.ask(CHAIR, "/determination", body, how, cut, version)

    @rule(by=committee, how=how, cut=moments)
    def allocate(self, by: Who, how: How, cut: float) -> None:
        if self.phase == "disputed" and self.course().determined is None:
            return
        answer = self.ask(by, "/allocations", None, how, cut)
        assert (answer.status_code == 200) == (self.course().determined is not None)

    @rule(amount=st.sampled_from([60_000, 100_000, 700_000]), how=how, cut=moments)
    def another_wants_it_too(self, amount: int, how: How, cut: float) -> None:
        """The fund gives what it has left, all or nothing, and never a rupiah more."""
        if self.others == MOST_OTHERS:
            return
        self.others += 1
        name, fund = f"{self.lomba}-{self.others}", self.funds[0]
        self.run(compete(self.stage.awards, name, prize(1, amount, fund_id=fund)))
        before = self.ledger(fund)
        path = f"/competitions/{name}/allocations"
        answer = self.ask(CHAIR, path, None, how, cut, at_root=True)
        (told,) = answer.json()["funds"]
        is_given = any(i.money.competition_id == name for i in self.ledger(fund).items.values())
        assert is_given == (amount <= before.ceiling - before.allocated)
        assert (told["outcome"] == "refused") == (not is_given)

    @rule()
    def everybody_hurries(self) -> None:
        if self.phase == "drafted" and self.course().determined is None:
            self.conclude()

    @rule(
        pick=st.integers(0, 20),
        act=st.sampled_from(
            ["approval", "approval", "payment", "payment", "hold", "release", "return", "reversal"]
        ),
        by=committee,
        how=how,
        cut=moments,
    )
    def move(self, pick: int, act: str, by: Who, how: How, cut: float) -> None:
        """Money moves exactly when the books say that it may."""
        items = self.items()
        if not items:
            return
        fund, key, item = items[pick % len(items)]
        day = self.stage.now().astimezone(WITA).date().isoformat()
        bodies: dict[str, Any] = {
            "payment": {"reference": f"SP2D-{key}", "paid_on": day},
            "return": {"reference": f"STS-{key}", "returned_on": day, "reason": "Rekening salah."},
        }
        body = None if act == "approval" else bodies.get(act, {"reason": "Diperiksa."})
        who = TREASURER if act in bodies else by
        path = f"/funds/{fund}/allocations/{key}/{act}"
        answer = self.ask(who, path, body, how, cut, at_root=True)
        assert (answer.status_code < 300) == may(act, item, who), (act, item.state, answer.text)

    @rule(pick=st.integers(0, 20), comes_back=st.booleans(), how=how, cut=moments)
    def pay_out(self, pick: int, comes_back: bool, how: How, cut: float) -> None:
        """Approved by the other person, paid, and perhaps sent back by the bank."""
        items = self.items()
        if not items:
            return
        fund, key, item = items[pick % len(items)]
        self._finish(fund, key, item)
        if comes_back:
            day = self.stage.now().astimezone(WITA).date().isoformat()
            body = {"reference": f"STS-{key}", "returned_on": day, "reason": "Rekening salah."}
            path = f"/funds/{fund}/allocations/{key}/return"
            answer = self.ask(TREASURER, path, body, how, cut, at_root=True)
            assert (answer.status_code < 300) == (item.state != "reversed"), answer.text

    # --- what must hold --------------------------------------------------------------------

    @invariant()
    def the_books_are_in_order(self) -> None:
        if not hasattr(self, "lomba"):
            return
        course = self.course()
        for fund in self.funds:
            ledger = self.ledger(fund)
            mine = [item for item in ledger.items.values() if self.is_mine(item)]
            assert course.determined is not None or not mine
            self._each_prize_once(mine)
            newest = self.run(self.stage.sequence(fund))
            served = self.run(self.stage.get(AUDITOR, f"/funds/{fund}", min_seq=newest))
            told = served.json()
            assert told["allocated_rupiah"] == ledger.allocated
            assert told["available_rupiah"] == ledger.ceiling - ledger.allocated
            states = {each["allocation_id"]: each["state"] for each in told["allocations"]}
            assert states == {key: item.state for key, item in ledger.items.items()}

    def _each_prize_once(self, items: list[Item]) -> None:
        """An allocation is for the place that its rank has in the fixed results."""
        places = {rank: name for name, rank in self.course().expected()}
        assert len({item.money.rank for item in items}) == len(items)
        for item in items:
            assert item.money.amount_rupiah == AMOUNTS[item.money.rank]
            assert item.money.innovation_id == places[item.money.rank]

    def teardown(self) -> None:
        """Every competition reaches its end, and every rupiah is paid or free."""
        if not hasattr(self, "lomba"):
            return
        for _ in range(6):
            if self.course().determined is None:
                self.conclude()
        assert self.course().determined is not None
        self.allocate(CHAIR, "once", 0.0)
        for fund in self.funds:
            for key, item in self.ledger(fund).items.items():
                self._finish(fund, key, item)
        self.the_books_are_in_order()
        over = {"paid", "returned", "reversed"}
        assert {item.state for _, _, item in self.items()} <= over
        due = owed(self.course().expected(), self.prizes)
        for fund in self.funds:
            ledger = self.ledger(fund)
            mine = [item for item in ledger.items.values() if self.is_mine(item)]
            set_aside = sum(item.money.amount_rupiah for item in mine)
            is_refused = ledger.ceiling - ledger.allocated < due.get(fund, 0)
            assert set_aside == due.get(fund, 0) or (set_aside == 0 and is_refused)

    def conclude(self) -> None:
        """What the committee does about everything that is open; the clock does the rest."""
        self.vote("once", 0.0)
        self.sign(CHAIR, "once", 0.0)
        self.open_windows("once", 0.0)
        self.stage.clock.ahead += timedelta(days=5)
        for key in self.waiting():
            version = len(self.run(self.stage.course(self.lomba)))
            body = {"granted": False, "reason": "Tidak terbukti."}
            self.ask(MEMBER, f"/objections/{key}/decision", body, "once", 0.0, version)
            doubt = {"upheld": False, "reason": "Tidak terbukti."}
            self.ask(MEMBER, f"/doubts/{key}/decision", doubt, "once", 0.0, version)
        if self.waiting():
            self.stage.clock.ahead += timedelta(days=30)
            self.run(holds(self._nothing_waits))
        self.determine(False, "once", 0.0)

    async def _nothing_waits(self) -> bool:
        course = course_of(await self.stage.course(self.lomba))
        return not [key for key, name in course.waiting.items() if name not in course.out]

    def _finish(self, fund: str, key: str, item: Item) -> None:
        path = f"/funds/{fund}/allocations/{key}"
        other = MEMBER if item.money.by == CHAIR.name else CHAIR
        day = self.stage.now().astimezone(WITA).date().isoformat()
        self.ask(CHAIR, f"{path}/release", {"reason": "Beres."}, "once", 0.0, at_root=True)
        self.ask(other, f"{path}/approval", None, "once", 0.0, at_root=True)
        body = {"reference": f"SP2D-{key}", "paid_on": day}
        self.ask(TREASURER, f"{path}/payment", body, "twice", 0.0, at_root=True)

    # --- how it is asked -------------------------------------------------------------------

    def run(self, awaited: Coroutine[Any, Any, T]) -> T:
        async def waited() -> T:
            return await awaited

        return self.portal.call(waited)

    def ask(
        self,
        who: Who | None,
        path: str,
        body: Any,
        how: How,
        cut: float,
        version: int | None = None,
        *,
        at_root: bool = False,
    ) -> httpx.Response:
        whole = path if at_root else f"/competitions/{self.lomba}{path}"
        send = partial(self.stage.post, how=how, cut_after=cut, version=version)
        answer = self.run(send(who, whole, body))
        assert answer.status_code < 500, answer.text
        return answer

    def course(self) -> Course:
        return course_of(self.run(self.stage.course(self.lomba)))

    def ledger(self, fund: str) -> Ledger:
        return ledger_of(self.run(self.stage.fund(fund)))

    def items(self) -> list[tuple[str, str, Item]]:
        return [(f, key, item) for f in self.funds for key, item in self.ledger(f).items.items()]

    def is_mine(self, item: Item) -> bool:
        return item.money.competition_id == self.lomba

    def waiting(self) -> list[str]:
        course = self.course()
        return sorted(key for key, name in course.waiting.items() if name not in course.out)


def may(act: str, item: Item, who: Who) -> bool:
    """Whether the books let this happen now; what is so already happens without a trace."""
    match act:
        case "approval":
            is_second = item.state == "allocated" and who.name != item.money.by
            return is_second or item.state in ("approved", "paid")
        case "payment":
            return item.state in ("approved", "paid")
        case "hold":
            return item.state in ("allocated", "approved", "held")
        case "release":
            return item.state in ("allocated", "approved", "held")
        case "return":
            return item.state in ("paid", "returned")
        case _:
            return item.state in ("allocated", "approved", "held", "reversed")
