"""Who may do what to which thing: operation x role -> relation. The only place that says so."""

from shared.identity import Permissions, Relation, Role

_EVERYBODY = dict.fromkeys(Role, Relation.ANY)
_ADMIN = {Role.PEMDA_ADMIN: Relation.ANY}
_OWN = {Role.SKPD_OPERATOR: Relation.OWN_AGENCY, Role.SKPD_HEAD: Relation.OWN_AGENCY}
_READERS = {
    **_OWN,
    Role.COMPANION: Relation.OWN_AGENCY,
    Role.PEMDA_ADMIN: Relation.ANY,
    Role.LEADER: Relation.ANY,
    Role.AUDITOR: Relation.ANY,
}

PERMISSIONS: Permissions = {
    "open_season": _ADMIN,
    "extend_deadline": _ADMIN,
    "close_season": _ADMIN,
    "list_seasons": _EVERYBODY,
    "read_season": _EVERYBODY,
    "register_agency": _ADMIN,
    "rename_agency": _ADMIN,
    "close_agency": _ADMIN,
    "sign_commitment": {**_ADMIN, Role.SKPD_HEAD: Relation.OWN_AGENCY},
    "list_agencies": _EVERYBODY,
    "read_agency": _EVERYBODY,
    "draft_innovation": _OWN,
    "revise_profile": _OWN,
    "claim_level": _OWN,
    "declare_evidence": _OWN,
    "take_in_evidence": _OWN,
    "withdraw_evidence": _OWN,
    "submit_innovation": _OWN,
    "withdraw_innovation": _OWN,
    "list_innovations": _READERS,
    "read_innovation": _READERS,
    "read_receipt": _READERS,
    "download_evidence": _READERS,
}
