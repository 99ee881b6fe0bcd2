"""Who holds a dossier: taken, renewed, given back, handed over, taken away, stepped aside from."""

from typing import ClassVar

from shared.events.base import Code, Fact, Key, PersonId, Utc


class DossierLeased(Fact):
    """A verifier holds the dossier until `until`; only this token may save. Work renews it."""

    ce_type: ClassVar[str] = "inda.verification.dossier-leased.v1"

    dossier_id: Key
    verifier_id: PersonId
    verifier_agency: Code | None
    token: Key
    until: Utc


class LeaseRenewed(Fact):
    """The holder is still at work. Said at most once in half a lease, however often asked."""

    ce_type: ClassVar[str] = "inda.verification.lease-renewed.v1"

    dossier_id: Key
    token: Key
    until: Utc


class DossierReleased(Fact):
    ce_type: ClassVar[str] = "inda.verification.dossier-released.v1"

    dossier_id: Key
    token: Key
    note: str


class DossierHandedOver(Fact):
    """The holder gives the dossier to a colleague: until `until` nobody else may take it."""

    ce_type: ClassVar[str] = "inda.verification.dossier-handed-over.v1"

    dossier_id: Key
    token: Key
    to: PersonId
    until: Utc
    note: str


class LeaseRevoked(Fact):
    """A supervisor took the dossier from its holder, for a reason.

    It is kept for `to` until `until`, or free for all where nobody is named.
    """

    ce_type: ClassVar[str] = "inda.verification.lease-revoked.v1"

    dossier_id: Key
    token: Key
    holder: PersonId
    reason: str
    to: PersonId | None = None
    until: Utc | None = None


class VerifierRecused(Fact):
    """A verifier declares a conflict; the dossier is invisible to that person from now on."""

    ce_type: ClassVar[str] = "inda.verification.verifier-recused.v1"

    dossier_id: Key
    verifier_id: PersonId
    reason: str
