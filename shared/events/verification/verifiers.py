"""What is known of a verifier: what they know well, how much they take, whom they are tied to."""

import re
from hashlib import sha256
from typing import ClassVar, Final

from shared.events.base import Code, Fact, Path, PersonId

PLAIN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def verifier_key(person_id: str) -> str:
    """The aggregate of a person: their id, or its SHA-256 where no subject could hold it."""
    if PLAIN.fullmatch(person_id):
        return person_id
    return sha256(person_id.encode()).hexdigest()


class VerifierDescribed(Fact):
    """`affairs` that they know well, `capacity` dossiers at once; not `active`: none is offered."""

    ce_type: ClassVar[str] = "inda.verification.verifier-described.v1"

    verifier_id: PersonId
    agency_id: Code | None
    agency_path: Path
    affairs: tuple[str, ...]
    capacity: int
    active: bool


class ConflictDeclared(Fact):
    """A tie that no tree knows: to an agency, and with it to all below it."""

    ce_type: ClassVar[str] = "inda.verification.conflict-declared.v1"

    verifier_id: PersonId
    agency_id: Code
    reason: str


class ConflictEnded(Fact):
    """The tie is no more, and why."""

    ce_type: ClassVar[str] = "inda.verification.conflict-ended.v1"

    verifier_id: PersonId
    agency_id: Code
    reason: str
