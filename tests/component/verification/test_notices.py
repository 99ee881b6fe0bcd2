"""Every decision reaches the agency, once in the feed, and by mail to who wants it."""

import email
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from services.verification.app import create_app
from services.verification.settings import Settings
from tests.apps import Issuer, serving, settings_for
from tests.builders.verification import INNOVATION, OPENED, REQUESTED, VERIFIED, VERIFIER
from tests.component.verification.told import FAST, STORY, Desk, tell
from tests.component.verification.world import Voice, speaking
from tests.receivers import taking_mail
from tests.waiting import found_in_time, holds

MAILBOX = "operator@dinkes.example.go.id"


@pytest.fixture
def settings(fresh_servers: Addresses, issuer: Issuer, tmp_path: Path) -> Settings:
    more: dict[str, Any] = {**FAST, "mail_folder": tmp_path / "mail"}
    return settings_for(Settings, "verification", fresh_servers, issuer, **more)


@pytest.fixture
async def verification(fresh_servers: Addresses) -> AsyncGenerator[Voice]:
    async with speaking(fresh_servers, "verification") as voice:
        yield voice


@pytest.fixture
def operator(api: httpx.AsyncClient, issuer: Issuer) -> Desk:
    return Desk.of(api, issuer, "kalsel", "dinkes")


async def test_each_fact_becomes_one_notice_with_two_replicas(
    settings: Settings, issuer: Issuer, verification: Voice
) -> None:
    async with serving(create_app, settings) as first, serving(create_app, settings) as second:
        sequences = await tell(verification, *STORY)
        for api in (first, second):
            shown = await Desk.of(api, issuer, "kalsel", "dinkes").notices(3)
            told = [(each["sequence"], each["kind"]) for each in shown]
            kinds = ("received", "revision_requested", "verified")
            assert told == list(reversed(list(zip(sequences, kinds, strict=True))))


async def test_a_verified_notice_tells_every_level_with_reason_and_note_and_no_verifier(
    operator: Desk, verification: Voice
) -> None:
    _, sequence = await tell(verification, OPENED, VERIFIED)
    (notice, _) = await operator.notices(2)
    assert notice["sequence"] == sequence
    assert [
        (each["indicator"], each["claimed_level"], each["granted_level"], each["reason_code"])
        for each in notice["params"]["indicators"]
    ] == [
        ("SID-01", 3, 2, "lower_level_proven"),
        ("SID-02", 2, 2, None),
        ("SID-18", 1, 0, "lower_level_proven"),
    ]
    assert VERIFIER.by not in str(notice)
    assert (notice["title"], notice["unread"]) == ("Posyandu Digital", True)


async def test_what_a_fact_does_not_say_is_taken_from_those_before_it(
    operator: Desk, verification: Voice
) -> None:
    await tell(verification, OPENED, REQUESTED)
    (asked, _) = await operator.notices(2)
    assert (asked["kind"], asked["title"], asked["agency_id"], asked["season_id"]) == (
        *("revision_requested", "Posyandu Digital"),
        *("dinkes", "2026"),
    )
    assert asked["words"]["points"][-1] == "SID-18: Show the list of beneficiaries."


async def test_the_words_are_in_the_readers_language(
    api: httpx.AsyncClient, operator: Desk, verification: Voice
) -> None:
    await tell(verification, OPENED)
    (plain,) = await operator.notices(1)
    asked = {**operator.headers, "Accept-Language": "en"}
    (english,) = (await api.get("/notices", headers=asked)).json()["items"]
    assert plain["words"]["subject"] == "Diterima untuk verifikasi: Posyandu Digital"
    assert english["words"]["subject"] == "Received for verification: Posyandu Digital"


async def test_an_agency_and_those_above_it_are_told_and_nobody_else(
    api: httpx.AsyncClient, issuer: Issuer, operator: Desk, verification: Voice
) -> None:
    await tell(verification, *STORY)
    await operator.notices(3)
    assert len(await Desk.of(api, issuer, "kalsel").notices(3)) == 3
    assert len(await Desk.of(api, issuer, "setda", role="pemda_admin").notices(3)) == 3
    for path in (("kalsel", "bpom"), ("kalsel", "dinkes", "puskesmas"), ()):
        told = await Desk.of(api, issuer, *path).get("/notices")
        assert told == {"items": [], "read_up_to": 0, "next_cursor": None}


