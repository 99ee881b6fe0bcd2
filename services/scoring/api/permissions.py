"""Who may do what to which thing: operation x role -> relation. The only place that says so."""

from shared.identity import Permissions, Relation, Role

_SCORECARD_READERS = {
    Role.SKPD_OPERATOR: Relation.OWN_AGENCY,
    Role.SKPD_HEAD: Relation.OWN_AGENCY,
    Role.COMPANION: Relation.OWN_AGENCY,
    Role.VERIFIER: Relation.UNCONFLICTED,
    Role.QUALITY_CONTROLLER: Relation.UNCONFLICTED,
    Role.PEMDA_ADMIN: Relation.ANY,
    Role.COMMITTEE: Relation.ANY,
    Role.LEADER: Relation.ANY,
    Role.AUDITOR: Relation.ANY,
}
_REGION_READERS = {
    Role.PEMDA_ADMIN: Relation.ANY,
    Role.COMMITTEE: Relation.ANY,
    Role.LEADER: Relation.ANY,
    Role.AUDITOR: Relation.ANY,
}
_JUDGE = {Role.JUDGE: Relation.ASSIGNED}
_COMMITTEE = {Role.COMMITTEE: Relation.ANY}
_PANEL_READERS = {
    **_JUDGE,
    **_COMMITTEE,
    Role.PEMDA_ADMIN: Relation.ANY,
    Role.AUDITOR: Relation.ANY,
}

PERMISSIONS: Permissions = {
    "list_scorecards": _SCORECARD_READERS,
    "read_scorecard": _SCORECARD_READERS,
    "explain_scorecard": _SCORECARD_READERS,
    "list_regions": _REGION_READERS,
    "read_region": _REGION_READERS,
    "read_region_coach": _REGION_READERS,
    "read_region_history": _REGION_READERS,
    "read_government_aspect": _REGION_READERS,
    "simulate_region": _REGION_READERS,
    "record_government_aspect": {Role.PEMDA_ADMIN: Relation.ANY},
    "list_panels": _PANEL_READERS,
    "read_panel": _PANEL_READERS,
    "read_own_scores": _JUDGE,
    "seal_score": _JUDGE,
    "seat_judge": _COMMITTEE,
    "unseat_judge": _COMMITTEE,
    "recuse_judge": {**_JUDGE, **_COMMITTEE},
    "reveal_scores": _COMMITTEE,
}
