"""Plain letters: by SMTP, or into a folder where no server is configured."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

import aiosmtplib

from shared.notices.deliveries import End, Outcome, Parcel

TIMEOUT_SECONDS = 30.0
Security = Literal["starttls", "tls", "none"]

AddressOf = Callable[[str], Awaitable[str | None]]
Post = Callable[[EmailMessage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = None


class MailSender:
    """Sends the `subject` and `text` of a parcel to the person who is its subscriber.

    `address_of` answers None for somebody who wants no mail any more.
    """

    def __init__(
        self, sender: str, post: Post, now: Callable[[], datetime], address_of: AddressOf
    ) -> None:
        self._sender = sender
        self._post = post
        self._now = now
        self._address_of = address_of

    async def __call__(self, parcel: Parcel) -> Outcome:
        address = await self._address_of(parcel.subscriber)
        if address is None:
            return Outcome(End.GONE, error="address_removed")
        try:
            await self._post(letter(parcel, self._sender, address, self._now()))
        except aiosmtplib.SMTPResponseException as error:
            # Never its text: servers repeat the address of whom it was for.
            return Outcome(End.AGAIN, error.code, error=type(error).__name__)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            return Outcome(End.AGAIN, error=type(error).__name__)
        return Outcome(End.DELIVERED)


def letter(parcel: Parcel, sender: str, to: str, at: datetime) -> EmailMessage:
    """The same parcel has the same Message-ID, however often it is sent."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = parcel.content["subject"]
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{parcel.id}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.content["text"])
    return message


def by_smtp(server: SmtpServer) -> Post:
    async def post(message: EmailMessage) -> None:
        await aiosmtplib.send(
            message,
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            timeout=TIMEOUT_SECONDS,
        )

    return post


def into_folder(folder: Path) -> Post:
    """Each as a file of its own, whole or not at all; one that is sent again replaces itself."""

    async def post(message: EmailMessage) -> None:
        await asyncio.to_thread(_write, folder, message)

    return post


def _write(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    fresh = folder / f"{name}.new"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(message.as_bytes())
    fresh.replace(folder / f"{name}.eml")
