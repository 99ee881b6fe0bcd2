"""Where `inda` finds its stack."""

import json
from pathlib import Path

import pytest

from deploy.cli.context import Context, read_context
from deploy.cli.failures import Misuse

WRITTEN = {
    "services": {"submission": "http://127.0.0.1:8001"},
    "issuer": "http://127.0.0.1:8009",
    "nats": {"urls": ["nats://127.0.0.1:4222"], "replicas": 3, "seeds": {"admin": "admin.nk"}},
    "accounts": "accounts.json",
}


def written(file: Path) -> Path:
    file.write_text(json.dumps(WRITTEN))
    return file


def found(file: Path | None, environment: dict[str, str]) -> Context | str:
    try:
        return read_context(file, environment)
    except Misuse as misuse:
        return misuse.code


def test_the_option_counts_more_than_the_environment(tmp_path: Path) -> None:
    told = written(tmp_path / "told.json")
    context = read_context(told, {"INDA_CONTEXT": str(tmp_path / "other.json")})
    assert (context.file, context.folder) == (told, tmp_path)
    assert context.services == WRITTEN["services"]
    assert context.nats is not None
    assert (context.nats.replicas, context.nats.seeds) == (
        3,
        {"admin": tmp_path / "admin.nk"},
    )
    assert context.accounts == tmp_path / "accounts.json"


def test_the_environment_counts_more_than_the_usual_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".inda").mkdir()
    usual = written(tmp_path / ".inda" / "context.json")
    other = written(tmp_path / "other.json")
    assert read_context(None, {}).file == usual
    assert read_context(None, {"INDA_CONTEXT": str(other)}).file == other


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"services": 1}', "\x00"])
def test_a_broken_context_is_told_and_not_a_traceback(tmp_path: Path, content: str) -> None:
    file = tmp_path / "context.json"
    file.write_text(content)
    assert found(file, {}) == "context_broken"


def test_a_missing_context_is_told(tmp_path: Path) -> None:
    assert found(tmp_path / "nothing.json", {}) == "context_missing"
