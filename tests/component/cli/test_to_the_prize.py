"""The whole way by `inda` alone: verified, scored, ranked, determined, published, paid."""

from datetime import timedelta

from shared.wita import today_in_wita
from tests.component.cli.contest import leave_the_end_of_the_year
from tests.component.cli.reviewing import second_looks, submitted
from tests.component.cli.test_submitting import set_up
from tests.component.cli.world import Stack

ROUNDS = [
    {"code": "administrasi", "name": "Administrasi", "scored_by": "maturity", "weight": 40},
    {
        "code": "presentasi",
        "name": "Presentasi",
        "scored_by": "panel",
        "weight": 60,
        "criteria": [{"code": "kebaruan", "name": "Kebaruan", "weight": 100, "scale": 100}],
        "judges": ["person-judge"],
    },
]
PRIZE = {"rank": 1, "label": "Juara 1", "fund_id": "apbd-2026", "amount_rupiah": 25_000_000}
CATEGORY = {
    "code": "skpd",
    "name": "Perangkat daerah",
    "within": "kalsel",
    "rounds": ROUNDS,
    "prizes": [PRIZE],
}
ACCOUNT = "--account 5.1.02.05.01.0001"
RULES = {
    "categories": [CATEGORY],
    "tie_breaks": ["verified_maturity"],
    "objection_days": 3,
    "minutes_signatures": 0,
    "objection_calendar": "calendar_days",
}
KIA = {"competition_id": "kia-2026", "name": "KIA 2026", "season_id": "2026", "rules": RULES}


def verified(inda: Stack, innovation: str) -> None:
    """Revised once, then decided a level lower than claimed."""
    inda.log_in("verifier")
    inda.eventually("queue", lambda found: len(found["items"]) == 1)
    inda(f"dossier claim {innovation}").fine()
    inda(f"dossier revise {innovation} --item SID-01='Unggah ulang' --message Perbaiki").fine()
    reopened = f"--as operator innovation show {innovation}"
    inda.eventually(reopened, lambda found: found["state"] == "reopened")
    inda(f"--as operator submit {innovation}").fine()
    inda.eventually("queue --state open", lambda found: len(found["items"]) == 1)
    inda(f"dossier show {innovation}").fine()
    (change,) = inda.answer(f"dossier changes {innovation}")["items"]
    assert (change["round"], change["evidence"], change["lapsed"]) == (2, [], [])
    inda(f"dossier admit {innovation}").fine()
    lower = f"decide {innovation} SID-01 --level 1"
    refused = inda(f"{lower} --json")
    assert (refused.code, refused.answer["code"]) == (1, "reason_unknown")
    inda(f"{lower} --reason lower_level_proven --note 'Baru keputusan kepala dinas.'").fine()
    mine = inda.eventually("queue --mine", lambda found: found["items"] != [])
    assert [each["lease_holder"] for each in mine["items"]] == ["person-verifier"]
    inda(f"dossier verify {innovation}").fine()


def judged(inda: Stack, innovation: str) -> None:
    inda("--as chair competition open-round kia-2026 skpd administrasi").fine()
    inda("--as chair competition close-round kia-2026 skpd administrasi").fine()
    opened = inda.answer("--as chair competition open-round kia-2026 skpd presentasi")
    panel = opened["panel_id"]
    inda.eventually("--as judge panel list", lambda found: found["items"] != [])
    inda(f"--as chair panel seat {panel} person-juror --reason 'Juri kedua'").fine()
    seats = inda.answer(f"--as chair panel show {panel}")["seats"]
    assert [each["judge_id"] for each in seats] == ["person-judge", "person-juror"]
    inda(f"--as chair panel unseat {panel} person-juror --reason Berhalangan").fine()
    assert "person-juror" in inda(f"--as chair panel show {panel}").fine().out, "who left is told"
    scores = inda.file("scores.json", {"scores": [{"criterion": "kebaruan", "score": 87.5}]})
    inda(f"--as judge panel score {panel} {innovation} --file {scores}").fine()
    own = inda.answer(f"--as judge panel my-scores {panel}")
    assert own["items"][0]["scores"] == [{"criterion": "kebaruan", "score": "87.5"}]
    blind = inda(f"--as chair panel reveal {panel}")
    assert (blind.code, "[version_changed]" in blind.err) == (1, True), "it was not looked at"
    inda(f"--as chair panel show {panel}").fine()
    inda(f"--as chair panel reveal {panel}").fine()
    closed = "--as chair competition show kia-2026"
    inda.eventually(closed, lambda found: found["rounds"][1]["closed"] is not None)


def objected(inda: Stack, innovation: str) -> None:
    """The results' second version comes of a granted objection."""
    inda("--as chair competition draft-results kia-2026").fine()
    inda("--as chair competition objection-window kia-2026 --version 1").fine()
    file = f"objection file kia-2026 {innovation} SID-01 --level 2 --reason 'Perbup terlampir'"
    objection = inda.answer(f"--as operator {file}")["objection_id"]
    inda.eventually("--as deputy objection list kia-2026", lambda found: found["items"] != [])
    decide = f"objection decide kia-2026 {objection} --grant --reason 'Perbup berlaku'"
    inda(f"--as deputy {decide}").fine()
    versions = "--as chair competition versions kia-2026"
    inda.eventually(versions, lambda found: len(found["versions"]) == 2)


