"""The real service on its servers, seen by programs of others: verifier, witness, time stamps."""

from collections.abc import AsyncGenerator, Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.cli.drawer import Drawer
from deploy.local.stack import Addresses
from services.audit.app import create_app
from services.audit.settings import Settings
from shared.transparency import SigningKey, leaf_of
from tests.apps import Issuer, settings_for
from tests.component.audit.logged import Bucket, bucket, message, say
from tests.component.cli.world import Ran, inda, serving, write_context
from tests.outside.authority import Authority, Stamping, authority, stamping
from tests.outside.environment import Environment, Told
from tests.outside.witness import OutsideWitness, outside_witness
from tests.waiting import found_in_time

pytestmark = pytest.mark.timeout(300)
ORIGIN = "inda.test/live"
FACTS, MORE = 600, 900


@pytest.fixture
def key() -> SigningKey:
    return SigningKey.made(ORIGIN)


@pytest.fixture
async def witness(
    outsiders: Environment, tmp_path: Path, key: SigningKey
) -> AsyncGenerator[OutsideWitness]:
    with outside_witness(outsiders, tmp_path, ORIGIN, key.verifier.text) as found:
        await found.start()
        yield found


@pytest.fixture
def trusted() -> Authority:
    return authority()


@pytest.fixture
async def stamps(trusted: Authority) -> AsyncGenerator[Stamping]:
    async with stamping(lambda query: trusted.answer(query, datetime.now(UTC))) as found:
        yield found


