"""What is asked of a collection and what comes back: pages, orders, groups, digests. Pure."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from shared.errors import Invalid

Document = dict[str, Any]
MAX_PAGE = 200
MAX_GROUPS = 20_000
MAX_INTEGER = 2**63 - 1


def document_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of a view's canonical JSON, what a replay compares."""
    return sha256(rfc8785.dumps(json.loads(json.dumps(document)))).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list; `next_cursor` is None at its end."""

    items: tuple[Document, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """How many documents share these values, how many different values they have of another field,
    the length of the longest list they have, and what fields of theirs add up to.
    """

    values: tuple[Any, ...]
    count: int
    distinct: int = 0
    longest: int = 0
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each group beside its count: fields by their names."""

    distinct: str | None = None
    longest: str | None = None
    totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: one field, then `_id`; the same field and `_id` are its index."""

    field: str = "_id"
    descending: bool = False


def sorting(order: Order) -> list[tuple[str, int]]:
    direction = -1 if order.descending else 1
    return [(name, direction) for name in dict.fromkeys((order.field, "_id"))]


def shown(order: Order, only: Sequence[str] | None) -> dict[str, int] | None:
    """The projection: what a cursor is made of is always there."""
    return None if only is None else dict.fromkeys((*only, order.field, "_id"), 1)


def grouping(where: Mapping[str, Any], by: Sequence[str], asked: Asked) -> list[Document]:
    """Grouped twice where different values count: by them too, then without them."""
    key: Document = {f"v{number}": f"${field}" for number, field in enumerate(by)}
    length: Document = (
        {"$size": {"$ifNull": [f"${asked.longest}", []]}} if asked.longest else {"$literal": 0}
    )
    sums = {f"t{number}": {"$sum": f"${field}"} for number, field in enumerate(asked.totals)}
    fine: Document = {"count": {"$sum": 1}, "longest": {"$max": length}, **sums}
    if asked.distinct is None:
        return [{"$match": dict(where)}, {"$group": {"_id": key, **fine}}]
    coarse: Document = {
        "count": {"$sum": "$count"},
        "longest": {"$max": "$longest"},
        "distinct": {"$sum": 1},
        **{name: {"$sum": f"${name}"} for name in sums},
    }
    return [
        {"$match": dict(where)},
        {"$group": {"_id": {**key, "distinct": f"${asked.distinct}"}, **fine}},
        {"$group": {"_id": {name: f"$_id.{name}" for name in key}, **coarse}},
    ]


def group_of(found: Document, width: int, totals: int) -> Group:
    values = tuple(found["_id"].get(f"v{number}") for number in range(width))
    sums = tuple(found[f"t{number}"] for number in range(totals))
    return Group(values, found["count"], found.get("distinct", 0), found["longest"], sums)


def cursor_of(order: Order, last: Document) -> str:
    place = [last.get(order.field), last["_id"]]
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def behind(order: Order, cursor: str | None) -> Document | None:
    if cursor is None:
        return None
    try:
        value, key = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        # Half of a pair of UTF-16 is no text to a database.
        f"{value}{key}".encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise Invalid("cursor_broken", "This cursor is not one of ours.") from error
    is_large = isinstance(value, int) and abs(value) > MAX_INTEGER
    if not isinstance(key, str) or isinstance(value, dict | list) or is_large:
        raise Invalid("cursor_broken", "This cursor is not one of ours.")
    beyond = "$lt" if order.descending else "$gt"
    if order.field == "_id":
        return {"_id": {beyond: key}}
    return {"$or": [{order.field: {beyond: value}}, {order.field: value, "_id": {beyond: key}}]}
