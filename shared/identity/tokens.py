"""From a bearer token to a caller: signature, issuer, audience and times, checked once a token."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from joserfc import errors, jws, jwt
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import KeySet
from pydantic import BaseModel, Field, ValidationError, model_validator

from shared.errors import Unauthenticated
from shared.identity.callers import Caller, Role
from shared.identity.keys import FRESH, PublishedKeys

ALGORITHMS = ("EdDSA", "Ed25519", "ES256", "RS256")
LEEWAY_SECONDS = 30
REMEMBERED_TOKENS = 4096
ROLES = {role.value: role for role in Role}


class Claims(BaseModel):
    """The claims that become a caller; all others, and roles of other systems, are ignored."""

    sub: str = Field(min_length=1)
    exp: float
    roles: frozenset[str] = frozenset()
    agency: str | None = None
    agency_path: tuple[str, ...] = ()

    @model_validator(mode="after")
    def path_ends_at_the_agency(self) -> "Claims":
        if self.agency_path and self.agency_path[-1] != self.agency:
            raise ValueError("agency_path must end with agency")
        return self

    def caller(self) -> Caller:
        path = self.agency_path or ((self.agency,) if self.agency else ())
        roles = frozenset(ROLES[name] for name in self.roles if name in ROLES)
        return Caller(self.sub, roles, self.agency or None, path)


class AsymmetricOnly(jws.JWSRegistry):
    """Only signatures that a service can check and not make.

    Looks an algorithm up without the library's warning on `EdDSA`, the older name of `Ed25519`
    that identity providers still send.
    """

    def get_alg(self, name: str) -> JWSAlgModel:
        if name not in ALGORITHMS:
            raise errors.UnsupportedAlgorithmError(name)
        return self.algorithms[name]


class Verifier:
    """Validates bearer JWTs; a verified token is remembered until it ends.

    Remembered no longer than keys count as fresh, so that a withdrawn key stops counting too.
    """

    def __init__(
        self, keys: PublishedKeys, *, issuer: str, audience: str, now: Callable[[], datetime]
    ) -> None:
        self._keys = keys
        self._now = now
        self._registry = AsymmetricOnly(strict_check_header=False)
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        self._remembered: OrderedDict[bytes, tuple[Caller, float]] = OrderedDict()

    async def verify(self, token: str) -> Caller:
        """The caller. Unauthenticated with the reason as code, Unavailable without any keys."""
        name = sha256(token.encode()).digest()
        known = self._remembered.get(name)
        if known is not None and self._now().timestamp() < known[1]:
            self._remembered.move_to_end(name)
            return known[0]
        claims = self._checked(await self._decoded(token))
        caller = claims.caller()
        self._remember(name, caller, claims.exp)
        return caller

    async def _decoded(self, token: str) -> jwt.Token:
        try:
            return self._decode(token, await self._keys.current())
        except errors.InvalidKeyIdError:
            return self._decode_again(token, await self._keys.after_unknown())

    def _decode_again(self, token: str, keys: KeySet) -> jwt.Token:
        try:
            return self._decode(token, keys)
        except errors.InvalidKeyIdError as error:
            raise Unauthenticated(
                "token_key_unknown", "The token is signed with a key that is not published."
            ) from error

    def _decode(self, token: str, keys: KeySet) -> jwt.Token:
        try:
            return jwt.decode(token, keys, registry=self._registry)
        except errors.InvalidKeyIdError:
            raise
        except errors.UnsupportedAlgorithmError as error:
            raise Unauthenticated(
                "token_algorithm_refused", "The token's algorithm is not accepted."
            ) from error
        except errors.BadSignatureError as error:
            raise Unauthenticated(
                "token_signature_wrong", "The token's signature does not hold."
            ) from error
        except (errors.JoseError, ValueError, KeyError, TypeError) as error:
            raise Unauthenticated("token_malformed", "The token cannot be read.") from error

    def _checked(self, token: jwt.Token) -> Claims:
        try:
            self._claims.validate(token.claims)
            return Claims.model_validate(token.claims)
        except errors.ExpiredTokenError as error:
            raise Unauthenticated("token_expired", "The token has expired.") from error
        except errors.ClaimError as error:
            raise _wrong_claim(error.claim) from error
        except ValidationError as error:
            fields = error.errors(include_input=False, include_url=False)[0]["loc"]
            raise _wrong_claim(str(fields[0]) if fields else "agency_path") from error

    def _remember(self, name: bytes, caller: Caller, ends: float) -> None:
        self._remembered[name] = (caller, min(ends, (self._now() + FRESH).timestamp()))
        while len(self._remembered) > REMEMBERED_TOKENS:
            self._remembered.popitem(last=False)


def _wrong_claim(claim: str) -> Unauthenticated:
    return Unauthenticated(
        "token_claim_wrong", f"The token's claim {claim} is missing or not accepted.", claim=claim
    )
