"""Text for a terminal: moments as the province reads them, and nothing that could steer it."""

import re
from datetime import datetime

from shared.wita import WITA

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def in_wita(moment: str) -> str:
    """A moment as people in the province read it."""
    return datetime.fromisoformat(moment).astimezone(WITA).strftime("%Y-%m-%d %H:%M WITA")


def clean(text: str) -> str:
    """Foreign text without what could steer a terminal."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
