"""A small model of one dossier: what each request is answered, and what is then so.

It knows nothing of facts or versions, only what a person at the counter would expect.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

LEASE = timedelta(seconds=60)
MAX_REVISIONS = 2
LARGE_CHANGE = 2
CLAIMED = {"SID-01": 3, "SID-02": 2, "SID-18": 1}
State = Literal[
    "missing", "open", "waiting", "checking", "disputed", "verified", "rejected", "withdrawn"
]
ENDED = ("verified", "rejected", "withdrawn")
SHUT = {
    "waiting": "waiting_for_revision",
    "disputed": "awaits_resolution",
    "verified": "dossier_verified",
    "rejected": "dossier_rejected",
}
OK = ""
Shown = dict[str, str]


@dataclass(frozen=True)
class HandedIn:
    """A round as submission says it: the one digest that each indicator shows, if any."""

    round: int
    shown: Shown


@dataclass
class Look:
    """What one side of a review has found; `took_part` are also those who were decided over."""

    admitted: tuple[str, bool] | None = None
    verdicts: dict[str, tuple[int, str]] = field(default_factory=dict[str, tuple[int, str]])
    took_part: set[str] = field(default_factory=set[str])

    @property
    def people(self) -> set[str]:
        said = {person for _, person in self.verdicts.values()}
        return said | ({self.admitted[0]} if self.admitted else set())

    @property
    def is_yes(self) -> bool:
        return self.admitted is not None and self.admitted[1]

    def missing(self) -> str:
        if self.admitted is None:
            return "admissibility_missing"
        if self.is_yes and set(CLAIMED) - set(self.verdicts):
            return "indicators_undecided"
        return OK


@dataclass
class Model:
    conflicted: frozenset[str]
    state: State = "missing"
    round: int = 0
    shown: Shown = field(default_factory=dict[str, str])
    first: Look = field(default_factory=Look)
    second: Look = field(default_factory=Look)
    reviewers: set[str] = field(default_factory=set[str])
    checkers: set[str] = field(default_factory=set[str])
    differing: tuple[str, ...] = ()
    holder: str | None = None
    until: datetime | None = None
    revisions: int = 0
    recused: set[str] = field(default_factory=set[str])

    # --- what submission says, in any order and as often as it likes

    def hears_round(self, told: HandedIn) -> None:
        if self.state in ENDED:
            return
        if self.state == "missing":
            self.state, self.round, self.shown = "open", told.round, told.shown
            return
        if told.round <= self.round or told.round == 1:
            return
        kept = {each: self.shown.get(each) == told.shown.get(each) for each in CLAIMED}
        standing = {each: found for each, found in self.first.verdicts.items() if kept[each]}
        self.first = Look(self.first.admitted, standing, self.first.took_part)
        self.round, self.shown = told.round, told.shown
        self._reopen()

    def hears_withdrawal(self) -> None:
        self.state = "withdrawn"

    def lapses(self) -> None:
        if self.state == "waiting":
            self._reopen()

    def _reopen(self) -> None:
        self.state = "open"
        self.second, self.reviewers, self.checkers, self.differing = Look(), set(), set(), ()
        self.holder = self.until = None

    # --- what people ask for

    def claims(self, person: str, now: datetime) -> str:
        no = self._seen(person) or SHUT.get(self.state, OK)
        if no:
            return no
        if self.state == "checking" and person in self.reviewers:
            return "second_look_by_another"
        return "lease_held" if self._is_held(now) and self.holder != person else OK

    def beats(self, person: str, is_current: bool, now: datetime) -> str:
        no = self._seen(person) or SHUT.get(self.state, OK) or self._leased(person, is_current, now)
        if not no and self.until is not None and self.until - now <= LEASE / 2:
            self.until = now + LEASE
        return no

    def admits(self, person: str, yes: bool, is_current: bool, now: datetime) -> str:
        no = self._seen(person) or SHUT.get(self.state, OK) or self._leased(person, is_current, now)
        if no:
            return no
        if self.look.admitted != (person, yes):
            self.look.admitted, self.until = (person, yes), now + LEASE
            self.look.took_part.add(person)
        return OK

    def decides(
        self,
        person: str,
        indicator: str,
        level: int,
        is_current: bool,
        is_stale: bool,
        now: datetime,
    ) -> str:
        no = self._seen(person) or SHUT.get(self.state, OK) or self._leased(person, is_current, now)
        if no:
            return no
        if self.look.admitted is None:
            return "admissibility_missing"
        if not self.look.is_yes:
            return "inadmissible"
        if is_stale:
            return "evidence_unknown"
        if level > CLAIMED[indicator]:
            return "level_above_claim"
        if level and indicator not in self.shown:
            return "evidence_missing"
        if self.look.verdicts.get(indicator) != (level, person):
            self.look.verdicts[indicator], self.until = (level, person), now + LEASE
            self.look.took_part.add(person)
        return OK

    def revises(self, person: str, is_current: bool, now: datetime) -> str:
        shut = "under_quality_check" if self.state == "checking" else SHUT.get(self.state, OK)
        no = self._seen(person) or shut or self._leased(person, is_current, now)
        if no:
            return no
        if self.revisions >= MAX_REVISIONS:
            return "revision_limit"
        self.revisions += 1
        self.state, self.holder, self.until = "waiting", None, None
        return OK

    def ends(self, person: str, is_current: bool, now: datetime) -> str:
        """What is then so depends on the draw: `was_drawn` or `was_not`."""
        no = self._seen(person)
        if no or self.state in ("verified", "rejected"):
            return no
        if self.state == "checking" and person in self.reviewers:
            return "under_quality_check"
        no = SHUT.get(self.state, OK) or self._leased(person, is_current, now)
        return no or self.look.missing()

    def must_be_checked(self) -> bool:
        cuts = [CLAIMED[each] - level for each, (level, _) in self.first.verdicts.items()]
        return not self.first.is_yes or max(cuts) >= LARGE_CHANGE

    def was_drawn(self, person: str) -> None:
        self.state, self.holder, self.until = "checking", None, None
        self.reviewers = self.first.took_part | {person}

    def was_not(self, person: str) -> None:
        self.state = "verified"
        self.reviewers = self.first.people | {person}

    def checked(self, person: str) -> tuple[str, ...]:
        """The second look is in: what differs."""
        self.checkers = self.second.took_part | {person}
        if self.first.is_yes != self.second.is_yes:
            self.differing = ("admissibility",)
        elif self.first.is_yes:
            self.differing = tuple(
                each
                for each in sorted(CLAIMED)
                if self.first.verdicts[each][0] != self.second.verdicts[each][0]
            )
        if self.differing:
            self.state = "disputed"
        else:
            self.state = "verified" if self.first.is_yes else "rejected"
        return self.differing

    def resolves(self, person: str, yes: bool) -> str:
        no = self._seen(person)
        if no or self.state in ("verified", "rejected"):
            return no
        if self.state != "disputed":
            return "waiting_for_revision" if self.state == "waiting" else "nothing_to_resolve"
        if person in self.reviewers | self.checkers:
            return "resolver_not_independent"
        is_no = self.differing == ("admissibility",) and not yes
        self.state = "rejected" if is_no else "verified"
        self.checkers.add(person)
        return OK

    def releases(self, person: str, is_current: bool) -> str:
        no = self._seen(person)
        if no or self.state not in ("open", "checking") or self.holder is None:
            return no
        if self.holder != person or not is_current:
            return "lease_lost"
        self.holder = self.until = None
        return OK

    def recuses(self, person: str) -> str:
        if person in self.recused and self.state not in ("missing", "withdrawn"):
            return OK
        no = self._seen(person)
        if no:
            return no
        if person in self.first.people | self.reviewers | self.second.took_part | self.checkers:
            return "already_decided"
        self.recused.add(person)
        if self.holder == person:
            self.holder = self.until = None
        return OK

    # --- how it stands

    @property
    def look(self) -> Look:
        return self.second if self.state == "checking" else self.first

    def _seen(self, person: str) -> str:
        if self.state == "withdrawn":
            return "dossier_withdrawn"
        is_hidden = self.state == "missing" or person in self.conflicted | self.recused
        return "not_found" if is_hidden else OK

    def _is_held(self, now: datetime) -> bool:
        return self.until is not None and now < self.until

    def _leased(self, person: str, is_current: bool, now: datetime) -> str:
        is_theirs = self.holder == person and is_current and self._is_held(now)
        return OK if is_theirs else "lease_lost"
