"""Evidence through the API on the real servers: declared, taken in, told anew, downloaded."""

from hashlib import sha256
from typing import Any

import httpx
import pytest

from tests.apps import Issuer, key
from tests.builders.files import locked_pdf, pdf, png
from tests.component.submission.conftest import PATH, Headers, registered, shown
from tests.component.submission.test_way_of_an_innovation import PROFILE, drafted
from tests.component.submission.uploading import LETTER, Files, declaration


@pytest.fixture
async def files(api: httpx.AsyncClient, season: str, operator: Headers) -> Files:
    return Files(api, operator, await drafted(api, operator))


async def fetched(answer: httpx.Response) -> bytes:
    assert answer.status_code == 200, answer.text
    async with httpx.AsyncClient() as storage:
        found = await storage.get(answer.json()["url"])
    assert found.status_code == 200, found.text
    return found.content


async def test_a_file_is_declared_uploaded_taken_in_and_downloaded(files: Files) -> None:
    content = pdf("SIP PUTIH")
    told = await files.declared(content)
    assert (told["parts"], told["training"], told["dry_run"]) == (None, False, False)
    evidence = await files.accepted(pdf("lain"), indicators=["SID-01"])
    await files.uploaded(content)
    taken = await files.intake(told["evidence_id"])
    assert taken.json() == {
        "evidence_id": told["evidence_id"],
        "version": 5,
        "sequence": int(taken.headers["Inda-Sequence"]),
        "outcome": "accepted",
        "rule": None,
        "detail": {},
        "advice": None,
        "missing": [],
        "training": False,
        "dry_run": False,
    }
    seen = await shown(files.api, files.person, files.innovation, taken)
    item = next(each for each in seen["evidence"] if each["evidence_id"] == told["evidence_id"])
    assert (item["accepted"], item["declared_by"], item["properties"]["pages"]) == (
        *(True, "operator-1", 1),
    )
    assert await fetched(await files.get(f"evidence/{told['evidence_id']}/download")) == content
    assert evidence != told["evidence_id"]


async def test_an_attachment_of_the_profile_is_shown_for_no_indicator(files: Files) -> None:
    award = {"media_type": "image/png", "file_name": "piala.png", "evidence_kind": "award"}
    await files.accepted(png(), **award, indicators=[], letter=None)
    wrong = await files.declare(pdf(), evidence_kind="budget", indicators=["SID-03"])
    assert (wrong.status_code, wrong.json()["code"]) == (409, "attachment_proves_nothing")
    missing = await files.declare(pdf(), indicators=[])
    assert (missing.status_code, missing.json()["code"]) == (409, "indicator_missing")


async def test_the_digest_of_anothers_file_is_not_the_file(
    files: Files, admin: Headers, issuer: Issuer
) -> None:
    """Whoever knows a digest may declare it, and gets nothing for that."""
    content = pdf("rahasia perangkat daerah lain")
    mine = await files.accepted(content)
    await registered(files.api, admin, ("kalsel", "balangan"), "regency")
    await registered(files.api, admin, ("kalsel", "balangan", "balangan-dinkes"))
    path = ("kalsel", "balangan", "balangan-dinkes")
    other = issuer.headers("operator-2", "skpd_operator", agency=path[-1], path=path)
    body = {"season_id": "2026", "agency_id": path[-1], "profile": PROFILE}
    drawn = await files.api.post("/innovations", json=body, headers={**other, **key()})
    theirs = Files(files.api, other, drawn.json()["id"])
    told = await theirs.declared(content)
    assert (await theirs.intake(told["evidence_id"])).json()["outcome"] == "incomplete"
    for evidence in (told["evidence_id"], mine):
        refused = await theirs.get(f"evidence/{evidence}/download")
        assert (refused.status_code, refused.json()["code"]) == (404, "evidence_not_accepted")
    stolen = await Files(files.api, other, files.innovation).get(f"evidence/{mine}/download")
    assert (stolen.status_code, stolen.json()["code"]) == (404, "not_found")


async def test_what_is_in_quarantine_nobody_reads(files: Files, issuer: Issuer) -> None:
    evidence = await files.uploaded(pdf())
    for role in ("skpd_operator", "skpd_head", "companion", "pemda_admin", "leader", "auditor"):
        person = issuer.headers("reader", role, agency="hss-dinkes", path=PATH)
        reader = Files(files.api, person, files.innovation)
        refused = await reader.get(f"evidence/{evidence}/download")
        told = (role, refused.status_code, refused.json()["code"])
        assert told == (role, 404, "evidence_not_accepted")


