"""The real applications in this process, on the real servers, with people who hold real tokens."""

import json
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI
from joserfc.jwk import OKPKey

from deploy.local.issuer import DevelopmentKeys
from deploy.local.stack import Addresses
from shared.settings import ServiceSettings

SettingsT = TypeVar("SettingsT", bound=ServiceSettings)
ISSUER = "http://issuer.test"
RECEIPT_KEY = OKPKey.generate_key("Ed25519").as_pem(private=True).decode()
WEBHOOK_KEY = "a key of webhooks that only tests have"
_numbers = count(1)


@dataclass(frozen=True)
class Issuer:
    """Makes tokens for anybody; its keys are published on loopback."""

    keys: DevelopmentKeys
    jwks_url: str

    def headers(
        self, person: str, *roles: str, agency: str | None = None, path: tuple[str, ...] = ()
    ) -> dict[str, str]:
        """Bearer headers; `path` ends with `agency`, which is the whole path if none is given."""
        whole = path or ((agency,) if agency else ())
        token = self.keys.token(sub=person, roles=roles, agency=agency, agency_path=whole)
        return {"Authorization": f"Bearer {token}"}


@contextmanager
def issuing(folder: Path) -> Generator[Issuer]:
    keys = DevelopmentKeys(folder, issuer=ISSUER)

    class Jwks(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(keys.jwks()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Jwks)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Issuer(keys, f"http://127.0.0.1:{server.server_port}/jwks.json")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def settings_for(
    kind: type[SettingsT], service: str, at: Addresses, issuer: Issuer, **more: Any
) -> SettingsT:
    """The settings of one service on these servers."""
    key = at.s3_keys.get(service)
    values: dict[str, Any] = {
        "service": service,
        "nats_urls": tuple(at.nats_url.split(",")),
        "nats_seed": at.nats_seeds[service],
        "mongo_url": at.mongo_urls[service],
        "mongo_database": service,
        "s3_endpoint": at.s3_endpoint,
        "s3_access_key": key.access if key else "none",
        "s3_secret_key": key.secret if key else "none-at-all-here",
        "jwks_url": issuer.jwks_url,
        "issuer": ISSUER,
        "evidence_retention_days": 1,
        "receipt_key": RECEIPT_KEY,
        "webhook_key": WEBHOOK_KEY,
        **more,
    }
    return kind(**values)


@asynccontextmanager
async def serving(
    create_app: Callable[[SettingsT], FastAPI], settings: SettingsT
) -> AsyncGenerator[httpx.AsyncClient]:
    """The application with its lifespan, and a client that speaks to it without a socket."""
    app = create_app(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url=f"http://{settings.service}"
        ) as client,
    ):
        yield client


def key() -> dict[str, str]:
    """A fresh Idempotency-Key."""
    return {"Idempotency-Key": f"test-key-{next(_numbers):08d}"}
