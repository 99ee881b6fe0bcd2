"""A verified innovation is taken up by another agency; both sides see it, its owner shows it."""

from collections.abc import Generator
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from tests.component.cli.test_submitting import OPENING, PROFILE, set_up
from tests.component.cli.test_to_the_prize import submitted, verified
from tests.component.cli.world import Stack, stack

LETTER = "--letter-number 440/7 --letter-date 2026-01-15 --letter-subject 'Replikasi SIP PUTIH'"


@pytest.fixture
def both(fresh_servers: Addresses, tmp_path: Path) -> Generator[Stack]:
    with stack(tmp_path, fresh_servers, ["submission", "verification"]) as started:
        yield started


def test_a_replication_is_stated_linked_adopted_and_withdrawn(both: Stack) -> None:
    set_up(both)
    both("agency register hst --name HST --kind regency --parent kalsel").fine()
    both("agency register hst-dinkes --name 'Dinkes HST' --kind agency --parent hst").fine()
    both.log_in("neighbour")
    innovation = submitted(both)
    verified(both, innovation)
    register = "--as neighbour register list --text 'sip put' --affair kesehatan"
    entries = both.eventually(register, lambda found: found["items"] != [])["items"]
    assert [(each["innovation_id"], each["replications"]) for each in entries] == [(innovation, 0)]

    state = f"--as neighbour replication state {innovation} --agency hst-dinkes {LETTER}"
    since = "--started-on 2025-09-01"
    refused = both(f"{state} {since} --contact-body 'Rina 0812 3456 789'")
    assert (refused.code, "[contact_is_personal]" in refused.err) == (1, True)
    stated = both.answer(f"{state} {since} --contact-body 'Bidang Inovasi Dinkes HST'")["id"]
    profile = both.file("replica.json", {**PROFILE, "title": "SIP PUTIH HST"})
    draft = f"--as neighbour innovation draft --season 2026 --agency hst-dinkes --file {profile}"
    replica = both.answer(draft)["id"]
    both(f"--as neighbour replication link {stated} {replica}").fine()
    seen = both.answer(f"--as operator replication list --innovation {innovation}")["items"]
    assert [(each["agency_id"], each["replica_id"]) for each in seen] == [("hst-dinkes", replica)]
    assert "Bidang Inovasi" in both(f"--as operator replication show {stated}").fine().out
    assert both.answer(register)["items"][0]["regions"] == 1

    both.log_in("admin")
    later = OPENING.replace("open 2026", "open 2027").replace("2026-01-01", "2026-02-01")
    both(f"--as admin {later}").fine()
    developed = both.answer(f"--as operator innovation develop {innovation} --season 2027")["id"]
    adopted = both.answer(f"--as operator replication adopt {developed} {stated}")
    items = both.answer(f"--as operator innovation evidence list {developed}")["items"]
    known = {each["evidence_id"]: each for each in items}[adopted["evidence_id"]]
    assert (known["state"], known["indicators"]) == ("accepted", ["SID-16"])
    both(f"--as neighbour replication withdraw {stated} --reason 'Tidak dilanjutkan'").fine()
    gone = both.answer("--as neighbour replication list --agency hst-dinkes")["items"]
    assert [each["withdrawn_because"] for each in gone] == ["Tidak dilanjutkan"]
