"""What awards is told from outside."""

from typing import Self

from pydantic import Field, model_validator

from shared.settings import StorageSettings
from shared.transparency import BadNote, Verifier


class Settings(StorageSettings):
    """`public_url` is where the public reaches these routes, for links that people follow and for
    the codes on documents; it has no slash at its end.

    Files of a doubt are locked for `doubt_retention_days`: people who are nobody's operators sent
    them, so that they are kept for as long as the competition may be asked about, and not longer.
    Documents that awards issues lie in `documents_bucket`, locked for `document_retention_days`.

    With `log_vkey`, the verifier keys of the transparency log in `log_bucket` (parted by spaces,
    the newest first), the public pages prove what they tell by that log.
    """

    service: str = "awards"
    mongo_database: str = "awards"

    public_url: str = Field(
        default="http://127.0.0.1:8004", pattern=r"^https?://[^\s?#]*[^\s?#/]$", max_length=200
    )
    doubt_retention_days: int = Field(default=365, ge=1, le=3650)
    documents_bucket: str = "documents"
    document_retention_days: int = Field(default=3650, ge=1, le=36_500)
    log_bucket: str = "log"
    log_vkey: str = ""

    @model_validator(mode="after")
    def log_keys_can_be_read(self) -> Self:
        self.log_verifiers()
        return self

    def log_verifiers(self) -> tuple[Verifier, ...]:
        """Raises `ValueError`."""
        try:
            return tuple(map(Verifier.from_text, self.log_vkey.split()))
        except BadNote as error:
            raise ValueError(f"INDA_LOG_VKEY is no verifier key: {error}") from None
