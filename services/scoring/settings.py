"""What scoring is told from outside."""

from typing import Annotated

from pydantic import Field, SecretStr

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """`sealing_key` hides sealed scores until the reveal; losing it makes them unreadable."""

    service: str = "scoring"
    mongo_database: str = "scoring"
    sealing_key: Annotated[SecretStr, Field(min_length=32)]
