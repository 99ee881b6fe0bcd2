"""`inda audit replay --folder` and `verify` need nothing but files, and name what is wrong."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from deploy.cli.main import app
from services.audit.archive import lines_of
from shared.transparency import FolderShelf, SigningKey, TlogProof, Tree, Verifier, proof_of
from shared.transparency.notes import COSIGNATURE, signature_line
from tests.unit.audit.archived import KEY, ORIGIN, archived
from tests.unit.audit.past import Past

MOMENT = 1_790_000_000


@pytest.fixture(scope="session")
def whole(past: Past, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    archived(folder, past.messages, (30,))
    (folder / "key").write_text(f"{KEY.verifier.text}\n")
    (folder / "other").write_text(f"{SigningKey.made(ORIGIN).verifier.text}\n")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def inda(*words: object) -> Result:
    """No context is there: what needs one fails."""
    return CliRunner().invoke(app, ["--context", "/nowhere", *map(str, words)])


def answer(*words: object) -> tuple[int, dict[str, Any]]:
    ran = inda("--json", "audit", *words)
    return ran.exit_code, json.loads(ran.stdout)


def test_a_folder_is_replayed_without_a_server_or_a_context(whole: Path, past: Past):
    ran = inda("audit", "replay", "--folder", whole)
    told = f"replay identical: {len(past.messages)} events, 19 aggregates"
    assert (ran.exit_code, ran.stdout.strip()) == (0, told), ran.stderr
    assert "WARNING: the key was taken from log/vkey beside the log itself" in ran.stderr
    assert ("Digests of projections" in ran.stderr, "awards/funds" in ran.stderr) == (True, True)
    trusted = inda("audit", "replay", "--folder", whole, "--vkey", whole / "key")
    assert (trusted.exit_code, "WARNING" in trusted.stderr) == (0, False)
    code, report = answer("replay", "--folder", whole, "--until", "40")
    assert (code, report["last_sequence"], report["compared"]) == (0, 40, None)
    code, report = answer("replay", "--folder", whole, "--digests")
    assert len(report["digests"]) == report["documents"]
    assert sum(each["documents"] for each in report["projections"]) == report["documents"]
    assert sum(each["documents"] for each in report["kinds"]) == report["documents"]


def test_a_folder_explains_where_money_comes_from(whole: Path):
    ran = inda("audit", "replay", "--folder", whole, "--explain", "fund/apbd-2026")
    assert (ran.exit_code, "FundRegistered oleh treasurer-1" in ran.stdout) == (0, True)
    code, report = answer("replay", "--folder", whole, "--explain", "fund/apbd-2026")
    assert (code, report["explained"]["thing"]) == (0, "fund/apbd-2026")
    code, problem = answer("replay", "--folder", whole, "--explain", "fund/nobody")
    assert (code, problem["code"]) == (1, "thing_unknown")


def test_what_is_wrong_with_a_folder_is_named_and_is_no_success(folder: Path):
    code, problem = answer("replay", "--folder", folder, "--vkey", folder / "other")
    assert (code, problem["code"]) == (1, "signed_by_another_key")
    code, problem = answer("replay", "--folder", folder / "log")
    assert (code, problem["code"]) == (2, "archive_missing")
    code, problem = answer("replay", "--folder", folder / "nothing")
    assert (code, problem["code"]) == (2, "folder_missing")
    segment = sorted((folder / "archive/segments").iterdir())[0]
    segment.write_bytes(segment.read_bytes()[:-1])
    code, problem = answer("replay", "--folder", folder)
    assert (code, problem["code"]) == (1, "segment_cut")
    segment.unlink()
    code, problem = answer("replay", "--folder", folder)
    assert (code, problem["code"]) == (1, "segment_missing")


def test_an_archive_without_a_log_is_replayed_and_said_to_be_unproved(folder: Path):
    shutil.rmtree(folder / "log")
    ran = inda("audit", "replay", "--folder", folder)
    assert ran.exit_code == 0
    assert "nothing vouches for this archive but its own names" in ran.stderr
    code, problem = answer("replay", "--folder", folder, "--vkey", folder / "key")
    assert (code, problem["code"]) == (1, "log_missing")


@pytest.fixture
def proof(folder: Path, past: Past) -> Path:
    """Of fact 50, with a witness under the note, and the fact beside it."""
    shelf = FolderShelf(folder)
    note = (folder / "log/checkpoint").read_text()
    made = proof_of(49, Tree(shelf, len(past.messages)), note)
    witness = Ed25519PrivateKey.generate()
    seen = Verifier("witness.test", witness.public_key().public_bytes_raw(), COSIGNATURE)
    body = note.partition("\n\n")[0] + "\n"
    said = f"cosignature/v1\ntime {MOMENT}\n{body}".encode()
    line = signature_line(seen, MOMENT.to_bytes(8, "big") + witness.sign(said))
    (folder / "witness").write_text(seen.text)
    cosigned = TlogProof(made.index, made.hashes, note + line, made.extra)
    (folder / "50.tlog-proof").write_text(cosigned.text)
    (folder / "line").write_bytes(lines_of(past.messages[49:50]))
    (folder / "all").write_bytes(lines_of(past.messages))
    return folder / "50.tlog-proof"


def verify(proof: Path, *words: object, key: str = "key") -> tuple[int, dict[str, Any]]:
    return answer("verify", proof, "--vkey", proof.parent / key, *words)


def test_a_proof_is_verified_offline(proof: Path, past: Past):
    folder = proof.parent
    code, found = verify(proof)
    assert (code, found["sequence"], found["size"]) == (0, 50, len(past.messages))
    assert (found["compared"], json.loads(found["leaf"])["sequence"]) == (False, 50)
    for name in ("line", "all"):
        code, found = verify(proof, "--event", folder / name)
        assert (code, found["compared"]) == (0, True)
    code, found = verify(proof, "--witness", (folder / "witness").read_text())
    assert (code, list(found["cosigned"])) == (0, ["witness.test"])
    ran = inda("audit", "verify", proof, "--vkey", folder / "key")
    assert "NOTE: the entry was taken from the proof itself" in ran.stderr
    assert ran.stdout.strip().endswith("verified: fact 50")


def test_a_proof_of_something_else_is_refused(proof: Path, past: Past):
    folder = proof.parent
    (folder / "line").write_bytes((folder / "line").read_bytes().replace(b"inov", b"inow"))
    code, problem = verify(proof, "--event", folder / "line")
    assert (code, problem["code"]) == (1, "proof_broken")
    (folder / "line").write_bytes(lines_of(past.messages[48:49]))
    code, problem = verify(proof, "--event", folder / "line")
    assert (code, problem["code"]) == (1, "event_missing")
    code, problem = verify(proof, key="other")
    assert (code, problem["code"]) == (1, "signed_by_another_key")
    stranger = Verifier("stranger.test", b"\x01" * 32, COSIGNATURE)
    code, problem = verify(proof, "--witness", stranger.text)
    assert (code, problem["code"]) == (1, "witness_missing")
    code, problem = answer("verify", proof)
    assert (code, problem["code"]) == (2, "vkey_needed")
    proof.write_text(proof.read_text().replace("index 49", "index 48"))
    code, problem = verify(proof)
    assert (code, problem["code"]) == (1, "proof_broken")
