"""What audit is told from outside."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from cryptography.x509 import Certificate
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from services.audit.witnessing import Witness, roots_of, witnesses_of
from shared.settings import SettingsError, StorageSettings
from shared.transparency import Amiss, SigningKey


def _pairs(value: object) -> object:
    """`name=url,name=url` as the environment has it."""
    if not isinstance(value, str):
        return value
    pairs = (pair.partition("=") for pair in value.split(",") if pair.strip())
    return {name.strip(): url.strip() for name, _, url in pairs}


def _addresses(urls: Mapping[str, str]) -> Mapping[str, str]:
    wrong = [name for name, url in urls.items() if not url.startswith(("http://", "https://"))]
    if wrong:
        raise ValueError(f"The addresses of {', '.join(wrong)} must be http or https")
    return MappingProxyType(dict(urls))


def _witnesses(value: object) -> object:
    """`<vkey> <submission prefix>,...` as the environment has it."""
    if not isinstance(value, str):
        return value
    try:
        return witnesses_of(value)
    except Amiss as error:
        raise ValueError(str(error)) from None


class Settings(StorageSettings):
    """`service_urls` are the base addresses of the services whose read models are compared.

    The log is signed under the name `log_origin` with an Ed25519 key in the form that
    `inda audit key make` writes: `log_key`, or that in `log_key_file`. While a key is changed for
    another one, `log_old_key_file` holds the one before, and both sign. Without a key, which
    production refuses, this process signs nothing. Log and archive lie in `log_bucket`, locked for
    `log_retention_days`; every `log_interval_seconds` new facts are looked for.

    Each of `log_witnesses`, written as its verifier key, a space and its submission prefix, is
    asked to cosign what was signed; how many of them are wanted, `log_witness_quorum`, is only
    told of. `log_timestamp_url` is a time-stamping authority (RFC 3161), asked at most every
    `log_timestamp_seconds`; the roots in `log_timestamp_certificates_file` must vouch for it.
    """

    service: str = "audit"
    mongo_database: str = "audit"
    service_urls: Annotated[
        Mapping[str, str], NoDecode, BeforeValidator(_pairs), AfterValidator(_addresses)
    ] = Field(default_factory=dict[str, str])

    log_bucket: str = "log"
    log_retention_days: int = Field(default=3650, ge=1, le=36_500)
    log_origin: str = Field(default="inda.local/log", min_length=1, max_length=200)
    log_key: SecretStr | None = None
    log_key_file: Path | None = None
    log_old_key_file: Path | None = None
    log_interval_seconds: float = Field(default=30.0, gt=0, le=3600)

    log_witnesses: Annotated[tuple[Witness, ...], NoDecode, BeforeValidator(_witnesses)] = ()
    log_witness_quorum: int = Field(default=0, ge=0)
    log_timestamp_url: str = ""
    log_timestamp_certificates_file: Path | None = None
    log_timestamp_seconds: int = Field(default=3600, ge=60, le=31_536_000)

    @model_validator(mode="after")
    def the_log_is_signed(self) -> Self:
        if self.log_key is not None and self.log_key_file is not None:
            raise ValueError("Set INDA_LOG_KEY or INDA_LOG_KEY_FILE, not both.")
        has_key = self.log_key is not None or self.log_key_file is not None
        if self.log_old_key_file is not None and not has_key:
            raise ValueError("INDA_LOG_OLD_KEY_FILE is of use beside a new key only.")
        if self.environment == "production" and not has_key:
            raise ValueError("Production needs INDA_LOG_KEY or INDA_LOG_KEY_FILE.")
        return self

    @model_validator(mode="after")
    def outsiders_are_known(self) -> Self:
        if self.log_witness_quorum > len(self.log_witnesses):
            raise ValueError("INDA_LOG_WITNESS_QUORUM asks for more than INDA_LOG_WITNESSES names.")
        url = self.log_timestamp_url
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("INDA_LOG_TIMESTAMP_URL must be http or https.")
        if bool(url) != (self.log_timestamp_certificates_file is not None):
            raise ValueError(
                "Set both INDA_LOG_TIMESTAMP_URL and INDA_LOG_TIMESTAMP_CERTIFICATES_FILE, or"
                " neither."
            )
        return self

    def timestamp_roots(self) -> tuple[Certificate, ...]:
        """Who vouches for the time-stamping authority. Raises `SettingsError`."""
        variable, file = (
            "INDA_LOG_TIMESTAMP_CERTIFICATES_FILE",
            self.log_timestamp_certificates_file,
        )
        if file is None:
            return ()
        try:
            return roots_of(_content(file, variable).encode())
        except Amiss as error:
            raise SettingsError(f"{variable}: {error}") from None

    def log_keys(self) -> tuple[SigningKey, ...]:
        """The keys that sign the log, the newest first. Raises `SettingsError`."""
        texts: dict[str, str] = {}
        if self.log_key is not None:
            texts["INDA_LOG_KEY"] = self.log_key.get_secret_value()
        if self.log_key_file is not None:
            texts["INDA_LOG_KEY_FILE"] = _content(self.log_key_file, "INDA_LOG_KEY_FILE")
        if self.log_old_key_file is not None:
            texts["INDA_LOG_OLD_KEY_FILE"] = _content(
                self.log_old_key_file, "INDA_LOG_OLD_KEY_FILE"
            )
        return tuple(self._log_key(variable, text) for variable, text in texts.items())

    def _log_key(self, variable: str, text: str) -> SigningKey:
        try:
            key = SigningKey.from_text(text)
        except Amiss as error:
            raise SettingsError(f"{variable}: {error}") from None
        if key.name != self.log_origin:
            raise SettingsError(f"{variable} is a key of {key.name}, not of {self.log_origin}.")
        return key


def _content(file: Path, variable: str) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{variable} cannot be read: {file}.") from error
