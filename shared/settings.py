"""What every service is told from outside: environment variables `INDA_*`, read once at start."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "INDA_"
MEGABYTE = 1024 * 1024
SHORTEST_SECRET = 12
DEFAULT_SECRETS = frozenset({"minioadmin", "minioadmin123", "inda-development", "changemeplease"})


class SettingsError(Exception):
    """The process cannot start with these settings; the message is one sentence for people."""


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


class ServiceSettings(BaseSettings):
    """The settings all services share; each service's own `Settings` adds to them.

    `clock_ahead_file` holds the seconds by which commands are dated ahead, read again at each: so
    that a training season with its deadlines can be played in minutes. Never in production.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    service: str
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    environment: Literal["development", "production"] = "development"
    log_format: Literal["auto", "console", "json"] = "auto"

    nats_urls: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = Field(min_length=1)
    nats_seed: SecretStr | None = None
    nats_seed_file: Path | None = None

    mongo_url: SecretStr
    mongo_database: str

    clock_ahead_file: Path | None = None

    jwks_url: str
    issuer: str
    audience: str = "inda"

    @classmethod
    def load(cls) -> Self:
        """The settings from the environment. SettingsError names every variable that is amiss."""
        try:
            return cls()  # pyright: ignore[reportCallIssue]  # the environment fills the fields
        except ValidationError as error:
            raise SettingsError(_sentence(error)) from None

    @model_validator(mode="after")
    def nats_seed_comes_once(self) -> Self:
        if self.nats_seed is not None and self.nats_seed_file is not None:
            raise ValueError("Set INDA_NATS_SEED or INDA_NATS_SEED_FILE, not both.")
        return self

    @model_validator(mode="after")
    def production_is_no_workshop(self) -> Self:
        if self.environment == "production":
            if self.clock_ahead_file is not None:
                raise ValueError("INDA_CLOCK_AHEAD_FILE is for training seasons, not production.")
            _refuse_development_issuer(self.issuer)
            _refuse_default_secrets(self._secrets())
        return self

    def nkey_seed(self) -> str | None:
        """The NATS seed, from its file when it has one; None where the server asks for none."""
        if self.nats_seed is not None:
            return self.nats_seed.get_secret_value()
        if self.nats_seed_file is None:
            return None
        try:
            return self.nats_seed_file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeError) as error:
            raise SettingsError(
                f"INDA_NATS_SEED_FILE cannot be read: {self.nats_seed_file}."
            ) from error

    def _secrets(self) -> Mapping[str, str]:
        named = {
            name: value.get_secret_value()
            for name in type(self).model_fields
            if isinstance(value := getattr(self, name), SecretStr) and not name.endswith("_url")
        }
        password = urlsplit(self.mongo_url.get_secret_value()).password
        return named if password is None else {**named, "mongo_url": password}


class StorageSettings(ServiceSettings):
    """For services that handle documents.

    `s3_public_endpoint` is the host and port under which browsers reach the object storage, for
    links that people follow; empty when it is the same. Upload limits default to what local
    practice bears (domain, section 2.7): no official limit is published.

    Larger files than `upload_part_bytes` come in parts of that size. Uploads are spooled to
    `spool_folder` while they are judged, to the system's own folder when it is empty. Without
    `clamav_host` nothing scans for malware; with it, nothing is accepted while it is down.
    """

    s3_endpoint: str
    s3_public_endpoint: str = ""
    s3_access_key: SecretStr
    s3_secret_key: SecretStr
    s3_region: str = "us-east-1"
    s3_secure: bool = False
    quarantine_bucket: str = "quarantine"
    evidence_bucket: str = "evidence"

    max_pdf_bytes: int = Field(default=10 * MEGABYTE, gt=0)
    max_image_bytes: int = Field(default=5 * MEGABYTE, gt=0)
    max_video_bytes: int = Field(default=100 * MEGABYTE, gt=0)
    evidence_retention_days: int = Field(default=3650, gt=0)
    max_pdf_pages: int = Field(default=500, gt=0)
    max_image_pixels: int = Field(default=64_000_000, gt=0)
    upload_part_bytes: int = Field(default=8 * MEGABYTE, ge=5 * MEGABYTE, le=1024 * MEGABYTE)
    upload_link_seconds: int = Field(default=900, ge=1, le=604_800)
    download_link_seconds: int = Field(default=120, ge=1, le=604_800)
    spool_folder: str = ""
    clamav_host: str = ""
    clamav_port: int = Field(default=3310, ge=1, le=65535)

    @property
    def max_bytes(self) -> Mapping[str, int]:
        """The largest upload in bytes for each media type that evidence may have."""
        return {
            "application/pdf": self.max_pdf_bytes,
            "image/jpeg": self.max_image_bytes,
            "image/png": self.max_image_bytes,
            "video/mp4": self.max_video_bytes,
        }


def _refuse_development_issuer(issuer: str) -> None:
    if not issuer.startswith("https://"):
        raise ValueError("INDA_ISSUER is a development issuer; production needs an https issuer.")


def _refuse_default_secrets(secrets: Mapping[str, str]) -> None:
    weak = [
        _variable(name)
        for name, value in secrets.items()
        if name != "s3_access_key"
        and (len(value) < SHORTEST_SECRET or value.lower() in DEFAULT_SECRETS)
    ]
    if weak:
        raise ValueError(
            f"Production needs secrets of its own, {SHORTEST_SECRET} characters or more, in:"
            f" {', '.join(weak)}."
        )


def _sentence(error: ValidationError) -> str:
    """All that is amiss in one line, by variable, never with a value: it may be a secret."""
    faults = error.errors(include_url=False, include_input=False)
    missing = [_variable(str(fault["loc"][0])) for fault in faults if fault["type"] == "missing"]
    wrong = [_fault(fault["loc"], fault["msg"]) for fault in faults if fault["type"] != "missing"]
    absent = [f"Missing settings: {', '.join(missing)}."] if missing else []
    return " ".join([*absent, *wrong])


def _fault(place: tuple[int | str, ...], message: str) -> str:
    plain = message.removeprefix("Value error, ")
    return f"{_variable(str(place[0]))}: {plain}." if place else plain


def _variable(field: str) -> str:
    return f"{PREFIX}{field.upper()}"
