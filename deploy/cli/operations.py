"""`inda status` and `inda faults`: how the services are, and what is parked in them."""

from typing import Annotated
from urllib.parse import quote

import httpx
import typer

from deploy.cli.client import Api, Document
from deploy.cli.failures import REFUSED, UNUSABLE, Failure, Unreachable
from deploy.cli.output import Column, listed
from deploy.cli.session import Session, listing, reading, writing

faults = typer.Typer(no_args_is_help=True, help="Facts that a service could not use: parked.")

WITH_FAULTS = ("submission", "verification", "scoring", "awards")
A_LIST = {
    "submission": "/innovations",
    "verification": "/dossiers",
    "scoring": "/scorecards",
    "awards": "/competitions",
}
Service = Annotated[str | None, typer.Option("--service", help="Only of this service.")]
FAULT: tuple[Column, ...] = (
    ("Service", "service"),
    ("Key", "key"),
    ("About", "subject"),
    ("Sequence", "at_sequence"),
    ("Reason", "reason"),
)
STATE: tuple[Column, ...] = (
    ("Service", "service"),
    ("Address", "address"),
    ("State", "state"),
    ("Shows up to sequence", "position"),
    ("Parked", "faults"),
    ("Note", "note"),
)


@reading
def status(session: Session) -> None:
    """Show whether each service is ready, and how much of the history it shows.

    Exit code 0 when all are ready, 2 otherwise. Position and parked facts need a login whose role
    may read them.
    """
    found = [_state(session, name) for name in session.context.services]
    session.out.answer({"services": found}, listed(found, *STATE))
    if any(each["state"] != "ready" for each in found):
        raise typer.Exit(UNUSABLE)


@faults.command("list")
@listing
def list_faults(session: Session, service: Service = None) -> None:
    """List what is parked, service by service, with the reason."""
    items = [fault for name in _asked(session, service) for fault in _faults(session, name)]
    session.out.answer({"items": items}, listed(items, *FAULT))
    if not items:
        session.out.tell("Nothing is parked.")


@faults.command("retry")
@writing
def retry_faults(
    session: Session,
    key: Annotated[
        str | None,
        typer.Argument(metavar="KEY", help="The fault's key, as the list shows it; else all."),
    ] = None,
    service: Service = None,
) -> None:
    """Try parked facts again. Exit code 1 if something is still parked afterwards."""
    known = [fault for name in _asked(session, service) for fault in _faults(session, name)]
    chosen = [fault for fault in known if key is None or fault["key"] == key]
    if key is not None and not chosen:
        session.out.tell(f"No service has parked {key}.")
        raise typer.Exit(REFUSED)
    tried = [_retried(session, fault) for fault in chosen]
    columns: tuple[Column, ...] = (("Service", "service"), ("Key", "key"), ("Mended", "mended"))
    session.out.answer({"items": tried, "dry_run": session.is_dry_run}, listed(tried, *columns))
    if not session.is_dry_run and not all(each["mended"] for each in tried):
        raise typer.Exit(REFUSED)


def _asked(session: Session, service: str | None) -> list[str]:
    if service is not None:
        session.address(service)
        return [service]
    return [name for name in session.context.services if name in WITH_FAULTS]


def _faults(session: Session, service: str) -> list[Document]:
    found = session.api(service).pages("/faults", every=True)
    return [{"service": service, **fault} for fault in found["items"]]


def _retried(session: Session, fault: Document) -> Document:
    path = f"/faults/{quote(fault['key'], safe=':')}/retry"
    answer = session.api(fault["service"]).post(path)
    return {"service": fault["service"], "key": fault["key"], "mended": answer["mended"]}


def _state(session: Session, service: str) -> Document:
    known: Document = {"service": service, "address": session.address(service)}
    http = session.http(session.address(service))
    try:
        answer = http.get("/health/ready", timeout=5)
    except (httpx.TransportError, httpx.InvalidURL) as error:
        note = str(error) or type(error).__name__
        return {**known, "state": "unreachable", "position": None, "faults": None, "note": note}
    if not answer.is_success:
        note = f"status {answer.status_code}"
        return {**known, "state": "not ready", "position": None, "faults": None, "note": note}
    return {**known, "state": "ready", **_inside(session, service)}


def _inside(session: Session, service: str) -> Document:
    """What the login may see of the service: how far it is, and how much is parked."""
    if service not in A_LIST:
        return {"position": None, "faults": None, "note": ""}
    try:
        api = session.api(service)
    except Failure as failure:
        return {"position": None, "faults": None, "note": str(failure)}
    try:
        return {"position": _position(api, service), "faults": _parked(api), "note": ""}
    except Unreachable as failure:
        return {"position": None, "faults": None, "note": str(failure)}


def _position(api: Api, service: str) -> int | None:
    views = api.whole("/views")
    if views.is_success:
        return int(views.json()["position"])
    listed_up_to = api.whole(A_LIST[service], limit=1).headers.get("Inda-Sequence")
    return None if listed_up_to is None else int(listed_up_to)


def _parked(api: Api) -> int | None:
    try:
        return len(api.pages("/faults", every=True)["items"])
    except Unreachable:
        raise
    except Failure:
        return None
