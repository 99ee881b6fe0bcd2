"""Which keys sign the log: given once, of the right name, and never missing in production."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.audit.settings import Settings
from shared.settings import SettingsError
from shared.transparency import SigningKey

KEY, OLD = SigningKey.made("inda.test/log"), SigningKey.made("inda.test/log")


def settings(**more: Any) -> Settings:
    told: dict[str, Any] = {
        "nats_urls": ("nats://nats:4222",),
        "mongo_url": "mongodb://audit:a-long-password@mongo/audit",
        "s3_endpoint": "objects:8333",
        "s3_access_key": "inda-audit",
        "s3_secret_key": "a-long-secret-key",
        "jwks_url": "https://sso.example.go.id/keys",
        "issuer": "https://sso.example.go.id",
        "log_origin": "inda.test/log",
        **more,
    }
    return Settings(**told)


def test_without_a_key_nothing_is_signed_and_production_does_not_start() -> None:
    assert settings().log_keys() == ()
    with pytest.raises(ValidationError, match="needs INDA_LOG_KEY"):
        settings(environment="production")


def test_the_key_comes_from_the_environment_or_a_file_and_not_from_both(tmp_path: Path) -> None:
    file = tmp_path / "log-key"
    file.write_text(f"{KEY.text}\n")
    for told in ({"log_key": KEY.text}, {"log_key_file": file}):
        (found,) = settings(environment="production", **told).log_keys()
        assert found.verifier == KEY.verifier
    with pytest.raises(ValidationError, match="not both"):
        settings(log_key=KEY.text, log_key_file=file)


def test_while_a_key_is_changed_the_new_one_comes_first(tmp_path: Path) -> None:
    old = tmp_path / "log-key-2026"
    old.write_text(OLD.text)
    found = settings(log_key=KEY.text, log_old_key_file=old).log_keys()
    assert [each.verifier for each in found] == [KEY.verifier, OLD.verifier]
    with pytest.raises(ValidationError, match="beside a new key"):
        settings(log_old_key_file=old)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"log_key": "no key"}, "INDA_LOG_KEY: "),
        ({"log_key": KEY.text, "log_origin": "inda.else/log"}, "is a key of inda.test/log, not of"),
        ({"log_key_file": Path("/nowhere/log-key")}, "INDA_LOG_KEY_FILE cannot be read"),
    ],
    ids=["no key", "another name", "no file"],
)
def test_a_key_that_cannot_sign_this_log_is_named_without_its_secret(
    told: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence) as refused:
        settings(**told).log_keys()
    assert KEY.text.rsplit("+", 1)[1] not in str(refused.value)
