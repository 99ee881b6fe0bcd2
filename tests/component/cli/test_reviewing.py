"""A dossier from the queue to its minutes by `inda` alone, and what cannot get lost on the way."""

from datetime import timedelta
from hashlib import sha256

import pytest

from tests.component.cli.reviewing import LOWER, looked_at, second_looks, submitted, waiting
from tests.component.cli.test_submitting import PDF, set_up
from tests.component.cli.world import Stack

DECREE = sha256(PDF).hexdigest()


@pytest.fixture
def dossier(review: Stack) -> str:
    """It waits for a verifier, who is logged in."""
    set_up(review)
    second_looks(review, sample="0%")
    innovation = submitted(review)
    review.log_in("verifier")
    waiting(review)
    return innovation


def test_the_next_dossier_is_taken_and_shown_with_all_that_waits(
    review: Stack, dossier: str
) -> None:
    row = waiting(review)
    assert (row["state"], row["undecided"], row["overdue"]) == ("open", ["SID-01"], False)
    tried = review("next --dry-run").fine().out
    assert tried == f"The next one is {dossier}; nothing was changed.\n"
    taken = review.answer("next --season 2026")
    assert (taken["dossier_id"], taken["dossier"]["title"]) == (dossier, "SIP PUTIH")
    counts = review.eventually("queue --counts", lambda found: found["mine"] == 1)
    assert (counts["total"], counts["dossiers_done"], counts["claimed"]) == (1, 0, 1)
    told = review("queue --counts").fine().out
    assert "0 of 1 dossiers are done." in told
    left = review.answer("queue --indicator SID-01 --mine")["items"]
    assert [each["dossier_id"] for each in left] == [dossier]
    assert review.answer("queue --indicator SID-02")["items"] == []
    assert review.answer("queue --overdue")["items"] == []
    none = review("next")
    assert (none.code, "[queue_empty]" in none.err) == (1, True)
    review.clock.ahead += timedelta(minutes=20)
    kept = review.answer(f"dossier renew {dossier}")
    assert (kept["happened"], kept["until"] > taken["until"]) == (["LeaseRenewed"], True)


def test_what_the_machine_found_is_shown_beside_the_file(review: Stack, dossier: str) -> None:
    whole = review.eventually(
        f"dossier text {dossier} {DECREE}", lambda found: found["status"] == "read"
    )
    assert "SIP PUTIH" in whole["text"]
    review(f"dossier show {dossier}").fine()
    short = DECREE[:8]
    assert "--- page 1 of 1 ---" in review(f"dossier text {dossier} {short} --page 1").fine().out
    letter = review.answer(f"dossier letter {dossier} {short}")
    assert (letter["number"]["declared"], letter["subject"]["outcome"]) == ("188/1", "exact")
    assert "As declared" in review(f"dossier letter {dossier} {short}").fine().out
    file = review.folder / "page.png"
    review(f"dossier page {dossier} {short} 1 --save {file}").fine()
    assert file.read_bytes().startswith(b"\x89PNG")
    found = review.answer(f"dossier findings {dossier}")
    assert found["unread"] == []
    in_words = review(f"dossier findings {dossier}").fine().out
    assert all(each["rule"] in in_words for each in found["items"])
    assert review.answer(f"dossier similar {dossier}")["items"] == []
    missing = review(f"dossier text {dossier} {'0' * 64}")
    assert (missing.code, "[evidence_unknown]" in missing.err) == (1, True)


def test_a_decision_stands_on_what_was_shown_and_on_nothing_else(
    review: Stack, dossier: str
) -> None:
    review(f"dossier claim {dossier}").fine()
    blind = review(f"decide {dossier} SID-01 --level 2")
    assert (blind.code, "[dossier_not_shown]" in blind.err) == (2, True)
    review(f"dossier show {dossier}").fine()
    early = review(f"decide {dossier} SID-01 --level 2")
    assert (early.code, "`inda dossier admit` does it." in early.err) == (1, True)
    review(f"dossier admit {dossier}").fine()
    review(f"decide {dossier} SID-01 {LOWER} --page 1").fine()
    shown = review.eventually(
        f"dossier show {dossier}", lambda found: found["indicators"][0]["verdict"]
    )
    verdict = shown["indicators"][0]["verdict"]
    assert (verdict["granted_level"], verdict["evidence"]) == (1, [DECREE])
    assert verdict["place"] == {"sha256": DECREE, "page": 1, "second": None}
    assert "page 1 of " in review(f"dossier show {dossier}").fine().out


