"""Documents that are signed: canonical JSON (RFC 8785) under Ed25519, checked without a server.

Pure. What is sealed holds text, whole numbers, truth values and nothing else.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any, cast

import rfc8785
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

ALGORITHM = "Ed25519"
CURVE = "Ed25519"
SIGNATURE = "signature"
PARTS = 3

Document = dict[str, Any]


class BadKey(Exception):
    """A key that receipts cannot be signed or checked with; the message is a sentence."""


class Broken(Exception):
    """This is not, byte for byte, what was signed with one of these keys."""


class Seal:
    """Signs with an Ed25519 key in PEM; `earlier`, a JWKS, are public keys of times before it."""

    def __init__(self, pem: bytes, earlier: bytes | None = None) -> None:
        """Raises `BadKey`."""
        self._key = _private_key(pem)
        self._earlier = [] if earlier is None else _ours(earlier)

    def signed(self, document: Mapping[str, Any]) -> str:
        """A compact JWS that holds the document. The same document gives the same text."""
        header = {"alg": ALGORITHM, "kid": self._key.thumbprint()}
        return jws.serialize_compact(
            header, rfc8785.dumps(dict(document)), self._key, algorithms=[ALGORITHM]
        )

    def published(self) -> list[Document]:
        """The public keys that receipts can be checked with, the present one first."""
        shown = [_public(each) for each in (self._key, *self._earlier)]
        return list({each["kid"]: each for each in shown}.values())


def public_keys(jwks: bytes) -> KeySet:
    """The keys in a JWKS document. Raises `BadKey`."""
    return KeySet([OKPKey.import_key(_public(each)) for each in _ours(jwks)])


def verified(text: bytes, keys: KeySet) -> Document:
    """What was signed. Raises `Broken` unless `text` says exactly that, and a key signed it."""
    told = _parsed(text)
    signature = told.pop(SIGNATURE, None)
    if not isinstance(signature, str):
        raise Broken("It carries no signature.")
    signed = _payload(signature, keys)
    try:
        same = rfc8785.dumps(told) == signed
    except (rfc8785.CanonicalizationError, ValueError) as error:
        raise Broken("It cannot be written as canonical JSON.") from error
    if not same:
        raise Broken("Its text differs from what was signed.")
    return told


def _payload(signature: str, keys: KeySet) -> bytes:
    if not _is_canonical(signature):
        raise Broken("Its signature is malformed.")
    try:
        return jws.deserialize_compact(signature, keys, algorithms=[ALGORITHM]).payload
    except (JoseError, ValueError) as error:
        raise Broken("Its signature was not made with one of these keys.") from error


def _is_canonical(signature: str) -> bool:
    """The last letters of base64 hold bits that nothing reads: those must not be free to choose."""
    parts = signature.split(".")
    try:
        return len(parts) == PARTS and all(_encoded(_decoded(part)) == part for part in parts)
    except ValueError:
        return False


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _parsed(text: bytes) -> Document:
    try:
        told = json.loads(text.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=_no_number)
    except (ValueError, RecursionError) as error:
        raise Broken("It is not a document as it was given.") from error
    if not isinstance(told, dict):
        raise Broken("It is not a document as it was given.")
    return cast("Document", told)


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """A name that stands twice would be read by some as the first, by others as the second."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name stands twice")
    return told


def _no_number(text: str) -> float:
    """Only whole numbers are signed; `1.0` would be written like `1`."""
    raise ValueError(f"{text} is no whole number")


def _private_key(pem: bytes) -> OKPKey:
    try:
        key = OKPKey.import_key(pem)
    except (JoseError, ValueError, TypeError) as error:
        raise BadKey("The key must be an Ed25519 private key in PEM.") from error
    if key.curve_name != CURVE or not key.is_private:
        raise BadKey("The key must be an Ed25519 private key in PEM.")
    return key


def _ours(jwks: bytes) -> list[OKPKey]:
    try:
        found = KeySet.import_key_set(json.loads(jwks)).keys
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadKey("The public keys must be a JWKS document.") from error
    ours = [each for each in found if isinstance(each, OKPKey) and each.curve_name == CURVE]
    if not ours:
        raise BadKey("There is no Ed25519 key among the public keys.")
    return ours


def _public(key: OKPKey) -> Document:
    told = key.as_dict(private=False)
    return {
        "kty": told["kty"],
        "crv": told["crv"],
        "x": told["x"],
        "kid": key.thumbprint(),
        "use": "sig",
        "alg": ALGORITHM,
    }
