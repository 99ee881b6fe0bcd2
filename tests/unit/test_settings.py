"""Settings come from the environment, and what is amiss is said in one sentence."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from shared.settings import SettingsError, StorageSettings

COMPLETE = {
    "INDA_SERVICE": "submission",
    "INDA_NATS_URLS": "nats://127.0.0.1:4222, nats://127.0.0.1:4223",
    "INDA_MONGO_URL": "mongodb://submission:a-long-secret-of-mongo@127.0.0.1:27017",
    "INDA_MONGO_DATABASE": "submission",
    "INDA_S3_ENDPOINT": "127.0.0.1:8333",
    "INDA_S3_ACCESS_KEY": "submission",
    "INDA_S3_SECRET_KEY": "a-long-secret-of-storage",
    "INDA_JWKS_URL": "http://127.0.0.1:8009/jwks.json",
    "INDA_ISSUER": "http://127.0.0.1:8009",
}
PRODUCTION = {
    **COMPLETE,
    "INDA_ENVIRONMENT": "production",
    "INDA_ISSUER": "https://login.example.go.id",
    "INDA_JWKS_URL": "https://login.example.go.id/jwks",
}


class SealingSettings(StorageSettings):
    service: str = "scoring"
    sealing_key: SecretStr


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch):
    for field in SealingSettings.model_fields:
        monkeypatch.delenv(f"INDA_{field.upper()}", raising=False)


def _load(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> StorageSettings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return StorageSettings.load()


def test_a_complete_environment_is_read(monkeypatch: pytest.MonkeyPatch):
    settings = _load(monkeypatch, COMPLETE)
    assert (settings.nats_urls, settings.environment, settings.max_bytes) == (
        ("nats://127.0.0.1:4222", "nats://127.0.0.1:4223"),
        "development",
        {
            "application/pdf": 10 * 1024 * 1024,
            "image/jpeg": 5 * 1024 * 1024,
            "image/png": 5 * 1024 * 1024,
            "video/mp4": 100 * 1024 * 1024,
        },
    )


def test_every_missing_variable_is_named_in_one_message(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(SettingsError) as refusal:
        _load(monkeypatch, {"INDA_SERVICE": "submission", "INDA_S3_SECRET_KEY": ""})
    assert str(refusal.value) == (
        "Missing settings: INDA_NATS_URLS, INDA_MONGO_URL, INDA_MONGO_DATABASE, INDA_JWKS_URL,"
        " INDA_ISSUER, INDA_S3_ENDPOINT, INDA_S3_ACCESS_KEY, INDA_S3_SECRET_KEY."
    )


def test_a_service_names_its_own_missing_variable(monkeypatch: pytest.MonkeyPatch):
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=r"^Missing settings: INDA_SEALING_KEY\.$"):
        SealingSettings.load()


def test_a_wrong_value_is_named_and_never_shown(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(SettingsError) as refusal:
        _load(monkeypatch, {**COMPLETE, "INDA_PORT": "hunter2"})
    assert "INDA_PORT" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_settings_are_frozen(monkeypatch: pytest.MonkeyPatch):
    settings = _load(monkeypatch, COMPLETE)
    with pytest.raises(ValidationError):
        settings.port = 1


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch):
    assert "a-long-secret" not in repr(_load(monkeypatch, COMPLETE))


def test_the_seed_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "seed").write_text("SUAEXAMPLE\n")
    settings = _load(monkeypatch, {**COMPLETE, "INDA_NATS_SEED_FILE": str(tmp_path / "seed")})
    assert settings.nkey_seed() == "SUAEXAMPLE"


def test_a_seed_file_that_is_not_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    settings = _load(monkeypatch, {**COMPLETE, "INDA_NATS_SEED_FILE": str(tmp_path / "none")})
    with pytest.raises(SettingsError, match=r"^INDA_NATS_SEED_FILE cannot be read: .*none\.$"):
        settings.nkey_seed()


def test_two_seeds_are_one_too_many(monkeypatch: pytest.MonkeyPatch):
    two = {"INDA_NATS_SEED": "SUAEXAMPLE", "INDA_NATS_SEED_FILE": "/seed"}
    with pytest.raises(SettingsError, match="not both"):
        _load(monkeypatch, {**COMPLETE, **two})


def test_production_starts_with_its_own_issuer_and_secrets(monkeypatch: pytest.MonkeyPatch):
    assert _load(monkeypatch, PRODUCTION).environment == "production"


def test_production_refuses_the_development_issuer(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(SettingsError) as refusal:
        _load(monkeypatch, {**PRODUCTION, "INDA_ISSUER": "http://127.0.0.1:8009"})
    assert str(refusal.value) == (
        "INDA_ISSUER is a development issuer; production needs an https issuer."
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("INDA_S3_SECRET_KEY", "minioadmin123"),
        ("INDA_S3_SECRET_KEY", "short"),
        ("INDA_NATS_SEED", "short"),
        ("INDA_MONGO_URL", "mongodb://inda:inda@mongo:27017"),
    ],
)
def test_production_refuses_default_secrets(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
):
    with pytest.raises(SettingsError) as refusal:
        _load(monkeypatch, {**PRODUCTION, variable: value})
    assert str(refusal.value) == (
        f"Production needs secrets of its own, 12 characters or more, in: {variable}."
    )