async def test_pages_and_kinds_narrow_the_feed(operator: Desk, verification: Voice) -> None:
    await tell(verification, *STORY)
    every = await operator.notices(3)
    first = await operator.get("/notices", limit=2)
    rest = await operator.get("/notices", limit=2, cursor=first["next_cursor"])
    assert [*first["items"], *rest["items"]] == every
    assert rest["next_cursor"] is None
    (asked,) = await operator.notices(1, kind="revision_requested")
    assert asked == every[1]


async def test_what_was_read_is_read_for_this_person_only_and_never_unread_again(
    api: httpx.AsyncClient, issuer: Issuer, operator: Desk, verification: Voice
) -> None:
    sequences = await tell(verification, *STORY)
    await operator.notices(3)
    for up_to, expected in ((sequences[1], sequences[1]), (1, sequences[1])):
        read = await operator.send("POST", "/notices/read", {"up_to": up_to})
        assert read.json() == {"read_up_to": expected, "dry_run": False}
    told = await operator.get("/notices", unread=True)
    assert [each["sequence"] for each in told["items"]] == [sequences[2]]
    colleague = Desk.of(api, issuer, "kalsel", "dinkes", person="colleague")
    assert all(each["unread"] for each in await colleague.notices(3))
    ahead = await operator.send("POST", "/notices/read", {"up_to": 10**9})
    assert ahead.json()["read_up_to"] == sequences[2]
    assert (await operator.get("/notices", unread=True))["items"] == []


async def test_without_a_mail_server_a_letter_is_a_file(
    operator: Desk, verification: Voice, settings: Settings
) -> None:
    body = {"email": MAILBOX, "kinds": ["verified"]}
    kept = await operator.send("PUT", "/notice-address", body)
    assert kept.json() | {"set_at": ""} == {
        **body,
        "agency_id": "dinkes",
        "set_at": "",
        "dry_run": False,
    }
    assert await operator.get("/notice-address") == kept.json()
    await tell(verification, *STORY)
    (file,) = await found_in_time(_files(settings.mail_folder))
    letter = email.message_from_bytes(file.read_bytes())
    assert (letter["To"], letter["Auto-Submitted"]) == (MAILBOX, "auto-generated")
    text = letter.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert "SID-18: diklaim 1, ditetapkan 0." in text.decode()


async def test_an_address_that_was_erased_gets_nothing_and_is_nowhere(
    operator: Desk, verification: Voice, settings: Settings
) -> None:
    await operator.send("PUT", "/notice-address", {"email": MAILBOX})
    erased = await operator.send("PUT", "/notice-address", {"email": None})
    empty = {"email": None, "kinds": [], "agency_id": None, "set_at": None, "dry_run": False}
    assert (erased.json(), await operator.get("/notice-address")) == (empty, empty)
    await tell(verification, *STORY)
    await operator.notices(3)
    assert not settings.mail_folder.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"email": "nobody"},
        {"email": "a@b.id\nBcc: c@d.id"},
        {"email": "a" * 250 + "@b.id"},
        {"email": "a@b.id", "kinds": ["gossip"]},
        {"kinds": []},
    ],
)
async def test_an_address_that_is_none_is_refused(operator: Desk, body: dict[str, Any]) -> None:
    answer = await operator.send("PUT", "/notice-address", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


async def test_somebody_from_outside_has_no_agency_to_be_told_of(
    api: httpx.AsyncClient, issuer: Issuer
) -> None:
    answer = await Desk.of(api, issuer).send("PUT", "/notice-address", {"email": MAILBOX})
    assert (answer.status_code, answer.json()["code"]) == (409, "agency_missing")


async def test_a_mail_server_gets_the_letter_as_soon_as_it_takes_it(
    settings: Settings, issuer: Issuer, verification: Voice
) -> None:
    async with taking_mail(refused=1) as mailbox:
        smtp = {"smtp_host": "127.0.0.1", "smtp_port": mailbox.port, "smtp_security": "none"}
        async with serving(create_app, settings.model_copy(update=smtp)) as api:
            desk = Desk.of(api, issuer, "kalsel", "dinkes")
            await desk.send("PUT", "/notice-address", {"email": MAILBOX})
            await tell(verification, OPENED)

            async def is_there() -> bool:
                return bool(mailbox.letters)

            await holds(is_there)
            letter = email.message_from_bytes(mailbox.letters[0])
            assert (letter["To"], INNOVATION in str(letter)) == (MAILBOX, False)


def _files(folder: Path) -> Any:
    def files() -> list[Path]:
        return sorted(folder.glob("*.eml"))

    async def look() -> list[Path] | None:
        return files() or None

    return look
