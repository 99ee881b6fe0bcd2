"""`make run ARGS="--folder NEW --restore FOLDER"`: a whole stack that begins with an archive."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
import pytest

from deploy.local.applications import LOG_KEY
from deploy.local.ports import free_ports
from deploy.local.processes import CannotStart
from deploy.local.run import prepare_accounts, stack
from services.audit.archive import verified
from services.audit.domain import Replay
from shared.editions import load
from shared.history.envelope import Message
from shared.transparency import SigningKey, opened
from tests.integration.audit.restored import nobody
from tests.unit.audit.archived import KEY, ORIGIN, archived
from tests.unit.audit.prize_rules import MAIN
from tests.unit.audit.prized import prized
from tests.waiting import holds


async def test_a_new_stack_begins_with_the_history_of_a_lost_one(tmp_path: Path):
    past = await prized()
    source, new = tmp_path / "source", tmp_path / "new"
    shelf = archived(source, past.messages, (70, 140))
    with free_ports() as ports:
        with pytest.raises(CannotStart, match="signed by another key"):
            async with stack(new, ports, say=False, restore=source):
                pass
        (source / LOG_KEY).write_text(KEY.text)
        prepare_accounts(new)
        async with (
            stack(new, ports, say=False, restore=source) as started,
            httpx.AsyncClient(trust_env=False) as client,
        ):
            await _is_served(client, started.urls, past.messages)
        with pytest.raises(CannotStart, match="restore into a new folder"):
            async with stack(new, ports, say=False, restore=source):
                pass
    assert verified(shelf, (KEY.verifier,), nobody).head.size == len(past.messages)


async def _is_served(
    client: httpx.AsyncClient, urls: Mapping[str, str], messages: Sequence[Message]
) -> None:
    """The published results, and a log that the new stack has taken over."""
    places = expected(messages)

    async def shown() -> bool:
        answer = await client.get(f"{urls['awards']}/competitions/{MAIN}/results")
        if answer.status_code != 200:
            return False
        found = [
            (each["category"], each["rank"], each["innovation_id"])
            for each in answer.json()["ranking"]
        ]
        return sorted(found) == places

    await holds(shown, 60)
    note = (await client.get(f"{urls['audit']}/log/checkpoint")).raise_for_status().text
    head = opened(note, (KEY.verifier,)).checkpoint
    assert head.size >= len(messages)
    ready = (await client.get(f"{urls['audit']}/health/ready")).raise_for_status()
    assert "alarm" not in ready.text or '"alarm":null' in ready.text, ready.text


def expected(messages: Sequence[Message]) -> list[tuple[str, int, str]]:
    replay = Replay(load)
    for message in messages:
        replay.take(message)
    return sorted(place[:3] for place in replay.finished().competitions[1].places)


async def test_a_key_that_never_signed_the_log_is_refused(tmp_path: Path):
    past = await prized()
    archived(tmp_path / "source", past.messages)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / LOG_KEY).write_text(SigningKey.made(ORIGIN).text)
    with free_ports() as ports, pytest.raises(CannotStart, match="signed by another key"):
        async with stack(tmp_path / "new", ports, say=False, restore=tmp_path / "source"):
            pass
