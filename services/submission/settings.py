"""What submission is told from outside."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator

from shared.settings import SettingsError, StorageSettings


class Settings(StorageSettings):
    """Receipts are signed with an Ed25519 private key in PEM: `receipt_key`, or that in
    `receipt_key_file`. After a rotation `receipt_old_keys_file` is the JWKS of the public keys
    before it, so that older receipts can still be checked. `receipt_issuer` is who gives them.

    Every `intake_seconds` a file whose client went away is looked for. A submission whose files
    could come in until a moment is completed `completion_wait_seconds` after it, so that an
    intake of the last moment is not overtaken.
    """

    service: str = "submission"
    mongo_database: str = "submission"

    receipt_key: SecretStr | None = None
    receipt_key_file: Path | None = None
    receipt_old_keys_file: Path | None = None
    receipt_issuer: str = Field(default="inda", min_length=1, max_length=200)
    intake_seconds: float = Field(default=10.0, gt=0, le=3600)
    completion_wait_seconds: float = Field(default=120.0, ge=0, le=86_400)

    @model_validator(mode="after")
    def receipt_key_comes_once(self) -> Self:
        if (self.receipt_key is None) == (self.receipt_key_file is None):
            raise ValueError("Set INDA_RECEIPT_KEY or INDA_RECEIPT_KEY_FILE, and not both.")
        return self

    def receipt_key_pem(self) -> bytes:
        """The key that receipts are signed with. Raises `SettingsError`."""
        if self.receipt_key is not None:
            return self.receipt_key.get_secret_value().encode()
        return _content(self.receipt_key_file, "INDA_RECEIPT_KEY_FILE")

    def receipt_old_keys(self) -> bytes | None:
        """Raises `SettingsError`."""
        if self.receipt_old_keys_file is None:
            return None
        return _content(self.receipt_old_keys_file, "INDA_RECEIPT_OLD_KEYS_FILE")


def _content(file: Path | None, variable: str) -> bytes:
    try:
        return Path("" if file is None else file).read_bytes()
    except OSError as error:
        raise SettingsError(f"{variable} cannot be read: {file}.") from error
