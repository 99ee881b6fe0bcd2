"""`inda audit`: what an inspectorate needs that trusts nobody."""

from deploy.cli.auditing import (
    casing,
    fetching,
    fsck,
    keys,
    proving,
    replaying,
    restoring,
    searching,
    timelines,
    witnessing,
)
from deploy.cli.auditing.group import audit

__all__ = [
    "audit",
    "casing",
    "fetching",
    "fsck",
    "keys",
    "proving",
    "replaying",
    "restoring",
    "searching",
    "timelines",
    "witnessing",
]
