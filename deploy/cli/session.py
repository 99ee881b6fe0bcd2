"""One run of a command: where, as whom, how to write."""

import inspect
import ipaddress
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

import httpx
import typer

from deploy.cli.client import TIMEOUT, Api, Writing
from deploy.cli.context import Context, read_context
from deploy.cli.drawer import Drawer, current_user
from deploy.cli.failures import Denied, Failure, Misuse
from deploy.cli.options import (
    EVERYWHERE,
    AllOption,
    DryRunOption,
    KeyOption,
    Language,
    Wishes,
)
from deploy.cli.output import Output
from deploy.cli.patience import Patience

P = ParamSpec("P")
PATIENCE_SECONDS = 30.0
UPLOAD_PATIENCE_SECONDS = 900.0


class Session:
    """What a command works with. `every_page` is `--all`. Properties raise `Failure`."""

    def __init__(self, wishes: Wishes, writing: Writing | None, *, every_page: bool) -> None:
        self.out = Output(as_json=wishes.as_json)
        self.every_page = every_page
        self.language: Language = wishes.language or "id"
        self._wishes = wishes
        self._writing = writing
        self._open = ExitStack()

    def close(self) -> None:
        self._open.close()

    @cached_property
    def context(self) -> Context:
        return read_context(self._wishes.context)

    @property
    def tokens(self) -> Path:
        return self.context.folder / "tokens"

    @property
    def patience(self) -> Patience:
        told = self._wishes.patience
        return Patience(PATIENCE_SECONDS if told is None else told, self.out.tell)

    @property
    def upload_patience(self) -> Patience:
        """For each part of a file: what was sent before an evening's outage must not be lost."""
        told = self._wishes.patience
        seconds = UPLOAD_PATIENCE_SECONDS if told is None else told
        return Patience(seconds, self.out.tell, read_seconds=seconds)

    @property
    def chosen_user(self) -> str | None:
        """Whom `--as` names."""
        return self._wishes.user

    @cached_property
    def drawer(self) -> Drawer:
        """Of the person who acts."""
        user = self.chosen_user or current_user(self.tokens)
        if user is None:
            raise Misuse("not_logged_in", "Nobody is logged in; log in with `inda login USER`.")
        return Drawer(self.tokens, user)

    @property
    def is_dry_run(self) -> bool:
        return self._writing is not None and self._writing.dry_run

    def api(
        self,
        service: str,
        patience: Patience | None = None,
        *,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> Api:
        """The service's API as the person who acts."""
        http = self.http(self.address(service))
        http.timeout = timeout
        http.headers["Authorization"] = f"Bearer {bearer(self.drawer)}"
        return Api(service, http, self.drawer, self._writing, patience or self.patience)

    def public(self, service: str) -> Api:
        """The service's API as anybody."""
        http = self.http(self.address(service))
        return Api(service, http, None, self._writing, self.patience)

    def address(self, service: str) -> str:
        address = self.context.services.get(service)
        if address is None:
            raise Misuse("service_unknown", f"{self.context.file} names no service {service}.")
        return address

    def http(self, address: str) -> httpx.Client:
        """A client that is closed with the session; loopback is never asked for through a proxy."""
        client = httpx.Client(
            base_url=address,
            headers={"Accept-Language": self.language},
            timeout=TIMEOUT,
            trust_env=not is_loopback(address),
        )
        return self._open.enter_context(client)


def is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bearer(drawer: Drawer) -> str:
    """The stored token. Raises `Failure` where there is none that still holds."""
    token = drawer.token()
    if token is None:
        raise Misuse(
            "not_logged_in", f"{drawer.user} is not logged in; `inda login {drawer.user}` does it."
        )
    if datetime.fromisoformat(token["expires_at"]) <= datetime.now(UTC):
        raise Denied(
            "login_ended", f"The login of {drawer.user} has ended; `inda login {drawer.user}`."
        )
    return token["access_token"]


def reading(function: Callable[Concatenate[Session, P], None]) -> Callable[..., None]:
    """A command that changes nothing."""
    return _command(function, {})


def listing(function: Callable[Concatenate[Session, P], None]) -> Callable[..., None]:
    """A command that reads pages: adds `--all`."""
    return _command(function, {"every_page": (AllOption, False)})


def writing(function: Callable[Concatenate[Session, P], None]) -> Callable[..., None]:
    """A command that changes something: adds `--dry-run` and `--idempotency-key`."""
    return _command(
        function, {"dry_run": (DryRunOption, False), "idempotency_key": (KeyOption, None)}
    )


def _command(
    function: Callable[Concatenate[Session, P], None],
    options: dict[str, tuple[object, object]],
) -> Callable[..., None]:
    """The function as typer sees it: its own parameters, and options in place of the session."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    added = {**options, **EVERYWHERE}

    @wraps(function)
    def run(typer_context: typer.Context, **given: object) -> None:
        told = {name: given.pop(name) for name in added}
        before = typer_context.find_root().obj
        session = _session(told, before if isinstance(before, Wishes) else Wishes())
        try:
            function(session, **given)  # pyright: ignore[reportCallIssue]
        except Failure as failure:
            session.out.failed(failure)
            raise typer.Exit(failure.exit_code) from None
        finally:
            session.close()

    by_name = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("typer_context", by_name, annotation=typer.Context),
        *(each.replace(kind=by_name) for each in own),
        *(
            inspect.Parameter(name, by_name, annotation=kind, default=usual)
            for name, (kind, usual) in added.items()
        ),
    ]
    run.__signature__ = inspect.Signature(parameters)  # pyright: ignore[reportAttributeAccessIssue]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _session(told: dict[str, object], before: Wishes) -> Session:
    here = Wishes(**{name: told[name] for name in EVERYWHERE})  # pyright: ignore[reportArgumentType]
    writes = None
    if "dry_run" in told:
        key = str(told["idempotency_key"] or uuid.uuid4())
        writes = Writing(key, dry_run=bool(told["dry_run"]))
    return Session(before.then(here), writes, every_page=bool(told.get("every_page")))
