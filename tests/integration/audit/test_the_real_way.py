"""What people really did through the APIs, from draft to money, replayed by an auditor."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from shared.wita import today_in_wita
from tests.component.cli.contest import leave_the_end_of_the_year
from tests.component.cli.reviewing import second_looks, submitted
from tests.component.cli.test_reviewing import DECREE
from tests.component.cli.test_submitting import set_up
from tests.component.cli.test_to_the_prize import (
    ACCOUNT,
    KIA,
    judged,
    objected,
    paid,
    published,
    verified,
)
from tests.component.cli.world import SERVICES, Stack, stack


@pytest.fixture
def inda(fresh_servers: Addresses, tmp_path: Path) -> Generator[Stack]:
    with stack(tmp_path, fresh_servers, SERVICES) as started:
        seed = tmp_path / "auditor.nk"
        seed.write_text(fresh_servers.nats_seeds["auditor"])
        file = tmp_path / "context.json"
        context = json.loads(file.read_text())
        context["nats"]["seeds"]["auditor"] = str(seed)
        file.write_text(json.dumps(context))
        yield started


def test_a_way_to_the_prize_is_replayed_identically(inda: Stack):
    leave_the_end_of_the_year(inda)
    set_up(inda)
    inda.log_in("chair", "deputy", "judge", "auditor")
    year = today_in_wita(inda.clock()).year
    register = f"fund register apbd-2026 --name Pembinaan --source apbd --year {year} {ACCOUNT}"
    inda(f"--as chair {register} --ceiling 100000000").fine()
    inda(f"--as chair competition announce --file {inda.file('kia.json', KIA)}").fine()
    second_looks(inda, sample="0%")
    innovation = submitted(inda)
    verified(inda, innovation)
    for _ in range(2):
        inda(f"--as verifier dossier evidence {innovation} {DECREE}").fine()
    inda.eventually(
        "--as chair competition show kia-2026", lambda found: len(found["entries"]) == 1
    )
    judged(inda, innovation)
    objected(inda, innovation)
    published(inda)
    paid(inda)
    inda.log_in("auditor")
    (looks,) = inda.answer(f"--as auditor audit timeline {DECREE}").values()
    assert [(each["fact"], each["by"]) for each in looks] == [("EvidenceOpened", "person-verifier")]
    report = inda.answer("--as auditor audit replay")
    assert (report["findings"], report["differences"]) == ([], [])
    assert (report["outstanding"], report["compared"]) == ([], report["documents"])
    assert report["funds"] == [
        {
            "fund_id": "apbd-2026",
            "ceiling_rupiah": 100_000_000,
            "allocated_rupiah": 25_000_000,
            "held_rupiah": 0,
            "paid_rupiah": 25_000_000,
            "returned_rupiah": 0,
            "tax_withheld_rupiah": 0,
        }
    ]
    assert "replay identical" in inda("--as auditor audit replay").fine().out
