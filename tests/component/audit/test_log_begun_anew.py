"""When the only key, or the stream of checkpoints, is lost: the log again from the first fact."""

from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from services.audit.archive import fetch
from services.audit.checking import Kept, Tally, check_log
from services.audit.sealing import Signer
from shared.history.names import CHECKPOINTS
from shared.transparency import FolderShelf, SigningKey
from tests.component.audit.logged import (
    KEY,
    OLD_KEY,
    anew,
    auditor,
    notes,
    say,
    signed_all,
    signer,
)

FACTS, MORE = 300, 40


@pytest.mark.parametrize("key", [KEY, OLD_KEY], ids=["same key", "another key"])
async def test_what_an_auditor_kept_is_a_beginning_of_a_log_that_was_begun_anew(
    key: SigningKey, fresh_servers: Addresses, tmp_path: Path
):
    async with auditor(fresh_servers) as connection:
        await say(fresh_servers, FACTS)
        await signed_all(signer(connection, FolderShelf(tmp_path / "before")))
        (kept,) = await notes(connection)

        await say(fresh_servers, FACTS + MORE)
        await anew(fresh_servers, CHECKPOINTS)
        again = FolderShelf(tmp_path / "again")
        await signed_all(Signer(connection, again, (key,)))
    known = (KEY.verifier, key.verifier)
    fetched = fetch(again, tmp_path / "fetched", known, lambda what, done, of: None)
    assert fetched.head.size == FACTS + MORE
    tally = Tally()
    check_log(FolderShelf(tmp_path / "fetched"), known, Kept("titik-lama", kept), tally)
    assert tally.checked == FACTS + MORE
