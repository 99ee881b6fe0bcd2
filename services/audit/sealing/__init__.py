"""The history is sealed in a log: one signer, alarms that stop it, and what anybody may ask."""

from services.audit.sealing.alarms import Alarm
from services.audit.sealing.public import PublicLog
from services.audit.sealing.signer import AfterSigning, Signer
from services.audit.sealing.watching import Behind, Watch

__all__ = ["AfterSigning", "Alarm", "Behind", "PublicLog", "Signer", "Watch"]
