"""Lease, verdict, lapse, revision and quality check in any order, against a small model.

Each dossier is brought to its end, whatever happened to it, and another one begins.

Two replicas on real servers. What submission says comes late, in another order and more than once.
"""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deploy.local.stack import Addresses
from services.verification.domain.sampling import draw_of, is_sampled
from services.verification.settings import Settings
from shared.events.base import Fact
from shared.events.submission import InnovationWithdrawn
from shared.events.verification import (
    DiscrepancyResolved,
    DossierLeased,
    DossierRejected,
    DossierVerified,
    IndicatorDecided,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    VerifierRecused,
)
from tests.apps import Issuer
from tests.builders.verification import (
    COLLEAGUE,
    CRITERIA,
    DRAFTER,
    FROM_BELOW,
    OF_THE_AGENCY,
    OUTSIDER,
    RESOLVER,
    VERIFIER,
    Person,
    evidence,
    submitted,
)
from tests.component.verification.model import (
    CLAIMED,
    ENDED,
    MAX_REVISIONS,
    OK,
    HandedIn,
    Model,
    Shown,
)
from tests.component.verification.stage import Stage, staged
from tests.component.verification.world import CHECKED_SEASON

T = TypeVar("T")
FREE = (VERIFIER, COLLEAGUE, OUTSIDER, RESOLVER)
TIED = (OF_THE_AGENCY, FROM_BELOW, DRAFTER)
FINISHERS = tuple(Person(f"person-finisher-{number}") for number in range(4))
CONFLICTED = frozenset(person.by for person in TIED)
BASIS = {"SID-18": "a"}
MORE_STEPS = 40
MOST_IDLE = 3
PLAIN_SEASON = "2028"
"""Has published no rule: one in ten is checked, and every large change."""
DUE = timedelta(days=7)

people = st.sampled_from((*FREE, *TIED))
who = st.sampled_from(FREE)
indicators = st.sampled_from(sorted(CLAIMED))
levels = st.integers(0, 3)
mostly = st.integers(0, 9).map(bool)
"""True nine times of ten."""
lots = st.lists(levels, min_size=6, max_size=6)
most = st.sampled_from((6, 7, 3, 1, 5, 2))


@pytest.fixture
def short_leases(settings: Settings) -> Settings:
    return settings.model_copy(
        update={
            "lease_seconds": 60,
            "max_revisions": MAX_REVISIONS,
            "revision_grace_seconds": 86_400,
        }
    )


