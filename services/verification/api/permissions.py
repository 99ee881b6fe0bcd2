"""Who may do what here, and how they must stand to the dossier.

Whoever reviews is unconflicted; the decision itself checks it again on the dossier's own facts.
"""

from shared.identity import Permissions, Relation, Role

_REVIEWS = {Role.VERIFIER: Relation.UNCONFLICTED, Role.QUALITY_CONTROLLER: Relation.UNCONFLICTED}
_RESOLVES = {Role.QUALITY_CONTROLLER: Relation.UNCONFLICTED}
_LOOKS_INSIDE = {**_REVIEWS, Role.AUDITOR: Relation.ANY}
_LOOKS_ON = {**_LOOKS_INSIDE, Role.PEMDA_ADMIN: Relation.ANY}
_SUPERVISES = {Role.PEMDA_ADMIN: Relation.ANY, Role.QUALITY_CONTROLLER: Relation.UNCONFLICTED}
_MEASURES = {**_SUPERVISES, Role.AUDITOR: Relation.ANY, Role.LEADER: Relation.ANY}
_IS_TOLD = {
    Role.SKPD_OPERATOR: Relation.OWN_AGENCY,
    Role.SKPD_HEAD: Relation.OWN_AGENCY,
    Role.PEMDA_ADMIN: Relation.ANY,
}

PERMISSIONS: Permissions = {
    "list_dossiers": _LOOKS_ON,
    "count_dossiers": _LOOKS_ON,
    "read_dossier": _LOOKS_ON,
    "read_changes": _LOOKS_ON,
    "read_minutes": _LOOKS_ON,
    "read_evidence": _LOOKS_INSIDE,
    "read_findings": _LOOKS_INSIDE,
    "read_similar": _LOOKS_INSIDE,
    "list_reason_codes": _LOOKS_ON,
    "list_criteria": _LOOKS_ON,
    "claim_dossier": _REVIEWS,
    "claim_next": _REVIEWS,
    "renew_lease": _REVIEWS,
    "release_dossier": _REVIEWS,
    "hand_over": _REVIEWS,
    "revoke_lease": _SUPERVISES,
    "decide_admissibility": _REVIEWS,
    "decide_indicator": _REVIEWS,
    "accept_indicators": _REVIEWS,
    "request_revision": _REVIEWS,
    "verify_dossier": _REVIEWS,
    "resolve_discrepancy": _RESOLVES,
    "record_visit": _REVIEWS,
    "recuse": _REVIEWS,
    "declare_conflict": _REVIEWS,
    "list_verifiers": _MEASURES,
    "read_verifier": {**_MEASURES, **_REVIEWS},
    "describe_verifier": {**_SUPERVISES, Role.VERIFIER: Relation.UNCONFLICTED},
    "publish_quality_rule": {Role.PEMDA_ADMIN: Relation.ANY},
    "read_quality": {**_MEASURES, Role.VERIFIER: Relation.UNCONFLICTED},
    "read_service_levels": _MEASURES,
    "list_notices": _IS_TOLD,
    "read_notices": _IS_TOLD,
    "read_notice_address": _IS_TOLD,
    "set_notice_address": _IS_TOLD,
    "list_webhooks": _IS_TOLD,
    "register_webhook": _IS_TOLD,
    "remove_webhook": _IS_TOLD,
    "test_webhook": _IS_TOLD,
    "list_deliveries": _IS_TOLD,
    "retry_delivery": _IS_TOLD,
}
