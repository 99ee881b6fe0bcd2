"""Who opened a document, as the history tells it."""

from typing import Any

from deploy.local.stack import Addresses
from shared.events.base import Aggregate
from tests.voices import Voice, speaking_as


async def openings(at: Addresses, access: Aggregate[Any], sha256: str) -> list[tuple[str, ...]]:
    """(person, how, about) of each fact about the document, the earliest first."""
    async with speaking_as(Voice, at, access.service) as voice:
        events = await voice.history.facts(access.subject(sha256))
    return [(event.fact.by, event.fact.how, event.fact.about) for event in events]
