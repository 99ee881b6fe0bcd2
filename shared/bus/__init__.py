"""The stream, its consumers, who may say what, and how reactions are delivered.

The only NATS settings. `plan` and `apply` bring a server to them; no service ever changes them.
"""

from shared.bus.applying import Change, apply, apply_in_time, plan
from shared.bus.delivering import Park, broker, on_facts
from shared.bus.settings import (
    SERVICES,
    checkpoints_settings,
    consumer_settings,
    durables,
    hears,
    stream_settings,
    subjects_may_publish,
)

__all__ = [
    "SERVICES",
    "Change",
    "Park",
    "apply",
    "apply_in_time",
    "broker",
    "checkpoints_settings",
    "consumer_settings",
    "durables",
    "hears",
    "on_facts",
    "plan",
    "stream_settings",
    "subjects_may_publish",
]
