"""Who may do what to which thing: operation x role -> relation. The only place that says so.

Where a decision concerns an entry, the committee must be unconflicted: what they may not decide
on they do not see there.
"""

from shared.identity import Permissions, Relation, Role

_COMMITTEE = {Role.COMMITTEE: Relation.ANY}
_IMPARTIAL = {Role.COMMITTEE: Relation.UNCONFLICTED}
_IMPARTIAL_OR_LEADER = {**_IMPARTIAL, Role.LEADER: Relation.UNCONFLICTED}
_OWN = {Role.SKPD_OPERATOR: Relation.OWN_AGENCY, Role.SKPD_HEAD: Relation.OWN_AGENCY}
_WATCHERS = {Role.AUDITOR: Relation.ANY, Role.PEMDA_ADMIN: Relation.ANY}
_PURSE = {**_COMMITTEE, **_WATCHERS, Role.TREASURER: Relation.ANY, Role.LEADER: Relation.ANY}

PERMISSIONS: Permissions = {
    "announce_competition": _COMMITTEE,
    "list_competitions": dict.fromkeys(Role, Relation.ANY),
    "read_competition": {
        **dict.fromkeys(Role, Relation.OWN_AGENCY),
        **_WATCHERS,
        Role.LEADER: Relation.ANY,
        Role.COMMITTEE: Relation.UNCONFLICTED,
        Role.JUDGE: Relation.UNCONFLICTED,
    },
    "enrol_by_hand": _IMPARTIAL,
    "open_round": _COMMITTEE,
    "close_round": _COMMITTEE,
    "draft_results": _COMMITTEE,
    "read_versions": {
        **dict.fromkeys(Role, Relation.PUBLIC),
        **_COMMITTEE,
        **_WATCHERS,
        Role.LEADER: Relation.ANY,
    },
    "resolve_tie": _IMPARTIAL,
    "disqualify_entry": _IMPARTIAL,
    "open_objection_window": _COMMITTEE,
    "file_objection": _OWN,
    "list_objections": {
        **_OWN,
        **_IMPARTIAL_OR_LEADER,
        **_WATCHERS,
        Role.COMPANION: Relation.OWN_AGENCY,
    },
    "decide_objection": _IMPARTIAL_OR_LEADER,
    "sign_minutes": {**_COMMITTEE, Role.LEADER: Relation.ANY},
    "read_objection_document": {
        **_OWN,
        **_IMPARTIAL_OR_LEADER,
        **_WATCHERS,
    },
    "open_public_test": _COMMITTEE,
    "list_doubts": {**_IMPARTIAL_OR_LEADER, **_WATCHERS},
    "decide_doubt": _IMPARTIAL_OR_LEADER,
    "erase_doubt": _IMPARTIAL,
    "read_eligibility": {**_COMMITTEE, **_WATCHERS, **_OWN, Role.COMPANION: Relation.OWN_AGENCY},
    "name_recipients": {**_OWN, **_IMPARTIAL},
    "read_recipients": {**_OWN, **_PURSE},
    "keep_payee": {**_COMMITTEE, Role.TREASURER: Relation.ANY, **_OWN},
    "read_payee": {**_COMMITTEE, Role.TREASURER: Relation.ANY, **_OWN},
    "erase_payee": {**_COMMITTEE, Role.TREASURER: Relation.ANY},
    "compare_scenarios": {**_COMMITTEE, **_WATCHERS},
    "issue_document": {**_COMMITTEE, Role.TREASURER: Relation.ANY},
    "list_documents": {**_PURSE, **_OWN},
    "read_document": {**_PURSE, **_OWN},
    "adopt_tax_table": _COMMITTEE,
    "confirm_tax_table": {Role.TREASURER: Relation.ANY},
    "list_tax_tables": dict.fromkeys(Role, Relation.ANY),
    "read_calendar": dict.fromkeys(Role, Relation.ANY),
    "determine_results": _COMMITTEE,
    "publish_results": _COMMITTEE,
    "allocate_money": _COMMITTEE,
    "register_fund": {**_COMMITTEE, Role.TREASURER: Relation.ANY, Role.PEMDA_ADMIN: Relation.ANY},
    "list_funds": _PURSE,
    "read_fund": _PURSE,
    "list_allocations": _PURSE,
    "read_ledger": _PURSE,
    "approve_allocation": _IMPARTIAL_OR_LEADER,
    "hold_allocation": {**_COMMITTEE, Role.TREASURER: Relation.ANY},
    "release_allocation": _COMMITTEE,
    "pay_allocation": {Role.TREASURER: Relation.ANY},
    "return_allocation": {Role.TREASURER: Relation.ANY},
    "reverse_allocation": _COMMITTEE,
}

PUBLIC = frozenset(
    {
        "list_published_results",
        "read_published_results",
        "export_published_results",
        "read_public_test",
        "file_doubt",
        "verify_document",
        "verify_page",
        "verify_file",
        "prove_document",
        "verify_results",
        "prove_results",
    }
)
"""The routes that ask for no token."""
