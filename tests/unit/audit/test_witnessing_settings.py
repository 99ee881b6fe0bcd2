"""How the service is told of those outside, and what it refuses to start with."""

from pathlib import Path

import pytest

from services.audit.settings import Settings
from services.audit.witnessing import Witness, roots_of
from shared.settings import SettingsError
from shared.transparency import SigningKey, Verifier
from shared.transparency.notes import COSIGNATURE
from tests.outside.authority import authority

COMPLETE = {
    "INDA_NATS_URLS": "nats://127.0.0.1:4222",
    "INDA_MONGO_URL": "mongodb://audit:a-long-secret-of-mongo@127.0.0.1:27017",
    "INDA_S3_ENDPOINT": "127.0.0.1:8333",
    "INDA_S3_ACCESS_KEY": "audit",
    "INDA_S3_SECRET_KEY": "a-long-secret-of-storage",
    "INDA_JWKS_URL": "http://127.0.0.1:8009/jwks.json",
    "INDA_ISSUER": "http://127.0.0.1:8009",
}
FIRST, SECOND = (Verifier(f"saksi.test/{each}", bytes([each]) * 32, COSIGNATURE) for each in (1, 2))
BOTH = f"{FIRST.text} https://satu.test/w, {SECOND.text} https://dua.test"


@pytest.fixture(autouse=True)
def nothing_else_set(monkeypatch: pytest.MonkeyPatch):
    for field in Settings.model_fields:
        monkeypatch.delenv(f"INDA_{field.upper()}", raising=False)
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)


def load(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(f"INDA_LOG_{name}", value)
    return Settings.load()


def test_nobody_outside_is_asked_unless_told(monkeypatch: pytest.MonkeyPatch):
    found = load(monkeypatch)
    assert (found.log_witnesses, found.log_timestamp_url, found.timestamp_roots()) == ((), "", ())


def test_witnesses_and_an_authority_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    pem = authority().roots_pem
    (tmp_path / "roots.pem").write_bytes(pem)
    found = load(
        monkeypatch,
        WITNESSES=BOTH,
        WITNESS_QUORUM="2",
        TIMESTAMP_URL="https://waktu.test/tsa",
        TIMESTAMP_CERTIFICATES_FILE=str(tmp_path / "roots.pem"),
    )
    assert found.log_witnesses == (
        Witness(FIRST, "https://satu.test/w"),
        Witness(SECOND, "https://dua.test"),
    )
    assert (found.log_witness_quorum, found.timestamp_roots()) == (2, roots_of(pem))


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"WITNESSES": FIRST.text}, "INDA_LOG_WITNESSES: A witness is written as its verifier key"),
        (
            {"WITNESSES": f"{SigningKey.made('inda.test/log').verifier.text} https://satu.test"},
            "INDA_LOG_WITNESSES: The key of inda.test/log is that of a log",
        ),
        ({"WITNESSES": BOTH, "WITNESS_QUORUM": "3"}, "INDA_LOG_WITNESS_QUORUM asks for more"),
        ({"TIMESTAMP_URL": "https://waktu.test"}, "Set both INDA_LOG_TIMESTAMP_URL and"),
        ({"TIMESTAMP_CERTIFICATES_FILE": "/roots.pem"}, "Set both INDA_LOG_TIMESTAMP_URL and"),
        ({"TIMESTAMP_URL": "ftp://waktu.test"}, "INDA_LOG_TIMESTAMP_URL must be http or https"),
    ],
    ids=["no-address", "a-log-s-key", "quorum", "no-roots", "no-url", "no-web-address"],
)
def test_what_cannot_be_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sentence: str
):
    with pytest.raises(SettingsError) as refused:
        load(monkeypatch, **variables)
    assert sentence in str(refused.value)


def test_a_file_without_certificates_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "roots.pem").write_text("nothing")
    found = load(
        monkeypatch,
        TIMESTAMP_URL="https://waktu.test",
        TIMESTAMP_CERTIFICATES_FILE=str(tmp_path / "roots.pem"),
    )
    with pytest.raises(SettingsError, match=r"^INDA_LOG_TIMESTAMP_CERTIFICATES_FILE: There are no"):
        found.timestamp_roots()
