"""`inda receipt verify` needs a file and the public keys, and nobody to ask."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from joserfc.jwk import OKPKey
from typer.testing import CliRunner

from deploy.cli.main import app
from services.submission.api.receipts import Place, Receipts
from shared.seals import Seal
from tests.builders.innovation import completed, submitted
from tests.builders.submission import item, recorded

SEAL = Seal(OKPKey.generate_key("Ed25519").as_pem(private=True))
RECEIPTS = Receipts("inda", SEAL)
RECEIPT = RECEIPTS.submitted(submitted(), Place("event-9", 9, 109)).model_dump_json()
COMPLETION = RECEIPTS.completed(
    recorded(submitted(manifest=(item(), item(evidence_id="ev-2"))), 8),
    recorded(completed(missing=("ev-2",)), 9),
    {"ev-2": "encrypted"},
).model_dump_json()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return jwks(tmp_path / "keys.json", SEAL)


def jwks(file: Path, seal: Seal) -> Path:
    file.write_text(json.dumps({"keys": seal.published()}))
    return file


def verify(*words: object, text: str | None = None) -> Result:
    context = ["--context", "/nowhere/context.json"]
    return CliRunner().invoke(app, [*context, "receipt", "verify", *map(str, words)], input=text)


def test_a_genuine_receipt_is_shown_with_what_it_says(tmp_path: Path, keys: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(RECEIPT)
    ran = verify(file, "--keys", keys)
    assert ran.exit_code == 0, ran.output
    assert "SIP PUTIH" in ran.stdout
    assert "urutan 109" in ran.stdout
    assert ran.stderr == "The signature holds: this is exactly what was accepted.\n"
    told = verify(file, "--keys", keys, "--json")
    assert json.loads(told.stdout)["manifest"] == json.loads(RECEIPT)["manifest"]
    assert verify("-", "--keys", keys, text=RECEIPT).exit_code == 0
    assert (
        verify("-", "--keys", keys, text=json.dumps(json.loads(RECEIPT), indent=2)).exit_code == 0
    )


def test_a_completion_is_verified_as_well_and_names_what_is_missing(keys: Path) -> None:
    ran = verify("-", "--keys", keys, text=COMPLETION)
    assert (ran.exit_code, "encrypted" in ran.stdout) == (0, True), ran.output


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (RECEIPT.replace("SIP PUTIH", "SIP HITAM"), "Its text differs from what was signed."),
        (RECEIPT.replace('"taken_in":true', '"taken_in":false'), "Its text differs"),
        ("{}", "It carries no signature."),
        ("nonsense", "It is not a document as it was given."),
    ],
)
def test_a_forged_receipt_ends_with_1(keys: Path, text: str, sentence: str) -> None:
    ran = verify("-", "--keys", keys, text=text)
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"This receipt proves nothing. {sentence}")
    assert ran.stderr.endswith("[receipt_broken]\n")


def test_with_the_wrong_keys_it_ends_with_1(tmp_path: Path) -> None:
    other = Seal(OKPKey.generate_key("Ed25519").as_pem(private=True))
    ran = verify("-", "--keys", jwks(tmp_path / "other.json", other), text=RECEIPT)
    assert (ran.exit_code, "was not made with one of these keys" in ran.stderr) == (1, True)


def test_files_that_cannot_be_used_end_with_2(tmp_path: Path, keys: Path) -> None:
    missing = verify(tmp_path / "none.json", "--keys", keys)
    assert (missing.exit_code, "[file_unreadable]" in missing.stderr) == (2, True)
    (tmp_path / "broken.json").write_text("[]")
    broken = verify("-", "--keys", tmp_path / "broken.json", text=RECEIPT)
    assert (broken.exit_code, "[keys_unreadable]" in broken.stderr) == (2, True)


def test_without_keys_the_stack_is_asked(tmp_path: Path) -> None:
    ran = verify("-", text=RECEIPT)
    assert (ran.exit_code, "[context_missing]" in ran.stderr) == (2, True)
