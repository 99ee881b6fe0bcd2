"""People at work on one dossier, with right and wrong tokens, early and late."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from services.verification.domain import State, decider
from services.verification.domain.commands import Command
from services.verification.domain.states import (
    Disputed,
    InReview,
    Missing,
    Rejected,
    UnderCheck,
    Verified,
    WaitingForRevision,
    Withdrawn,
)
from shared.errors import DomainError
from shared.events.submission import EvidenceItem
from shared.events.verification import (
    DossierEvent,
    QualityRule,
)
from tests.builders.verification import (
    ALL_SAMPLED,
    AT,
    Person,
    accept,
    announce,
    claim,
    correct,
    decide,
    decide_admissibility,
    findings,
    granting,
    hand_over,
    lapse,
    open_dossier,
    receive,
    recuse,
    release,
    renew,
    request_revision,
    resolve,
    revoke,
    verify,
    visit,
    withdraw,
)
from tests.unit.verification.hearing import CLAIMED, Heard

FRESH = tuple(Person(f"person-fresh-{number}", "uni", ("uni",)) for number in range(3))


class Work:
    """People at work on one dossier, with right and wrong tokens, early and late."""

    def __init__(self) -> None:
        self.state: State = decider.initial
        self.said: list[DossierEvent] = []
        self.heard = Heard()
        self.now = AT
        self.tokens: dict[str, str] = {}
        self.given = 0

    def ask(self, command: Command) -> None:
        """What it leads to, if it is not refused."""
        try:
            facts = decider.decide(command, self.state)
        except DomainError:
            return
        self.hear(facts)

    def hear(self, facts: Sequence[DossierEvent]) -> None:
        for fact in facts:
            before, self.state = self.state, decider.evolve(self.state, fact)
            self.said.append(fact)
            self.heard.hear(fact, before, self.state)

    def held(self, person: Person) -> dict[str, Any]:
        return {"person": person, "token": self.tokens.get(person.by, "never"), "at": self.now}

    def seen(self, indicator: str, seen: tuple[str, ...] | None) -> tuple[str, ...]:
        return self.heard.shown(indicator) if seen is None else seen

    @property
    def round(self) -> int:
        return 1 if isinstance(self.state, Missing | Withdrawn) else self.state.case.round

    def comes_in(self, manifest: tuple[EvidenceItem, ...]) -> None:
        self.hear(decider.decide(open_dossier(manifest=manifest), self.state))

    def waits(self, step: timedelta) -> None:
        self.now += step

    def claims(self, person: Person) -> None:
        self.given += 1
        token = f"token-{self.given}"
        before = len(self.said)
        self.ask(claim(person, token, self.now))
        if len(self.said) > before:
            self.tokens[person.by] = token

    def renews(self, person: Person) -> None:
        self.ask(renew(**self.held(person)))

    def hands_back(self, person: Person) -> None:
        self.ask(release(person, self.tokens.get(person.by, "never")))

    def hands_over(self, person: Person, to: Person) -> None:
        self.ask(hand_over(to, **self.held(person)))

    def takes_away(self, to: Person | None) -> None:
        self.ask(revoke(to, at=self.now))

    def answers_the_criteria(self, person: Person, unmet: tuple[Any, ...]) -> None:
        self.ask(decide_admissibility(*unmet, **self.held(person)))

    def grants(
        self, person: Person, indicator: str, granted: int, seen: tuple[str, ...] | None
    ) -> None:
        shown = self.seen(indicator, seen)
        self.ask(decide(indicator, granted, evidence=shown, **self.held(person)))

    def accepts_two(self, person: Person, seen: tuple[str, ...] | None) -> None:
        asked = (
            granting(each, CLAIMED[each], evidence=self.seen(each, seen))
            for each in ("SID-01", "SID-02")
        )
        self.ask(accept(*asked, **self.held(person)))

    def reviews_it_all(self, person: Person, unmet: tuple[Any, ...], cut: int) -> None:
        self.claims(person)
        self.answers_the_criteria(person, unmet)
        for indicator, level in CLAIMED.items():
            most = level if self.heard.shown(indicator) else 0
            self.grants(person, indicator, max(0, most - cut), None)

    def reviews_and_ends(
        self, person: Person, unmet: tuple[Any, ...], cut: int, rule: QualityRule
    ) -> None:
        self.reviews_it_all(person, unmet, cut)
        self.ends(person, rule)

    def ends(self, person: Person, rule: QualityRule) -> None:
        self.ask(verify(rule=rule, **self.held(person)))

    def resolves(self, person: Person, granted: int, unmet: tuple[Any, ...]) -> None:
        differing = self.state.differing if isinstance(self.state, Disputed) else ("SID-01",)
        is_criteria = differing == ("admissibility",)
        asked = (
            granting(each, min(granted, CLAIMED[each]), evidence=self.seen(each, None))
            for each in differing
            if not is_criteria
        )
        told = findings(*unmet) if is_criteria else ()
        self.ask(resolve(*asked, person=person, at=self.now, findings=told))

    def visits(self, person: Person, number: int) -> None:
        self.ask(visit(person, at=self.now, visit_id=f"visit-{number}"))

    def steps_aside(self, person: Person) -> None:
        self.ask(recuse(person))

    def asks_for_a_revision(self, person: Person) -> None:
        due = self.now + timedelta(minutes=20)
        self.ask(request_revision(due=due, max_revisions=2, **self.held(person)))

    def is_announced(self, ahead: int) -> None:
        self.ask(announce(self.round + ahead))

    def comes_back(self, ahead: int, manifest: tuple[EvidenceItem, ...], subject: Any) -> None:
        round = max(1, self.round + ahead)
        self.ask(receive(round=round, manifest=manifest, about=subject, at=self.now))

    def lapses(self) -> None:
        due = self.state.due if isinstance(self.state, WaitingForRevision) else self.now
        self.now = max(self.now, due) + timedelta(seconds=1)
        self.ask(lapse(self.now, self.round, due))

    def is_objected_to(self, person: Person, level: int) -> None:
        self.ask(correct(decided_by=person.by, level=level, objection_id=f"objection-{level}"))

    def is_withdrawn(self) -> None:
        self.ask(withdraw())

    def comes_to_an_end(self) -> None:
        """Three people who have not been here before bring every dossier to its end."""
        self.now += timedelta(days=30)
        if isinstance(self.state, WaitingForRevision):
            self.must(lapse(self.now, self.round, self.state.due))
        if isinstance(self.state, InReview):
            self._looks(FRESH[0], cut=0)
        if isinstance(self.state, UnderCheck):
            self._looks(FRESH[1], cut=1)
        if isinstance(self.state, Disputed):
            self._settles(self.state.differing)
        assert isinstance(self.state, Verified | Rejected | Withdrawn)

    def must(self, command: Command) -> None:
        self.hear(decider.decide(command, self.state))

    def _looks(self, person: Person, cut: int) -> None:
        token = f"token-{person.by}"
        held: dict[str, Any] = {"person": person, "token": token, "at": self.now}
        self.must(claim(person, token, self.now))
        self.must(decide_admissibility(**held))
        for indicator, level in CLAIMED.items():
            shown = self.heard.shown(indicator)
            granted = max(0, level - cut) if shown else 0
            self.must(decide(indicator, granted, evidence=shown, **held))
        self.must(verify(rule=ALL_SAMPLED, **held))

    def _settles(self, differing: tuple[str, ...]) -> None:
        is_criteria = differing == ("admissibility",)
        asked = (
            granting(each, 0, evidence=self.heard.shown(each))
            for each in differing
            if not is_criteria
        )
        told = findings() if is_criteria else ()
        self.must(resolve(*asked, person=FRESH[2], at=self.now, findings=told))
