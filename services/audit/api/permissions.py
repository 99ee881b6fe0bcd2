"""Who may do what in audit: operation x role -> relation. The only place that says so."""

from shared.identity import Permissions, Relation, Role

_AUDITOR = {Role.AUDITOR: Relation.ANY}

PERMISSIONS: Permissions = {
    "start_replay": _AUDITOR,
    "list_replays": _AUDITOR,
    "read_replay": _AUDITOR,
    "read_timeline": _AUDITOR,
    "read_log_status": _AUDITOR,
    "search_events": _AUDITOR,
    "read_event": _AUDITOR,
    "read_person_events": _AUDITOR,
    "read_readers": _AUDITOR,
    "export_case": _AUDITOR,
}

PUBLIC = frozenset(
    {
        "read_log_checkpoint",
        "read_log_keys",
        "read_log_tile",
        "list_log_checkpoints",
        "read_signed_checkpoint",
        "read_log_proof",
        "read_log_inclusion",
        "read_log_consistency",
        "read_log_timestamp",
    }
)
"""The routes that ask for no token."""
