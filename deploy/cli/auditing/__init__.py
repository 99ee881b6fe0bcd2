"""`inda audit`: what an inspectorate needs that trusts nobody."""

from deploy.cli.auditing import replaying, timelines
from deploy.cli.auditing.group import audit

__all__ = ["audit", "replaying", "timelines"]
