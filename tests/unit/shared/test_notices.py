"""When a delivery is tried again, who may be spoken to, and what is sent."""

import email
import hmac
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.notices import End, MailSender, Outcome, Parcel, Targets, into_folder, secret_of
from shared.notices.deliveries import Claimed, next_try
from shared.notices.targets import SENTENCES, TargetRefused, is_public

AT = datetime(2026, 8, 4, 1, tzinfo=UTC)
SCHEDULE = (5.0, 30.0, 120.0)
LETTER = Parcel("notice-1", "mail", "person-1", "verified", {"subject": "Selesai", "text": "Ya.\n"})
CLAIMED = Claimed(LETTER, "lease-1", 0, ())


@given(notice=st.text(max_size=20), tries=st.integers(min_value=0, max_value=2))
def test_a_try_in_vain_is_followed_after_the_schedule_and_a_tenth_at_most(
    notice: str, tries: int
) -> None:
    claimed = replace(CLAIMED, parcel=replace(LETTER, notice_id=notice), tries=tries)
    again = next_try(claimed, AT, SCHEDULE)
    assert again is not None
    waited = (again - AT).total_seconds()
    assert SCHEDULE[tries] <= waited <= SCHEDULE[tries] * 1.1 + 0.001


def test_after_the_last_try_there_is_none() -> None:
    assert next_try(replace(CLAIMED, tries=3), AT, SCHEDULE) is None


def test_the_same_notice_to_the_same_subscriber_is_the_same_parcel() -> None:
    assert replace(LETTER, content={}).id == LETTER.id
    others = (
        replace(LETTER, notice_id="notice-2"),
        replace(LETTER, channel="webhook"),
        replace(LETTER, subscriber="person-2"),
    )
    assert len({LETTER.id, *(each.id for each in others)}) == 4


def test_a_secret_follows_from_the_key_and_the_webhook() -> None:
    made = hmac.new(b"key", b"inda.webhook.v1\nwebhook-1", "sha256").digest()
    secret = secret_of(b"key", "webhook-1")
    assert (secret[:6], b64decode(secret[6:])) == ("whsec_", made)
    assert len({secret, secret_of(b"key", "webhook-2"), secret_of(b"other", "webhook-1")}) == 3


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("103.10.10.10", True),
        ("2404:8000::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_only_the_open_internet_is_public(address: str, *, expected: bool) -> None:
    assert is_public(ip_address(address)) is expected


def targets(*addresses: str, is_production: bool = True) -> Targets:
    async def resolve(host: str, port: int) -> Sequence[str]:
        if host == "unknown.example":
            raise OSError
        return addresses

    return Targets(is_production=is_production, resolve=resolve)


@pytest.mark.parametrize(
    ("url", "addresses", "reason"),
    [
        ("https://hook.example/", ("10.0.0.1",), "not_public"),
        ("https://hook.example/", ("103.10.10.10", "127.0.0.1"), "not_public"),
        ("https://hook.example/", ("fe80::1%eth0",), "not_public"),
        ("https://hook.example/", (), "host_unknown"),
        ("https://unknown.example/", (), "host_unknown"),
        ("http://hook.example/", ("103.10.10.10",), "not_https"),
        ("http://localhost/", ("127.0.0.1",), "not_https"),
        ("https://me:secret@hook.example/", ("103.10.10.10",), "credentials"),
        ("https://me@hook.example/", ("103.10.10.10",), "credentials"),
        ("https://hook.example/#x", ("103.10.10.10",), "fragment"),
        ("https://höök.example/", ("103.10.10.10",), "unreadable"),
        ("https://hook.example/" + "x" * 2000, ("103.10.10.10",), "unreadable"),
        ("https://hook.example:99999/", ("103.10.10.10",), "unreadable"),
        ("https:///path", ("103.10.10.10",), "unreadable"),
        ("/path", ("103.10.10.10",), "unreadable"),
    ],
)
async def test_in_production_only_public_https_is_spoken_to(
    url: str, addresses: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await targets(*addresses).check(url)
    assert (refused.value.code, refused.value.params) == ("webhook_url_refused", {"reason": reason})
    assert reason in SENTENCES


async def test_a_public_host_is_spoken_to_at_the_address_that_was_looked_at() -> None:
    production = targets("103.10.10.10")
    url = "https://hook.example:8443/hooks?x=1"
    assert await production.check(url) == url
    assert await production.address_of(httpx.URL(url)) == "103.10.10.10"


async def test_in_development_http_reaches_this_machine_only() -> None:
    here = targets("127.0.0.1", is_production=False)
    assert await here.check("http://localhost:8000/") == "http://localhost:8000/"
    with pytest.raises(TargetRefused, match="not_https"):
        await targets("10.0.0.1", is_production=False).address_of(httpx.URL("http://x.test/"))


async def address_of(person: str) -> str | None:
    return {"person-1": "satu@dinkes.example.go.id"}.get(person)


async def test_a_letter_is_one_file_however_often_it_is_sent(tmp_path: Path) -> None:
    post = into_folder(tmp_path / "mail")
    for at in (AT, AT + timedelta(hours=1)):
        sender = MailSender("inda@example.go.id", post, lambda at=at: at, address_of)
        assert await sender(LETTER) == Outcome(End.DELIVERED)
    (file,) = (tmp_path / "mail").iterdir()
    letter = email.message_from_bytes(file.read_bytes())
    assert (file.name, letter["Message-ID"]) == (
        *(f"{LETTER.id}.eml", f"<{LETTER.id}@example.go.id>"),
    )
    assert (letter["From"], letter["To"], letter["Subject"], letter["Date"]) == (
        *("inda@example.go.id", "satu@dinkes.example.go.id"),
        *("Selesai", "Tue, 04 Aug 2026 02:00:00 +0000"),
    )
    assert file.stat().st_mode & 0o777 == 0o600


async def test_who_wants_no_mail_any_more_gets_none(tmp_path: Path) -> None:
    sender = MailSender("inda@localhost", into_folder(tmp_path / "mail"), lambda: AT, address_of)
    outcome = await sender(replace(LETTER, subscriber="person-2"))
    assert outcome == Outcome(End.GONE, error="address_removed")
    assert not (tmp_path / "mail").exists()


async def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file")
    sender = MailSender("inda@localhost", into_folder(tmp_path / "mail"), lambda: AT, address_of)
    outcome = await sender(LETTER)
    assert outcome == Outcome(End.AGAIN, error="FileExistsError")
