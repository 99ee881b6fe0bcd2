"""The doors of an API: who is asking (401), may their roles do this (403), and to this (404)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shared.errors import Unauthenticated
from shared.identity.callers import Caller
from shared.identity.permissions import Permissions, Relation, Thing, may, require, role_allows
from shared.identity.tokens import Verifier

_SCHEME = HTTPBearer(bearerFormat="JWT", auto_error=False)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Security(_SCHEME)]


@dataclass(frozen=True, slots=True)
class Access:
    """A caller whose roles allow the operation, still to be held against the thing itself."""

    caller: Caller
    relations: frozenset[Relation]

    def require(self, thing: Thing) -> None:
        """NotFound unless the caller stands in one of the relations to this thing."""
        require(self.relations, self.caller, thing)

    def may(self, thing: Thing) -> bool:
        """The same question for lists: leave out what this caller may not touch."""
        return may(self.relations, self.caller, thing)


def bearer(verifier: Verifier) -> Callable[..., Awaitable[Caller]]:
    """A FastAPI dependency that answers the caller; OpenAPI shows it as a bearer token."""

    async def caller(credentials: Credentials) -> Caller:
        return await _caller(verifier, credentials)

    return caller


def allow(
    permissions: Permissions, verifier: Verifier
) -> Callable[[str], Callable[..., Awaitable[Access]]]:
    """From an operation's name to the FastAPI dependency that answers its `Access`.

    ValueError at wiring for an operation that the table does not know.
    """

    def allowed(operation: str) -> Callable[..., Awaitable[Access]]:
        if operation not in permissions:
            raise ValueError(f"The table of permissions has no operation {operation}.")

        # Not a dependency on `bearer`: each level of them costs every request.
        async def access(credentials: Credentials) -> Access:
            caller = await _caller(verifier, credentials)
            return Access(caller, role_allows(permissions, operation, caller))

        return access

    return allowed


async def _caller(verifier: Verifier, credentials: HTTPAuthorizationCredentials | None) -> Caller:
    if credentials is None:
        raise Unauthenticated("token_missing", "Send a bearer token.")
    return await verifier.verify(credentials.credentials)
