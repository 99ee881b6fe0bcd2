"""`inda panel seat`, `unseat`: who judges where somebody stepped aside, or never answers."""

from typing import Annotated

import typer

from deploy.cli.arguments import Reason
from deploy.cli.panels.group import Judge, PanelId, panel
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written


@panel.command("seat")
@writing
def seat_judge(
    session: Session,
    panel_id: PanelId,
    judge_id: Judge,
    reason: Reason,
    innovation: Annotated[
        list[str] | None,
        typer.Option("--innovation", help="Only this entry; may be repeated. Else all of them."),
    ] = None,
) -> None:
    """Seat one more judge on an open panel."""
    body = {"judge_id": judge_id, "innovations": innovation or [], "reason": reason}
    written = session.api("scoring").post(f"/panels/{panel_id}/judges", body)
    show_written(session, written, f"{judge_id} sits on the panel.")


@panel.command("unseat")
@writing
def unseat_judge(session: Session, panel_id: PanelId, judge_id: Judge, reason: Reason) -> None:
    """Take a judge off an open panel; nobody waits for them, and their seals count no more."""
    path = f"/panels/{panel_id}/judges/{judge_id}/removal"
    written = session.api("scoring").post(path, {"reason": reason})
    show_written(session, written, f"{judge_id} has left the panel.")
