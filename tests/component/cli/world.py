"""A stack on real sockets, and `inda` as people and scripts call it."""

import json
import shlex
import socket
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import uvicorn
from fastapi import FastAPI
from typer.testing import CliRunner

from deploy.cli.main import app
from deploy.local.issuer import Account, DevelopmentKeys, IssuerSettings, write_accounts
from deploy.local.issuer import create_app as issuer_app
from deploy.local.stack import Addresses
from services.awards.app import create_app as awards_app
from services.awards.settings import Settings as AwardsSettings
from services.scoring.app import create_app as scoring_app
from services.scoring.settings import Settings as ScoringSettings
from services.submission.app import create_app as submission_app
from services.submission.settings import Settings as SubmissionSettings
from services.verification.app import create_app as verification_app
from services.verification.settings import Settings as VerificationSettings
from shared.settings import ServiceSettings
from tests.apps import ISSUER, Issuer, settings_for

PASSWORD = "a-password-of-the-tests"
DEADLINE_SECONDS = 30.0
SEALING_KEY = "a-sealing-key-of-the-tests-0123456789"
PEOPLE = {
    "admin": (("pemda_admin",), ("kalsel", "brida")),
    "operator": (("skpd_operator",), ("kalsel", "hss", "hss-dinkes")),
    "head": (("skpd_head",), ("kalsel", "hss", "hss-dinkes")),
    "neighbour": (("skpd_operator",), ("kalsel", "hst", "hst-dinkes")),
    "verifier": (("verifier",), ()),
    "colleague": (("verifier",), ()),
    "controller": (("quality_controller",), ()),
    "chair": (("committee",), ("kalsel", "setda")),
    "deputy": (("committee",), ("kalsel", "brida")),
    "judge": (("judge",), ()),
    "juror": (("judge",), ()),
    "reserve": (("judge",), ()),
    "leader": (("leader",), ("kalsel",)),
    "treasurer": (("treasurer",), ("kalsel", "bpkad")),
    "auditor": (("auditor",), ("kalsel", "inspektorat")),
}
Settings = tuple[type[ServiceSettings], dict[str, Any]]
SERVICES: dict[str, tuple[Callable[..., FastAPI], Settings]] = {
    "submission": (submission_app, (SubmissionSettings, {})),
    "verification": (verification_app, (VerificationSettings, {})),
    "scoring": (scoring_app, (ScoringSettings, {"sealing_key": SEALING_KEY})),
    "awards": (awards_app, (AwardsSettings, {})),
}


@dataclass
class Clock:
    """The real time, and what a test adds to it."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        """Standard output as one JSON document; raises ValueError when it is not."""
        return json.loads(self.out)

    def fine(self) -> "Ran":
        assert self.code == 0, (self.code, self.out, self.err)
        return self


def inda(line: str, *, context: Path, text: str | None = None) -> Ran:
    arguments = ["--context", str(context), "--patience", "0", *shlex.split(line)]
    result = CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)
    return Ran(result.exit_code, result.stdout, result.stderr)


@dataclass(frozen=True)
class Stack:
    """Running services and their issuer. `clock` moves them all."""

    folder: Path
    clock: Clock

    def __call__(self, line: str, *, text: str | None = None) -> Ran:
        return inda(line, context=self.folder / "context.json", text=text)

    def answer(self, line: str) -> Any:
        """What a command that succeeds answers as JSON."""
        return self(f"{line} --json").fine().answer

    def log_in(self, *users: str) -> None:
        for user in users:
            self(f"login {user} --password-stdin", text=f"{PASSWORD}\n").fine()

    def file(self, name: str, content: object) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    def eventually(self, line: str, holds: Callable[[Any], bool]) -> Any:
        """The answer of a reading command, once it holds."""
        end = monotonic() + DEADLINE_SECONDS
        while True:
            ran = self(f"{line} --json")
            if ran.code == 0 and holds(ran.answer):
                return ran.answer
            if monotonic() > end:
                raise TimeoutError(f"{line}: {ran.out} {ran.err}")
            sleep(0.05)


@contextmanager
def stack(
    folder: Path, at: Addresses, services: Iterable[str], **settings: object
) -> Generator[Stack]:
    """These services, and people who can log in; `settings` are for submission."""
    clock = Clock()
    keys = DevelopmentKeys(folder / "issuer", issuer=ISSUER, now=clock)
    write_accounts(folder / "issuer", [_account(name) for name in PEOPLE])
    issuing = IssuerSettings(issuer_folder=folder / "issuer", issuer=ISSUER)
    with ExitStack() as open_:
        issuer = open_.enter_context(serving(lambda: issuer_app(issuing, clock)))
        known = Issuer(keys, f"{issuer}/jwks.json")
        urls = {
            name: open_.enter_context(
                serving(_made(name, at, known, clock, settings if name == "submission" else {}))
            )
            for name in services
        }
        write_context(folder, at, urls, issuer)
        yield Stack(folder, clock)


def write_context(folder: Path, at: Addresses, urls: dict[str, str], issuer: str) -> Path:
    seed = folder / "admin.nk"
    seed.write_text(at.nats_seeds["admin"])
    nats = {"urls": at.nats_url.split(","), "replicas": 1, "seeds": {"admin": str(seed)}}
    file = folder / "context.json"
    file.write_text(json.dumps({"services": urls, "issuer": issuer, "nats": nats}))
    return file


@contextmanager
def serving(create: Callable[[], FastAPI]) -> Generator[str]:
    """The application on a free port; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create, factory=True, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        _wait_until(lambda: server.started or not thread.is_alive())
        assert server.started, "the application did not start"
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def free_address() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def _made(
    name: str, at: Addresses, issuer: Issuer, clock: Clock, settings: dict[str, object]
) -> Callable[[], FastAPI]:
    create, (kind, more) = SERVICES[name]

    def made() -> FastAPI:
        return create(settings_for(kind, name, at, issuer, **more, **settings), now=clock)

    return made


def _account(name: str) -> Account:
    roles, path = PEOPLE[name]
    return Account(
        username=name,
        password=PASSWORD,
        sub=f"person-{name}",
        name=name.title(),
        roles=roles,
        agency=path[-1] if path else None,
        agency_path=path,
    )


def _wait_until(true: Callable[[], bool]) -> None:
    end = monotonic() + 30
    while not true():
        if monotonic() > end:
            raise TimeoutError
        sleep(0.01)
