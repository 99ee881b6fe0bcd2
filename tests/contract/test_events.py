"""The published language stays readable: every sample ever written is the same fact today."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from deploy.docs.events import PAGE, page
from shared.events.base import Fact, Recorded
from shared.events.catalogue import AGGREGATES, UnknownFact, aggregate_of
from shared.history.envelope import Message, Trace, event_id, headers_of, recorded
from tests.contract.examples import EXAMPLES
from tests.contract.examples.additions import SAID_LATER

SAMPLES = Path(__file__).parent / "samples"
ALL = [(aggregate, kind) for aggregate in AGGREGATES for kind in aggregate.facts]
KINDS = [kind for _, kind in ALL]
FORM = re.compile(r"inda\.(submission|verification|scoring|awards)\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")

every_fact = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.ce_type)


def sample(kind: type[Fact]) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{kind.ce_type}.json").read_text())


def as_stored(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def message(told: dict[str, Any]) -> Message:
    return Message(told["subject"], 7, told["headers"], as_stored(told["body"]))


def read(told: dict[str, Any]) -> Recorded[Any]:
    return recorded(message(told))


@every_fact
def test_a_sample_is_read_as_the_fact_it_was_written_from(kind: type[Fact]) -> None:
    (example,) = (each.fact for each in EXAMPLES if type(each.fact) is kind)
    assert read(sample(kind)).fact == example


@every_fact
def test_a_fact_writes_the_bytes_it_was_read_from(kind: type[Fact]) -> None:
    told = sample(kind)
    # A field that was added later has its default and is not in an older sample.
    assert read(told).fact.model_dump_json(exclude_unset=True).encode() == as_stored(told["body"])


@every_fact
def test_an_envelope_is_read_and_written_the_same(kind: type[Fact]) -> None:
    told = sample(kind)
    event = read(told)
    trace = Trace(
        event.command_id,
        event.command_digest,
        event.correlation_id,
        event.causation_id,
        event.traceparent,
    )
    assert headers_of(event.fact, event.subject, event.version, 0, trace) == told["headers"]
    assert event.id == event_id(event.command_id, event.subject, 0)


@every_fact
def test_unknown_fields_are_ignored_at_every_depth(kind: type[Fact]) -> None:
    told = sample(kind)
    newer = {**told, "body": with_news(told["body"], kind)}
    assert newer != told
    assert read(newer).fact == read(told).fact


def with_news(body: Any, kind: type[Fact]) -> Any:
    """A field nobody knows in every object, but for the free-form detail of a refusal."""
    if isinstance(body, list):
        return [with_news(each, kind) for each in body]
    if not isinstance(body, dict):
        return body
    known = {
        name: value if name == "detail" else with_news(value, kind) for name, value in body.items()
    }
    return {**known, "of_a_later_build": {"deep": [1]}}


@every_fact
def test_json_carries_every_value_exactly(kind: type[Fact]) -> None:
    told = sample(kind)
    check_written(read(told).fact, told["body"])


def check_written(value: Any, written: Any) -> None:
    match value:
        case BaseModel():
            for name in written:
                check_written(getattr(value, name), written[name])
        case tuple():
            assert len(value) == len(written)
            for one, other in zip(value, written, strict=True):
                check_written(one, other)
        case datetime():
            assert value.tzinfo is UTC
            assert MOMENT.fullmatch(written)
        case Decimal():
            assert isinstance(written, str)
            assert Decimal(written) == value
        case _:
            assert not isinstance(value, float | list | set)


def parts_of(value: Any) -> Iterator[BaseModel]:
    """A fact and every part in it, however deep."""
    if isinstance(value, tuple):
        yield from (part for each in value for part in parts_of(each))
    if isinstance(value, BaseModel):
        yield value
        yield from (
            part for name in type(value).model_fields for part in parts_of(getattr(value, name))
        )


def of_before(kind: type[BaseModel]) -> Iterator[BaseModel]:
    """What the samples hold of this kind as it was first written."""
    return (
        part
        for each in KINDS
        for part in parts_of(read(sample(each)).fact)
        if type(part) is kind and not SAID_LATER[kind].keys() & part.model_fields_set
    )


@pytest.mark.parametrize("kind", SAID_LATER, ids=lambda kind: kind.__name__)
def test_what_was_written_before_is_silent_about_what_is_said_today(kind: type[BaseModel]) -> None:
    before, added = next(of_before(kind)), SAID_LATER[kind]
    assert {name: getattr(before, name) for name in added} == {
        name: kind.model_fields[name].default for name in added
    }
    of_today = before.model_copy(update=added)
    assert all(getattr(of_today, name) != getattr(before, name) for name in added)
    assert kind.model_validate_json(of_today.model_dump_json()) == of_today


def test_no_field_was_added_without_an_example() -> None:
    added = {
        (type(part), name)
        for each in KINDS
        for part in parts_of(read(sample(each)).fact)
        for name in type(part).model_fields.keys() - part.model_fields_set
    }
    assert added == {(kind, name) for kind, names in SAID_LATER.items() for name in names}


def test_every_fact_has_its_sample_and_no_sample_lost_its_fact() -> None:
    assert {path.stem for path in SAMPLES.iterdir()} == {kind.ce_type for kind in KINDS}


def test_types_are_well_formed_unique_and_said_by_their_own_service() -> None:
    types = [kind.ce_type for kind in KINDS]
    assert len(set(types)) == len(types)
    assert all(FORM.fullmatch(each) for each in types)
    assert all(kind.ce_type.split(".")[1] == aggregate.service for aggregate, kind in ALL)


@pytest.mark.parametrize("aggregate", AGGREGATES, ids=lambda each: each.label)
def test_a_subject_leads_back_to_its_aggregate(aggregate: Any) -> None:
    assert aggregate_of(aggregate.subject("2026_hss")) is aggregate


def test_what_is_no_fact_of_ours_is_unknown() -> None:
    told = sample(KINDS[0])
    headers = told["headers"]
    broken = [
        {**told, "headers": {**headers, "ce-type": "inda.submission.season-opened.v99"}},
        {**told, "headers": {**headers, "ce-aggregateversion": "first"}},
        {**told, "headers": {k: v for k, v in headers.items() if k != "ce-id"}},
        {**told, "body": {"by": "p-1"}},
        {**told, "body": []},
    ]
    for each in broken:
        with pytest.raises(UnknownFact):
            read(each)
    for subject in ("inda.v1.submission.season", "inda.v1.portal.page.1", "other"):
        with pytest.raises(UnknownFact):
            aggregate_of(subject)


def test_moments_are_kept_in_utc_and_written_with_microseconds() -> None:
    local = KINDS[0].model_validate({**sample(KINDS[0])["body"], "at": "2026-01-12T09:00:00+08:00"})
    assert local.at == datetime(2026, 1, 12, 1, tzinfo=UTC)
    assert json.loads(local.model_dump_json())["at"] == "2026-01-12T01:00:00.000000Z"


def test_the_page_about_facts_is_current() -> None:
    assert PAGE.read_text() == page(), "run `python -m deploy.docs.events`"
