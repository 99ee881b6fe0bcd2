"""The story of a season in a real stream, served by the four real services over real sockets."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from pymongo import MongoClient

from deploy.cli.drawer import Drawer, keep_current_user
from deploy.local.stack import Addresses
from services.audit.app import create_app as audit_app
from services.audit.domain import VIEWS
from services.audit.settings import Settings as AuditSettings
from services.awards.app import create_app as awards_app
from services.awards.settings import Settings as AwardsSettings
from services.scoring.app import create_app as scoring_app
from services.scoring.settings import Settings as ScoringSettings
from services.submission.app import create_app as submission_app
from services.submission.settings import Settings as SubmissionSettings
from services.verification.app import create_app as verification_app
from services.verification.settings import Settings as VerificationSettings
from shared.history import Connection, HistoryLog, connect
from shared.history.envelope import Message, Trace, recorded
from shared.history.log import Tail
from tests.apps import Issuer, settings_for

SEALING_KEY = "sealing-key-of-the-audit-tests-0123456789"


@asynccontextmanager
async def connected(at: Addresses, user: str) -> AsyncGenerator[Connection]:
    connection = await connect(tuple(at.nats_url.split(",")), user, at.nats_seeds[user])
    try:
        yield connection
    finally:
        await connection.close()


async def append(at: Addresses, messages: Sequence[Message]) -> None:
    """Says every fact as the service that may say it, by the one append path."""
    tails: dict[str, Tail] = {}
    async with AsyncExitStack() as open_:
        logs = {
            service: HistoryLog(await open_.enter_async_context(connected(at, service)))
            for service in VIEWS
        }
        for (subject, _), group in groupby(messages, _command):
            events = [recorded(message) for message in group]
            first = events[0]
            trace = Trace(
                first.command_id,
                first.command_digest,
                first.correlation_id,
                first.causation_id,
                None,
            )
            stored = await logs[subject.split(".")[2]].append(
                subject, [each.fact for each in events], tails.get(subject, Tail(0, 0)), trace
            )
            tails[subject] = Tail(stored[-1].sequence, stored[-1].version)


def _command(message: Message) -> tuple[str, str]:
    return message.subject, message.headers["ce-commandid"]


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncGenerator[str]:
    """Serves the application on a free port of loopback; yields its address."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server.serve([listener]))
        async with asyncio.timeout(60):
            while not server.started:
                assert not serving.done(), "the application did not start"
                await asyncio.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def all_services(at: Addresses, issuer: Issuer) -> AsyncGenerator[Mapping[str, str]]:
    """The four services and audit; their addresses by name."""
    async with AsyncExitStack() as open_:
        urls: dict[str, str] = {}
        sealing = {"sealing_key": SEALING_KEY}
        for create, kind, name, more in (
            (submission_app, SubmissionSettings, "submission", {}),
            (verification_app, VerificationSettings, "verification", {}),
            (scoring_app, ScoringSettings, "scoring", sealing),
            (awards_app, AwardsSettings, "awards", {}),
        ):
            make: Any = create
            app = make(settings_for(kind, name, at, issuer, **more))
            urls[name] = await open_.enter_async_context(listening(app))
        settings = settings_for(AuditSettings, "audit", at, issuer, service_urls=dict(urls))
        urls["audit"] = await open_.enter_async_context(listening(audit_app(settings)))
        yield urls


@dataclass(frozen=True)
class World:
    """Everything that an auditor meets; `context` is the file of the command line."""

    addresses: Addresses
    urls: Mapping[str, str]
    headers: Mapping[str, str]
    context: Path

    async def inda(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of the command line."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-c", "from deploy.cli.main import main; main()", "--context", str(self.context)),
            *words,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={"COLUMNS": "250", "PATH": "/usr/bin:/bin", "NO_COLOR": "1"},
        )
        out, error = await process.communicate()
        return process.returncode or 0, out.decode(), error.decode()

    def change(self, service: str, view: str, key: str, values: Mapping[str, object]) -> None:
        """Changes a read model behind the service's back."""
        projection = next(each for each in VIEWS[service] if each.name == view)
        with MongoClient[dict[str, Any]](self.addresses.mongo_urls[service]) as client:
            documents = client.get_default_database()[projection.collection]
            done = documents.update_one({"_id": key}, {"$set": dict(values)})
            assert done.modified_count == 1

    def remove(self, service: str, view: str, key: str) -> None:
        projection = next(each for each in VIEWS[service] if each.name == view)
        with MongoClient[dict[str, Any]](self.addresses.mongo_urls[service]) as client:
            documents = client.get_default_database()[projection.collection]
            assert documents.delete_one({"_id": key}).deleted_count == 1

    def auditor(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.urls["audit"], headers=dict(self.headers))


def write_context(folder: Path, at: Addresses, urls: Mapping[str, str], token: str) -> Path:
    """What `make run` leaves behind, and the login of an auditor."""
    seed = folder / "auditor.nk"
    seed.write_text(at.nats_seeds["auditor"])
    context = {
        "services": dict(urls),
        "issuer": "http://issuer.test",
        "nats": {"urls": at.nats_url.split(","), "seeds": {"auditor": str(seed)}},
    }
    file = folder / "context.json"
    file.write_text(json.dumps(context))
    ends = datetime.now(UTC) + timedelta(hours=1)
    drawer = Drawer(folder / "tokens", "auditor")
    drawer.keep_token({"access_token": token, "expires_at": ends.isoformat()})
    keep_current_user(folder / "tokens", "auditor")
    return file
