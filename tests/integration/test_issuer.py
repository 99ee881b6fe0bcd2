"""The development issuer as a process and as an app: tokens that the services accept."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from deploy.local.issuer import (
    Account,
    DevelopmentKeys,
    IssuerSettings,
    create_app,
    write_accounts,
)
from shared.identity import Caller, PublishedKeys, Role, Verifier

RINA = Account(
    username="rina",
    password="rina-secret",
    sub="p-rina",
    name="Rina",
    roles=("skpd_operator", "companion"),
    agency="dinkes",
    agency_path=("setda", "dinkes"),
)
RIGHT = {"username": "rina", "password": "rina-secret"}
WRONG = {"username": "rina", "password": "wrong"}


@dataclass
class Clock:
    moment: datetime = datetime(2026, 7, 1, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Issuer:
    client: httpx.AsyncClient
    clock: Clock
    folder: Path


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _settings(folder: Path, **changed: str) -> IssuerSettings:
    return IssuerSettings.model_validate({"issuer_folder": folder, **changed})


@pytest.fixture
async def issuer(tmp_path: Path) -> AsyncIterator[Issuer]:
    write_accounts(tmp_path, [RINA])
    clock = Clock()
    transport = httpx.ASGITransport(create_app(_settings(tmp_path), clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8009") as client:
        yield Issuer(client, clock, tmp_path)


@pytest.fixture
def issuer_process(tmp_path: Path) -> Iterator[str]:
    """The base address of an issuer that runs as `make run` runs it."""
    write_accounts(tmp_path, [RINA])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "uvicorn", "deploy.local.issuer:create_app", "--factory"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"],
        env={**os.environ, "INDA_ISSUER": base, "INDA_ISSUER_FOLDER": str(tmp_path)},
    )
    _wait_until_live(f"{base}/health/live", process)
    yield base
    process.send_signal(signal.SIGTERM)
    process.wait(10)


def _wait_until_live(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(url, timeout=1).raise_for_status()
        except httpx.HTTPError:
            continue
        return
    raise AssertionError("The issuer did not start.")


async def test_a_token_of_the_running_issuer_opens_the_services(issuer_process: str):
    async with httpx.AsyncClient() as client:
        configuration = (
            await client.get(f"{issuer_process}/.well-known/openid-configuration")
        ).json()
        answer = await client.post(configuration["token_endpoint"], data=RIGHT)
        verifier = Verifier(
            PublishedKeys(configuration["jwks_uri"], client, _utc_now),
            issuer=configuration["issuer"],
            audience="inda",
            now=_utc_now,
        )
        caller = await verifier.verify(answer.json()["access_token"])
    assert caller == Caller(
        "p-rina",
        frozenset({Role.SKPD_OPERATOR, Role.COMPANION}),
        "dinkes",
        ("setda", "dinkes"),
    )


async def test_the_token_answer_says_how_long_it_lasts(issuer: Issuer):
    answer = await issuer.client.post("/token", data=RIGHT)
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", 8 * 3600)


async def test_the_private_key_is_not_published(issuer: Issuer):
    (key,) = (await issuer.client.get("/jwks.json")).json()["keys"]
    assert set(key) == {"kty", "crv", "x", "kid", "use", "alg"}


@pytest.mark.parametrize("form", [WRONG, {"username": "nobody", "password": "x"}])
async def test_a_wrong_name_or_password_is_refused_alike(issuer: Issuer, form: dict[str, str]):
    answer = await issuer.client.post("/token", data=form)
    assert (answer.status_code, answer.json()) == (
        401,
        {"detail": "The username or the password is wrong."},
    )


async def test_a_form_without_a_password_is_a_bad_request(issuer: Issuer):
    assert (await issuer.client.post("/token", data={"username": "rina"})).status_code == 400


async def test_a_form_that_is_too_large_is_refused(issuer: Issuer):
    answer = await issuer.client.post("/token", data={**RIGHT, "more": "x" * 5000})
    assert answer.status_code == 413


async def test_five_wrong_passwords_rest_the_name_for_half_a_minute(issuer: Issuer):
    wrong = [(await issuer.client.post("/token", data=WRONG)).status_code for _ in range(6)]
    resting = (await issuer.client.post("/token", data=RIGHT)).status_code
    issuer.clock.moment += timedelta(seconds=31)
    rested = (await issuer.client.post("/token", data=RIGHT)).status_code
    assert (wrong, resting, rested) == ([401] * 5 + [429], 429, 200)


async def test_replaced_accounts_count_at_once(issuer: Issuer):
    write_accounts(issuer.folder, [RINA.model_copy(update={"password": "a-new-secret"})])
    old = (await issuer.client.post("/token", data=RIGHT)).status_code
    new = (
        await issuer.client.post("/token", data={"username": "rina", "password": "a-new-secret"})
    ).status_code
    assert (old, new) == (401, 200)


def test_the_key_is_kept_and_only_its_owner_reads_it(tmp_path: Path):
    first, second = DevelopmentKeys(tmp_path), DevelopmentKeys(tmp_path)
    (key_file,) = tmp_path.iterdir()
    assert first.jwks() == second.jwks()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_the_issuer_refuses_production(tmp_path: Path):
    with pytest.raises(SystemExit, match="does not run in production"):
        create_app(_settings(tmp_path, environment="production"))


def test_the_issuer_names_what_it_misses(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("INDA_ISSUER_FOLDER", raising=False)
    with pytest.raises(SystemExit, match="INDA_ISSUER_FOLDER"):
        create_app()
