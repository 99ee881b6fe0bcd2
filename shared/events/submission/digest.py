"""The digests that facts of submission name: anybody can compute them again from the facts."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from shared.events.submission.evidence import EvidenceItem, Letter
from shared.events.submission.innovation import Claim
from shared.events.submission.profile import Profile

INTAKE_SAYS = {"accepted", "properties"}
"""What intake adds to an item: it does not change what the agency stands by."""


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode

Part = Profile | Claim | EvidenceItem


def content_digest(
    profile: Profile, claims: Iterable[Claim], evidence: Iterable[EvidenceItem]
) -> str:
    """SHA-256 over the RFC 8785 JSON of what an agency hands in: profile, claims, evidence."""
    by_indicator = sorted(claims, key=lambda claim: claim.indicator)
    by_id = sorted(evidence, key=lambda item: item.evidence_id)
    claimed = ",".join([_written(_Itself(claim)) for claim in by_indicator])
    shown = ",".join([_written(_Itself(item)) for item in by_id])
    told = _written(_Itself(profile))
    return _sha256(f'{{"claims":[{claimed}],"evidence":[{shown}],"profile":{told}}}')


def profile_digest(profile: Profile) -> str:
    """SHA-256 over the RFC 8785 JSON of a profile."""
    return _sha256(_written(_Itself(profile)))


def statement_digest(
    innovation_id: str, agency_id: str, letter: Letter, started_on: date, contact_body: str
) -> str:
    """SHA-256 over the RFC 8785 JSON of a statement of replication."""
    body = {
        "innovation_id": innovation_id,
        "agency_id": agency_id,
        "letter": letter.model_dump(mode="json"),
        "started_on": started_on.isoformat(),
        "contact_body": contact_body,
    }
    return _sha256(_canonical(body))


class _Itself:
    """A value as a key that only itself is equal to: equal decimals may be written differently."""

    __slots__ = ("value",)

    def __init__(self, value: Part) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.value is self.value


@lru_cache(maxsize=2048)
def _written(part: _Itself) -> str:
    """Content changes piece by piece: what stays is not written again."""
    value = part.value
    without = INTAKE_SAYS if isinstance(value, EvidenceItem) else None
    return _canonical(value.model_dump(mode="json", exclude=without))


def _canonical(body: dict[str, Any]) -> str:
    """The RFC 8785 JSON of what facts hold, without a library that takes its time for all JSON.

    That is text without lone surrogates under keys in ASCII, integers below 2^53, booleans and
    null: for these the plain encoder writes the same bytes. It would not for floats, nor would it
    sort keys beyond ASCII alike.
    """
    return _encode(body)


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
