"""The whole history folded once: every state, every document, every decision made again. Pure."""

from datetime import datetime
from typing import Any

from services.audit.domain import report, totals
from services.audit.domain.causes import Causes
from services.audit.domain.envelope import KEY_OF, broken_headers
from services.audit.domain.findings import Finding, Kind
from services.audit.domain.judging import Judge
from services.audit.domain.kinds import KINDS, KindOfAggregate
from services.audit.domain.outstanding import outstanding
from services.audit.domain.readings import remember_readings
from services.audit.domain.reviews import count_review, review_totals
from services.audit.domain.world import EditionOf, OtherEdition, Standing, TableOf, World
from shared.editions.taxes import load_table
from shared.events.awards import ResultsPublished, TaxTableAdopted
from shared.events.base import Recorded
from shared.events.catalogue import UnknownFact
from shared.events.scoring import InnovationScored, ThirdReadingAsked
from shared.events.submission import SEASON, AgencySucceeded
from shared.events.verification import DOSSIER
from shared.history.envelope import Message, recorded


class Replay:
    """Takes every message of the stream in order, then reports. Never raises on what it reads.

    Facts of one command on one aggregate follow one another, and are judged together.
    """

    def __init__(
        self, edition_of: EditionOf, table_of: TableOf = load_table, *, first: int = 1
    ) -> None:
        self._world = World(edition_of, table_of)
        self._causes = Causes()
        self._judge = Judge(self._world, self._causes)
        self._group: list[Recorded[Any]] = []
        self._first = first
        self._expected = first
        self._events = 0

    @property
    def events(self) -> int:
        return self._events

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._world.findings)

    @property
    def world(self) -> World:
        return self._world

    def take(self, message: Message, until: datetime | None = None) -> bool:
        """False, and nothing taken, for the first fact later than `until`."""
        try:
            event = recorded(message)
        except UnknownFact as error:
            self._count(message)
            self._unreadable(message, error)
            return True
        if until is not None and event.fact.at > until:
            return False
        self._count(message)
        group = self._group
        if group and (group[0].subject, group[0].command_id) != (event.subject, event.command_id):
            self._settle(is_whole=True)
        self._check(message, event)
        self._group.append(event)
        return True

    def finished(self, last: int | None = None, *, is_cut: bool = False) -> report.Report:
        """The report. `last` is the sequence that should have been reached; `is_cut` says that
        the stream goes on behind it.
        """
        self._settle(is_whole=not is_cut)
        if last is not None and self._expected <= last:
            self._find(
                "gap", "", self._expected, f"Sequences {self._expected}..{last} are missing."
            )
        documents, used = report.digests(self._world), self._world.editions
        return report.Report(
            events=self._events,
            first_sequence=self._first,
            last_sequence=self._expected - 1,
            aggregates=len(self._world.standings),
            digest=report.digest_of_all(documents),
            documents=documents,
            findings=self.findings,
            outstanding=outstanding(self._world, self._causes),
            competitions=totals.competitions(self._world),
            funds=totals.funds(self._world),
            reviews=review_totals(self._world.reviews),
            editions=tuple((key, each.digest) for key, each in sorted(used.items())),
            tax_tables=tuple(
                (key, each.digest) for key, each in sorted(self._world.tables.items())
            ),
        )

    def _count(self, message: Message) -> None:
        if message.sequence != self._expected:
            what = f"After {self._expected - 1} comes {message.sequence}."
            expected, found = str(self._expected), str(message.sequence)
            self._find("gap", message.subject, message.sequence, what, expected, found)
        self._expected = message.sequence + 1
        self._events += 1

    def _unreadable(self, message: Message, error: UnknownFact) -> None:
        self._settle(is_whole=True)
        self._find("unreadable", message.subject, message.sequence, str(error)[:300])
        known = self._world.standings.get(message.subject)
        if known is not None:
            known.is_lost = True
            known.version += 1

    def _check(self, message: Message, event: Recorded[Any]) -> None:
        """The envelope against the body, the subject, and what came before."""
        for header, expected, found in broken_headers(message, event, len(self._group)):
            what = f"The header {header} does not fit the fact."
            self._find("envelope", event.subject, event.sequence, what, expected, found)

    def _settle(self, *, is_whole: bool) -> None:
        """Judges the facts that were collected, then believes them: what is recorded happened."""
        group, self._group = self._group, []
        if not group:
            return
        first = group[0]
        kind = KINDS.get(first.subject[8:].rpartition(".")[0])
        if kind is None:
            what = "No aggregate speaks on this subject."
            self._find("envelope", first.subject, first.sequence, what)
            return
        standing = self._standing(first, kind)
        if not standing.is_lost:
            self._world.findings.extend(
                self._judge.findings(group, standing, kind, is_whole=is_whole)
            )
        for event in group:
            self._believe(event, standing, kind)

    def _standing(self, first: Recorded[Any], kind: KindOfAggregate) -> Standing:
        known = self._world.standings.get(first.subject)
        if known is None:
            views = [None for _ in kind.shown]
            known = Standing(kind.aggregate.label, first.key, kind.decider.initial, [*views])
            self._world.standings[first.subject] = known
        return known

    def _believe(self, event: Recorded[Any], standing: Standing, kind: KindOfAggregate) -> None:
        fact = event.fact
        if event.version != standing.version + 1:
            expected, found = str(standing.version + 1), str(event.version)
            what = "Versions do not run without a gap."
            self._find("version", event.subject, event.sequence, what, expected, found)
        standing.version, standing.sequence = event.version, event.sequence
        if not isinstance(fact, kind.aggregate.facts):
            what = f"A {type(fact).__name__} is no fact of a {kind.aggregate.name}."
            self._find("envelope", event.subject, event.sequence, what)
            standing.is_lost = True
            return
        named = KEY_OF[standing.label](fact)
        if named != standing.key:
            what = "The fact names another aggregate than its subject."
            self._find("envelope", event.subject, event.sequence, what, standing.key, named)
        if standing.label == DOSSIER.label:
            count_review(fact, standing.state, self._world.reviews)
        self._fold(event, standing, kind)
        if standing.label == SEASON.label:
            self._world.remember_season(standing)
        self._hear(event, standing)

    def _fold(self, event: Recorded[Any], standing: Standing, kind: KindOfAggregate) -> None:
        if standing.is_lost:
            return
        try:
            standing.state = kind.decider.evolve(standing.state, event.fact)
            for number, shown in enumerate(kind.shown):
                standing.views[number] = shown.projection.stepped(standing.views[number], event)
        except Exception as error:
            standing.is_lost = True
            what = f"It cannot be folded: {type(error).__name__}: {error}"[:300]
            self._find("view", event.subject, event.sequence, what)

    def _hear(self, event: Recorded[Any], standing: Standing) -> None:
        match event.fact:
            case InnovationScored():
                self._world.remember(event)
            case ResultsPublished() as fact:
                self._world.published_at[standing.key] = fact.at
            case TaxTableAdopted():
                self._world.adopted.add(standing.key)
            case ThirdReadingAsked() as fact:
                remember_readings(fact, standing.key, standing.state, self._world)
            case AgencySucceeded() as fact:
                self._world.remember_succession(fact)
            case _:
                pass
        try:
            self._causes.hear(event, self._world)
        except OtherEdition as other:
            what, expected, found = str(other), other.expected, other.found
            self._find("edition", event.subject, event.sequence, what, expected, found)

    def _find(
        self,
        kind: Kind,
        subject: str,
        sequence: int,
        what: str,
        expected: str = "",
        found: str = "",
    ) -> None:
        self._world.findings.append(Finding(kind, subject, sequence, what, expected, found))
