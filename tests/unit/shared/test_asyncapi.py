"""The AsyncAPI document says what a service really says and hears."""

import json

from shared.bus import SERVICES
from shared.events.catalogue import AGGREGATES
from shared.service.asyncapi import asyncapi


def test_every_fact_is_in_the_document_of_the_service_that_says_it() -> None:
    for service in SERVICES:
        told = asyncapi(service, service)
        sent = {
            message
            for operation in told["operations"].values()
            if operation["action"] == "send"
            for message in told["channels"][operation["channel"]["$ref"].split("/")[-1]]["messages"]
        }
        facts = {f.__name__ for each in AGGREGATES if each.service == service for f in each.facts}
        assert sent == facts
        assert all(name in told["components"]["messages"] for name in facts)


def test_verification_hears_submission_and_awards() -> None:
    told = asyncapi("verification", "Inda: verification")
    heard = [name for name in told["operations"] if name.startswith("receive")]
    assert heard == ["receive submission.innovation", "receive awards.competition"]
    assert told["channels"]["submission.innovation"]["address"] == (
        "inda.v1.submission.innovation.{id}"
    )


def test_the_document_is_json() -> None:
    assert json.loads(json.dumps(asyncapi("awards", "x")))["asyncapi"] == "3.0.0"
