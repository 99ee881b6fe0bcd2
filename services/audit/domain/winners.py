"""What an announcement and an entry rest on beside the competition: funds, and who won. Pure."""

from datetime import datetime

from services.audit.domain.world import World
from services.awards.domain.competition.states import Published
from services.awards.domain.fund.states import Fund, living
from services.awards.domain.known import KnownFund, PastWin
from services.awards.domain.rules import asked_of
from shared.events.awards import COMPETITION, FUND, CompetitionRules


def known_funds(
    rules: CompetitionRules, world: World, *, before: datetime | None = None
) -> tuple[KnownFund, ...]:
    """The registered funds that the rules name; `before` leaves out what was taken since."""
    found: list[KnownFund] = []
    for fund_id in sorted(asked_of(rules)):
        known = world.standings.get(FUND.subject(fund_id))
        if known is not None and isinstance(known.state, Fund):
            fund = known.state
            found.append(
                KnownFund(
                    fund_id=fund_id,
                    fiscal_year=fund.registered.fiscal_year,
                    available_rupiah=fund.available_rupiah + _taken_since(fund, before),
                )
            )
    return tuple(found)


def _taken_since(fund: Fund, moment: datetime | None) -> int:
    if moment is None:
        return 0
    monies = (each.money for each in living(fund))
    return sum(money.amount_rupiah for money in monies if money.at >= moment)


def past_wins(rules: CompetitionRules, world: World) -> tuple[PastWin, ...]:
    """The places in published results where the rules look."""
    asked = [each.past_winners for each in rules.categories if each.past_winners is not None]
    names = sorted({name for rule in asked for name in rule.competitions})
    return tuple(win for name in names for win in _wins(name, world))


def _wins(competition_id: str, world: World) -> tuple[PastWin, ...]:
    known = world.standings.get(COMPETITION.subject(competition_id))
    if known is None or not isinstance(known.state, Published):
        return ()
    return tuple(
        PastWin(competition_id=competition_id, rank=each.rank, innovation_id=each.innovation_id)
        for each in known.state.determined.drafted.ranking
    )