def test_nothing_typed_is_lost_when_the_claim_was_taken_away(review: Stack, dossier: str) -> None:
    review(f"dossier claim {dossier}").fine()
    review(f"dossier show {dossier}").fine()
    review(f"dossier admit {dossier}").fine()
    review(f"--as admin dossier override {dossier} --reason Cuti --to person-colleague").fine()
    late = review(f"decide {dossier} SID-01 {LOWER}")
    assert (late.code, late.out) == (1, "")
    assert "Something came first; nothing typed is lost" in late.err
    assert "Baru keputusan kepala dinas." in late.err
    unseen = review(f"decide {dossier} SID-01 {LOWER}")
    assert (unseen.code, "[version_changed]" in unseen.err) == (1, True)
    review(f"dossier show {dossier}").fine()
    kept = review(f"decide {dossier} SID-01 {LOWER}")
    assert (kept.code, "[dossier_reserved]" in kept.err) == (1, True)
    review.log_in("colleague")
    assert review.answer("next")["dossier_id"] == dossier
    review(f"dossier hand-over {dossier} --to person-verifier --note 'Tinggal SID-01'").fine()
    row = review.eventually(
        "queue", lambda found: found["items"][0]["reserved_for"] == "person-verifier"
    )
    assert row["items"][0]["state"] == "open"
    assert review("dossier release " + dossier).code == 2, "it was handed over"


def test_what_is_trivially_good_is_granted_in_one_go(review: Stack, dossier: str) -> None:
    review(f"dossier claim {dossier}").fine()
    review(f"dossier show {dossier}").fine()
    review(f"dossier admit {dossier}").fine()
    review.eventually(f"dossier findings {dossier}", lambda found: found["unread"] == [])
    tried = review.answer(f"dossier accept {dossier} SID-01 --dry-run")
    assert (tried["accepted"], tried["dry_run"]) == (["SID-01"], True)
    assert "nothing was changed" in review(f"dossier accept {dossier} SID-01 --dry-run").fine().out
    granted = review(f"dossier accept {dossier} SID-01").fine().out
    assert granted.startswith("1 indicators are granted as claimed.")
    again = review(f"dossier accept {dossier} --json")
    assert (again.code, again.answer["code"]) == (1, "nothing_to_accept")
    ended = review("dossier verify " + dossier).fine().out
    assert ended.startswith("The dossier is verified.")
    minutes = review.folder / "minutes.pdf"
    review.eventually("queue --state verified", lambda found: found["items"] != [])
    review(f"dossier minutes {dossier} --save {minutes}").fine()
    assert minutes.read_bytes().startswith(b"%PDF")


def test_a_field_visit_is_recorded_for_whoever_decides(review: Stack, dossier: str) -> None:
    wrong = review(f"dossier visit {dossier} --on 2026-08-03 --note Ada --finding SID-01=maybe")
    assert (wrong.code, "Allowed: confirmed" in wrong.err) == (2, True)
    seen = "--with person-witness --finding SID-01=confirmed:'Papan layanan ada'"
    review(f"dossier visit {dossier} --on 2026-08-03 --note 'Layanan berjalan' {seen}").fine()
    shown = review.eventually(f"dossier show {dossier}", lambda found: found["visits"] != [])
    (visit,) = shown["visits"]
    assert visit["participants"] == ["person-witness"]
    assert visit["findings"] == [
        {"indicator": "SID-01", "outcome": "confirmed", "note": "Papan layanan ada"}
    ]
    assert "SID-01 confirmed: Papan layanan ada" in review(f"dossier show {dossier}").fine().out


