"""A sealed document proves what it says, byte for byte, to anybody who has the public key."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey

from shared.seals import BadKey, Broken, Seal, public_keys, verified


def pem() -> bytes:
    return OKPKey.generate_key("Ed25519").as_pem(private=True)


def jwks(*seals: Seal) -> bytes:
    return json.dumps({"keys": [key for seal in seals for key in seal.published()]}).encode()


SEAL = Seal(pem())
KEYS = public_keys(jwks(SEAL))
DOCUMENT = {
    "title": "SIP PUTIH “á”",
    "round": 1,
    "training": False,
    "complete_by": None,
    "manifest": [{"sha256": "a" * 64, "indicators": ["SID-01"], "taken_in": True}],
}


def sealed(document: Mapping[str, Any], seal: Seal = SEAL) -> bytes:
    told = {**document, "signature": seal.signed(document)}
    return json.dumps(told, ensure_ascii=False).encode()


def test_what_was_signed_is_told_however_it_is_laid_out() -> None:
    text = sealed(DOCUMENT)
    assert verified(text, KEYS) == DOCUMENT
    other = json.dumps(dict(reversed(json.loads(text).items())), indent=4)
    assert verified(other.encode(), KEYS) == DOCUMENT
    assert verified(b"\xef\xbb\xbf" + text, KEYS) == DOCUMENT


def test_the_same_document_is_sealed_with_the_same_text() -> None:
    backwards = dict(reversed(DOCUMENT.items()))
    assert SEAL.signed(DOCUMENT) == SEAL.signed(backwards)


def test_flipping_any_bit_of_text_or_signature_breaks_it() -> None:
    text = sealed(DOCUMENT)
    held: list[tuple[int, int]] = []
    for place in range(len(text)):
        for bit in range(8):
            flipped = bytearray(text)
            flipped[place] ^= 1 << bit
            try:
                told = verified(bytes(flipped), KEYS)
            except Broken:
                continue
            held.append((place, bit))
            # White space is layout: a space may become another, and nothing else may.
            assert (told, text[place : place + 1]) == (DOCUMENT, b" ")
    assert len(held) < text.count(b" ") * 8


def test_another_key_does_not_do() -> None:
    stranger = Seal(pem())
    with pytest.raises(Broken, match="not made with one of these keys"):
        verified(sealed(DOCUMENT), public_keys(jwks(stranger)))
    with pytest.raises(Broken, match="not made with one of these keys"):
        verified(sealed(DOCUMENT, stranger), KEYS)


def test_after_a_rotation_old_and_new_seals_hold() -> None:
    old = Seal(pem())
    new = Seal(pem(), jwks(old))
    kids = [key["kid"] for key in new.published()]
    assert kids == [new.published()[0]["kid"], old.published()[0]["kid"]]
    keys = public_keys(jwks(new))
    for seal in (old, new):
        assert verified(sealed(DOCUMENT, seal), keys) == DOCUMENT
    again = Seal(pem(), jwks(new, old))
    assert len(again.published()) == 3


def test_nothing_private_is_published() -> None:
    assert [sorted(key) for key in SEAL.published()] == [["alg", "crv", "kid", "kty", "use", "x"]]


def signed_with_the_public_key() -> bytes:
    """The oldest trick: what everybody knows as the secret of a symmetric algorithm."""
    public = SEAL.published()[0]
    forged = jws.serialize_compact(
        {"alg": "HS256", "kid": public["kid"]},
        json.dumps(DOCUMENT).encode(),
        OctKey.import_key(json.dumps(public)),
        algorithms=["HS256"],
    )
    return json.dumps({**DOCUMENT, "signature": forged}).encode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "not a document"),
        (b"[1]", "not a document"),
        (b"\xff", "not a document"),
        (b"{" * 100_000, "not a document"),
        (b'{"a": 1}', "no signature"),
        (b'{"a": 1, "signature": null}', "no signature"),
        (b'{"a": 1, "signature": "x.y"}', "malformed"),
        (b'{"a": 1, "signature": "a.b.c"}', "malformed"),
        (b'{"a": 1, "signature": "e30.e30.e30"}', "not made with"),
        (sealed({"round": 1}).replace(b'"round": 1', b'"round": 1.0'), "not a document"),
        (sealed({"round": 1}).replace(b'"round": 1', b'"round": 1, "round": 1'), "not a document"),
        (sealed({"round": 1}).replace(b'"round": 1', b'"round": NaN'), "canonical"),
        (sealed({"round": 1}).replace(b'"round": 1', b'"round": 2'), "differs"),
        (sealed({"round": 1}).replace(b'"round"', b'"ronde"'), "differs"),
        (sealed({"round": 1}).replace(b"{", b'{"more": 1, '), "differs"),
        (signed_with_the_public_key(), "not made with"),
    ],
)
def test_what_was_not_signed_proves_nothing(text: bytes, sentence: str) -> None:
    with pytest.raises(Broken, match=sentence):
        verified(text, KEYS)


def test_only_an_ed25519_private_key_seals() -> None:
    key = OKPKey.generate_key("Ed25519")
    for wrong in (
        b"",
        b"nonsense",
        key.as_pem(private=False),
        OKPKey.generate_key("X25519").as_pem(private=True),
        ECKey.generate_key("P-256").as_pem(private=True),
    ):
        with pytest.raises(BadKey, match="Ed25519 private key in PEM"):
            Seal(wrong)


def test_only_ed25519_public_keys_check() -> None:
    elliptic = ECKey.generate_key("P-256").as_dict(private=False)
    for wrong in (b"", b"[]", b"{}", json.dumps({"keys": [elliptic]}).encode(), b'{"keys": [1]}'):
        with pytest.raises(BadKey):
            public_keys(wrong)
        with pytest.raises(BadKey):
            Seal(pem(), wrong)


@given(st.dictionaries(st.text(), st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()))
def test_whatever_is_sealed_is_told_again(document: dict[str, Any]) -> None:
    told = {name: value for name, value in document.items() if name != "signature"}
    assert verified(sealed(told), KEYS) == told