async def test_a_refused_file_says_which_rule_and_how_to_mend_it(files: Files) -> None:
    evidence = await files.uploaded(locked_pdf())
    refused = await files.intake(evidence)
    told = refused.json()
    assert (refused.status_code, told["outcome"], told["rule"]) == (200, "refused", "encrypted")
    assert told["advice"].startswith("PDF terkunci")
    # The answer was lost: asked again it is the same, in the language of who asks.
    again = await files.intake(evidence, **{"Accept-Language": "en"})
    assert again.json() == {**told, "advice": again.json()["advice"]}
    assert again.json()["advice"].startswith("The PDF is locked")
    gone = await files.get(f"evidence/{evidence}/download")
    assert gone.status_code == 404
    seen = await shown(files.api, files.person, files.innovation, refused)
    assert [each["rule"] for each in seen["refusals"]] == ["encrypted"]


async def test_other_bytes_than_those_declared_are_refused(files: Files) -> None:
    content, other = pdf("satu"), pdf("dua.")
    told = await files.declared(content, size_bytes=max(len(content), len(other)))
    async with httpx.AsyncClient() as storage:
        form = told["upload"]
        await storage.post(form["url"], data=form["fields"], files={"file": other})
    refused = (await files.intake(told["evidence_id"])).json()
    assert (refused["outcome"], refused["rule"]) == ("refused", "digest_mismatch")
    assert refused["detail"]["found"] == sha256(other).hexdigest()


async def test_an_intake_is_safe_to_repeat_with_the_same_key_and_with_another(files: Files) -> None:
    evidence = await files.uploaded(pdf())
    same = key()
    first = await files.intake(evidence, **same)
    again = await files.intake(evidence, **same)
    other = await files.intake(evidence)
    assert first.json()["outcome"] == "accepted"
    assert first.json() == again.json() == other.json()


async def test_nothing_is_taken_in_before_it_is_here(files: Files) -> None:
    told = await files.declared(pdf())
    early = (await files.intake(told["evidence_id"])).json()
    assert (early["outcome"], early["missing"], early["version"]) == ("incomplete", [1], 2)
    assert early["advice"].startswith("Berkas belum lengkap")
    unknown = await files.intake("nothing")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "evidence_unknown")


async def test_a_rehearsal_declares_judges_and_keeps_nothing(files: Files) -> None:
    content = pdf()
    url = f"{files.path}/evidence"
    tried = await files.api.post(
        url, params={"dry_run": 1}, json=declaration(content), headers={**files.person, **key()}
    )
    told = tried.json()
    assert (tried.status_code, told["upload"], told["version"], told["dry_run"]) == (
        *(201, None, 1, True),
    )
    evidence = (await files.declared(content))["evidence_id"]
    intake = f"{url}/{evidence}/intake"
    params, person = {"dry_run": 1}, files.person
    early = await files.api.post(intake, params=params, headers={**person, **key()})
    assert (early.json()["outcome"], early.json()["missing"]) == ("incomplete", [1])
    assert await files.uploaded(content) == evidence
    there = await files.api.post(intake, params=params, headers={**person, **key()})
    assert (there.json()["outcome"], there.json()["version"]) == ("received", 2)
    assert (await files.intake(evidence)).json()["outcome"] == "accepted"
    after = await files.api.post(intake, params=params, headers={**person, **key()})
    assert (after.json()["outcome"], after.json()["version"]) == ("accepted", 3)


async def test_the_same_file_declared_again_is_the_same_evidence_until_it_is_here(
    files: Files,
) -> None:
    """The client lost the answer and its key, and begins anew."""
    content = pdf()
    first = await files.declared(content)
    again = await files.declared(content, file_name="salinan.pdf", indicators=["SID-02", "SID-01"])
    assert (again["evidence_id"], again["version"]) == (first["evidence_id"], 2)
    corrected = await files.declared(content, letter={**LETTER, "number": "188/2"})
    assert (corrected["evidence_id"], corrected["version"]) == (first["evidence_id"], 3)
    for changes in ({"indicators": ["SID-01"]}, {"evidence_kind": "head_regulation"}):
        other = await files.declare(content, **{"indicators": ["SID-01"], **changes})
        assert other.json()["evidence_id"] != first["evidence_id"], other.text
    await files.uploaded(content)
    await files.intake(first["evidence_id"])
    assert (await files.declared(content))["evidence_id"] != first["evidence_id"]


