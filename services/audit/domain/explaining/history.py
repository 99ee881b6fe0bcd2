"""What explanations are made from: where the replay ended, and the facts on the way. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.audit.domain.explaining.steps import Rule, Said, said
from services.audit.domain.explaining.trail import NEVER, Trail
from services.audit.domain.world import OtherEdition, World
from services.awards.domain.competition import State
from services.awards.domain.competition.questions import judged
from services.awards.domain.competition.states import (
    Determined,
    Drafted,
    Judging,
    Missing,
    Published,
)
from shared.editions import Edition
from shared.events.awards import COMPETITION
from shared.events.base import Fact

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class History:
    """`made` is what several steps rest on, by what it is about: made once."""

    world: World
    trail: Trail
    made: dict[object, Any] = field(default_factory=dict[object, Any])

    def once(self, about: object, make: Callable[[], T]) -> T:
        if about not in self.made:
            self.made[about] = make()
        return self.made[about]

    def state(self, subject: str) -> Any:
        """Where the aggregate stands; None where the history has never named it."""
        known = self.world.standings.get(subject)
        return None if known is None else known.state

    def said(self, subject: str, *kinds: type[Fact], until: int = NEVER) -> tuple[Said, ...]:
        return said(each for each in self.trail.on(subject, until) if isinstance(each.fact, kinds))

    def competition(self, competition_id: str) -> Judging | None:
        state: State | None = self.state(COMPETITION.subject(competition_id))
        return None if state is None or isinstance(state, Missing) else judged(state)

    def results(self, competition_id: str) -> Drafted | None:
        """The newest results, if there are any."""
        match self.state(COMPETITION.subject(competition_id)):
            case Drafted() as drafted:
                return drafted
            case Determined(drafted=drafted) | Published(determined=Determined(drafted=drafted)):
                return drafted
            case _:
                return None

    def decree(self, competition_id: str) -> Determined | None:
        match self.state(COMPETITION.subject(competition_id)):
            case Determined() as determined:
                return determined
            case Published(determined=determined):
                return determined
            case _:
                return None

    def edition(self, edition_id: str, digest: str) -> Edition | None:
        """None where this build has it not, or has another of that name."""
        try:
            return self.world.edition(edition_id, digest)
        except OtherEdition:
            return None


def announced_rule(what: str, where: Judging) -> Rule:
    """What the rules say that were frozen when the competition was announced."""
    told = where.announced
    return Rule(what, f"aturan kompetisi {told.competition_id}", told.rules_digest)


def edition_rule(what: str, edition: Edition, cited: tuple[str, ...]) -> Rule:
    """`cited` are keys of the edition's references, with or without the mark of a copy."""
    titles = {each.key: each.title for each in edition.references}
    sources = tuple(f"{key}: {titles.get(key.removesuffix('/sec'), key)}" for key in cited)
    return Rule(what, f"edisi {edition.id}", edition.digest, sources)


def cited_for(fact: str, edition: Edition) -> tuple[str, ...]:
    return next((each.source for each in edition.citations if each.fact == fact), ())
