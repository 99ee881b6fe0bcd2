"""`inda panel reveal`: all scores at once, or first the third readings that the rules ask for."""

from deploy.cli.client import Document
from deploy.cli.panels.group import PanelId, panel
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written
from shared.events.scoring import ThirdReadingAsked


@panel.command("reveal")
@writing
def reveal_scores(session: Session, panel_id: PanelId) -> None:
    """Open all sealed scores of a panel; none can be changed afterwards.

    Where judges differ by more than the rules say, another judge is asked to read first: then
    nothing is shown yet, and the reveal is repeated once they have sealed.
    """
    written = session.api("scoring").post(f"/panels/{panel_id}/reveal", if_match=True)
    show_written(session, written, _outcome(written))


def _outcome(written: Document) -> str:
    if ThirdReadingAsked.__name__ not in written["happened"]:
        return "The scores are revealed."
    return (
        "Nothing is revealed yet: judges differ by more than the rules say, and a reserve judge is"
        " asked for a third reading. `inda panel show` tells whom; reveal again afterwards."
    )
