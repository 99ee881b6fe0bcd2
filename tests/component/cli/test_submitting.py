"""Logging in, and an innovation's way to its receipt by `inda` alone."""

import stat
from hashlib import sha256

import pytest
from pymongo import MongoClient

from deploy.local.stack import Addresses
from tests.builders.files import pdf
from tests.component.cli.world import PASSWORD, Stack

PDF = pdf("SIP PUTIH")
PROFILE = {
    "title": "SIP PUTIH",
    "stage": "implementation",
    "initiator": "perangkat_daerah",
    "kind": "digital",
    "form": "pelayanan_publik",
    "main_affair": "kesehatan",
    "implemented_on": "2024-05-01",
    "design_narrative": "kata " * 300,
    "purpose": "tujuan",
    "benefit": "manfaat",
    "result": "hasil",
}
OPENING = (
    "season open 2026 --name 'Musim 2026' --edition 2026"
    " --opens-at 2026-01-01T00:00 --deadline 2099-08-31T23:59"
)
LETTER = "--letter-number 188/1 --letter-date 2024-02-01 --letter-subject 'SIP PUTIH'"


def set_up(inda: Stack) -> None:
    """The office opens the season and registers the agency and all above it."""
    inda.log_in("admin")
    inda(OPENING).fine()
    inda("agency register kalsel --name Kalsel --kind province").fine()
    inda("agency register hss --name HSS --kind regency --parent kalsel").fine()
    inda("agency register hss-dinkes --name Dinkes --kind agency --parent hss").fine()


def drafted(inda: Stack) -> str:
    inda.log_in("operator")
    file = inda.file("profile.json", PROFILE)
    written = inda.answer(f"innovation draft --season 2026 --agency hss-dinkes --file {file}")
    return written["id"]


def with_evidence(inda: Stack, innovation: str) -> dict[str, object]:
    file = inda.file("sk.pdf", PDF)
    return inda.answer(
        f"innovation evidence add {innovation} {file} --indicator SID-01 --kind decree {LETTER}"
    )


def test_a_right_password_logs_in_and_the_token_is_for_its_owner_only(submission: Stack) -> None:
    submission.log_in("operator")
    token = submission.folder / "tokens" / "operator.json"
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert stat.S_IMODE(token.parent.stat().st_mode) == 0o700
    shown = submission.answer("whoami")
    assert (shown["user"], shown["person"]) == ("operator", "person-operator")
    assert shown["roles"] == ["skpd_operator"]
    submission("logout").fine()
    assert not token.exists()
    assert submission("whoami").code == 2


def test_a_wrong_password_is_one_line_and_nothing_is_kept(submission: Stack) -> None:
    ran = submission("login operator --password-stdin", text="wrong\n")
    expected = "The username or the password is wrong. [login_refused]\n"
    assert (ran.code, ran.out, ran.err) == (1, "", expected)
    assert not (submission.folder / "tokens" / "operator.json").exists()


def test_the_password_is_asked_for_without_an_echo(submission: Stack) -> None:
    ran = submission("login operator --json", text=f"{PASSWORD}\n")
    assert ran.fine().answer["user"] == "operator"
    assert PASSWORD not in ran.out + ran.err