async def test_a_declaration_sent_again_with_its_key_is_one(files: Files) -> None:
    same, body = key(), declaration(pdf())
    answers = [await files.post("evidence", body, **same) for _ in range(2)]
    assert [each.json()["evidence_id"] for each in answers] == [
        answers[0].json()["evidence_id"]
    ] * 2
    assert [each.json()["version"] for each in answers] == [2, 2]
    reused = await files.post("evidence", {**body, "file_name": "lain.pdf", "letter": None}, **same)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")


async def test_evidence_is_told_anew_and_a_conflict_loses_neither_text(files: Files) -> None:
    evidence = await files.accepted(pdf())
    url = f"{files.path}/evidence/{evidence}"
    body = {"evidence_kind": "decree", "indicators": ["SID-01"], "letter": LETTER}
    bare = await files.api.put(url, json=body, headers=files.person)
    assert bare.status_code == 428
    told = await files.api.put(url, json=body, headers={**files.person, "If-Match": '"3"'})
    assert (told.status_code, told.json()["happened"]) == (200, ["EvidenceRevised"]), told.text
    other = {**body, "letter": {**LETTER, "subject": "lain"}}
    clash = await files.api.put(url, json=other, headers={**files.person, "If-Match": '"3"'})
    assert (clash.status_code, clash.json()["code"]) == (412, "version_changed")
    params = clash.json()["params"]
    assert (params["yours"], params["current"]) == (other, body)
    gone = await files.api.put(
        f"{files.path}/evidence/none", json=body, headers={**files.person, "If-Match": '"4"'}
    )
    assert (gone.status_code, gone.json()["code"]) == (404, "evidence_unknown")
    link = await files.get(f"evidence/{evidence}/download")
    assert link.status_code == 200


async def test_every_write_sent_again_with_its_key_happens_once_and_is_answered_the_same(
    files: Files,
) -> None:
    evidence = await files.uploaded(pdf())
    for path, body in (
        ("links", {**LINK, "url": "https://example.go.id/v"}),
        (f"evidence/{evidence}/withdrawal", {"reason": "salah berkas"}),
    ):
        same = key()
        first, again = [await files.post(path, body, **same) for _ in range(2)]
        assert first.is_success, first.text
        assert (first.status_code, first.json()) == (again.status_code, again.json())
    items = (await files.get("history")).json()["items"]
    assert [each["happened"] for each in reversed(items)] == [
        "InnovationDrafted",
        "EvidenceDeclared",
        "EvidenceDeclared",
        "EvidenceWithdrawn",
    ]


async def test_a_rehearsed_change_of_evidence_changes_nothing(files: Files) -> None:
    evidence = await files.uploaded(pdf())
    url, seen = f"{files.path}/evidence/{evidence}", {"If-Match": '"2"'}
    told = {"evidence_kind": "decree", "indicators": ["SID-01"]}
    link = {**LINK, "url": "https://example.go.id/v"}
    for method, path, body in (
        ("PUT", url, told),
        ("POST", f"{url}/withdrawal", {"reason": "salah"}),
        ("POST", f"{files.path}/links", link),
    ):
        tried = await files.api.request(
            method,
            path,
            params={"dry_run": 1},
            json=body,
            headers={**files.person, **key(), **seen},
        )
        assert tried.is_success, tried.text
        assert (tried.json()["dry_run"], tried.json()["version"]) == (True, 2)
    assert len((await files.get("history")).json()["items"]) == 2
    assert (await files.intake(evidence)).json()["outcome"] == "accepted"


async def test_withdrawn_evidence_is_gone_with_what_was_uploaded(files: Files) -> None:
    content = pdf()
    evidence = await files.uploaded(content)
    body = {"reason": "salah berkas"}
    withdrawn = await files.post(f"evidence/{evidence}/withdrawal", body)
    assert (withdrawn.status_code, withdrawn.json()["happened"]) == (200, ["EvidenceWithdrawn"])
    after = await files.intake(evidence)
    assert (after.status_code, after.json()["code"]) == (404, "evidence_unknown")
    # Declared again it is other evidence, and what was sent before is not taken for it.
    again = await files.declared(content)
    assert again["evidence_id"] != evidence
    assert (await files.intake(again["evidence_id"])).json()["outcome"] == "incomplete"


