"""What a person may mean by what they type, as far as the history knows such a thing. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from services.audit.domain.explaining.allocations import allocation_step, fund_step
from services.audit.domain.explaining.documents import document_step, results_step
from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.innovations import dossier_step, innovation_step
from services.audit.domain.explaining.places import entry_step
from services.audit.domain.explaining.regions import region_step
from services.audit.domain.explaining.scorecards import scorecard_step
from services.audit.domain.explaining.steps import Step
from services.awards.domain.fund.states import Fund
from services.scoring.domain.region import region_key
from services.submission.domain.states import Known
from services.verification.domain.states import Live
from shared.errors import Invalid, NotFound
from shared.events.awards import COMPETITION, FUND
from shared.events.scoring import REGION
from shared.events.submission import INNOVATION
from shared.events.verification import DOSSIER

FORMS: Final[Mapping[str, int]] = {
    "allocation": 2,
    "competition": 1,
    "document": 1,
    "dossier": 1,
    "entry": 2,
    "fund": 1,
    "innovation": 1,
    "rank": 3,
    "region": 2,
    "scorecard": 1,
}
"""The words that say what is meant, and how many names follow at least."""
READABLE: Final = (
    "allocation/<fund>/<allocation>",
    "<fund>/<allocation>",
    "<competition>/<innovation>",
    "rank:<competition>/<category>/<rank>",
    "competition/<id>",
    "document/<id>",
    "dossier/<id>",
    "fund/<id>",
    "innovation/<id>",
    "region/<season>/<region>",
    "scorecard/<innovation>",
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A thing that is there, by the words that name nothing else, and how it is explained."""

    about: str
    explained: Callable[[], Step]


def meant(thing: str, history: History) -> Meaning:
    """The one thing that is meant.

    Raises `NotFound` where there is none, `Invalid` where there are several: both list what to
    type.
    """
    found = {each.about: each for each in _meanings(thing.strip(), history)}
    if not found:
        raise NotFound(
            "thing_unknown",
            f"The history knows no {thing[:80]!a}. Write one of {', '.join(READABLE)}.",
            thing=thing[:80],
            meanings=READABLE,
        )
    if len(found) > 1:
        choices = tuple(sorted(found))
        raise Invalid(
            "thing_ambiguous",
            f"{thing[:80]!a} may mean {' or '.join(choices)}. Write one of these.",
            thing=thing[:80],
            meanings=choices,
        )
    return next(iter(found.values()))


def _meanings(thing: str, history: History) -> Iterator[Meaning]:
    word, _, rest = thing.partition(":")
    parts = thing.split("/")
    if word in FORMS and rest:
        parts = [word, *rest.split("/")]
    if parts[0] in FORMS and len(parts) > FORMS[parts[0]]:
        yield from _worded(parts[0], parts[1:], history)
    match parts:
        case [key]:
            yield from _bare(key, history)
        case [first, second] if ":" not in thing:
            yield from _allocation(first, second, history)
            yield from _entry(first, second, history)
        case _:
            pass


def _bare(key: str, history: History) -> Iterator[Meaning]:
    for fund_id in _keys(FUND.label, history):
        yield from _allocation(fund_id, key, history)
    for word in ("competition", "document", "fund", "innovation"):
        yield from _worded(word, [key], history)


def _worded(word: str, names: list[str], history: History) -> Iterator[Meaning]:
    match word, names:
        case "allocation", [fund_id, key]:
            yield from _allocation(fund_id, key, history)
        case "entry", [competition_id, key]:
            yield from _entry(competition_id, key, history)
        case "rank", [competition_id, category, rank]:
            yield from _rank(competition_id, category, rank, history)
        case "region", [season_id, region_id]:
            yield from _region(season_id, region_id, history)
        case "scorecard", [key, *number]:
            yield from _scorecard(key, number, history)
        case _, [key]:
            yield from _aggregate(word, key, history)
        case _:
            pass


def _aggregate(word: str, key: str, history: History) -> Iterator[Meaning]:
    match word:
        case "fund" if isinstance(history.state(FUND.subject(key)), Fund):
            yield Meaning(f"fund/{key}", lambda: fund_step(key, history))
        case "innovation" if isinstance(history.state(INNOVATION.subject(key)), Known):
            yield Meaning(f"innovation/{key}", lambda: innovation_step(key, history))
        case "dossier" if isinstance(history.state(DOSSIER.subject(key)), Live):
            yield Meaning(f"dossier/{key}", lambda: dossier_step(key, history))
        case "competition" if history.competition(key) is not None:
            yield Meaning(f"competition/{key}", lambda: results_step(key, history))
        case "document":
            yield from _document(key, history)
        case _:
            pass


def _keys(label: str, history: History) -> list[str]:
    return [each.key for each in history.world.standings.values() if each.label == label]


def _allocation(fund_id: str, key: str, history: History) -> Iterator[Meaning]:
    fund = history.state(FUND.subject(fund_id))
    if isinstance(fund, Fund) and key in fund.allocations:
        about = f"allocation/{fund_id}/{key}"
        yield Meaning(about, lambda: allocation_step(fund_id, key, history))


def _entry(competition_id: str, key: str, history: History) -> Iterator[Meaning]:
    where = history.competition(competition_id)
    if where is not None and key in where.entries:
        about = f"entry/{competition_id}/{key}"
        yield Meaning(about, lambda: entry_step(competition_id, key, history))


def _rank(competition_id: str, category: str, rank: str, history: History) -> Iterator[Meaning]:
    results = history.results(competition_id)
    if results is None:
        return
    on_it = [
        each.innovation_id
        for each in results.ranking
        if (each.category, str(each.rank)) == (category, rank)
    ]
    if on_it:
        about = f"rank/{competition_id}/{category}/{rank}"
        steps = [lambda key=key: entry_step(competition_id, key, history) for key in on_it]
        yield Meaning(
            about, steps[0] if len(steps) == 1 else lambda: _tie(about, [make() for make in steps])
        )


def _tie(about: str, steps: list[Step]) -> Step:
    title = f"{len(steps)} inovasi bernilai sama berbagi peringkat ini"
    return Step("tie", title, about=about, values={"tied": len(steps)}, because=tuple(steps))


def _region(season_id: str, region_id: str, history: History) -> Iterator[Meaning]:
    if history.trail.on(REGION.subject(region_key(season_id, region_id))):
        about = f"region/{season_id}/{region_id}"
        yield Meaning(about, lambda: region_step(season_id, region_id, history))


def _scorecard(key: str, number: list[str], history: History) -> Iterator[Meaning]:
    """The newest one where no number is named."""
    newest = history.world.newest.get(key)
    if newest is None:
        return
    for each in range(1, newest.number + 1):
        if (number or [str(newest.number)]) == [str(each)]:
            about = f"scorecard/{key}/{each}"
            yield Meaning(about, lambda each=each: scorecard_step(key, each, history))


def _document(key: str, history: History) -> Iterator[Meaning]:
    for competition_id in _keys(COMPETITION.label, history):
        where = history.competition(competition_id)
        if where is not None and key in where.documents:
            yield Meaning(
                f"document/{key}",
                lambda where=where: document_step(where.announced.competition_id, key, history),
            )
