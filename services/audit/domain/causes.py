"""Which commands a fact makes the services give, and which cause a recorded fact claims. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.audit.domain.winners import past_wins
from services.audit.domain.world import World
from services.awards import reactions as awards
from services.awards.domain.competition import Enrol
from services.awards.domain.competition.questions import judged
from services.awards.domain.competition.states import Missing
from services.awards.domain.known import PastWin
from services.awards.reactions import Inviting
from services.scoring import reactions as scoring
from services.submission import reactions as submission
from services.verification import reactions as verification
from shared.events.awards import (
    COMPETITION,
    CompetitionAnnounced,
    EntryEnrolled,
    ObjectionDecided,
    RoundOpened,
)
from shared.events.base import Fact, Recorded
from shared.events.scoring import InnovationScored, ScoresRevealed
from shared.events.submission import (
    InnovationSubmitted,
    InnovationWithdrawn,
    SubmissionCompleted,
)
from shared.events.verification import (
    DossierRejected,
    DossierVerified,
    RevisionRequested,
    VerdictCorrected,
)
from shared.history import derived_id
from shared.reactions import To


def reactions_to(event: Recorded[Any], world: World) -> tuple[To[Any], ...]:
    """What the fact asks of all services. Raises `OtherEdition`.

    Enrolments are left out: whom they concern depends on which competitions the service knew of
    when it heard; `Causes.claimed` asks for them one by one.
    """
    match event.fact:
        case RevisionRequested():
            return submission.on_revision_requested(event)
        case InnovationSubmitted():
            return verification.on_innovation_submitted(event)
        case SubmissionCompleted():
            return verification.on_submission_completed(event)
        case InnovationWithdrawn():
            return verification.on_innovation_withdrawn(event)
        case ObjectionDecided():
            return verification.on_objection_decided(event)
        case DossierVerified(about=about) | VerdictCorrected(about=about):
            edition = world.edition(about.edition_id, about.edition_digest)
            scored = scoring.on_dossier_verified(event, lambda _: edition)
            return (*submission.on_verified(event), *scored)
        case DossierRejected():
            return submission.on_rejected(event)
        case InnovationScored() as fact:
            edition = world.edition(fact.edition_id, fact.edition_digest)
            counted = scoring.on_innovation_scored(event, lambda _: edition)
            return (*counted, *awards.on_innovation_scored(event, ()))
        case RoundOpened():
            return scoring.on_round_opened(event)
        case ScoresRevealed():
            return awards.on_scores_revealed(event)
        case _:
            return ()


def command_id_of(event_id: str, to: To[Any]) -> str:
    """The id under which the reaction's command is given."""
    return derived_id("reaction", event_id, to.name, to.key)


@dataclass(frozen=True, slots=True)
class Expected:
    """A command that an earlier fact asks for and that has not been answered yet."""

    to: To[Any]
    cause_id: str
    sequence: int


@dataclass(slots=True)
class Causes:
    """The commands that are expected, by their ids; each is taken by the facts that answer it."""

    expected: dict[str, Expected] = field(default_factory=dict[str, Expected])
    announcements: dict[str, Recorded[CompetitionAnnounced]] = field(
        default_factory=dict[str, Recorded[CompetitionAnnounced]]
    )

    def hear(self, event: Recorded[Any], world: World) -> None:
        """Raises `OtherEdition`."""
        if isinstance(event.fact, CompetitionAnnounced):
            self.announcements[event.id] = event
        for to in reactions_to(event, world):
            asked = Expected(to, event.id, event.sequence)
            self.expected[command_id_of(event.id, to)] = asked

    def claimed(self, first: Recorded[Any], facts: Sequence[Fact], world: World) -> To[Any] | None:
        """The reaction that these facts say they answer; None if no cause asked for them."""
        asked = self.expected.pop(first.command_id, None)
        if asked is not None:
            is_it = (asked.to.aggregate.subject(asked.to.key), asked.cause_id) == (
                first.subject,
                first.causation_id,
            )
            return asked.to if is_it else None
        scored = world.scored.get(first.causation_id or "")
        if scored is not None:
            inviting = Inviting(first.key, _past_wins(first.key, world))
            return _matching(first, awards.on_innovation_scored(scored, (inviting,)), scored.id)
        announced = self.announcements.get(first.causation_id or "")
        if announced is not None and announced.key == first.key:
            return _matching(first, _enrolments(announced, facts, world), announced.id)
        return None


def _matching(first: Recorded[Any], asked: Sequence[To[Any]], cause_id: str) -> To[Any] | None:
    for to in asked:
        is_here = to.aggregate.subject(to.key) == first.subject
        if is_here and command_id_of(cause_id, to) == first.command_id:
            return to
    return None


def _enrolments(
    announced: Recorded[CompetitionAnnounced], facts: Sequence[Fact], world: World
) -> tuple[To[Enrol], ...]:
    """The scorecards behind these entries under every number that their command may have had.

    Which of the known scorecards came together in one command is the service's own affair.
    """
    entries = [fact.entry for fact in facts if isinstance(fact, EntryEnrolled)]
    if not entries:
        return ()
    behind = tuple(world.scorecard(e.innovation_id, e.scorecard_number) for e in entries)
    known = len(world.scorecards_of(announced.fact.season_id))
    numbered = awards.on_competition_announced(announced, behind * (known // len(behind) + 1))
    wins = past_wins(announced.fact.rules, world)
    return tuple(_with(to, behind, wins) for to in numbered)


def _past_wins(competition_id: str, world: World) -> tuple[PastWin, ...]:
    """Nobody has won anything where the rules are not known."""
    known = world.standings.get(COMPETITION.subject(competition_id))
    if known is None or isinstance(known.state, Missing):
        return ()
    return past_wins(judged(known.state).rules, world)


def _with(
    to: To[Enrol], scorecards: tuple[InnovationScored, ...], wins: tuple[PastWin, ...]
) -> To[Enrol]:
    command = Enrol(by=to.command.by, at=to.command.at, scorecards=scorecards, past_wins=wins)
    return To(to.name, to.aggregate, to.key, command)
