"""People at work: each logs in at the issuer and speaks to the services over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import httpx

RETRY_SECONDS = 30.0
BETWEEN_TRIES_SECONDS = 0.3
WAIT_SECONDS = 60.0
BETWEEN_LOOKS_SECONDS = 0.1


Seen = Callable[[Any], bool]


class Unexpected(Exception):
    """An API answered otherwise than the script foresees."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` is what the JSON says, or the bytes of an answer that is none."""

    status: int
    body: Any
    version: int | None
    sequence: int

    @property
    def code(self) -> str:
        """The problem's code, empty for an answer that is none."""
        return self._told("code")

    def needed(self, what: str) -> "Reply":
        """Itself if it succeeded. Raises `Unexpected` with the problem's own sentence."""
        if self.status < 300:
            return self
        raise Unexpected(f"{what}: {self.status} {self.code} {self._told('detail')}")

    def _told(self, name: str) -> str:
        """Of a problem, which is a JSON object; a gateway may say it otherwise."""
        problem = cast(dict[str, Any], self.body) if isinstance(self.body, dict) else {}
        return str(problem.get(name, ""))


@dataclass(frozen=True, slots=True)
class World:
    """Where everything is, and the passwords of the ready-made accounts."""

    urls: Mapping[str, str]
    issuer: str
    passwords: Mapping[str, str]
    http: httpx.AsyncClient
    tokens: dict[str, str] = field(default_factory=dict[str, str])

    async def person(self, username: str) -> "Person":
        """Logs in once; the token is kept."""
        if username not in self.tokens:
            form = {"username": username, "password": self.passwords[username]}
            url = f"{self.issuer}/token"
            answer = await patiently("the issuer", lambda: self.http.post(url, data=form))
            if answer.status_code != 200:
                raise Unexpected(f"{username} could not log in: {answer.status_code}")
            self.tokens[username] = answer.json()["access_token"]
        return Person(self, username)

    def anybody(self) -> "Person":
        """Somebody without an account."""
        return Person(self, None)


@dataclass(frozen=True, slots=True)
class Person:
    """One account, or none. Every write carries a key: a retry or a second run happens once."""

    world: World
    username: str | None

    async def get(self, service: str, path: str, **params: Any) -> Reply:
        return await self._send("GET", service, path, params=params)

    async def post(
        self, service: str, path: str, body: Any = None, *, key: str, version: int | None = None
    ) -> Reply:
        return await self._send("POST", service, path, body=body, key=key, version=version)

    async def put(self, service: str, path: str, body: Any, *, version: int | None = None) -> Reply:
        return await self._send("PUT", service, path, body=body, version=version)

    async def until(self, what: str, service: str, path: str, seen: Seen | None = None) -> Reply:
        """Reads until it is there, and until `seen(body)` holds. Raises `Unexpected` in the end."""
        end = asyncio.get_running_loop().time() + WAIT_SECONDS
        while True:
            reply = await self.get(service, path)
            if reply.status == 200 and (seen is None or seen(reply.body)):
                return reply
            if asyncio.get_running_loop().time() > end:
                raise Unexpected(f"{what} did not come about: {reply.status} {reply.code}")
            await asyncio.sleep(BETWEEN_LOOKS_SECONDS)

    async def all(self, service: str, path: str, **params: Any) -> list[Any]:
        """Every item of a list, page by page."""
        items: list[Any] = []
        cursor: str | None = None
        while True:
            asked = {**params, **({} if cursor is None else {"cursor": cursor})}
            page = (await self.get(service, path, **asked)).needed(f"list {path}").body
            items += page["items"]
            cursor = page.get("next_cursor")
            if cursor is None:
                return items

    async def _send(
        self,
        method: str,
        service: str,
        path: str,
        *,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> Reply:
        headers: dict[str, str] = {}
        if self.username is not None:
            headers["Authorization"] = f"Bearer {self.world.tokens[self.username]}"
        if key is not None:
            headers["Idempotency-Key"] = f"{key:<8}".replace(" ", "-")
        if version is not None:
            headers["If-Match"] = f'"{version}"'

        def ask() -> Awaitable[httpx.Response]:
            url = f"{self.world.urls[service]}{path}"
            return self.world.http.request(method, url, json=body, params=params, headers=headers)

        return _reply(await patiently(service, ask))


async def patiently(
    whom: str, ask: Callable[[], Awaitable[httpx.Response]], away: Sequence[int] = (503,)
) -> httpx.Response:
    """The first answer with another status than `away`; who does not answer is asked again.

    Raises `Unexpected` after half a minute.
    """
    end = asyncio.get_running_loop().time() + RETRY_SECONDS
    while True:
        try:
            answer = await ask()
            if answer.status_code not in away:
                return answer
            trouble = f"status {answer.status_code}"
        except httpx.TransportError as error:
            trouble = type(error).__name__
        if asyncio.get_running_loop().time() > end:
            raise Unexpected(f"{whom} was unavailable for {RETRY_SECONDS:.0f} s: {trouble}")
        await asyncio.sleep(BETWEEN_TRIES_SECONDS)


def _reply(answer: httpx.Response) -> Reply:
    etag = answer.headers.get("ETag", "").strip('"')
    is_json = "json" in answer.headers.get("Content-Type", "")
    body = answer.json() if is_json else answer.content
    return Reply(
        status=answer.status_code,
        body=body if answer.content else None,
        version=int(etag) if etag.isdigit() else None,
        sequence=int(answer.headers.get("Inda-Sequence", "0")),
    )
