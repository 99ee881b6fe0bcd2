"""What agencies are told by notices, mail and webhooks, as `inda` shows it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request
from standardwebhooks import Webhook

from tests.component.cli.reviewing import submitted
from tests.component.cli.test_submitting import set_up
from tests.component.cli.world import Stack, free_address, serving

Arrived = tuple[bytes, dict[str, str]]


@pytest.fixture
def told(review: Stack) -> str:
    """The operator's innovation, of which verification has said that it came in."""
    set_up(review)
    innovation = submitted(review)
    review.eventually("notices list", lambda found: found["items"] != [])
    return innovation


def receiver(arrived: list[Arrived]) -> Callable[[], FastAPI]:
    def create() -> FastAPI:
        app = FastAPI()

        @app.post("/told")
        async def told(request: Request) -> None:
            arrived.append((await request.body(), dict(request.headers)))

        return app

    return create


def deliveries(inda: Stack, webhook: str, state: str) -> list[Any]:
    """Once the newest is so."""
    found = inda.eventually(
        f"webhook deliveries {webhook}",
        lambda found: found["items"] != [] and found["items"][0]["state"] == state,
    )
    return found["items"]


def test_notices_are_listed_until_they_are_read(review: Stack, told: str) -> None:
    (notice,) = review.answer("notices list --unread")["items"]
    assert (notice["kind"], notice["innovation_id"]) == ("received", told)
    assert notice["words"]["sentence"] in " ".join(review("notices list").fine().out.split())
    assert "nothing was changed" not in review("notices list").fine().out
    read = review.answer("notices read")
    assert read["read_up_to"] == notice["sequence"]
    assert review.answer("notices list --unread")["items"] == []
    assert review("notices list --unread").fine().out == "There is nothing new.\n"
    assert review.answer("notices list --kind received")["items"] != []


def test_an_address_is_set_shown_and_erased(review: Stack) -> None:
    review.log_in("operator")
    assert review.answer("notices address")["email"] is None
    address = "notices address operator@dinkes.test --kind revision_requested"
    assert review.answer(f"{address} --dry-run")["dry_run"] is True
    assert review.answer("notices address")["email"] is None
    found = review.answer(address)
    assert (found["email"], found["kinds"]) == ("operator@dinkes.test", ["revision_requested"])
    wrong = review("notices address nowhere")
    assert (wrong.code, wrong.out) == (2, "")
    both = review("notices address operator@dinkes.test --erase")
    assert (both.code, "[address_contradicts]" in both.err) == (2, True)
    review("notices address --erase").fine()
    assert review.answer("notices address")["email"] is None


def test_a_webhook_is_told_and_its_secret_is_shown_once(review: Stack) -> None:
    set_up(review)
    review.log_in("operator")
    arrived: list[Arrived] = []
    with serving(receiver(arrived)) as url:
        untried = review(f"webhook add {url}/told --dry-run").fine().out
        assert untried == "It would be accepted; nothing was changed.\n"
        added = review.answer(f"webhook add {url}/told")
        webhook, secret = added["webhook_id"], added["secret"]
        assert secret not in review("webhook list").fine().out
        assert [each["webhook_id"] for each in review.answer("webhook list")["items"]] == [webhook]
        sent = review.answer(f"webhook test {webhook}")["delivery_id"]
        (delivery,) = deliveries(review, webhook, "delivered")
    assert (delivery["delivery_id"], delivery["attempts"][0]["status"]) == (sent, 200)
    ((body, headers),) = arrived
    assert Webhook(secret).verify(body, headers) == json.loads(body)
    assert "status 200" in review(f"webhook deliveries {webhook}").fine().out
    review(f"webhook remove {webhook}").fine()
    assert review.answer("webhook list")["items"] == []


def test_what_did_not_arrive_is_told_and_sent_again(review: Stack) -> None:
    review.log_in("operator")
    webhook = review.answer(f"webhook add {free_address()}/told")["webhook_id"]
    sent = review.answer(f"webhook test {webhook}")["delivery_id"]
    tried = review.eventually(
        f"webhook deliveries {webhook}", lambda found: found["items"][0]["attempts"] != []
    )["items"][0]
    assert (tried["state"], tried["attempts"][0]["status"]) == ("waiting", None)
    assert tried["attempts"][0]["error"] in review(f"webhook deliveries {webhook}").fine().out
    again = review.answer(f"webhook retry {webhook} {sent}")
    assert again["delivery_id"] == sent
    unknown = review(f"webhook retry {webhook} nothing")
    assert (unknown.code, "[not_found]" in unknown.err) == (1, True)
