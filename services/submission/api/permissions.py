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

_OVERSEERS = {
    Role.COMPANION: Relation.ANY,
    Role.PEMDA_ADMIN: Relation.ANY,
    Role.LEADER: Relation.ANY,
    Role.AUDITOR: Relation.ANY,
}

PERMISSIONS: Permissions = {
    "open_season": _ADMIN,
    "extend_deadline": _ADMIN,
    "grant_late_exception": _ADMIN,
    "close_season": _ADMIN,
    "list_seasons": _EVERYBODY,
    "read_season": _EVERYBODY,
    "register_agency": _ADMIN,
    "rename_agency": _ADMIN,
    "succeed_agency": _ADMIN,
    "close_agency": _ADMIN,
    "sign_commitment": {**_ADMIN, Role.SKPD_HEAD: Relation.OWN_AGENCY},
    "list_agencies": _EVERYBODY,
    "read_agency": _EVERYBODY,
    "read_compliance": {**_OWN, **_OVERSEERS},
    "read_counts": {**_OWN, **_OVERSEERS},
    "draft_innovation": _OWN,
    "develop_innovation": _OWN,
    "revise_profile": _OWN,
    "change_profile": _OWN,
    "read_contact": {**_OWN, **_ADMIN},
    "change_contact": _OWN,
    "erase_contact": {**_OWN, **_ADMIN},
    "claim_level": _OWN,
    "declare_evidence": _OWN,
    "read_upload": _OWN,
    "revise_evidence": _OWN,
    "take_in_evidence": _OWN,
    "withdraw_evidence": _OWN,
    "endorse_innovation": {Role.SKPD_HEAD: Relation.OWN_AGENCY},
    "submit_innovation": _OWN,
    "withdraw_innovation": _OWN,
    "list_innovations": _READERS,
    "read_innovation": _READERS,
    "read_receipt": _READERS,
    "read_history": _READERS,
    "read_preflight": _READERS,
    "read_coach": _READERS,
    "download_evidence": _READERS,
    "list_register": _EVERYBODY,
    "state_replication": _OWN,
    "link_replication": _OWN,
    "withdraw_replication": _OWN,
    "list_replications": {**_OWN, **_OVERSEERS},
    "read_replication": {**_OWN, **_OVERSEERS},
    "adopt_replication": _OWN,
    "read_import_template": _EVERYBODY,
    "import_agencies": _ADMIN,
    "import_innovations": {**_OWN, **_ADMIN},
    "export_innovations": _READERS,
}
