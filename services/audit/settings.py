"""What audit is told from outside."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode

from shared.settings import ServiceSettings


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


class Settings(ServiceSettings):
    """`service_urls` are the base addresses of the services whose read models are compared."""

    service: str = "audit"
    mongo_database: str = "audit"
    service_urls: Annotated[
        Mapping[str, str], NoDecode, BeforeValidator(_pairs), AfterValidator(_addresses)
    ] = Field(default_factory=dict[str, str])
