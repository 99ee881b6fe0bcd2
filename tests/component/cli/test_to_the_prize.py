"""The whole way by `inda` alone: verified, scored, ranked, determined, published, paid."""

from datetime import timedelta

from tests.component.cli.test_submitting import drafted, set_up, with_evidence
from tests.component.cli.world import Stack

RULES = {
    "categories": [
        {
            "code": "skpd",
            "name": "Perangkat daerah",
            "within": "kalsel",
            "rounds": [
                {
                    "code": "administrasi",
                    "name": "Administrasi",
                    "scored_by": "maturity",
                    "weight": 1,
                }
            ],
            "prizes": [
                {"rank": 1, "label": "Juara 1", "fund_id": "apbd-2026", "amount_rupiah": 25_000_000}
            ],
        }
    ],
    "tie_breaks": ["verified_maturity"],
    "objection_days": 3,
}
KIA = {"competition_id": "kia-2026", "name": "KIA 2026", "season_id": "2026", "rules": RULES}


def submitted(inda: Stack) -> str:
    innovation = drafted(inda)
    with_evidence(inda, innovation)
    inda(f"innovation claim {innovation} SID-01 2").fine()
    inda(f"submit {innovation}").fine()
    return innovation


def verified(inda: Stack, innovation: str) -> None:
    inda.log_in("verifier")
    inda.eventually("queue", lambda found: len(found["items"]) == 1)
    lower = f"decide {innovation} SID-01 --level 1"
    refused = inda(f"{lower} --json")
    assert (refused.code, refused.answer["status"]) == (1, 409)
    inda(f"{lower} --reason lower_level_proven --note 'Baru keputusan kepala dinas.'").fine()
    mine = inda.eventually("queue --mine", lambda found: found["items"] != [])
    assert [each["lease_holder"] for each in mine["items"]] == ["person-verifier"]
    inda(f"dossier verify {innovation}").fine()


def determined(inda: Stack) -> None:
    inda.log_in("chair")
    inda("competition open-round kia-2026 skpd administrasi").fine()
    inda("competition close-round kia-2026 skpd administrasi").fine()
    inda("competition draft-results kia-2026").fine()
    inda("competition objection-window kia-2026 --version 1").fine()
    early = inda("competition determine kia-2026 --decree-number 188/12 --decree-date 2026-12-01")
    assert (early.code, len(early.err.splitlines())) == (1, 1)
    inda.clock.ahead += timedelta(days=4)
    inda.log_in("chair")
    inda("competition determine kia-2026 --decree-number 188/12 --decree-date 2026-12-01").fine()
    inda("competition publish kia-2026").fine()


def paid(inda: Stack) -> None:
    trial = inda.answer("allocate kia-2026 --dry-run")
    assert trial["dry_run"] is True
    outcome = inda.answer("allocate kia-2026")["funds"][0]
    assert (outcome["outcome"], outcome["asked_rupiah"]) == ("allocated", 25_000_000)
    allocation = outcome["allocations"][0]
    self_approved = inda(f"approve apbd-2026 {allocation}")
    assert self_approved.code == 1
    inda.log_in("leader", "treasurer")
    own = inda(f"--as leader approve apbd-2026 {allocation}")
    assert own.code == 1, "whoever stands above the agency is tied to it"
    inda(f"pay apbd-2026 {allocation} --reference SP2D-1 --paid-on 2026-12-20")
    ledger = inda.answer("fund show apbd-2026")
    assert (ledger["allocated_rupiah"], ledger["paid_rupiah"]) == (25_000_000, 0)


def test_a_verified_innovation_is_scored_ranked_and_published(everything: Stack) -> None:
    set_up(everything)
    everything.log_in("chair")
    everything(
        "fund register apbd-2026 --name 'Uang pembinaan' --source apbd --year 2026"
        " --ceiling 100000000"
    ).fine()
    everything(f"competition announce --file {everything.file('kia.json', KIA)}").fine()
    innovation = submitted(everything)
    verified(everything, innovation)
    everything.log_in("auditor")
    scored = everything.eventually(f"scorecard show {innovation}", lambda found: True)
    assert (scored["claimed_maturity"], scored["verified_maturity"]) == ("6", "3")
    everything.log_in("admin")
    everything.eventually("competition show kia-2026", lambda found: len(found["entries"]) == 1)
    determined(everything)
    paid(everything)
    everything("--as treasurer logout").fine()
    everything("--as chair logout").fine()
    public = everything.eventually("results kia-2026", lambda found: True)
    assert [(each["rank"], each["title"]) for each in public["ranking"]] == [(1, "SIP PUTIH")]
    assert "SIP PUTIH" in everything("results kia-2026").fine().out
    assert everything.answer("results")["items"][0]["decree_number"] == "188/12"
