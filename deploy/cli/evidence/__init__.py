"""`inda innovation evidence`: files go straight to object storage, never through a service."""

from deploy.cli.evidence import adding, keeping
from deploy.cli.evidence.group import evidence

__all__ = ["adding", "evidence", "keeping"]
