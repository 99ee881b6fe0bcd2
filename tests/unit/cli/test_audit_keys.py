"""`inda audit key` needs nobody to ask; its secret is on no screen that did not ask for it."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from deploy.cli.main import app
from shared.transparency import SigningKey, Verifier


def key(*words: object) -> Result:
    context = ["--context", "/nowhere/context.json"]
    return CliRunner().invoke(app, [*context, "audit", "key", *map(str, words)])


def test_a_key_is_made_for_its_owner_only_and_the_public_one_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "log-key"
    ran = key("make", "--origin", "inda.kalselprov.go.id/log", "--out", file)
    assert ran.exit_code == 0, ran.output
    made = SigningKey.from_text(file.read_text())
    assert Verifier.from_text(ran.stdout.strip()) == made.verifier
    assert made.name == "inda.kalselprov.go.id/log"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made.text not in ran.output


def test_a_key_is_never_written_over_another(tmp_path: Path) -> None:
    file = tmp_path / "log-key"
    assert key("make", "--out", file).exit_code == 0
    before = file.read_text()
    ran = key("make", "--out", file)
    assert (ran.exit_code, file.read_text()) == (2, before)
    assert "is there already" in ran.stderr


def test_the_public_key_is_shown_again_and_the_secret_only_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "log-key"
    key("make", "--out", file)
    made = SigningKey.from_text(file.read_text())
    shown = key("show", file, "--json")
    assert json.loads(shown.stdout) == {
        "origin": "inda.local/log",
        "vkey": made.verifier.text,
        "file": str(file),
    }
    assert key("show", file, "--secret").stdout.split() == [made.verifier.text, made.text]


@pytest.mark.parametrize("text", ["", "no key", "PRIVATE+KEY+a+00000000+AQ=="])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "log-key"
    file.write_text(text)
    ran = key("show", file)
    assert (ran.exit_code, ran.stdout) == (1, "")


def test_a_name_that_no_key_may_have_is_refused(tmp_path: Path) -> None:
    ran = key("make", "--origin", "with a space", "--out", tmp_path / "log-key")
    assert (ran.exit_code, list(tmp_path.iterdir())) == (2, [])
