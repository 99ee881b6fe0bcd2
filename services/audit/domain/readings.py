"""Whether third readings were asked for a reason, which nobody can tell before the reveal. Pure.

That one was due and not asked is what the rules refuse; here is the other case. Who steps back
after it was asked takes what they sealed along: then nothing can be told of it any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.audit.domain.memory import Asked
from services.audit.domain.world import World
from services.scoring.domain.combining import half_up, weighted
from services.scoring.domain.panel import State
from services.scoring.domain.seats import Open
from shared.events.scoring import ScoresRevealed, ThirdReadingAsked


@dataclass(frozen=True, slots=True)
class ReadingFault:
    """A third reading that nothing called for. In points of 100."""

    what: str
    expected: str
    found: str


def remember_readings(fact: ThirdReadingAsked, key: str, after: State, world: World) -> None:
    """Keeps what the first readers had sealed, which is fixed from here on."""
    if not isinstance(after, Open):
        return
    asked = world.readings.setdefault(key, [])
    for reading in fact.readings:
        first = {
            judge: after.seals[(judge, innovation)].commitment
            for judge, innovation in after.fixed
            if innovation == reading.innovation_id
        }
        asked.append(Asked(reading, first))


def reading_fault(
    fact: ScoresRevealed, key: str, before: State, world: World
) -> ReadingFault | None:
    """The first third reading whose first readers lay no further apart than the rule bears."""
    if not isinstance(before, Open):
        return None
    above = before.opened.rule.third_reading_above
    totals = {
        (each.judge_id, each.innovation_id): weighted(before.opened.criteria, each.scores)
        for each in fact.scores
    }
    for asked in world.readings.get(key, ()):
        spread = _spread(asked, before, totals)
        if spread is not None and above is not None and spread <= Fraction(above):
            innovation = asked.reading.innovation_id
            what = f"A third reading of {innovation} was asked, and its readers lay close enough."
            return ReadingFault(what, f"more than {above}", str(half_up(spread)))
    return None


def _spread(
    asked: Asked, before: Open, totals: Mapping[tuple[str, str], Fraction]
) -> Fraction | None:
    """None where a first reader's seal of then does not count any more."""
    found: list[Fraction] = []
    for judge, commitment in asked.first.items():
        pair = (judge, asked.reading.innovation_id)
        seal = before.seals.get(pair)
        if seal is None or seal.commitment != commitment or pair not in totals:
            return None
        found.append(totals[pair])
    return max(found) - min(found) if found else None
