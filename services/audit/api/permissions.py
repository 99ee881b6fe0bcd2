"""Who may do what in audit: operation x role -> relation. The only place that says so."""

from shared.identity import Permissions, Relation, Role

_AUDITOR = {Role.AUDITOR: Relation.ANY}

PERMISSIONS: Permissions = {
    "start_replay": _AUDITOR,
    "list_replays": _AUDITOR,
    "read_replay": _AUDITOR,
    "read_timeline": _AUDITOR,
}
