"""Webhooks over real sockets: whose certificate counts, and what a bad receiver leads to."""

import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from shared.notices import End, Outcome, Parcel, SmtpServer, Targets, WebhookSender, by_smtp
from shared.notices.mail import MailSender
from tests.receivers import answer, receiving, taking_mail

PARCEL = Parcel("notice-1", "webhook", "webhook-1", "verified", {"body": '{"type":"x"}'})
LETTER = Parcel("notice-1", "mail", "person-1", "verified", {"subject": "S", "text": "T\n"})
NAME = "hook.test"


def now() -> datetime:
    return datetime.now(UTC)


async def on_loopback(host: str, port: int) -> Sequence[str]:
    return ("127.0.0.1",)


def sender(url: str, removed: list[str] | None = None, seconds: float = 30.0) -> WebhookSender:
    async def address_of(webhook_id: str) -> str | None:
        return url or None

    async def remove(webhook_id: str) -> None:
        (removed if removed is not None else []).append(webhook_id)

    targets = Targets(is_production=False, resolve=on_loopback)
    return WebhookSender(b"k" * 32, targets, now, address_of, remove, timeout_seconds=seconds)


def certificate(folder: Path, name: str) -> Path:
    """A certificate that vouches for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, SHA256())
    )
    file = folder / f"{name}.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize(("whose", "expected"), [(NAME, End.DELIVERED), ("other.test", End.AGAIN)])
async def test_the_certificate_must_be_of_the_name_though_the_address_was_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whose: str, expected: End
) -> None:
    file = certificate(tmp_path, whose)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(file)
    async with receiving(tls=tls) as receiver:
        outcome = await sender(f"https://{NAME}:{receiver.port}/")(PARCEL)
        assert outcome.end is expected
        hosts = [each.headers["host"] for each in receiver.arrived]
        assert hosts == ([f"{NAME}:{receiver.port}"] if expected is End.DELIVERED else [])


async def test_a_receiver_that_never_answers_is_left_after_a_while() -> None:
    async with receiving() as receiver:
        receiver.gate.clear()
        outcome = await sender(receiver.url, seconds=0.2)(PARCEL)
        assert outcome == Outcome(End.AGAIN, error="timeout")


async def test_who_does_not_listen_is_tried_again() -> None:
    outcome = await sender("http://127.0.0.1:9/")(PARCEL)
    assert outcome == Outcome(End.AGAIN, error="ConnectError")


async def test_nonsense_instead_of_an_answer_is_tried_again() -> None:
    async with receiving(b"what?\r\n\r\n") as receiver:
        outcome = await sender(receiver.url)(PARCEL)
        assert outcome == Outcome(End.AGAIN, error="RemoteProtocolError")


async def test_an_endless_answer_is_read_to_its_beginning_only() -> None:
    async with receiving(answer(200, b"x" * 3_000_000)) as receiver:
        outcome = await sender(receiver.url)(PARCEL)
        assert outcome == Outcome(End.DELIVERED, 200, answer="x" * 500)


async def test_gone_removes_the_webhook_and_nothing_else_does() -> None:
    removed: list[str] = []
    async with receiving(answer(404), answer(410)) as receiver:
        send = sender(receiver.url, removed)
        ends = [(await send(PARCEL)).end for _ in range(2)]
    assert (ends, removed) == ([End.AGAIN, End.GONE], ["webhook-1"])


async def test_a_webhook_that_was_removed_meanwhile_is_not_sent_to() -> None:
    assert await sender("")(PARCEL) == Outcome(End.GONE, error="webhook_removed")


async def test_a_refusal_of_the_mail_server_is_logged_without_the_address() -> None:
    async def address_of(person: str) -> str | None:
        return "satu@example.go.id"

    async with taking_mail(refused=1) as mailbox:
        server = SmtpServer("127.0.0.1", mailbox.port, "none")
        send = MailSender("inda@example.go.id", by_smtp(server), now, address_of)
        refused, taken = [await send(LETTER) for _ in range(2)]
    assert taken == Outcome(End.DELIVERED)
    assert (refused.end, "satu" in str(refused)) == (End.AGAIN, False)
    assert len(mailbox.letters) == 1
