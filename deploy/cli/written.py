"""How all commands show what was written, and a page of a list."""

from rich.console import RenderableType

from deploy.cli.client import Document
from deploy.cli.output import Column, line, listed
from deploy.cli.session import Session

HINT = "There are more; --all shows them all."


def show_written(session: Session, written: Document, done: str, *more: RenderableType) -> None:
    """`done` is said where something happened; its version and place in the history follow."""
    session.out.answer(written, line(_sentence(written, done)), *more)


def show_page(session: Session, page: Document, *columns: Column, title: str | None = None) -> None:
    session.out.answer(page, listed(page["items"], *columns, title=title))
    if page["next_cursor"] is not None:
        session.out.tell(HINT)


def _sentence(written: Document, done: str) -> str:
    if written.get("dry_run"):
        return "This would be accepted; nothing was changed."
    place = f"version {written.get('version')}, sequence {written.get('sequence')}"
    if written.get("happened") == []:
        return f"It was already so ({place})."
    return f"{done} ({place})"
