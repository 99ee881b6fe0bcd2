"""What may happen on a panel of judges, from its opening to the reveal of all scores. Pure."""

from typing import assert_never

from services.scoring.domain import reveal, third_reading
from services.scoring.domain.panel import sealing, seating
from services.scoring.domain.panel.commands import (
    AskThirdReading,
    Command,
    OpenPanel,
    Recuse,
    Reveal,
    SealScore,
    SeatJudge,
    UnseatJudge,
)
from services.scoring.domain.panel.states import Missing, Revealed, State, evolve
from services.scoring.domain.seats import Open
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.scoring import PanelEvent, PanelOpened


def decide(command: Command, state: State) -> list[PanelEvent]:
    match command, state:
        case OpenPanel(), Missing():
            return [_opened(command)]
        case OpenPanel(), Open() | Revealed():
            return []
        case _, Missing():
            raise NotFound("not_found", "There is no such panel, or none that you may see.")
        case Reveal(), Revealed():
            return []
        case _, Revealed():
            raise Refused("panel_revealed", "The scores of this panel are revealed and final.")
        case _, Open():
            return [*_on_open(command, state)]
        case _:
            assert_never(state)


def _on_open(
    command: SeatJudge | UnseatJudge | Recuse | SealScore | AskThirdReading | Reveal, panel: Open
) -> list[PanelEvent]:
    match command:
        case SeatJudge():
            return [*seating.seat(command, panel)]
        case UnseatJudge():
            return [*seating.unseat(command, panel)]
        case Recuse():
            return [*seating.recuse(command, panel)]
        case SealScore():
            return [*sealing.seal(command, panel)]
        case AskThirdReading():
            return [*third_reading.asked(panel, command.readings, command.by, command.at)]
        case Reveal():
            return [reveal.revealed(panel, command.opened, command.by, command.at)]
        case _:
            assert_never(command)


def _opened(command: OpenPanel) -> PanelOpened:
    opened = command.round_opened
    if opened.panel_id is None or opened.scored_by != "panel":
        raise Refused("round_without_panel", "This round is not scored by judges.")
    if not opened.criteria or any(each.weight < 1 or each.scale < 1 for each in opened.criteria):
        raise Refused(
            "criteria_unusable", "A panel needs criteria with a weight and a scale above zero."
        )
    return PanelOpened(
        by=command.by,
        at=command.at,
        panel_id=opened.panel_id,
        competition_id=opened.competition_id,
        category=opened.category,
        round=opened.round,
        criteria=opened.criteria,
        judges=opened.judges,
        entries=opened.entries,
        rule=opened.panel_rule,
    )


decider = Decider[Command, State, PanelEvent](Missing(), decide, evolve)

__all__ = [
    "AskThirdReading",
    "Command",
    "Missing",
    "Open",
    "OpenPanel",
    "Recuse",
    "Reveal",
    "Revealed",
    "SealScore",
    "SeatJudge",
    "State",
    "UnseatJudge",
    "decide",
    "decider",
    "evolve",
]
