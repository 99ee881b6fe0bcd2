"""A competition as it is answered: of its entries those you may see, and what is to be done."""

from datetime import datetime

from services.awards.api.agencies import Names, called, region_called
from services.awards.api.competitions.steps import NextStep, next_steps
from services.awards.api.reading import thing_of
from services.awards.projections import CompetitionView
from services.awards.projections.parts import (
    Act,
    CompetitionState,
    Determination,
    EntryView,
    Proven,
    RoundView,
    SignatureView,
    WindowView,
)
from shared.events.awards import CompetitionRules
from shared.findings.language import Language
from shared.http import Answer
from shared.identity import Access, Role

ORGANISERS = frozenset({Role.COMMITTEE, Role.LEADER, Role.AUDITOR, Role.PEMDA_ADMIN})


class CompetitionSummary(Answer):
    competition_id: str
    name: str
    season_id: str
    state: CompetitionState
    rules_digest: str
    entries: int
    version_of_results: int


class CompetitionList(Answer):
    items: tuple[CompetitionSummary, ...]
    next_cursor: str | None


class Signed(Answer):
    """How many signed the minutes of a version, of how many that its rules ask for."""

    version: int
    signed: int
    needed: int


class EntryShown(EntryView):
    """An entry with the names of its agency and region as they are now."""

    agency_name: str
    region_name: str | None


class CompetitionAnswer(Answer):
    """A competition without its results, objections and doubts; of its entries those you may see.

    `next_steps` are told to those who organise it, `()` to everybody else.
    """

    competition_id: str
    name: str
    season_id: str
    state: CompetitionState
    rules: CompetitionRules
    rules_digest: str
    announced: Act
    entries: tuple[EntryShown, ...]
    rounds: tuple[RoundView, ...]
    minutes: tuple[SignatureView, ...]
    signed: tuple[Signed, ...]
    windows: tuple[WindowView, ...]
    public_tests: tuple[WindowView, ...]
    determination: Determination | None
    published: Proven | None
    next_steps: tuple[NextStep, ...]


def summary(view: CompetitionView) -> CompetitionSummary:
    return CompetitionSummary(
        competition_id=view.competition_id,
        name=view.name,
        season_id=view.season_id,
        state=view.state,
        rules_digest=view.rules_digest,
        entries=len(view.entries),
        version_of_results=view.results[-1].version if view.results else 0,
    )


def visible(
    view: CompetitionView, names: Names, access: Access, at: datetime, language: Language
) -> CompetitionAnswer:
    mine = (each for each in view.entries if access.may(thing_of(each.entry)))
    entries = tuple(_named(each, names) for each in mine)
    seen = {each.entry.innovation_id for each in entries}
    is_told = bool(access.caller.roles & ORGANISERS)
    return CompetitionAnswer(
        competition_id=view.competition_id,
        name=view.name,
        season_id=view.season_id,
        state=view.state,
        rules=view.rules,
        rules_digest=view.rules_digest,
        announced=view.announced,
        entries=entries,
        rounds=tuple(_with_only(each, seen) for each in view.rounds),
        minutes=view.minutes,
        signed=signed(view),
        windows=view.windows,
        public_tests=view.public_tests,
        determination=view.determination,
        published=view.published,
        next_steps=next_steps(view, at, language) if is_told else (),
    )


def _named(view: EntryView, names: Names) -> EntryShown:
    known = {name: getattr(view, name) for name in EntryView.model_fields}
    return EntryShown(
        **known,
        agency_name=called(names, view.entry.agency_id),
        region_name=region_called(names, view.entry.region_id),
    )


def signed(view: CompetitionView) -> tuple[Signed, ...]:
    needed = view.rules.minutes_signatures
    return tuple(
        Signed(
            version=results.version,
            signed=sum(each.version == results.version for each in view.minutes),
            needed=needed,
        )
        for results in view.results
    )


def _with_only(view: RoundView, seen: set[str]) -> RoundView:
    return view.model_copy(
        update={
            "entries": tuple(each for each in view.entries if each in seen),
            "means": tuple(each for each in view.means if each.innovation_id in seen),
            "first_criterion": tuple(
                each for each in view.first_criterion if each.innovation_id in seen
            ),
            "scores": tuple(each for each in view.scores if each.innovation_id in seen),
        }
    )
