"""`inda stream plan` and `apply` on a server that has no stream yet."""

from pathlib import Path

import pytest

from tests.component.cli.world import free_address, inda, write_context
from tests.servers import Running


@pytest.fixture
def context(fresh_nats: Running, tmp_path: Path) -> Path:
    return write_context(tmp_path, fresh_nats.addresses, {}, free_address())


def test_a_plan_tells_what_is_missing_and_apply_makes_it(context: Path) -> None:
    planned = inda("stream plan --json", context=context)
    assert planned.code == 3
    changes = planned.answer["changes"]
    assert changes[0] == {"kind": "create", "what": "stream", "settings": {}}
    applied = inda("stream apply --yes --json", context=context).fine()
    assert applied.answer == {"changes": changes, "applied": True}
    again = inda("stream plan", context=context).fine()
    assert again.out == "The server is as it should be.\n"


def test_apply_asks_first_and_a_no_changes_nothing(context: Path) -> None:
    ran = inda("stream apply", context=context, text="n\n")
    assert (ran.code, "Change the server so?" in ran.err) == (1, True)
    assert inda("stream apply --json", context=context).answer["code"] == "not_confirmed"
    assert inda("stream plan", context=context).code == 3


def test_a_server_that_is_away_is_said_in_one_line(tmp_path: Path, fresh_nats: Running) -> None:
    context = write_context(tmp_path, fresh_nats.addresses, {}, free_address())
    (tmp_path / "admin.nk").unlink()
    ran = inda("stream plan", context=context)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert "[seed_unreadable]" in ran.err
