"""What the log says of one fact: its place, its name, and the digests of what was stored. Pure.

No personal data, and nothing that a broker adds: a restored stream gives the same leaves.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

import rfc8785

from shared.history.envelope import Message

_compact = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def business_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Those that say something of the fact, by name; not what brokers and publishers add."""
    return {
        name: headers[name]
        for name in sorted(headers)
        if name.startswith("ce-") or name == "content-type"
    }


def leaf_of(message: Message) -> bytes:
    """Canonical JSON (RFC 8785); the entry at index `sequence - 1`."""
    headers = business_headers(message.headers)
    return _canonical(
        {
            "body": sha256(message.body).hexdigest(),
            "headers": sha256(_canonical(headers)).hexdigest(),
            "id": headers.get("ce-id", ""),
            "sequence": message.sequence,
            "subject": message.subject,
            "time": headers.get("ce-time", ""),
        }
    )


def _canonical(value: Mapping[str, str | int]) -> bytes:
    """Of text and small whole numbers under plain names sorted compact JSON is the canonical form,
    and written four times as fast.
    """
    if all(map(str.isascii, value)):
        return _compact(value).encode()
    return rfc8785.dumps(dict(value))