def test_an_innovation_goes_from_draft_to_its_receipt(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    taken = with_evidence(submission, innovation)
    assert (taken["outcome"], taken["sha256"]) == ("accepted", sha256(PDF).hexdigest())
    link = "https://example.org/video"
    submission(
        f"innovation evidence link {innovation} {link} --indicator SID-20 --kind video_link"
    ).fine()
    submission(f"innovation claim {innovation} SID-01 2").fine()
    trial = submission(f"submit {innovation} --dry-run").fine()
    assert "nothing was changed" in trial.err
    receipt = submission.answer(f"submit {innovation} --idempotency-key once-and-for-all")
    assert receipt["round"] == 1
    assert submission.answer(f"submit {innovation} --idempotency-key once-and-for-all") == receipt
    assert submission.answer(f"innovation show {innovation}")["state"] == "submitted"
    shown = submission(f"receipt {innovation}").fine().out
    assert "SID-01" in shown
    assert sha256(PDF).hexdigest() in shown
    again = submission.answer(f"receipt {innovation} --round 1")
    assert again == receipt


def test_a_refusal_is_one_line_and_with_json_the_problem_itself(submission: Stack) -> None:
    set_up(submission)
    earlier = "season extend 2026 --deadline 2026-02-01T00:00 --reason Salah"
    ran = submission(earlier)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    problem = submission(f"{earlier} --json")
    assert (problem.code, problem.err) == (1, "")
    assert problem.answer["status"] == 409
    told = "Deadline: 2099-08-31 23:59 WITA. [deadline_only_extends]\n"
    assert ran.err == f"{problem.answer['detail']} {told}"


def test_a_refused_file_tells_the_rule(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    picture = submission.file("sk.pdf", b"\x89PNG\r\n\x1a\n" + b"x" * 64)
    line = f"innovation evidence add {innovation} {picture} --indicator SID-01 --kind decree"
    ran = submission(f"{line} {LETTER}")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "sk.pdf was refused by the rule type_mismatch. Isi berkas bukan application/pdf, melainkan"
        " image/png. Mengganti akhiran nama tidak mengubah isinya: simpan atau ekspor dengan jenis"
        " yang benar, lalu unggah. [evidence_refused]\n"
    )
    in_english = submission(f"{line} {LETTER} --language en").err
    assert "The content is not application/pdf but image/png." in in_english
    assert submission.answer(f"innovation show {innovation}")["evidence"] == []


def test_a_refusal_names_what_would_do(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    ran = submission(
        f"innovation evidence link {innovation} https://example.org --indicator SID-20 --kind film"
    )
    assert (ran.code, "Allowed: thumbnail, video_file, video_link." in ran.err) == (1, True)


def test_text_that_changed_since_it_was_seen_is_not_replaced(submission: Stack) -> None:
    set_up(submission)
    innovation = drafted(submission)
    file = submission.file("profile.json", {**PROFILE, "purpose": "sesuatu yang lain"})
    submission(f"innovation show {innovation}").fine()
    drawer = next((submission.folder / "tokens" / "operator.d").glob("seen-innovations*"))
    seen = drawer.read_text()
    submission(f"innovation claim {innovation} SID-01 1").fine()
    drawer.write_text(seen)
    ran = submission(f"innovation profile {innovation} --file {file}")
    assert ran.code == 1
    assert "Show it again, look, and repeat the command." in ran.err
    submission(f"innovation show {innovation}").fine()
    submission(f"innovation profile {innovation} --file {file}").fine()


def test_lists_show_a_page_with_a_hint_and_all_of_it_on_demand(submission: Stack) -> None:
    set_up(submission)
    for number in range(51):
        submission(f"agency register desa-{number} --name Desa --kind village --parent hss").fine()
    page = submission("agency list --json")
    assert (len(page.answer["items"]), page.err) == (50, "There are more; --all shows them all.\n")
    assert len(submission.answer("agency list --all")["items"]) == 54


def test_parked_facts_are_listed_and_a_retry_of_an_unknown_one_says_so(submission: Stack) -> None:
    submission.log_in("admin")
    assert submission.answer("faults list") == {"items": []}
    ran = submission("faults retry view:agencies:nothing")
    assert (ran.code, ran.err) == (1, "No service has parked view:agencies:nothing.\n")


def test_a_parked_view_is_listed_and_mended_by_a_retry(
    submission: Stack, fresh_servers: Addresses
) -> None:
    set_up(submission)
    submission.eventually("agency show hss", lambda _: True)
    subject = "inda.v1.submission.agency.hss"
    parked: dict[str, object] = {
        "_id": f"view:agencies:{subject}",
        "kind": "view",
        "subject": subject,
        "at_sequence": 3,
        "reason": "ValueError: it was parked by a test",
    }
    with MongoClient[dict[str, object]](fresh_servers.mongo_urls["submission"]) as client:
        client.get_default_database()["faults"].insert_one(parked)
    listed = submission.answer("faults list")["items"]
    assert [(each["service"], each["key"]) for each in listed] == [("submission", parked["_id"])]
    tried = submission.answer(f"faults retry {parked['_id']}")
    assert [each["mended"] for each in tried["items"]] == [True]


@pytest.mark.parametrize("user", ["admin", "operator"])
def test_status_shows_health_and_position(submission: Stack, user: str) -> None:
    set_up(submission)
    submission.log_in(user)
    found = submission.eventually("status", lambda told: told["services"][0]["position"] == 4)
    assert found["services"][0]["state"] == "ready"


def test_nobody_is_logged_in_at_first(submission: Stack) -> None:
    ran = submission("season list")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "Nobody is logged in; log in with `inda login USER`. [not_logged_in]\n"