def test_every_path_ends_as_the_model_says(
    short_leases: Settings, fresh_servers: Addresses, issuer: Issuer
) -> None:
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(staged(short_leases, fresh_servers, issuer)) as stage,
    ):
        Reviewed.portal, Reviewed.stage = portal, stage
        run_state_machine_as_test(
            Reviewed,
            settings=settings(
                max_examples=20,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


class Reviewed(RuleBasedStateMachine):
    """One dossier after another, in one history."""

    portal: ClassVar[BlockingPortal]
    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self.stage.clock.ahead = timedelta()
        self._begin()

    def _begin(self) -> None:
        self.dossier = f"inov-{uuid4().hex}"
        self.model = Model(CONFLICTED)
        self.said: list[Fact] = []
        self.rounds: list[HandedIn] = []
        self.tokens: dict[str, str] = {}
        self.token = ""
        self.due = datetime.now(UTC)
        self.idle = 0
        self.season = CHECKED_SEASON

    @initialize(season=st.sampled_from((CHECKED_SEASON, PLAIN_SEASON)), is_prompt=mostly)
    def come_in(self, season: str, is_prompt: bool) -> None:
        """Mostly the first round arrives first; else who asks meanwhile finds nothing."""
        self.season = season
        self._hand_in({"SID-01": _digest("SID-01", 1), "SID-02": _digest("SID-02", 1)})
        if is_prompt:
            self._deliver(self.said[0])

    @precondition(lambda self: self.model.state in (*ENDED, "missing"))
    @invariant()
    def go_on(self) -> None:
        """Of what has not begun, or has ended, a few more requests are enough."""
        self.idle += 1
        if self.idle <= MOST_IDLE:
            return
        self.idle = 0
        if self.model.state == "missing":
            self._deliver(self.said[0])
            return
        self._finish()
        self._begin()
        self.come_in(PLAIN_SEASON if self.season == CHECKED_SEASON else CHECKED_SEASON, True)

    # --- submission, late and again

    @rule(number=st.integers(0, 9))
    def deliver(self, number: int) -> None:
        self._deliver(self.said[number % len(self.said)])

    @rule(changed=st.sets(indicators, max_size=2))
    def come_back(self, changed: set[str]) -> None:
        """A further round, with other evidence for some indicators; it is only said."""
        if self.model.state != "waiting":
            return
        latest = self.rounds[-1]
        if latest.round > self.model.round:
            return
        number = latest.round + 1
        shown = {each: _digest(each, number) for each in changed}
        self._hand_in({**latest.shown, **shown})

    @rule(is_due=st.integers(0, 5).map(lambda number: number == 0))
    def withdraw(self, is_due: bool) -> None:
        """Seldom: what is withdrawn has few ways left."""
        if not is_due or any(isinstance(each, InnovationWithdrawn) for each in self.said):
            return
        now = datetime.now(UTC)
        fact = InnovationWithdrawn(
            by="person-operator", at=now, innovation_id=self.dossier, reason="Filed twice."
        )
        self.said.append(fact)

    @rule()
    def lapse(self) -> None:
        self._run(lambda: self.stage.lapse(self.dossier, self.model.round, self.due))
        self.model.lapses()

    @rule(seconds=st.sampled_from((10, 40, 70)))
    def time_passes(self, seconds: int) -> None:
        self.stage.clock.ahead += timedelta(seconds=seconds)

    # --- people

    @rule(
        person=who,
        yes=mostly,
        found=st.lists(levels, min_size=3, max_size=3),
        steps=most,
        pause=st.sampled_from((70, 0, 40)),
    )
    def work(self, person: Person, yes: bool, found: list[int], steps: int, pause: int = 0) -> None:
        """A sitting: take it, admit, decide, pause, end; or leave after some of the steps."""
        granted = {
            each: self._at_most(each, level) for each, level in zip(CLAIMED, found, strict=True)
        }
        decisions = [partial(self._decide, person, each, level) for each, level in granted.items()]
        sitting: list[Callable[[], None]] = [
            lambda: self._claim(person),
            lambda: self._admit(person, yes),
            *decisions[:-1],
            lambda: self.time_passes(pause),
            decisions[-1],
            lambda: self._end(person),
        ]
        for step in sitting[:steps]:
            step()

    @rule(person=who, changed=st.sets(indicators, min_size=1, max_size=2), is_prompt=mostly)
    def send_back(self, person: Person, changed: set[str], is_prompt: bool) -> None:
        """Who holds it, if anybody, asks for a revision; its answer comes at once, or later.

        What it changed must be decided again before anybody can end the review.
        """
        holding = next((each for each in FREE if each.by == self.model.holder), person)
        self._claim(holding)
        self.ask_for_a_revision(holding)
        self.come_back(changed)
        if is_prompt:
            self._deliver(self.said[-1])
            self._claim(holding)
            self._end(holding)

    @rule(
        person=who,
        found=st.lists(levels, min_size=3, max_size=3),
        changed=st.sets(indicators, max_size=2),
    )
    def work_and_send_back(self, person: Person, found: list[int], changed: set[str]) -> None:
        """All is decided when other evidence comes."""
        self.work(person, True, found, 6)
        self.send_back(person, changed, True)

    @rule(person=people)
    def claim(self, person: Person) -> None:
        self._claim(person)

    def _claim(self, person: Person) -> None:
        expected = self.model.claims(person.by, self.stage.clock())
        answer = self._post(person, "/lease", None)
        assert _code(answer) == expected
        if expected == OK:
            told = answer.json()
            self.token = self.tokens[person.by] = told["token"]
            self.model.holder = person.by
            self.model.until = datetime.fromisoformat(told["until"])

    @rule(person=people)
    def beat(self, person: Person) -> None:
        expected = self.model.beats(person.by, self._is_current(person), self.stage.clock())
        answer = self._post(person, "/lease/heartbeat", {"token": self._token(person)})
        assert _code(answer) == expected

    @rule(person=people, yes=mostly)
    def admit(self, person: Person, yes: bool) -> None:
        self._admit(person, yes)

    @rule(person=people, indicator=indicators, level=levels, is_fresh=mostly)
    def decide(self, person: Person, indicator: str, level: int, is_fresh: bool) -> None:
        self._decide(person, indicator, level, is_fresh=is_fresh)

    @rule(person=who, level=levels)
    def decide_all(self, person: Person, level: int) -> None:
        for indicator in CLAIMED:
            self._decide(person, indicator, self._at_most(indicator, level))

    @rule(person=people)
    def release(self, person: Person) -> None:
        expected = self.model.releases(person.by, self._is_current(person))
        answer = self._post(person, "/release", {"token": self._token(person)})
        assert _code(answer) == expected

    @rule(person=people, is_due=st.integers(0, 4).map(lambda number: number == 0))
    def recuse(self, person: Person, is_due: bool) -> None:
        if is_due:
            expected = self.model.recuses(person.by)
            answer = self._post(person, "/recusals", {"reason": "I know the makers well."})
            assert _code(answer) == expected

    @rule(person=people)
    def ask_for_a_revision(self, person: Person) -> None:
        is_current, now = self._is_current(person), self.stage.clock()
        expected = self.model.revises(person.by, is_current, now)
        self.due = datetime.now(UTC) + DUE if expected == OK else self.due
        body = {
            "token": self._token(person),
            "items": [{"indicator": each, "message": "Show it again."} for each in CLAIMED],
            "message": "Please complete.",
            "due": self.due.isoformat(),
        }
        assert _code(self._post(person, "/revision-requests", body)) == expected

    @rule(person=people)
    def end(self, person: Person) -> None:
        self._end(person)

    @rule(first=who, second=who, third=who, found=lots)
    def work_on(self, first: Person, second: Person, third: Person, found: list[int]) -> None:
        """Two sittings and a third person's word, as it should go."""
        self.work(first, True, found[:3], 7)
        self.work(second, found[3] > 0, found[3:], 7)
        self._resolve(third, found[0] > 0)

    @rule(person=people, yes=st.booleans())
    def resolve(self, person: Person, yes: bool) -> None:
        self._resolve(person, yes)

    # --- and in the end

    def teardown(self) -> None:
        if self.said:
            self._finish()

    def _finish(self) -> None:
        for _ in range(MORE_STEPS):
            if self.model.state in ENDED:
                break
            self._go_on()
        assert self.model.state in ENDED
        facts = self._run(lambda: self.stage.facts(self.dossier))
        _check_facts(facts, self.dossier)
        if not self.model.round:
            # Withdrawn before it came in: there is a history, and nothing to show.
            return
        shown = self._run(lambda: self.stage.shown(OUTSIDER, self.dossier, self.model.state))
        if self.model.state == "verified":
            ended = next(each for each in facts if isinstance(each, DossierVerified))
            granted = {row["indicator"]: row["verdict"]["granted_level"] for row in _rows(shown)}
            assert granted == {each.indicator: each.granted_level for each in ended.verdicts}

    def _go_on(self) -> None:
        """The next sensible thing that somebody would do."""
        self.stage.clock.ahead += timedelta(seconds=120)
        match self.model.state:
            case "missing":
                self._deliver(self.said[0])
            case "waiting":
                self.lapse()
            case "disputed":
                self._resolve(self._fresh(), True)
            case _:
                person = self._fresh()
                self._claim(person)
                self._admit(person, True)
                for indicator, claimed in CLAIMED.items():
                    self._decide(person, indicator, self._at_most(indicator, claimed))
                self._end(person)

    def _at_most(self, indicator: str, level: int) -> int:
        """What can be granted of it: without evidence nothing."""
        return min(level, CLAIMED[indicator]) if indicator in self.model.shown else 0

    def _fresh(self) -> Person:
        busy = self.model.reviewers | self.model.checkers
        return next(each for each in FINISHERS if each.by not in busy)

    # --- how it is asked

    def _admit(self, person: Person, yes: bool) -> None:
        expected = self.model.admits(person.by, yes, self._is_current(person), self.stage.clock())
        unmet = {"met": yes, "note": "" if yes else "Nothing of it is new."}
        findings = [{"criterion": each, "met": True} for each in CRITERIA[1:]]
        body = {
            "token": self._token(person),
            "findings": [{"criterion": CRITERIA[0], **unmet}, *findings],
        }
        assert _code(self._put(person, "/admissibility", body)) == expected

    def _decide(self, person: Person, indicator: str, level: int, *, is_fresh: bool = True) -> None:
        is_current, now = self._is_current(person), self.stage.clock()
        expected = self.model.decides(person.by, indicator, level, is_current, not is_fresh, now)
        known = self.model.shown.get(indicator)
        is_cut = level < CLAIMED[indicator]
        body = {
            "token": self._token(person),
            "granted_level": level,
            "evidence": [] if known is None else [known],
            "basis": BASIS.get(indicator),
            "reason_code": "lower_level_proven" if is_cut else None,
            "note": "Only a part is shown." if is_cut else "",
        }
        if not is_fresh:
            body["evidence"] = [_digest(indicator, 99)]
        assert _code(self._put(person, f"/verdicts/{indicator}", body)) == expected

    def _end(self, person: Person) -> None:
        before = self.model.state
        expected = self.model.ends(person.by, self._is_current(person), self.stage.clock())
        answer = self._post(person, "/verification", {"token": self._token(person)})
        assert _code(answer) == expected
        if expected != OK or before in ENDED:
            return
        happened = answer.json()["happened"]
        if before == "checking":
            differing = self.model.checked(person.by)
            ended = "DossierVerified" if self.model.state == "verified" else "DossierRejected"
            assert happened == ["QualityCheckDecided", *([] if differing else [ended])]
        elif happened == ["QualityCheckDrawn"]:
            self.model.was_drawn(person.by)
        else:
            assert happened == ["DossierVerified"] and not self.model.must_be_checked()
            self.model.was_not(person.by)

    def _resolve(self, person: Person, yes: bool) -> None:
        differing = self.model.differing
        is_of_criteria = differing == ("admissibility",)
        expected = self.model.resolves(person.by, yes)
        if self.model.state == "open" and expected == "nothing_to_resolve":
            differing = ()
        asked = () if is_of_criteria else differing
        findings = [{"criterion": each, "met": True} for each in CRITERIA[1:]]
        unmet = {"met": yes, "note": "" if yes else "Nothing of it is new."}
        body = {
            "verdicts": [
                {
                    "indicator": each,
                    "granted_level": 0,
                    "evidence": [self.model.shown[each]] if each in self.model.shown else [],
                    "reason_code": "lower_level_proven",
                    "note": "Neither of the two.",
                }
                for each in asked
            ],
            "findings": [{"criterion": CRITERIA[0], **unmet}, *findings] if is_of_criteria else [],
            "note": "Both were heard.",
        }
        version = self._run(lambda: self.stage.version(self.dossier))
        path = f"/dossiers/{self.dossier}/resolution"
        answer = self._run(lambda: self.stage.ask(person, "POST", path, body, version))
        assert _code(answer) == expected

    def _post(self, person: Person, path: str, body: Any) -> Any:
        whole = f"/dossiers/{self.dossier}{path}"
        return self._run(lambda: self.stage.ask(person, "POST", whole, body))

    def _put(self, person: Person, path: str, body: Any) -> Any:
        whole = f"/dossiers/{self.dossier}{path}"
        version = self._run(lambda: self.stage.version(self.dossier))
        return self._run(lambda: self.stage.ask(person, "PUT", whole, body, version))

    def _hand_in(self, shown: Shown) -> None:
        number = len(self.rounds) + 1
        manifest = [evidence(f"ev-{each}", digest, each) for each, digest in sorted(shown.items())]
        self.rounds.append(HandedIn(number, shown))
        self.said.append(
            submitted(
                innovation_id=self.dossier,
                season_id=self.season,
                at=datetime.now(UTC),
                round=number,
                manifest=tuple(manifest),
            )
        )

    def _deliver(self, fact: Fact) -> None:
        self._run(lambda: self.stage.deliver(self.dossier, fact))
        if isinstance(fact, InnovationWithdrawn):
            self.model.hears_withdrawal()
            return
        rounds = [each for each in self.said if not isinstance(each, InnovationWithdrawn)]
        self.model.hears_round(self.rounds[rounds.index(fact)])

    def _token(self, person: Person) -> str:
        return self.tokens.get(person.by, "token-that-never-was")

    def _is_current(self, person: Person) -> bool:
        return self._token(person) == self.token

    def _run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        return self.portal.call(work)


def _digest(indicator: str, round: int) -> str:
    return f"{int(indicator[4:]):02d}{round:02d}".ljust(64, "a")


def _code(answer: Any) -> str:
    return OK if answer.is_success else answer.json()["code"]


def _rows(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in shown["indicators"] if row["verdict"] is not None]


def _check_facts(facts: list[Any], dossier: str) -> None:
    """What holds of every history, whatever happened."""
    recused: set[str] = set()
    first: set[str] = set()
    second: set[str] = set()
    ends = [each for each in facts if isinstance(each, DossierVerified | DossierRejected)]
    assert len(ends) <= 1
    for fact in facts:
        match fact:
            case VerifierRecused():
                recused.add(fact.verifier_id)
            case DossierLeased():
                assert fact.verifier_id not in CONFLICTED | recused
            case IndicatorDecided() | IndicatorRechecked():
                verdict = fact.verdict
                assert verdict.evidence or not verdict.granted_level
                assert verdict.decided_by not in CONFLICTED | recused
                sides = first if isinstance(fact, IndicatorDecided) else second
                sides.add(verdict.decided_by)
            case QualityCheckDrawn():
                _check_draw(fact, dossier)
                first.add(fact.reviewed_by)
                second.clear()
            case QualityCheckDecided():
                assert not (second | {fact.checked_by}) & first
            case DiscrepancyResolved():
                assert fact.by not in first | second
            case DossierVerified():
                _check_draw(fact, dossier)
                assert not set(fact.deciders) & (CONFLICTED | recused)
            case _:
                pass


def _check_draw(fact: QualityCheckDrawn | DossierVerified, dossier: str) -> None:
    """Anybody can draw again from the history, and finds the same."""
    if isinstance(fact, QualityCheckDrawn):
        draw = draw_of(dossier, fact.round, fact.at)
        assert fact.draw == draw
        assert is_sampled(draw, fact.rule) == ("sample" in fact.reasons)
