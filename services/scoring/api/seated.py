"""A panel as it is now, for those who have a part in it."""

from collections.abc import Callable

from services.scoring.domain.panel import Command, Missing, Revealed, State
from services.scoring.domain.seats import Open
from shared.errors import NotFound
from shared.events.scoring import PanelEvent
from shared.history import Handler
from shared.http import Ask
from shared.identity import Thing

Panels = Handler[Command, State, PanelEvent]


def seats(panel: Open) -> Thing:
    """The panel as authorization sees it."""
    return Thing(assignees=frozenset(panel.judges))


async def panel_for(
    ask: Ask, panels: Panels, panel_id: str, thing: Callable[[Open], Thing] = seats
) -> Open:
    """The panel, if this person may touch that thing of it. Raises `NotFound`.

    What is remembered is enough for a yes; a judge may have been seated since.
    """
    remembered = (await panels.state(panel_id, remembered=True)).state
    if isinstance(remembered, Open) and ask.access.may(thing(remembered)):
        return remembered
    panel = content((await panels.state(panel_id)).state)
    ask.require(thing(panel))
    return panel


def content(state: State) -> Open:
    """The panel, revealed or not. Raises `NotFound`."""
    match state:
        case Missing():
            raise NotFound("not_found", "There is no such panel, or none that you may see.")
        case Revealed(panel):
            return panel
        case Open():
            return state
