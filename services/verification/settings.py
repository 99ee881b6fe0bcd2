"""What verification is told from outside."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from shared.settings import SettingsError, StorageSettings

SHORTEST_KEY = 32
RETRY_SECONDS = (5.0, 30.0, 120.0, 600.0, 3600.0, 21_600.0, 86_400.0)
Seconds = Annotated[float, Field(gt=0, le=7 * 86_400)]


def _split(value: object) -> object:
    return value.split(",") if isinstance(value, str) else value


class Settings(StorageSettings):
    """A lease lasts `lease_seconds` from the last piece of work on it.

    A dossier that is handed over is kept for the colleague for `handover_hours`.
    A review is due `review_days` after it began to wait.

    An agency has `revision_days` unless the verifier names a date; the request lapses
    `revision_grace_seconds` after it, so that an answer of the last moment is not overtaken. One
    whose files are on their way lapses `files_grace_seconds` after the moment until which they
    may come in: submission takes some minutes to notice that it is over, and always says so.

    The secrets of webhooks follow from `webhook_key`, or that in `webhook_key_file`, and their
    ids. A notice that did not arrive is sent again after each of `notice_retry_seconds`; who sends
    one has it for `delivery_lease_seconds`. Letters go by `smtp_host`, or into `mail_folder`.
    """

    service: str = "verification"
    mongo_database: str = "verification"

    lease_seconds: int = Field(default=1800, ge=1, le=86_400)
    handover_hours: int = Field(default=24, ge=1, le=24 * 14)
    review_days: int = Field(default=14, ge=1, le=365)
    revision_days: int = Field(default=7, ge=1, le=365)
    revision_grace_seconds: int = Field(default=60, ge=0)
    files_grace_seconds: int = Field(default=3600, ge=0)
    max_revisions: int = Field(default=1, ge=0)

    webhook_key: Annotated[SecretStr, Field(min_length=SHORTEST_KEY)] | None = None
    webhook_key_file: Path | None = None
    notice_retry_seconds: Annotated[
        tuple[Seconds, ...], NoDecode, BeforeValidator(_split), Field(min_length=1, max_length=20)
    ] = RETRY_SECONDS
    delivery_lease_seconds: float = Field(default=60.0, gt=0, le=3600)
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    mail_from: str = Field(default="inda@localhost", pattern=r"^[^\s<>]+@[^\s<>]+$", max_length=254)
    mail_folder: Path = Path(".inda/mail")

    @model_validator(mode="after")
    def webhook_key_comes_once(self) -> Self:
        if (self.webhook_key is None) == (self.webhook_key_file is None):
            raise ValueError("Set INDA_WEBHOOK_KEY or INDA_WEBHOOK_KEY_FILE, and not both.")
        return self

    @model_validator(mode="after")
    def passwords_are_not_shouted(self) -> Self:
        is_secret = self.smtp_password is not None and self.environment == "production"
        if is_secret and self.smtp_security == "none":
            raise ValueError("INDA_SMTP_PASSWORD needs INDA_SMTP_SECURITY starttls or tls.")
        return self

    def webhook_key_bytes(self) -> bytes:
        """What the secrets of webhooks are made from. Raises `SettingsError`."""
        if self.webhook_key is not None:
            return self.webhook_key.get_secret_value().encode()
        try:
            key = Path(self.webhook_key_file or "").read_text(encoding="ascii").strip()
        except (OSError, UnicodeError) as error:
            raise SettingsError(
                f"INDA_WEBHOOK_KEY_FILE cannot be read: {self.webhook_key_file}."
            ) from error
        if len(key) < SHORTEST_KEY:
            raise SettingsError(f"INDA_WEBHOOK_KEY_FILE holds less than {SHORTEST_KEY} characters.")
        return key.encode()
