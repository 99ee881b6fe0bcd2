"""An empty NATS becomes the history that an archive holds: the same facts at the same sequences."""

from services.audit.restoring.files import check_files, put_back
from services.audit.restoring.whole import Restored, Voices, restore

__all__ = ["Restored", "Voices", "check_files", "put_back", "restore"]
