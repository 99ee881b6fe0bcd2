"""`inda panel score`, `recuse`: by a judge, or recorded for one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import Innovation, Reason, body_of, pair
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.panels.group import PanelId, panel
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written


@panel.command("score")
@writing
def seal_score(
    session: Session,
    panel_id: PanelId,
    innovation_id: Innovation,
    score: Annotated[
        list[str] | None,
        typer.Option("--score", help="CRITERION=80; once for every criterion of the panel."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Else a JSON file; - reads standard input."),
    ] = None,
) -> None:
    """Seal your scores for an entry; sealing again replaces them until the reveal.

    The JSON file: {"scores": [{"criterion": "kebaruan", "score": "80"}, ...]}.
    """
    path = f"/panels/{panel_id}/scores/{innovation_id}"
    written = session.api("scoring").post(path, scores_of(score or (), file))
    show_written(session, written, "Your scores are sealed.")


@panel.command("recuse")
@writing
def recuse_judge(
    session: Session,
    panel_id: PanelId,
    innovation_id: Innovation,
    reason: Reason,
    judge: Annotated[
        str | None, typer.Option("--judge", help="Whom a committee records; else yourself.")
    ] = None,
) -> None:
    """Step back from judging an entry because of a conflict of interest."""
    body = {"innovation_id": innovation_id, "reason": reason, "judge_id": judge}
    written = session.api("scoring").post(f"/panels/{panel_id}/recusals", body)
    show_written(session, written, "The recusal is recorded.")


def scores_of(typed: Sequence[str], file: Path | None) -> Document:
    """Raises `Misuse` where none are given, or in both ways."""
    if bool(typed) == (file is not None):
        raise Misuse("scores_missing", "Give either a --score for every criterion, or a --file.")
    if file is not None:
        return body_of(file)
    pairs = [pair(each, "kebaruan=80") for each in typed]
    return {"scores": [{"criterion": name, "score": value} for name, value in pairs]}
