"""Writes docs/events.md from the catalogue of facts: `python -m deploy.docs.events`."""

import inspect
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    GovernmentIndicator,
    Indicator,
    Key,
    Value,
)
from shared.events.catalogue import AGGREGATES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "events.md"
SAMPLES = ROOT / "tests" / "contract" / "samples"

INTRODUCTION = """\
# The facts

> Made by `python -m deploy.docs.events` from `shared/events/`. Do not edit it by hand.

Everything that happens is one of these facts, appended once to the stream `INDA` and never edited.
Each aggregate has one subject, `inda.v1.<service>.<aggregate>.<key>`; only its own service may
publish there. A fact is never changed: a change is a new type (`.v2`) beside the old one. Readers
ignore fields that they do not know.

## The envelope

A fact is a [CloudEvents 1.0](https://cloudevents.io) event in binary mode: attributes are headers
of the NATS message, the body is JSON. The body holds everything that a rule reads; the envelope
is for transport and tracing.

| header | what it says |
|---|---|
| `ce-specversion` | `1.0` |
| `ce-id` | UUIDv5 over command id, subject and ordinal: a retry makes the same event again |
| `ce-type` | the type below, such as `inda.submission.season-opened.v1` |
| `ce-source` | `/inda/<service>` |
| `ce-subject` | `<aggregate>/<key>` |
| `ce-time` | the moment of the command, the same as `at` in the body |
| `content-type` | `application/json` |
| `ce-aggregateversion` | 1, 2, 3, ... in each aggregate, without a gap |
| `ce-commandid` | id of the command; from person, route and `Idempotency-Key`, or from the cause |
| `ce-commanddigest` | SHA-256 of the request's canonical JSON; empty where the system acted |
| `ce-correlationid` | the same for everything that follows from one request |
| `ce-causationid` | `ce-id` of the fact that a reaction answers; absent for people's commands |
| `ce-traceparent` | W3C trace context, where there was one |

`Nats-Msg-Id` (equal to `ce-id`) and `Nats-Expected-Last-Subject-Sequence` are for the server.

## How values are written

Moments are UTC with microseconds (`2026-05-20T03:00:30.250000Z`), days are `YYYY-MM-DD`. Decimals
are strings without exponent, money is whole rupiah, digests are SHA-256 in lower-case hexadecimal.
A code is what people name things by (`a-z`, `0-9`, `-`, at most 64), a key the id of an aggregate
(`A-Z`, `a-z`, `0-9`, `-`, `_`, at most 130), an indicator `SID-01` to `SID-20`, a government
indicator such as `SPD-03`.
Every fact has `by`, the stable id of a person or `system:<service>`, and `at`, the moment of the
command. Names, contacts and bank accounts of people are never in a fact.
"""


NAMED_BY_PATTERN = {
    get_args(kind)[1].pattern: name
    for kind, name in (
        (Code, "code"),
        (Key, "key"),
        (Digest, "SHA-256"),
        (Indicator, "indicator"),
        (GovernmentIndicator, "government indicator"),
    )
}


def page() -> str:
    """The whole Markdown page."""
    parts = [INTRODUCTION, *_contents()]
    for service, aggregates in groupby(AGGREGATES, key=lambda each: each.service):
        parts.append(f"## {service}\n")
        parts += [_aggregate(each) for each in aggregates]
    parts += ["## Parts of facts\n", *(_value(each) for each in _values())]
    return "\n".join(parts)


def _contents() -> Iterator[str]:
    yield "## Contents\n"
    seen = Counter[str]()
    for aggregate in AGGREGATES:
        names = [fact.__name__ for fact in aggregate.facts]
        facts = ", ".join(f"[{name}](#{_anchor(name, seen)})" for name in names)
        yield f"- **{aggregate.service} / {aggregate.name}**: {facts}"
    yield ""


def _anchor(name: str, seen: Counter[str]) -> str:
    """Where several services say a fact of the same name, later headings are counted."""
    before = seen[name]
    seen[name] += 1
    return f"{name.lower()}-{before}" if before else name.lower()


