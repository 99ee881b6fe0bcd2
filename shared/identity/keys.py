"""The issuer's published keys (JWKS), fetched seldom and never in a herd."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.errors import Unavailable

FRESH = timedelta(minutes=5)
USABLE = timedelta(hours=1)
BETWEEN_FETCHES = timedelta(seconds=10)
UNTIL_FIRST_KEYS = timedelta(seconds=1)
TIMEOUT_SECONDS = 3.0


class PublishedKeys:
    """Keys count as fresh for five minutes, and for an hour while the issuer does not answer.

    `now` must be aware. Raises Unavailable when there are no usable keys and none can be had.
    """

    def __init__(self, url: str, http: httpx.AsyncClient, now: Callable[[], datetime]) -> None:
        self._url = url
        self._http = http
        self._now = now
        self._keys: KeySet | None = None
        self._fetched: datetime | None = None
        self._tried: datetime | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> KeySet:
        """The keys, fetched when they are not fresh."""
        return await self._within(FRESH)

    async def after_unknown(self) -> KeySet:
        """The keys once more for a token whose key is not among them, fetched if not just done."""
        return await self._within(BETWEEN_FETCHES)

    async def _within(self, age: timedelta) -> KeySet:
        if self._keys is not None and self._is_within(self._fetched, age):
            return self._keys
        async with self._lock:
            pause = BETWEEN_FETCHES if self._keys is not None else UNTIL_FIRST_KEYS
            if not self._is_within(self._tried, pause):
                await self._fetch()
        if self._keys is not None and self._is_within(self._fetched, USABLE):
            return self._keys
        raise Unavailable("identity_unavailable", "The identity provider's keys cannot be read.")

    async def _fetch(self) -> None:
        before, self._tried = self._tried, self._now()
        try:
            answer = await self._http.get(self._url, timeout=TIMEOUT_SECONDS)
            answer.raise_for_status()
            self._keys = KeySet.import_key_set(answer.json())
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError, AttributeError):
            return
        except asyncio.CancelledError:
            # Who gave up waiting says nothing about the issuer: whoever comes next asks it.
            self._tried = before
            raise
        self._fetched = self._now()

    def _is_within(self, moment: datetime | None, age: timedelta) -> bool:
        return moment is not None and self._now() - moment < age
