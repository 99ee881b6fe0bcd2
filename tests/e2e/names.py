"""What two tellings of one story have in common: without ids, moments, and what chance made."""

import json
import re
from collections.abc import Mapping
from typing import Any

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")
# Random by intention, or told in the order in which things came.
DIFFERS = {
    *("ciphertext", "commitment", "nonce", "points", "sequence", "sequence_number"),
    *("draw", "taken_by", "turn"),
    *("event_sequence", "ranking_digest", "sequence_no"),
}
# Of a document, which bears an id and an address of its own.
DIFFERS_ON_PAPER = {"content_digest", "sha256", "size", "verify_url"}


class Names:
    """Calls innovations by their codes, and takes out what differs from story to story."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._codes = {innovation: code for code, innovation in ids.items()}

    def plain(self, value: Any) -> Any:
        if isinstance(value, dict):
            left_out = DIFFERS | (DIFFERS_ON_PAPER if "document_id" in value else set())
            pairs = value.items()
            return {self._text(k): self.plain(v) for k, v in pairs if k not in left_out}
        if isinstance(value, list):
            return self.in_order([self.plain(each) for each in value])
        return self._text(value) if isinstance(value, str) else value

    @staticmethod
    def in_order(values: list[Any]) -> list[Any]:
        return sorted(values, key=lambda each: json.dumps(each, sort_keys=True))

    def _text(self, text: str) -> str:
        named = ID.sub(lambda found: self._codes.get(found.group(), "(an id)"), text)
        return MOMENT.sub("(a moment)", named)
