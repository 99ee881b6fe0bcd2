"""Requests that would be good but for one thing, each with the status that must answer it."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

import httpx

from tests.apps import key

VERY_LONG = "x" * 100_000
UNREADABLE = (b"{", b'{"a": NaN}', b'{"a": 1e999}', b"\xff\xfe", b"[" * 100_000)
NOTHING = (b"", b"null")
NOT_AN_OBJECT = (*NOTHING, b"[]", b'"text"')
STRANGE = (10**30, "\ud800", "a\x00b", [[]])
FARTHEST = ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "9999-12-31", "0001-01-01")
"""In another zone they lie outside of the calendar."""

ODD_NAMES = ("x" * 300, "a b", "../..", "\x00", "é", "*", ">", "a.b", "SID-99", "9" * 64)
ODD_VALUES = ("", "x" * 2000, "-1", str(10**30), "\x00", "é", "$gt", "NaN")
ODD_MATCHES = (b"abc", b'"-1"', b"9" * 64, "é".encode(), "²".encode("latin-1"))
ODD_TONGUES = (b"*", b";q=", b"en;q=abc", b"en;q=nan,id;q=inf", b"x" * 5000, b"\xff")
BROKEN_CURSORS = (
    *("x", "!!!", "é"),
    *(
        urlsafe_b64encode(text.encode()).decode().rstrip("=")
        for text in (
            *("[1]", "{}", '["a", 1]', '[{"$gt": ""}, "a"]', f'[{10**30}, "a"]'),
            # Half of a pair of UTF-16 is no text, and nobody nests so deep.
            *('["\\ud800", "a"]', '["a", "\\ud800"]', "[" * 700, "[" * 3000),
        )
    ),
)
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Good:
    """A request that this operation answered well."""

    operation: Any
    request: httpx.Request

    @property
    def path(self) -> str:
        return self.request.url.raw_path.decode().partition("?")[0]

    @cached_property
    def body(self) -> Any:
        """None also of a file."""
        try:
            return json.loads(self.request.content or b"null")
        except ValueError:
            return None

    @property
    def may_be_empty(self) -> bool:
        return not self.operation.definition.raw["requestBody"].get("required", False)

    def takes(self, location: str) -> list[str]:
        """The names of its parameters there."""
        found = self.operation.iter_parameters()
        return [each.name for each in found if each.location.value == location]

    def again(self, *, without: str = "", **changes: Any) -> httpx.Request:
        """The same under a key of its own, but for one header and these parts of the request."""
        known: Mapping[str, str | bytes] = {
            name: value
            for name, value in self.request.headers.items()
            if name in ("authorization", "if-match", "content-type")
        }
        headers = {**known, **_lowered(key()), **changes.pop("headers", {})}
        headers.pop(without, None)
        url = changes.pop("url", self.request.url)
        content = changes.pop("content", self.request.content)
        return httpx.Request(self.request.method, url, headers=headers, content=content)


@dataclass(frozen=True)
class Spoilt:
    """`statuses` are those that may answer; none where every documented one may."""

    what: str
    request: httpx.Request
    statuses: tuple[int, ...] = ()


def spoilt(good: Good) -> Iterator[Spoilt]:
    yield from _headers(good)
    yield from _names(good)
    yield from _values(good)
    if isinstance(good.body, dict):
        yield from _contents(good)
        yield from _fields(good)


def _headers(good: Good) -> Iterator[Spoilt]:
    # What went well without a key is a question, however it is asked.
    if good.request.method == "POST" and "idempotency-key" in good.request.headers:
        yield Spoilt("no Idempotency-Key", good.again(without="idempotency-key"), (400,))
        for text in ("short", "x" * 201):
            broken = good.again(headers={"idempotency-key": text})
            yield Spoilt(f"Idempotency-Key {text[:20]}", broken, (422,))
    if "if-match" in good.request.headers:
        yield Spoilt("no If-Match", good.again(without="if-match"), (428,))
        yield Spoilt("any If-Match", good.again(headers={"if-match": "*"}), (428,))
        yield Spoilt("an old If-Match", good.again(headers={"if-match": '"1"'}), (412,))
    for name, odd in (("if-match", ODD_MATCHES), ("accept-language", ODD_TONGUES)):
        if name in good.takes("header"):
            for value in odd:
                yield Spoilt(f"{name} {value[:20]!r}", good.again(headers={name: value}))
    yield Spoilt("no token", good.again(without="authorization"), _unless_open(good))


def _names(good: Good) -> Iterator[Spoilt]:
    """Each name in the path replaced by what nothing is called."""
    for place, template in enumerate(good.operation.path.split("/")):
        if template.startswith("{"):
            for odd in ODD_NAMES:
                parts = good.path.split("/")
                parts[place] = quote(odd, safe="")
                url = good.request.url.copy_with(raw_path="/".join(parts).encode())
                yield Spoilt(f"{template} {odd[:20]!r}", good.again(url=url))


def _values(good: Good) -> Iterator[Spoilt]:
    for name in good.takes("query"):
        broken = BROKEN_CURSORS if name == "cursor" else ODD_VALUES
        # Nobody waits for a sequence that never comes.
        for value in broken if name != "min_seq" else ("", "-1", "NaN"):
            url = good.request.url.copy_set_param(name, value)
            statuses = (422,) if name == "cursor" else ()
            yield Spoilt(f"{name} {value[:20]!r}", good.again(url=url), statuses)


def _contents(good: Good) -> Iterator[Spoilt]:
    for content in (*UNREADABLE, *NOT_AN_OBJECT):
        statuses = () if good.may_be_empty and content in NOTHING else (400, 422)
        yield Spoilt(f"body {content[:20]!r}", good.again(content=content), statuses)
    unknown = {**good.body, "unknown_field": 1}
    yield Spoilt("an unknown field", _with_body(good, unknown), (422,))


def _fields(good: Good) -> Iterator[Spoilt]:
    """Each value in the body replaced, the others as they were."""
    for place, value in _places(good.body):
        for other, statuses in _others(place, value):
            body = _replaced(good.body, place, other)
            what = f"{'.'.join(map(str, place))} {json.dumps(other)[:30]}"
            yield Spoilt(what, _with_body(good, body), statuses)


def _others(place: Place, value: Any) -> Iterator[tuple[Any, tuple[int, ...]]]:
    yield from ((strange, ()) for strange in STRANGE)
    if isinstance(value, str):
        yield VERY_LONG, (422,)
        yield from ((moment, ()) for moment in FARTHEST if _is_moment(value))
    if isinstance(value, list) and value:
        yield [*value] * 1000, (422,)
    if "indicator" in place or "indicators" in place[:-1]:
        yield "SID-99", (422,)


def _places(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Everything inside, of lists only the first."""
    if place:
        yield place, value
    inner = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        inner = enumerate(value[:1])
    for name, each in inner:
        yield from _places(each, (*place, name))


def _replaced(value: Any, place: Place, other: Any) -> Any:
    if not place:
        return other
    copied = value.copy()
    copied[place[0]] = _replaced(value[place[0]], place[1:], other)
    return copied


def _with_body(good: Good, body: Any) -> httpx.Request:
    return good.again(content=json.dumps(body).encode())


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _unless_open(good: Good) -> tuple[int, ...]:
    return () if "Authorization" not in good.takes("header") else (401,)
