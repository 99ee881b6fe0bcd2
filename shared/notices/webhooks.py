"""Signed requests to other people's servers, after the scheme of Standard Webhooks."""

import asyncio
import hmac
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import datetime

import httpx
from standardwebhooks import Webhook

from shared.notices.deliveries import LONGEST_ANSWER, End, Outcome, Parcel
from shared.notices.targets import TargetRefused, Targets

TIMEOUT_SECONDS = 10.0
GONE = 410

AddressOf = Callable[[str], Awaitable[str | None]]
Remove = Callable[[str], Awaitable[None]]


def secret_of(key: bytes, webhook_id: str) -> str:
    """The secret that a webhook is signed with. It follows from the key, so that none is kept."""
    made = hmac.digest(key, f"inda.webhook.v1\n{webhook_id}".encode(), "sha256")
    return f"whsec_{b64encode(made).decode()}"


def signed(secret: str, message_id: str, at: datetime, body: str) -> dict[str, str]:
    """The headers by which a receiver knows who sent the body and when."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, body),
    }


class WebhookSender:
    """Sends the `body` of a parcel to the webhook that is its subscriber.

    `address_of` answers None for a webhook that is gone; one that says 410 is removed.
    """

    def __init__(
        self,
        key: bytes,
        targets: Targets,
        now: Callable[[], datetime],
        address_of: AddressOf,
        remove: Remove,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._key = key
        self._targets = targets
        self._now = now
        self._address_of = address_of
        self._remove = remove
        self._timeout_seconds = timeout_seconds
        self._tls = httpx.create_ssl_context()

    async def __call__(self, parcel: Parcel) -> Outcome:
        address = await self._address_of(parcel.subscriber)
        if address is None:
            return Outcome(End.GONE, error="webhook_removed")
        try:
            async with asyncio.timeout(self._timeout_seconds):
                outcome = await self._posted(address, parcel)
        except TimeoutError:
            return Outcome(End.AGAIN, error="timeout")
        except TargetRefused as refusal:
            return Outcome(End.AGAIN, error=str(refusal))
        except httpx.HTTPError as error:
            return Outcome(End.AGAIN, error=type(error).__name__)
        if outcome.end is End.GONE:
            await self._remove(parcel.subscriber)
        return outcome

    async def _posted(self, address: str, parcel: Parcel) -> Outcome:
        """Connects to the very address that was looked at: a name may point elsewhere by now."""
        url = self._targets.parsed(address)
        host = await self._targets.address_of(url)
        body = parcel.content["body"]
        secret = secret_of(self._key, parcel.subscriber)
        # A connection is never kept: behind one address there may be hosts of different people.
        limits = httpx.Limits(max_keepalive_connections=0)
        async with (
            httpx.AsyncClient(verify=self._tls, trust_env=False, limits=limits) as client,
            client.stream(
                "POST",
                url.copy_with(host=host),
                content=body.encode(),
                headers={
                    "Host": url.netloc.decode("ascii"),
                    "Content-Type": "application/json",
                    "User-Agent": "inda-webhooks/1",
                    **signed(secret, parcel.notice_id, self._now(), body),
                },
                extensions={"sni_hostname": url.raw_host.decode("ascii")},
                follow_redirects=False,
                timeout=self._timeout_seconds,
            ) as answer,
        ):
            return _outcome(answer.status_code, await _beginning(answer))


async def _beginning(answer: httpx.Response) -> str:
    """What a log needs of an answer; the rest is never read."""
    found = b""
    async for part in answer.aiter_raw(LONGEST_ANSWER):
        found += part
        if len(found) >= LONGEST_ANSWER:
            break
    return found[:LONGEST_ANSWER].decode("utf-8", "replace")


def _outcome(status: int, answer: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome(End.DELIVERED, status, answer=answer)
    end = End.GONE if status == GONE else End.AGAIN
    return Outcome(end, status, error=f"status_{status}", answer=answer)
