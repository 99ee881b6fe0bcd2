"""What awards is told from outside."""

from pydantic import Field

from shared.settings import StorageSettings


class Settings(StorageSettings):
    """`public_url` is where the public reaches these routes, for links that people follow and for
    the codes on documents; it has no slash at its end.

    Files of a doubt are locked for `doubt_retention_days`: people who are nobody's operators sent
    them, so that they are kept for as long as the competition may be asked about, and not longer.
    Documents that awards issues lie in `documents_bucket`, locked for `document_retention_days`.
    """

    service: str = "awards"
    mongo_database: str = "awards"

    public_url: str = Field(
        default="http://127.0.0.1:8004", pattern=r"^https?://[^\s?#]*[^\s?#/]$", max_length=200
    )
    doubt_retention_days: int = Field(default=365, ge=1, le=3650)
    documents_bucket: str = "documents"
    document_retention_days: int = Field(default=3650, ge=1, le=36_500)
