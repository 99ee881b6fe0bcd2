"""Which addresses a webhook may have, and which hosts may be spoken to on behalf of strangers."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from shared.errors import Invalid

Ip = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

LONGEST_URL = 2000
HIGHEST_PORT = 65_535
TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 behind IPv6 (RFC 6052): `is_global` says yes whatever lies behind it."""


class TargetRefused(Exception):
    """This host may not be spoken to, or has no address; the message is a code."""


async def resolved(host: str, port: int) -> list[str]:
    """Every address of a host. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Targets:
    """Only https, only public hosts; in development also http on this machine, and any host."""

    def __init__(self, *, is_production: bool, resolve: Resolve = resolved) -> None:
        self._is_production = is_production
        self._resolve = resolve

    async def check(self, text: str) -> str:
        """The address of a webhook as it is kept. Raises `Invalid` with the reason as a code."""
        try:
            url = self.parsed(text)
            await self.address_of(url)
        except TargetRefused as refusal:
            reason = str(refusal)
            raise Invalid("webhook_url_refused", SENTENCES[reason], reason=reason) from refusal
        return str(url)

    def parsed(self, text: str) -> httpx.URL:
        """Raises `TargetRefused`."""
        try:
            url = httpx.URL(text)
        except (httpx.InvalidURL, ValueError) as error:
            raise TargetRefused("unreadable") from error
        is_port = url.port is None or 0 < url.port <= HIGHEST_PORT
        if len(text) > LONGEST_URL or not url.raw_host or not text.isascii() or not is_port:
            raise TargetRefused("unreadable")
        if url.userinfo or url.fragment:
            raise TargetRefused("credentials" if url.userinfo else "fragment")
        if url.scheme != "https" and (url.scheme != "http" or self._is_production):
            raise TargetRefused("not_https")
        return url

    async def address_of(self, url: httpx.URL) -> str:
        """The address to connect to, which is one of those that were looked at.

        Raises `TargetRefused` if one of the host's addresses may not be spoken to.
        """
        try:
            found = await self._resolve(url.raw_host.decode("ascii"), url.port or 443)
        except (OSError, UnicodeError) as error:
            raise TargetRefused("host_unknown") from error
        if not found:
            raise TargetRefused("host_unknown")
        addresses = [ip_address(each.partition("%")[0]) for each in found]
        if url.scheme == "http" and not all(each.is_loopback for each in addresses):
            raise TargetRefused("not_https")
        if self._is_production and not all(is_public(each) for each in addresses):
            raise TargetRefused("not_public")
        return found[0]


def is_public(address: Ip) -> bool:
    """Whether it lies in the open internet, also where an IPv6 address stands for another."""
    return all(each.is_global and not each.is_multicast for each in (address, *_behind(address)))


def _behind(address: Ip) -> list[Ip]:
    if isinstance(address, IPv4Address):
        return []
    found: list[Ip | None] = [address.ipv4_mapped, address.sixtofour]
    found += list(address.teredo or ())
    if address in TRANSLATED:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


SENTENCES = {
    "unreadable": "This is no address of a web server, or it has more than 2000 characters.",
    "credentials": "The address of a webhook may not hold a name or a password.",
    "fragment": "The address of a webhook may not have a part behind #.",
    "not_https": "A webhook is reached by https.",
    "host_unknown": "The host of this address cannot be found.",
    "not_public": "The host of this address is not in the open internet.",
}
