"""Audit on real servers: a whole story in the stream, and a log that is signed and stamped."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from deploy.local.stack import Addresses
from services.audit.app import create_app
from services.audit.settings import Settings
from shared.history.envelope import Message
from shared.transparency import opened
from tests.apps import Issuer, settings_for
from tests.component.audit.logged import KEY, ORIGIN, Bucket, bucket
from tests.component.audit.telling import tell, unreadable
from tests.component.audit.test_searching import document_of_first, hamlet, openings
from tests.component.cli.world import serving
from tests.outside.authority import authority, stamping
from tests.unit.audit.prized import prized
from tests.waiting import found_in_time, holds

STEPS = (3, 256)
"""Checkpoints before the last one: within the first tile, and where it is full."""

HAMLETS = 150


@dataclass(frozen=True)
class Story:
    """A service that answers about `messages`. `sizes` of the log are signed, `stamped` is one."""

    url: str
    messages: Sequence[Message]
    sizes: tuple[int, ...]
    stamped: int
    document: str
    auditor: Mapping[str, str]


@pytest.fixture
def own(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


@pytest.fixture
async def story(
    fresh_servers: Addresses, issuer: Issuer, own: Bucket, tmp_path: Path
) -> AsyncGenerator[Story]:
    messages = await told()
    trusted = authority()
    roots = tmp_path / "roots.pem"
    roots.write_bytes(trusted.roots_pem)
    auditor = issuer.headers("auditor-1", "auditor")
    async with AsyncExitStack() as open_:
        stamps = stamping(lambda query: trusted.answer(query, datetime.now(UTC)))
        authority_url = (await open_.enter_async_context(stamps)).url
        settings = settings_for(
            Settings,
            "audit",
            fresh_servers,
            issuer,
            **logging_in(own, fresh_servers),
            log_timestamp_url=authority_url,
            log_timestamp_certificates_file=roots,
        )
        url = open_.enter_context(serving(lambda: create_app(settings)))
        client = httpx.AsyncClient(base_url=url, headers=auditor, trust_env=False)
        await open_.enter_async_context(client)
        sizes = (*STEPS, len(messages))
        await signed_over(client, fresh_servers, messages, sizes)
        stamped = await found_in_time(lambda: size_stamped(client))
        document = document_of_first(messages)
        yield Story(url, messages, sizes, stamped, document, auditor)


async def told() -> list[Message]:
    """More than a tile of facts: competitions, looks at documents, and one that nobody reads."""
    messages = list((await prized()).messages)
    messages += openings(messages)
    messages += [hamlet(len(messages) + number) for number in range(1, HAMLETS + 1)]
    return [*messages, unreadable(len(messages) + 1)]


def logging_in(own: Bucket, at: Addresses) -> dict[str, object]:
    """Settings of a service that signs its log in this bucket, at once."""
    admin = at.s3_keys["admin"]
    return {
        "s3_access_key": admin.access,
        "s3_secret_key": admin.secret,
        "log_bucket": own.name,
        "log_retention_days": 1,
        "log_origin": ORIGIN,
        "log_key": KEY.text,
        "log_interval_seconds": 0.1,
    }


async def signed_over(
    client: httpx.AsyncClient, at: Addresses, messages: Sequence[Message], sizes: Sequence[int]
) -> None:
    """Tells the messages, with a checkpoint at each of the sizes."""
    before = 0
    for size in sizes:
        await tell(at, messages[before:size])

        async def is_signed(size: int = size) -> bool:
            answer = await client.get("/log/checkpoint")
            head = opened(answer.text, (KEY.verifier,)).checkpoint if answer.is_success else None
            return head is not None and head.size == size

        await holds(is_signed)
        before = size


async def size_stamped(client: httpx.AsyncClient) -> int | None:
    """The checkpoint that has a time stamp."""
    return (await client.get("/log/status")).json()["outside"]["timestamps"]["size"]