SENSELESS: list[tuple[str, Any]] = [
    ("letter", {**LETTER, "signed_on": "2026-02-30"}),
    ("letter", {**LETTER, "signed_on": "2026-02-01T00:00:00"}),
    ("letter", {**LETTER, "signed_on": 20260201}),
    ("letter", {**LETTER, "number": ""}),
    ("sha256", "0" * 63),
    ("size_bytes", -1),
    ("size_bytes", 1.5),
    ("media_type", "application/zip"),
    ("file_name", ""),
    ("file_name", "a\u0000b.pdf"),
    ("file_name", "x" * 201),
    ("indicators", ["SID-99"]),
    ("indicators", "SID-01"),
    ("extra", 1),
]


async def test_a_declaration_that_makes_no_sense_is_unreadable(files: Files) -> None:
    for field, value in SENSELESS:
        answer = await files.declare(pdf(), **{field: value})
        told = (value, answer.status_code, answer.json()["code"])
        assert told == (value, 422, "request_invalid")
        assert field in answer.json()["detail"]


NOT_ALLOWED: list[tuple[dict[str, Any], str]] = [
    ({"size_bytes": 0}, "file_empty"),
    ({"size_bytes": 2**40}, "file_too_large"),
    ({"evidence_kind": "poem"}, "evidence_kind_unknown"),
    ({"media_type": "video/mp4"}, "file_type_not_allowed"),
]


async def test_what_the_edition_and_the_limits_do_not_allow_is_refused(files: Files) -> None:
    for changes, code in NOT_ALLOWED:
        answer = await files.declare(pdf(), **changes)
        assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text


NAMES = (
    "சான்று.pdf",
    "الدليل.pdf",
    "証拠.pdf",
    "../../etc/passwd",
    "na\u00efve\u202egpj.pdf",
)


async def test_a_file_may_be_called_anything_in_any_script(files: Files) -> None:
    for name in NAMES:
        content = pdf()
        evidence = await files.accepted(content, file_name=name)
        assert await fetched(await files.get(f"evidence/{evidence}/download")) == content


LINK = {"evidence_kind": "video_link", "indicators": ["SID-20"]}


async def test_a_link_is_whole_when_it_is_declared(files: Files) -> None:
    url = "https://youtube.com/watch?v=abc"
    told = await files.post("links", {**LINK, "url": url})
    assert told.status_code == 201, told.text
    assert (told.json()["upload"], told.json()["parts"]) == (None, None)
    seen = await shown(files.api, files.person, files.innovation, told)
    assert [(item["content"]["url"], item["accepted"]) for item in seen["evidence"]] == [
        (url, True)
    ]
    assert (await files.intake(told.json()["evidence_id"])).json()["outcome"] == "accepted"
    no_file = await files.get(f"evidence/{told.json()['evidence_id']}/download")
    assert no_file.status_code == 404


NOT_PUBLIC = [
    ("ftp://example.go.id/a", "request_invalid"),
    ("javascript:alert(1)", "request_invalid"),
    ("https://" + "a" * 2000 + ".id", "request_invalid"),
    ("https://name:word@example.go.id/a", "link_with_credentials"),
    ("https://name@example.go.id/a", "link_with_credentials"),
    ("http://localhost/a", "link_not_public"),
    ("http://localhost./a", "link_not_public"),
    ("http://printer/a", "link_not_public"),
    ("http://nas.local/a", "link_not_public"),
    ("http://127.0.0.1/a", "link_not_public"),
    ("http://2130706433/a", "link_not_public"),
    ("http://0x7f.1/a", "link_not_public"),
    ("http://10.1.2.3/a", "link_not_public"),
    ("http://192.168.0.1/a", "link_not_public"),
    ("http://169.254.169.254/latest", "link_not_public"),
    ("http://[::1]/a", "link_not_public"),
    ("http://[::ffff:10.0.0.1]/a", "link_not_public"),
    ("http://[fd00::1]/a", "link_not_public"),
]


async def test_a_link_that_not_everybody_can_open_is_refused(files: Files) -> None:
    for url, code in NOT_PUBLIC:
        answer = await files.post("links", {**LINK, "url": url})
        assert (url, answer.status_code, answer.json()["code"]) == (url, 422, code)