def published(inda: Stack) -> None:
    inda("--as chair competition show kia-2026").fine()
    determine = "competition determine kia-2026 --decree-number 188/12 --decree-date 2026-12-01"
    early = inda(f"--as chair {determine}")
    assert (early.code, len(early.err.splitlines())) == (1, 1)
    inda.clock.ahead += timedelta(days=4)
    inda.log_in("chair", "deputy", "treasurer")
    inda(f"--as chair {determine}").fine()
    inda("--as chair competition publish kia-2026").fine()


def paid(inda: Stack) -> None:
    today = today_in_wita(inda.clock())
    assert inda.answer("--as chair allocate kia-2026 --dry-run")["dry_run"] is True
    outcome = inda.answer("--as chair allocate kia-2026")["funds"][0]
    assert (outcome["outcome"], outcome["asked_rupiah"]) == ("allocated", 25_000_000)
    mistaken = outcome["allocations"][0]
    inda(f"--as chair reverse apbd-2026 {mistaken} --reason 'Salah sumber'").fine()
    assert inda.answer("--as chair allocate kia-2026")["funds"][0]["outcome"] == "already_so"
    anew = inda.answer(f"--as chair allocate kia-2026 --again {mistaken}")["funds"][0]
    allocation = f"apbd-2026 {anew['allocations'][0]}"
    pay = f"--as treasurer pay {allocation} --reference SP2D-1 --paid-on {today}"
    assert inda(f"--as chair approve {allocation}").code == 1, "a second person approves"
    assert inda(pay).code == 1, "nothing is paid that was not approved"
    inda(f"--as deputy approve {allocation}").fine()
    inda(pay).fine()
    ledger = inda.answer("--as treasurer fund show apbd-2026")
    assert (ledger["allocated_rupiah"], ledger["paid_rupiah"]) == (25_000_000, 25_000_000)


def test_an_innovation_goes_all_the_way_to_its_prize(everything: Stack) -> None:
    leave_the_end_of_the_year(everything)
    set_up(everything)
    everything.log_in("chair", "deputy", "judge", "auditor")
    year = today_in_wita(everything.clock()).year
    register = f"fund register apbd-2026 --name Pembinaan --source apbd --year {year} {ACCOUNT}"
    everything(f"--as chair {register} --ceiling 100000000").fine()
    rules = everything.file("kia.json", KIA)
    everything(f"--as chair competition announce --file {rules}").fine()
    second_looks(everything, sample="0%")
    innovation = submitted(everything)
    verified(everything, innovation)
    scored = everything.eventually(f"--as auditor scorecard show {innovation}", lambda _: True)
    assert (scored["claimed_maturity"], scored["verified_maturity"]) == ("6", "3")
    entered = "--as chair competition show kia-2026"
    everything.eventually(entered, lambda found: len(found["entries"]) == 1)
    judged(everything, innovation)
    objected(everything, innovation)
    published(everything)
    paid(everything)
    everything("--as chair logout").fine()
    public = everything.eventually("results kia-2026", lambda _: True)
    assert [(each["rank"], each["title"]) for each in public["ranking"]] == [(1, "SIP PUTIH")]
    assert "SIP PUTIH" in everything("results kia-2026").fine().out
    assert everything.answer("results")["items"][0]["version"] == 2


def test_a_revision_may_be_asked_for_fields_of_the_profile_alone(everything: Stack) -> None:
    set_up(everything)
    innovation = submitted(everything)
    everything.log_in("verifier")
    everything.eventually("queue", lambda found: len(found["items"]) == 1)
    everything(f"dossier claim {innovation}").fine()
    revise = f"dossier revise {innovation} --message Perjelas"
    nothing = everything(f"{revise} --json")
    assert (nothing.code, nothing.answer["code"]) == (1, "items_missing")
    everything(f"{revise} --field benefit --field result").fine()
    reopened = f"--as operator innovation show {innovation}"
    shown = everything.eventually(reopened, lambda found: found["state"] == "reopened")
    asked = shown["revision"]
    assert (asked["indicators"], asked["fields"]) == ([], ["benefit", "result"])


def test_the_government_aspect_gives_a_region_its_index(everything: Stack) -> None:
    set_up(everything)
    source = "RPJMD 2025-2029"
    rows = [{"indicator": "SPD-01", "level": 2, "source": source}]
    file = everything.file("spd.json", {"edition": "2026", "rows": rows})
    everything(f"region government-aspect 2026 hss --file {file}").fine()
    region = everything.answer("region show 2026 hss")
    assert region["government_aspect"]["rows"] == [
        {"indicator": "SPD-01", "level": 2, "source": source}
    ]
    assert "Figures" in everything("region show 2026 hss").fine().out
