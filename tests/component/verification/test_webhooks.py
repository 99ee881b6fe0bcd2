"""Other people's servers are told, signed, until they have it; and the log says how it went."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from deploy.local.stack import Addresses
from services.verification.app import create_app
from services.verification.settings import Settings
from tests.apps import Issuer, key, serving, settings_for
from tests.builders.verification import OPENED, REQUESTED, VERIFIED
from tests.component.verification.told import FAST, STORY, Desk, tell
from tests.component.verification.world import Voice, speaking
from tests.receivers import Receiver, answer, receiving
from tests.waiting import holds


@pytest.fixture
def settings(fresh_servers: Addresses, issuer: Issuer) -> Settings:
    return settings_for(Settings, "verification", fresh_servers, issuer, **FAST)


@pytest.fixture
async def verification(fresh_servers: Addresses) -> AsyncGenerator[Voice]:
    async with speaking(fresh_servers, "verification") as voice:
        yield voice


@pytest.fixture
def operator(api: httpx.AsyncClient, issuer: Issuer) -> Desk:
    return Desk.of(api, issuer, "kalsel", "dinkes")


@pytest.fixture
async def replicas(settings: Settings) -> AsyncGenerator[Sequence[httpx.AsyncClient]]:
    async with AsyncExitStack() as both:
        yield [await both.enter_async_context(serving(create_app, settings)) for _ in range(2)]


async def arrived(receiver: Receiver, count: int) -> None:
    async def is_so() -> bool:
        return len(receiver.arrived) >= count

    await holds(is_so)


async def test_a_notice_is_sent_again_until_it_arrives_and_its_signature_holds(
    operator: Desk, verification: Voice
) -> None:
    async with receiving(answer(500, b"busy")) as receiver:
        webhook = await operator.registered(receiver.url)
        await tell(verification, OPENED)
        (delivery,) = await operator.deliveries(webhook["webhook_id"], state="delivered")
        first, second = receiver.arrived
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.headers["host"] == f"127.0.0.1:{receiver.port}"
        assert first.line == "POST /hooks?from=inda HTTP/1.1"
        told = Webhook(webhook["secret"]).verify(second.body, second.headers)
        (notice,) = await operator.notices(1)
        assert (told["type"], told["timestamp"], told["data"]["notice_id"]) == (
            *("dossier.received", notice["at"]),
            notice["notice_id"],
        )
        assert told["data"]["words"]["id"] == notice["words"]
        with pytest.raises(WebhookVerificationError):
            Webhook("whsec_b3RoZXI=").verify(second.body, second.headers)
    tries = [(each["status"], each["error"], each["answer"]) for each in delivery["attempts"]]
    assert tries == [(500, "status_500", "busy"), (200, "", "")]
    assert (delivery["notice_id"], delivery["kind"]) == (notice["notice_id"], "received")


async def test_two_replicas_send_each_notice_once(
    replicas: Sequence[httpx.AsyncClient], issuer: Issuer, verification: Voice
) -> None:
    async with receiving() as receiver:
        desks = [Desk.of(api, issuer, "kalsel", "dinkes") for api in replicas]
        webhook = await desks[0].registered(receiver.url, kinds=["received", "verified"])
        await tell(verification, *STORY)
        await desks[1].notices(3)
        await arrived(receiver, 2)
        for desk in desks:
            log = await desk.deliveries(webhook["webhook_id"], state="delivered")
            assert sorted(each["kind"] for each in log) == ["received", "verified"]
            assert [len(each["attempts"]) for each in log] == [1, 1]
        ids = [each.headers["webhook-id"] for each in receiver.arrived]
        assert len(ids) == len(set(ids)) == 2


async def test_who_is_stopped_between_sending_and_writing_it_down_is_followed_by_another(
    settings: Settings, issuer: Issuer, verification: Voice
) -> None:
    async with receiving() as receiver:
        receiver.gate.clear()
        async with serving(create_app, settings) as api:
            desk = Desk.of(api, issuer, "kalsel", "dinkes")
            webhook = await desk.registered(receiver.url)
            await tell(verification, OPENED)
            await arrived(receiver, 1)
        receiver.gate.set()
        async with serving(create_app, settings) as api:
            desk = Desk.of(api, issuer, "kalsel", "dinkes")
            (delivery,) = await desk.deliveries(webhook["webhook_id"], state="delivered")
        first, second = receiver.arrived
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.body == second.body
        assert len(delivery["attempts"]) == 1


async def test_what_never_arrives_has_failed_until_somebody_sends_it_again(
    operator: Desk, verification: Voice
) -> None:
    async with receiving(*(answer(503) for _ in range(4))) as receiver:
        webhook = await operator.registered(receiver.url)
        await tell(verification, OPENED)
        (failed,) = await operator.deliveries(webhook["webhook_id"], state="failed")
        assert ([each["status"] for each in failed["attempts"]], failed["due"]) == ([503] * 4, None)
        path = f"/webhooks/{webhook['webhook_id']}/deliveries/{failed['delivery_id']}/retry"
        again = await operator.send("POST", path)
        assert (again.status_code, again.json()["state"]) == (200, "waiting")
        (sent,) = await operator.deliveries(webhook["webhook_id"], state="delivered")
        assert [each["status"] for each in sent["attempts"]] == [*[503] * 4, 200]


async def test_a_webhook_that_says_gone_is_removed(operator: Desk, verification: Voice) -> None:
    async with receiving(answer(410)) as receiver:
        webhook = await operator.registered(receiver.url)
        await tell(verification, OPENED)

        async def is_gone() -> bool:
            return not (await operator.get("/webhooks"))["items"]

        await holds(is_gone)
        await tell(verification, REQUESTED)
        await operator.notices(2)
        log = await operator.send("GET", f"/webhooks/{webhook['webhook_id']}/deliveries")
        assert (log.status_code, len(receiver.arrived)) == (404, 1)


async def test_a_redirect_is_not_followed_and_an_answer_is_kept_in_part(
    operator: Desk, verification: Voice
) -> None:
    async with receiving() as other, receiving() as receiver:
        receiver.answers.append(answer(302, b"x" * 5000, f"Location: {other.url}"))
        webhook = await operator.registered(receiver.url)
        await tell(verification, OPENED)
        (delivery,) = await operator.deliveries(webhook["webhook_id"], state="delivered")
        first = delivery["attempts"][0]
        assert (first["error"], first["answer"]) == ("status_302", "x" * 500)
        assert (len(other.arrived), len(receiver.arrived)) == (0, 2)


async def test_a_test_takes_the_way_of_every_notice(operator: Desk) -> None:
    async with receiving() as receiver:
        webhook = await operator.registered(receiver.url)
        asked = await operator.send("POST", f"/webhooks/{webhook['webhook_id']}/test")
        (delivery,) = await operator.deliveries(webhook["webhook_id"], state="delivered")
        assert (asked.status_code, asked.json()["delivery_id"]) == (202, delivery["delivery_id"])
        (sent,) = receiver.arrived
        told = Webhook(webhook["secret"]).verify(sent.body, sent.headers)
        assert (told["type"], told["data"]) == (
            "webhook.test",
            {"webhook_id": webhook["webhook_id"], "agency_id": "dinkes"},
        )


async def test_nobody_is_told_of_what_was_before(operator: Desk, verification: Voice) -> None:
    await tell(verification, OPENED)
    async with receiving() as receiver:
        await operator.registered(receiver.url)
        await tell(verification, VERIFIED)
        await arrived(receiver, 1)
        await operator.notices(2)
        (sent,) = receiver.arrived
        assert json.loads(sent.body)["type"] == "dossier.verified"


async def test_the_secret_is_shown_to_who_registers_and_to_nobody_else(operator: Desk) -> None:
    again = key()
    body = {"url": "http://127.0.0.1:9/hooks"}
    first = await operator.send("POST", "/webhooks", body, **again)
    second = await operator.send("POST", "/webhooks", body, **again)
    assert (second.status_code, second.json()) == (201, first.json())
    (listed,) = (await operator.get("/webhooks"))["items"]
    shown = {name: value for name, value in first.json().items() if name in listed}
    assert (listed, "secret" in listed) == (shown, False)
    other = await operator.send("POST", "/webhooks", {"url": "http://127.0.0.1:8/"}, **again)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_webhook_of_another_agency_is_not_there(
    api: httpx.AsyncClient, issuer: Issuer, operator: Desk
) -> None:
    webhook = await operator.registered("http://127.0.0.1:9/hooks")
    path = f"/webhooks/{webhook['webhook_id']}"
    stranger = Desk.of(api, issuer, "kalsel", "bpom")
    assert (await stranger.get("/webhooks"))["items"] == []
    for method, place in (
        ("DELETE", path),
        ("POST", f"{path}/test"),
        ("GET", f"{path}/deliveries"),
        ("POST", f"{path}/deliveries/none/retry"),
    ):
        refused = await stranger.send(method, place)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found"), place
    for desk in (Desk.of(api, issuer, "kalsel"), Desk.of(api, issuer, role="pemda_admin")):
        (seen,) = (await desk.get("/webhooks"))["items"]
        assert seen["webhook_id"] == webhook["webhook_id"]
    assert (await operator.send("DELETE", path)).status_code == 204
    assert (await operator.get("/webhooks"))["items"] == []


async def test_only_an_admin_registers_for_another_agency(
    api: httpx.AsyncClient, issuer: Issuer, operator: Desk
) -> None:
    body = {"url": "http://127.0.0.1:9/hooks", "agency_id": "kalsel"}
    refused = await operator.send("POST", "/webhooks", body)
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    admin = Desk.of(api, issuer, role="pemda_admin", person="admin")
    registered = await admin.send("POST", "/webhooks", body)
    assert (registered.status_code, registered.json()["agency_id"]) == (201, "kalsel")


async def test_an_agency_has_ten_webhooks_and_never_more(operator: Desk) -> None:
    body = {"url": "http://127.0.0.1:9/hooks"}
    for _ in range(8):
        await operator.registered(body["url"])
    await asyncio.gather(*(operator.send("POST", "/webhooks", body) for _ in range(5)))
    assert len((await operator.get("/webhooks"))["items"]) <= 10
    while len((await operator.get("/webhooks"))["items"]) < 10:
        await operator.registered(body["url"])
    refused = await operator.send("POST", "/webhooks", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_webhooks")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://user:word@example.go.id/", "credentials"),
        ("https://127.0.0.1/#part", "fragment"),
        ("ftp://127.0.0.1/", "not_https"),
        ("http://192.0.2.1/", "not_https"),
        ("https://", "unreadable"),
        ("hooks", "unreadable"),
    ],
)
async def test_an_address_that_may_not_be_spoken_to_is_refused(
    operator: Desk, url: str, reason: str
) -> None:
    refused = await operator.send("POST", "/webhooks", {"url": url})
    told = refused.json()
    assert (refused.status_code, told["code"], told["params"]) == (
        *(422, "webhook_url_refused"),
        {"reason": reason},
    )


async def test_a_rehearsal_keeps_and_sends_nothing(operator: Desk) -> None:
    webhook = await operator.registered("http://127.0.0.1:9/hooks")
    path = f"/webhooks/{webhook['webhook_id']}"
    for method, place, body in (
        ("POST", "/webhooks", {"url": "http://127.0.0.1:8/"}),
        ("POST", f"{path}/test", None),
        ("DELETE", path, None),
        ("PUT", "/notice-address", {"email": "a@b.go.id"}),
        ("POST", "/notices/read", {"up_to": 1}),
    ):
        rehearsed: Any = await operator.send(method, f"{place}?dry_run=1", body)
        assert rehearsed.is_success, rehearsed.text
    assert len((await operator.get("/webhooks"))["items"]) == 1
    assert (await operator.get(f"{path}/deliveries"))["items"] == []
    assert (await operator.get("/notice-address"))["email"] is None