def test_whoever_declares_a_conflict_does_not_see_the_dossier(review: Stack, dossier: str) -> None:
    described = "verifier describe --affair kesehatan --capacity 3"
    review(described).fine()
    review("verifier conflict declare hss --reason 'Adik saya bekerja di sana'").fine()
    shown = review.eventually("verifier show", lambda found: found["conflicts"] != [])
    assert (shown["verifier_id"], shown["affairs"]) == ("person-verifier", ["kesehatan"])
    assert [each["agency_id"] for each in shown["conflicts"]] == ["hss"]
    assert review.answer("queue")["items"] == []
    assert review(f"dossier show {dossier}").code == 1
    review("verifier describe --resting").fine()
    rows = review.eventually(
        "--as admin verifier list", lambda found: not found["items"][0]["active"]
    )["items"]
    known = [(each["verifier_id"], each["capacity"], each["affairs"]) for each in rows]
    assert known == [("person-verifier", 3, ["kesehatan"])]
    review("verifier conflict end hss --reason 'Ia pindah'").fine()
    assert waiting(review)["dossier_id"] == dossier


def test_a_criterion_that_is_not_met_rejects_after_a_second_look(
    review: Stack, dossier: str
) -> None:
    unknown = review(f"dossier admit {dossier} --not luck='Tidak ada'")
    assert (unknown.code, "`inda dossier criteria` lists them." in unknown.err) == (2, True)
    criteria = review.answer("dossier criteria")["items"]
    assert [each["criterion"] for each in criteria][:2] == ["renewal", "benefit"]
    for user in ("verifier", "colleague"):
        review.log_in(user)
        waiting(review)
        review(f"dossier claim {dossier}").fine()
        review(f"dossier show {dossier}").fine()
        review(f"dossier admit {dossier} --not benefit='Tidak ada penerima manfaat'").fine()
        review(f"dossier verify {dossier}").fine()
    told = review.eventually(
        "--as operator notices list --kind rejected", lambda found: found["items"] != []
    )
    assert "Tidak ada penerima manfaat" in str(told["items"][0]["words"])


def test_a_third_person_resolves_what_two_decided_differently(review: Stack) -> None:
    set_up(review)
    second_looks(review, sample="100%")
    dossier = submitted(review)
    ended = looked_at(review, "verifier", dossier, level=LOWER)
    assert ended == ["QualityCheckDrawn"]
    assert looked_at(review, "colleague", dossier, level="--level 2") == ["QualityCheckDecided"]
    review.log_in("controller")
    review.eventually("queue --state disputed", lambda found: found["items"] != [])
    early = review(f"dossier resolve {dossier} --level SID-01=2 --note Terbukti")
    assert (early.code, "[dossier_not_shown]" in early.err) == (2, True)
    assert "SID-01=1" in review(f"dossier show {dossier}").fine().out
    resolved = review(f"dossier resolve {dossier} --level SID-01=2 --note Terbukti").fine().out
    assert resolved.startswith("The dossier is verified.")
    rates = review.eventually("quality rates 2026", lambda found: found["decided"] == 1)
    assert (rates["agreeing"], rates["indicators"][0]["differing"]) == (0, 1)
    assert "0.0%" in review("quality rates 2026").fine().out
    rule = review.answer("quality rule 2026")
    assert rule["effective"] == {"sample_permille": 1000, "large_change": 3}
    assert "100%" in review("quality rule 2026").fine().out


def test_service_levels_are_shown_and_saved(review: Stack, dossier: str) -> None:
    found = review.answer("--as admin levels 2026 --days 2")
    assert (found["total"], len(found["days"])) == (1, 2)
    assert "0 of 1" in review("--as admin levels 2026").fine().out
    sheet = review.folder / "levels.csv"
    review(f"--as admin levels 2026 --save {sheet}").fine()
    assert "menunggu verifikator,1," in sheet.read_text("utf-8-sig")
    wrong = review(f"--as admin levels 2026 --save {review.folder / 'levels.doc'}")
    assert (wrong.code, "[format_unknown]" in wrong.err) == (2, True)
    assert dossier in str(review.answer("--as admin queue")["items"])
