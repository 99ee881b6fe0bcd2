"""Addresses as evidence: such as anybody can open, from anywhere. Pure."""

from ipaddress import ip_address

from pydantic import AnyHttpUrl

from shared.errors import Invalid

NOT_PUBLIC = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".test")
"""Names that mean something only inside a house or a machine."""


def public(url: AnyHttpUrl) -> str:
    """The address as it is kept. Raises `Invalid` for one that only some can open."""
    if url.username is not None or url.password is not None:
        raise Invalid(
            "link_with_credentials", "A link must work without the name or password in it."
        )
    host = (url.host or "").strip("[]").rstrip(".").lower()
    if not _is_public(host):
        raise Invalid(
            "link_not_public", "A link must be one that anybody can open from anywhere.", host=host
        )
    return str(url)


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(NOT_PUBLIC)
