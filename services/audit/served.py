"""What the services serve, asked for over HTTP with an auditor's token."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from services.audit.domain import VIEWS, Served
from shared.errors import Forbidden, NotFound, Unavailable

CATCH_UP_SECONDS = 10.0
ASK_AGAIN_SECONDS = 0.1


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Views(_Answer):
    position: int


class _Digest(_Answer):
    key: str
    version: int
    sequence: int
    digest: str


class _Digests(_Answer):
    items: tuple[_Digest, ...]
    next_cursor: str | None


class _Document(_Answer):
    document: dict[str, Any]


AnswerT = TypeVar("AnswerT", bound=_Answer)


class Services:
    """The services by name, each with a client that knows its address and carries the token.

    All methods raise `Unavailable` when one does not answer, `Forbidden` when the token does not
    open its views.
    """

    def __init__(self, clients: Mapping[str, httpx.AsyncClient]) -> None:
        self._clients = clients

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in VIEWS if name in self._clients)

    async def lagging(self, sequence: int, seconds: float = CATCH_UP_SECONDS) -> frozenset[str]:
        """Waits until all show `sequence`, and answers those that do not in time."""
        waits = [self._is_behind(name, sequence, seconds) for name in self.names]
        behind = await asyncio.gather(*waits)
        return frozenset(name for name, late in zip(self.names, behind, strict=True) if late)

    async def _is_behind(self, service: str, sequence: int, seconds: float) -> bool:
        end = asyncio.get_running_loop().time() + seconds
        while (await self._get(service, "/views", _Views)).position < sequence:
            if asyncio.get_running_loop().time() > end:
                return True
            await asyncio.sleep(ASK_AGAIN_SECONDS)
        return False

    async def documents(self) -> list[Served]:
        """Every document of every view that this build knows."""
        found = await asyncio.gather(*(self._documents_of(name) for name in self.names))
        return [each for documents in found for each in documents]

    async def _documents_of(self, service: str) -> list[Served]:
        return [
            Served(service, view.name, each.key, each.version, each.sequence, each.digest)
            for view in VIEWS[service]
            async for each in self._digests(service, view.name)
        ]

    async def _digests(self, service: str, view: str) -> AsyncIterator[_Digest]:
        cursor: str | None = None
        while True:
            query = {} if cursor is None else {"cursor": cursor}
            page = await self._get(service, f"/views/{view}/digests", _Digests, query)
            for each in page.items:
                yield each
            cursor = page.next_cursor
            if cursor is None:
                return

    async def document(self, service: str, view: str, key: str) -> dict[str, Any]:
        """Raises `NotFound` for one that has gone since."""
        return (await self._get(service, f"/views/{view}/{key}", _Document)).document

    async def _get(
        self,
        service: str,
        path: str,
        kind: type[AnswerT],
        query: Mapping[str, str] | None = None,
    ) -> AnswerT:
        try:
            answer = await self._clients[service].get(path, params=dict(query or {}))
        except httpx.TransportError as error:
            raise _silent(service, type(error).__name__) from error
        if answer.status_code in (401, 403):
            raise Forbidden("auditor_needed", f"{service} shows its views to auditors only.")
        if answer.status_code == 404:
            raise NotFound("not_found", f"{service} does not serve {path}.")
        try:
            return kind.model_validate_json(answer.raise_for_status().content)
        except (httpx.HTTPStatusError, ValidationError) as error:
            raise _silent(service, str(answer.status_code)) from error


def _silent(service: str, reason: str) -> Unavailable:
    return Unavailable(
        "service_unavailable",
        f"{service} does not answer for its views ({reason}).",
        service=service,
    )