@pytest.fixture
def own(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


@pytest.fixture
def audit(
    fresh_servers: Addresses,
    issuer: Issuer,
    tmp_path: Path,
    key: SigningKey,
    own: Bucket,
    witness: OutsideWitness,
    trusted: Authority,
    stamps: Stamping,
) -> Generator[str]:
    """Its address. Told of its outsiders as the environment would."""
    roots = tmp_path / "roots.pem"
    roots.write_bytes(trusted.roots_pem)
    storage = fresh_servers.s3_keys["admin"]
    settings = settings_for(
        Settings,
        "audit",
        fresh_servers,
        issuer,
        s3_access_key=storage.access,
        s3_secret_key=storage.secret,
        log_bucket=own.name,
        log_origin=ORIGIN,
        log_key=key.text,
        log_interval_seconds=0.2,
        log_retention_days=1,
        log_witnesses=f"{witness.vkey} {witness.witness.prefix}",
        log_witness_quorum=1,
        log_timestamp_url=stamps.url,
        log_timestamp_certificates_file=roots,
    )
    with serving(lambda: create_app(settings)) as address:
        yield address


async def status(audit: str, issuer: Issuer, size: int) -> dict[str, Any]:
    """Once the witness has cosigned so many facts, and a stamp is kept."""
    headers = issuer.headers("inspector", "auditor")

    async def look() -> dict[str, Any] | None:
        answer = await client.get("/log/status")
        assert answer.status_code == 200, answer.text
        outside = answer.json()["outside"]
        told = outside["witnesses"]
        is_there = (told["size"], told["cosigned"]) == (size, 1)
        return outside if is_there and outside["timestamps"]["size"] else None

    async with httpx.AsyncClient(base_url=audit, headers=headers) as client:
        return await found_in_time(look)


async def test_what_is_served_is_verified_by_programs_of_others(
    audit: str,
    outsiders: Environment,
    fresh_servers: Addresses,
    issuer: Issuer,
    key: SigningKey,
    witness: OutsideWitness,
    trusted: Authority,
    tmp_path: Path,
):
    def ask(command: str, *more: str) -> Told:
        tiles = ("--tiles", f"{audit}/log", "--origin", ORIGIN, "--log-key", key.verifier.text)
        return outsiders.tlog(command, *tiles, *more)

    await say(fresh_servers, FACTS)
    outside = await status(audit, issuer, FACTS)
    assert outside["witnesses"]["quorum"] == 1
    cosigned = ("--witness-key", witness.vkey, "--quorum", "1")
    saved = tmp_path / "saved"
    head = ask("verify-checkpoint", *cosigned, "--save-checkpoint", str(saved))
    assert (head.is_accepted, head.report["size"]) == (True, FACTS)

    await say(fresh_servers, MORE)
    await status(audit, issuer, MORE)
    assert ask("verify-consistency", *cosigned, "--old-checkpoint", str(saved)).is_accepted
    for index in (0, 255, 256, FACTS, MORE - 1):
        leaf = tmp_path / f"leaf-{index}"
        leaf.write_bytes(leaf_of(message(index + 1)))
        assert ask("verify-inclusion", "--index", str(index), "--leaf", str(leaf)).is_accepted
    assert not ask("verify-inclusion", "--index", "1", "--leaf", str(leaf)).is_accepted

    _stands_on_its_own(audit, outside["timestamps"]["size"], trusted, tmp_path)
    _who_cosigned(audit, fresh_servers, key, witness, tmp_path)
    _how_they_stand(issuer, witness, tmp_path)


def _stands_on_its_own(audit: str, size: int, trusted: Authority, folder: Path) -> None:
    """The stamp and the note it is over, taken along and verified without any server."""
    files = {
        "stamp.tsr": httpx.get(f"{audit}/log/timestamps/{size}").content,
        "note": httpx.get(f"{audit}/log/checkpoints/{size}").content,
        "authority.pem": trusted.roots_pem,
        "stranger.pem": authority().roots_pem,
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)

    def verified(roots: str) -> Ran:
        told = f"--note {folder / 'note'} --roots {folder / roots} --json"
        nowhere = folder / "nowhere.json"
        return inda(f"audit timestamp {folder / 'stamp.tsr'} {told}", context=nowhere)

    assert verified("authority.pem").fine().answer["authority"] == "CN=Waktu Uji"
    refused = verified("stranger.pem")
    assert (refused.code, refused.answer["code"]) == (1, "timestamp_certificate_untrusted")
    unknown = httpx.get(f"{audit}/log/timestamps/{10**9}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_stamped")


def _who_cosigned(
    audit: str, at: Addresses, key: SigningKey, witness: OutsideWitness, folder: Path
) -> None:
    context = write_context(folder, at, {"audit": audit}, "http://nobody.test")
    (folder / "vkey").write_text(key.verifier.text)
    asked = f"audit witnesses --vkey {folder / 'vkey'} --json --witness"
    found = inda(f"{asked} {witness.vkey}", context=context).fine().answer
    assert (found["origin"], found["size"]) == (ORIGIN, MORE)
    assert [each["name"] for each in found["items"]] == ["saksi.test/1"]
    stranger = SigningKey.made("saksi.test/2").verifier
    missing = inda(f"{asked} {_as_witness(stranger.name)}", context=context)
    assert (missing.code, missing.answer["code"]) == (1, "cosignature_missing")
    wrong = inda(f"{asked} {stranger.text}", context=context)
    assert (wrong.code, wrong.answer["code"]) == (2, "witness_key_needed")


def _how_they_stand(issuer: Issuer, witness: OutsideWitness, folder: Path) -> None:
    """As an auditor who is logged in reads it."""
    token = issuer.headers("inspector", "auditor")["Authorization"].removeprefix("Bearer ")
    ends = datetime.now(UTC) + timedelta(hours=1)
    drawer = Drawer(folder / "tokens", "inspector")
    drawer.keep_token({"access_token": token, "expires_at": ends.isoformat()})
    context = folder / "context.json"
    told = inda("--as inspector audit witnesses --json", context=context).fine().answer
    (item,) = told["witnesses"]["items"]
    assert (item["vkey"], item["size"], item["fault"]) == (witness.vkey, MORE, None)
    shown = inda("--as inspector audit witnesses", context=context).fine().out
    assert f"1 of 1 cosigned {MORE} entries; 1 are wanted" in shown
    assert "the last time stamp is over" in shown


def _as_witness(name: str) -> str:
    """A key of nobody who ever signed here."""
    verifier = SigningKey.made(name).verifier
    return type(verifier)(name, verifier.public_key, 0x04).text
