"""Something came first: what was typed beside what holds now, so that nothing typed is lost."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from deploy.cli.failures import Failure
from deploy.cli.output import listed
from deploy.cli.session import Session
from deploy.cli.verification.tables import place_of, short

Row = dict[str, Any]
TITLE = "Something came first; nothing typed is lost"
HEAD = {
    "state": "State",
    "round": "Round",
    "lease_holder": "Claimed by",
    "lease_until": "Until",
}


@contextmanager
def both_shown(session: Session) -> Generator[None]:
    """Shows both before the refusal is said as any other is."""
    try:
        yield
    except Failure as failure:
        typed, current = texts_of(failure)
        if current:
            rows = rows_of(typed, current)
            columns = (("What", "what"), ("What you typed", "typed"), ("What holds now", "current"))
            session.out.show_aside(listed(rows, *columns, title=TITLE))
        raise


def texts_of(failure: Failure) -> tuple[Row, Row]:
    """What was typed, and what holds now; nothing where the service did not hand both back."""
    params: Row = failure.problem.get("params") or {}
    if "typed" not in params:
        return {}, {}
    return params["typed"] or {}, params.get("current") or {}


def rows_of(typed: Mapping[str, Any], current: Mapping[str, Any]) -> list[Row]:
    """A line for how the dossier stands, and one for everything typed. Pure."""
    standing = _standing(current.get("indicator") or {})
    head: list[Row] = [
        {"what": what, "typed": None, "current": current.get(field)}
        for field, what in HEAD.items()
        if current.get(field) is not None
    ]
    rows = [row for field, value in typed.items() for row in _rows(field, value, standing)]
    return [*head, *rows]


def _standing(indicator: Mapping[str, Any]) -> Row:
    """What holds of an indicator: the claim and its evidence, and the verdict if one is told."""
    verdict: Row = indicator.get("verdict") or {}
    return {
        **{name: verdict.get(name) for name in ("granted_level", "reason_code", "note")},
        "basis": indicator.get("basis"),
        "evidence": indicator.get("evidence"),
        "place": verdict.get("place"),
    }


def _rows(field: str, value: object, standing: Row) -> list[Row]:
    what = field.replace("_", " ").capitalize()
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_row(what, part) for part in cast("list[Row]", value)]
    now = _said(field, standing.get(field))
    return [{"what": what, "typed": _said(field, value), "current": now}]


def _row(what: str, part: Row) -> Row:
    """One finding or point: named by its first word, told by the rest."""
    name, *rest = part.values()
    told = [str(each) for each in rest if each not in (None, "", [])]
    return {"what": f"{what}: {name}", "typed": ", ".join(told), "current": None}


def _said(field: str, value: Any) -> object:
    match field:
        case "evidence":
            return [short(each) for each in value or ()]
        case "place":
            return place_of({"place": value})
        case _:
            return value
