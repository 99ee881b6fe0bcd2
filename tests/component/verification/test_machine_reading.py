"""Papers are read before anybody asks, so that a near copy is found in a file nobody opened."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from deploy.local.stack import Addresses
from services.verification.api.machine.reading import Reader
from services.verification.projections import DOSSIERS
from services.verification.settings import Settings
from shared.contents import Content, Contents, Readings
from shared.documents import documents_of
from shared.views import Database
from tests.builders.files import png
from tests.builders.papers import BODY, paper
from tests.builders.verification import evidence
from tests.component.verification.world import Reviewer, Voice, store


@dataclass(frozen=True)
class Room:
    reader: Reader
    contents: Contents


@pytest.fixture
async def room(settings: Settings) -> AsyncGenerator[Room]:
    database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
    documents = documents_of(settings, lambda: datetime.now(UTC))
    contents = Contents(database)
    readings = Readings(contents, documents)
    yield Room(Reader(database.collection(DOSSIERS.collection), contents, readings), contents)
    documents.close()
    database.close()


def kept(at: Addresses, content: bytes) -> str:
    digest = sha256(content).hexdigest()
    store(at, digest, content)
    return digest


async def test_what_came_in_is_read_and_what_comes_later_too(
    room: Room, submission: Voice, verifier: Reviewer, fresh_servers: Addresses
) -> None:
    first = kept(fresh_servers, paper(f"Dinas Kesehatan. {BODY}"))
    later = kept(fresh_servers, paper(f"Dinas Sosial. {BODY}"))
    gone, pending = sha256(png()).hexdigest(), sha256(png()).hexdigest()
    manifest = (
        evidence("ev-0", gone, "SID-01"),
        evidence("ev-1", first, "SID-01"),
        evidence("ev-2", pending, "SID-01", accepted=False),
    )
    await submission.submit("inov-1", manifest=manifest)
    await verifier.see("inov-1")
    await room.reader.read_ahead()
    digests = (first, later, gone, pending)
    assert await room.contents.missing(digests) == {later, gone, pending}
    await submission.submit("inov-2", manifest=(evidence("ev-3", later, "SID-01"),))
    await verifier.see("inov-2")
    await room.reader.read_ahead()
    assert await room.contents.missing(digests) == {gone, pending}
    ((near, alike),) = await room.contents.near(Content(first, None, None))
    assert (near, alike >= 0.8) == (later, True)
