"""A history made as the services make it: their deciders, their reactions, no server."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from services.awards import consumers as awards
from services.awards.domain import competition, fund, taxation
from services.awards.domain.competition.states import Published
from services.awards.domain.known import PastWin
from services.awards.reactions import Inviting
from services.scoring import consumers as scoring
from services.scoring.domain import panel, region, scorecard
from services.submission import consumers as submission
from services.submission.domain import agency, innovation, replication, season
from services.verification import consumers as verification
from services.verification import domain as dossier
from services.verification.domain import quality, verifier
from shared.accesses import opening
from shared.decider import Decider
from shared.editions import load
from shared.events import awards as said_by_awards
from shared.events import submission as said_by_submission
from shared.events import verification as said_by_verification
from shared.events.awards import (
    COMPETITION,
    FUND,
    TAX,
    CompetitionAnnounced,
    CompetitionRules,
)
from shared.events.base import Aggregate, Fact, Recorded
from shared.events.scoring import PANEL, REGION, SCORECARD, InnovationScored
from shared.events.submission import AGENCY, INNOVATION, REPLICATION, SEASON
from shared.events.verification import DOSSIER, QUALITY, VERIFIER
from shared.history import Cause, derived_id
from shared.history.envelope import Message, headers_of, recorded

DECIDERS: Mapping[str, Decider[Any, Any, Any]] = {
    SEASON.label: season.decider,
    AGENCY.label: agency.decider,
    INNOVATION.label: innovation.decider,
    REPLICATION.label: replication.decider,
    DOSSIER.label: dossier.decider,
    VERIFIER.label: verifier.decider,
    QUALITY.label: quality.decider,
    SCORECARD.label: scorecard.decider,
    REGION.label: region.decider,
    PANEL.label: panel.decider,
    COMPETITION.label: competition.decider,
    FUND.label: fund.decider,
    TAX.label: taxation.decider,
    **{
        said.ACCESS.label: opening(said.EvidenceOpened)
        for said in (said_by_submission, said_by_verification, said_by_awards)
    },
}


@dataclass
class Past:
    """`messages` are the stream; `state` answers what a decider would decide on."""

    messages: list[Message] = field(default_factory=list[Message])
    states: dict[str, Any] = field(default_factory=dict[str, Any])
    versions: dict[str, int] = field(default_factory=dict[str, int])
    competitions: dict[str, CompetitionAnnounced] = field(
        default_factory=dict[str, CompetitionAnnounced]
    )
    scorecards: dict[str, InnovationScored] = field(default_factory=dict[str, InnovationScored])

    def state(self, aggregate: Aggregate[Any], key: str) -> Any:
        return self.states.get(aggregate.subject(key), DECIDERS[aggregate.label].initial)

    async def give(
        self, aggregate: Aggregate[Any], key: str, command: Any, cause: Cause | None = None
    ) -> list[Any]:
        """Decides, appends, and lets every service react until nothing more follows."""
        decided = DECIDERS[aggregate.label].decide(command, self.state(aggregate, key))
        return await self.say(aggregate, key, list(decided), cause)

    async def say(
        self,
        aggregate: Aggregate[Any],
        key: str,
        facts: list[Fact],
        cause: Cause | None = None,
        *,
        is_heard: bool = True,
    ) -> list[Any]:
        """Appends what nobody decided as if somebody had; no service reacts unless it is heard."""
        told = cause or Cause(derived_id("command", str(len(self.messages))), digest="0" * 64)
        subject = aggregate.subject(key)
        decider = DECIDERS[aggregate.label]
        events: list[Recorded[Any]] = []
        for ordinal, fact in enumerate(facts):
            version = self.versions.get(subject, 0) + 1
            headers = headers_of(fact, subject, version, ordinal, told.trace)
            body = fact.model_dump_json().encode()
            message = Message(subject, len(self.messages) + 1, headers, body)
            self.messages.append(message)
            self.versions[subject] = version
            events.append(recorded(message))
        self.states[subject] = decider.replay(facts, self.state(aggregate, key))
        for event in events if is_heard else ():
            await self._react(event)
        return facts

    async def _react(self, event: Recorded[Any]) -> None:
        match event.fact:
            case CompetitionAnnounced() as fact:
                self.competitions[fact.competition_id] = fact
            case InnovationScored() as fact:
                self.scorecards[fact.innovation_id] = fact
            case _:
                pass
        for commands in self._reactions():
            for to in await commands(event):
                await self.give(to.aggregate, to.key, to.command, Cause.of(event, to.name, to.key))

    def _reactions(self) -> Sequence[Callable[..., Any]]:
        async def reached(_: int) -> bool:
            return True

        async def competitions_of(season_id: str) -> list[Inviting]:
            announced = [each for each in self.competitions.values() if each.season_id == season_id]
            return [Inviting(each.competition_id, self.past_wins(each.rules)) for each in announced]

        async def past_wins_of(rules: CompetitionRules) -> tuple[PastWin, ...]:
            return self.past_wins(rules)

        async def scorecards_of(season_id: str) -> list[InnovationScored]:
            return [each for each in self.scorecards.values() if each.season_id == season_id]

        return (
            submission.commands,
            verification.commands,
            scoring.commands(load),
            awards.commands(reached, competitions_of, scorecards_of, past_wins_of),
        )

    def past_wins(self, rules: CompetitionRules) -> tuple[PastWin, ...]:
        asked = [each.past_winners for each in rules.categories if each.past_winners is not None]
        names = sorted({name for rule in asked for name in rule.competitions})
        return tuple(win for name in names for win in self._wins(name))

    def _wins(self, name: str) -> list[PastWin]:
        state = self.state(COMPETITION, name)
        if not isinstance(state, Published):
            return []
        return [
            PastWin(competition_id=name, rank=each.rank, innovation_id=each.innovation_id)
            for each in state.determined.drafted.ranking
        ]


def tampered(
    messages: Sequence[Message], sequence: int, change: Callable[[Any], None]
) -> list[Message]:
    """The stream with the body at `sequence` changed in place by `change`."""

    def forged(message: Message) -> Message:
        body = json.loads(message.body)
        change(body)
        return replace(message, body=json.dumps(body).encode())

    return [forged(each) if each.sequence == sequence else each for each in messages]


def with_header(messages: Sequence[Message], sequence: int, name: str, value: str) -> list[Message]:
    return [
        replace(each, headers={**each.headers, name: value}) if each.sequence == sequence else each
        for each in messages
    ]


def sequence_of(messages: Sequence[Message], fact: type[Any], number: int = 0) -> int:
    """Where the fact of that kind stands in the stream, counting from 0."""
    found = [each.sequence for each in messages if each.headers["ce-type"] == fact.ce_type]
    return found[number]
