"""What a service says and hears on the stream, as an AsyncAPI 3.0 document made from the facts."""

from collections.abc import Iterable
from typing import Any

from shared.bus import hears
from shared.events.base import Aggregate
from shared.events.catalogue import AGGREGATES

Json = dict[str, Any]


def asyncapi(service: str, title: str) -> Json:
    """Channels are the subjects of aggregates, messages their facts with the schema of the body."""
    said = [each for each in AGGREGATES if each.service == service]
    heard = [each for each in AGGREGATES if each.label in hears(f"{service}-reactions")]
    operations = [
        *(_operation("send", each) for each in said),
        *(_operation("receive", each) for each in heard),
    ]
    channels = {each.label: _channel(each) for each in (*said, *heard)}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": title, "version": "1"},
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": dict(operations),
        "components": {"messages": dict(_messages((*said, *heard)))},
    }


def _channel(aggregate: Aggregate[Any]) -> Json:
    return {
        "address": f"inda.v1.{aggregate.service}.{aggregate.name}.{{id}}",
        "parameters": {"id": {"description": f"The id of one {aggregate.name}."}},
        "messages": {
            fact.__name__: {"$ref": f"#/components/messages/{fact.__name__}"}
            for fact in aggregate.facts
        },
    }


def _operation(action: str, aggregate: Aggregate[Any]) -> tuple[str, Json]:
    channel = {"$ref": f"#/channels/{aggregate.label}"}
    return f"{action} {aggregate.label}", {"action": action, "channel": channel}


def _messages(aggregates: Iterable[Aggregate[Any]]) -> Iterable[tuple[str, Json]]:
    for aggregate in aggregates:
        for fact in aggregate.facts:
            yield (
                fact.__name__,
                {
                    "name": fact.ce_type,
                    "title": fact.__name__,
                    "summary": (fact.__doc__ or "").strip().split("\n")[0],
                    "headers": _HEADERS,
                    "payload": fact.model_json_schema(mode="serialization"),
                },
            )


_HEADERS: Json = {
    "type": "object",
    "description": "CloudEvents 1.0, binary mode; the extensions are explained in docs/events.md.",
    "required": ["ce-id", "ce-type", "ce-source", "ce-subject", "ce-time", "ce-aggregateversion"],
    "properties": {
        name: {"type": "string"}
        for name in (
            "ce-specversion",
            "ce-id",
            "ce-type",
            "ce-source",
            "ce-subject",
            "ce-time",
            "ce-aggregateversion",
            "ce-commandid",
            "ce-correlationid",
            "ce-causationid",
            "ce-traceparent",
        )
    },
}