def _aggregate(aggregate: Aggregate[Any]) -> str:
    head = f"### {aggregate.name}\n\nSubject: `{aggregate.subject('<key>')}`\n"
    return "\n".join([head, *(_fact(fact) for fact in aggregate.facts)])


def _fact(fact: type[Fact]) -> str:
    sample = json.loads((SAMPLES / f"{fact.ce_type}.json").read_text())
    body = json.dumps(sample["body"], indent=2, ensure_ascii=False)
    return (
        f"#### {fact.__name__}\n\n`{fact.ce_type}`\n\n{_said(fact)}{_fields(fact)}\n"
        f"<details><summary>Sample, on <code>{sample['subject']}</code></summary>\n\n"
        f"```json\n{body}\n```\n\n</details>\n"
    )


def _value(value: type[Value]) -> str:
    return f"#### {value.__name__}\n\n{_said(value)}{_fields(value)}"


def _said(model: type[BaseModel]) -> str:
    own = model.__dict__.get("__doc__")
    return f"{inspect.cleandoc(own)}\n\n" if own else ""


def _fields(model: type[BaseModel]) -> str:
    rows = [
        f"| `{name}` | {_type(info.annotation, info)} | {_default(info)} |"
        for name, info in model.model_fields.items()
        if not (issubclass(model, Fact) and name in Fact.model_fields)
    ]
    return "\n".join(["| field | type | if absent |", "|---|---|---|", *rows, ""])


def _default(info: FieldInfo) -> str:
    """Of a part that is absent, what it says beyond the defaults of its own fields."""
    if info.is_required():
        return ""
    default = info.default
    if isinstance(default, Value):
        default = default.model_dump(mode="json", exclude_defaults=True)
    return f"`{json.dumps(default)}`"


def _type(annotation: Any, info: FieldInfo | None = None) -> str:
    """The type for a person: links to parts, rules in brackets."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return f"list of {_type(arguments[0])}"
    if origin is dict:
        return "map of text to text"
    if origin is Literal:
        return " \\| ".join(f"`{each}`" for each in arguments)
    if hasattr(annotation, "__metadata__"):
        return _ruled(_type(arguments[0]), annotation.__metadata__)
    if origin is Union or arguments:
        names = [_type(each) for each in arguments if each is not type(None)]
        absent = " or null" if type(None) in arguments else ""
        return " or ".join(names) + absent
    return _ruled(_named(annotation), info.metadata if info is not None else ())


def _link(model: type[BaseModel]) -> str:
    return f"[{model.__name__}](#{model.__name__.lower()})"


def _named(annotation: type) -> str:
    if issubclass(annotation, Value):
        return _link(annotation)
    plain = {
        "str": "text", "int": "integer", "bool": "true or false", "date": "day",
        "AwareDatetime": "moment", "Decimal": "decimal",
    }  # fmt: skip
    return plain[annotation.__name__]


def _ruled(name: str, metadata: Iterable[Any]) -> str:
    rules = [
        f"{word} {getattr(rule, attribute)}"
        for rule in metadata
        for attribute, word in (("ge", "from"), ("le", "to"), ("max_length", "at most"))
        if getattr(rule, attribute, None) is not None
    ]
    for rule in metadata:
        if getattr(rule, "pattern", None) in NAMED_BY_PATTERN:
            return NAMED_BY_PATTERN[rule.pattern]
    return f"{name} ({' '.join(rules)})" if rules else name


def _values() -> list[type[Value]]:
    """Every part that a fact uses, in the order in which a reader meets it."""
    found: dict[type[Value], None] = {}
    for aggregate in AGGREGATES:
        for fact in aggregate.facts:
            _collect(fact, found)
    return [each for each in found if not issubclass(each, Fact)]


def _collect(annotation: Any, found: dict[type[Value], None]) -> None:
    for inner in get_args(annotation):
        _collect(inner, found)
    if isinstance(annotation, type) and issubclass(annotation, Value) and annotation not in found:
        found[annotation] = None
        for info in annotation.model_fields.values():
            _collect(info.annotation, found)


def main() -> None:
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
