"""The development issuer's signing key, kept on disk, and the tokens it signs."""

import json
import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from joserfc import jws, jwt
from joserfc.jwk import OKPKey

ISSUER = "http://127.0.0.1:8009"
AUDIENCE = "inda"
ALGORITHM = "Ed25519"
TOKEN_SECONDS = 8 * 3600


def utc_now() -> datetime:
    return datetime.now(UTC)


class DevelopmentKeys:
    """Signs tokens with an Ed25519 key that is made once and kept, owner-readable, in `folder`."""

    def __init__(
        self,
        folder: Path,
        *,
        issuer: str = ISSUER,
        audience: str = AUDIENCE,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.issuer = issuer
        self._audience = audience
        self._now = now
        self._key = _kept_key(folder / "issuer-key.json")

    def token(
        self,
        *,
        sub: str,
        roles: Iterable[str],
        agency: str | None = None,
        agency_path: Iterable[str] = (),
        lifetime_seconds: int = TOKEN_SECONDS,
    ) -> str:
        """A bearer token for these claims; a negative lifetime makes an expired one."""
        issued = int(self._now().timestamp())
        path = tuple(agency_path) or ((agency,) if agency else ())
        claims = {
            "iss": self.issuer,
            "aud": self._audience,
            "sub": sub,
            "roles": sorted(roles),
            "iat": issued,
            "nbf": min(issued, issued + lifetime_seconds),
            "exp": issued + lifetime_seconds,
            **({"agency": agency, "agency_path": path} if agency else {}),
        }
        header = {"alg": ALGORITHM, "kid": self._key.kid}
        registry = jws.JWSRegistry(algorithms=[ALGORITHM])
        return jwt.encode(header, claims, self._key, registry=registry)

    def jwks(self) -> dict[str, object]:
        """The public half, as the services fetch it."""
        public = self._key.as_dict(private=False, use="sig", alg=ALGORITHM)
        return {"keys": [public]}


def _kept_key(file: Path) -> OKPKey:
    """The key of this file. Linked into place whole, so that of two first starts one wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        fresh = OKPKey.generate_key("Ed25519", auto_kid=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        write_private(draft, json.dumps(fresh.as_dict(private=True)).encode())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return OKPKey.import_key(json.loads(file.read_bytes()))


def write_private(file: Path, content: bytes) -> None:
    """A file that only its owner reads, from its first byte on."""
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
