"""Who may do what here, and how they must stand to the dossier.

Whoever reviews is unconflicted; the decision itself checks it again on the dossier's own facts.
"""

from shared.identity import Permissions, Relation, Role

_REVIEWS = {Role.VERIFIER: Relation.UNCONFLICTED}
_LOOKS_INSIDE = {
    **_REVIEWS,
    Role.QUALITY_CONTROLLER: Relation.UNCONFLICTED,
    Role.AUDITOR: Relation.ANY,
}
_LOOKS_ON = {**_LOOKS_INSIDE, Role.PEMDA_ADMIN: Relation.ANY}

PERMISSIONS: Permissions = {
    "list_dossiers": _LOOKS_ON,
    "read_dossier": _LOOKS_ON,
    "read_evidence": _LOOKS_INSIDE,
    "list_reason_codes": _LOOKS_ON,
    "claim_dossier": _REVIEWS,
    "release_dossier": _REVIEWS,
    "decide_indicator": _REVIEWS,
    "request_revision": _REVIEWS,
    "verify_dossier": _REVIEWS,
    "recuse": _REVIEWS,
}
