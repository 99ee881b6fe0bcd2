"""Somebody else was faster: what they wrote and what was typed, side by side, nothing lost."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from deploy.cli.failures import Failure
from deploy.cli.output import listed
from deploy.cli.session import Session

CHANGED = 412


@contextmanager
def both_texts_shown(session: Session) -> Generator[None]:
    """Shows both texts of a conflict before it is said as any failure is."""
    try:
        yield
    except Failure as failure:
        params: dict[str, Any] = failure.problem.get("params") or {}
        if failure.problem.get("status") == CHANGED and "yours" in params:
            _show(session, params["yours"] or {}, params["current"] or {})
        raise


def _show(session: Session, yours: dict[str, object], current: dict[str, object]) -> None:
    names = dict.fromkeys((*yours, *current))
    rows = [{"name": n, "yours": yours.get(n), "current": current.get(n)} for n in names]
    columns = (("Field", "name"), ("What you sent", "yours"), ("What holds now", "current"))
    session.out.show_aside(listed(rows, *columns, title="It was changed since you saw it"))
