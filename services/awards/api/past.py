"""Who won in other competitions, which never changes once their results are published."""

from collections.abc import Awaitable, Callable, Sequence

from services.awards.domain.known import PastWin
from services.awards.projections import CompetitionView
from shared.events.awards import CompetitionRules
from shared.projector import bare
from shared.views import Collection

PastWinsOf = Callable[[CompetitionRules], Awaitable[tuple[PastWin, ...]]]


class PastWins:
    """Reads the published results of competitions, each once."""

    def __init__(self, competitions: Collection) -> None:
        self._competitions = competitions
        self._known: dict[str, tuple[PastWin, ...]] = {}

    async def __call__(self, rules: CompetitionRules) -> tuple[PastWin, ...]:
        """The places that the rules look at, best first in each competition."""
        asked = [each.past_winners for each in rules.categories if each.past_winners is not None]
        names = sorted({name for rule in asked for name in rule.competitions})
        lowest = max((rule.up_to_rank for rule in asked), default=0)
        await self._learn([name for name in names if name not in self._known])
        return tuple(
            win for name in names for win in self._known.get(name, ()) if win.rank <= lowest
        )

    async def _learn(self, names: Sequence[str]) -> None:
        if not names:
            return
        published = {"_id": {"$in": list(names)}, "state": "published"}
        for found in await self._competitions.all(published):
            view = CompetitionView.model_validate(bare(found))
            self._known[view.competition_id] = _wins(view)


def _wins(view: CompetitionView) -> tuple[PastWin, ...]:
    """The results are published, so that the newest version is the one that was determined."""
    return tuple(
        PastWin(
            competition_id=view.competition_id,
            rank=each.rank,
            innovation_id=each.innovation_id,
        )
        for each in view.results[-1].ranking
    )
