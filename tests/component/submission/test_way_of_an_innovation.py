"""From an opened season to a receipt, through the API and the real servers."""

from hashlib import sha256

import httpx

from tests.apps import Issuer, key
from tests.component.submission.conftest import Headers

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Size 2>>\n%%EOF\n"
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


async def drafted(api: httpx.AsyncClient, operator: Headers) -> str:
    body = {"season_id": "2026", "agency_id": "hss-dinkes", "profile": PROFILE}
    answer = await api.post("/innovations", json=body, headers={**operator, **key()})
    assert answer.status_code == 201, answer.text
    url, shown = f"/innovations/{answer.json()['id']}", {"min_seq": answer.json()["sequence"]}
    assert (await api.get(url, params=shown, headers=operator)).status_code == 200
    return answer.json()["id"]


async def uploaded(
    api: httpx.AsyncClient, operator: Headers, innovation: str, content: bytes
) -> httpx.Response:
    declared = {
        "file_name": "sk.pdf",
        "sha256": sha256(content).hexdigest(),
        "size_bytes": len(content),
        "media_type": "application/pdf",
        "evidence_kind": "decree",
        "indicators": ["SID-01", "SID-02"],
        "letter": {"number": "188/1", "signed_on": "2024-02-01", "subject": "SIP PUTIH"},
    }
    answer = await api.post(
        f"/innovations/{innovation}/evidence", json=declared, headers={**operator, **key()}
    )
    assert answer.status_code == 201, answer.text
    form = answer.json()["upload"]
    async with httpx.AsyncClient() as storage:
        sent = await storage.post(form["url"], data=form["fields"], files={"file": content})
        assert sent.status_code < 300, sent.text
    evidence = answer.json()["evidence_id"]
    return await api.post(
        f"/innovations/{innovation}/evidence/{evidence}/intake", headers={**operator, **key()}
    )


async def test_an_innovation_goes_from_draft_to_a_receipt(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    taken = await uploaded(api, operator, innovation, PDF)
    assert taken.json()["accepted"], taken.text
    claim = await api.put(
        f"/innovations/{innovation}/claims/SID-01", json={"level": 2}, headers=operator
    )
    assert claim.status_code == 200, claim.text
    submitting = {**operator, **key()}
    receipt = await api.post(f"/innovations/{innovation}/submissions", headers=submitting)
    assert receipt.status_code == 200, receipt.text
    again = await api.post(f"/innovations/{innovation}/submissions", headers=submitting)
    assert again.json() == receipt.json()
    seen = await api.get(
        f"/innovations/{innovation}",
        params={"min_seq": receipt.json()["sequence"]},
        headers=operator,
    )
    assert seen.json()["state"] == "submitted"
    assert [item["content"]["sha256"] for item in receipt.json()["manifest"]] == [
        sha256(PDF).hexdigest()
    ]
    listed = await api.get("/innovations", headers=operator)
    assert [each["title"] for each in listed.json()["items"]] == ["SIP PUTIH"]


async def test_a_picture_that_calls_itself_a_pdf_is_refused_by_rule(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    taken = await uploaded(api, operator, innovation, b"\x89PNG\r\n\x1a\n" + b"x" * 64)
    assert (taken.json()["accepted"], taken.json()["rule"]) == (False, "type_mismatch")


async def test_another_agency_cannot_see_a_draft(
    api: httpx.AsyncClient, season: str, operator: Headers, issuer: Issuer
) -> None:
    innovation = await drafted(api, operator)
    other = issuer.headers("operator-2", "skpd_operator", agency="balangan-dinkes")
    assert (await api.get(f"/innovations/{innovation}", headers=other)).status_code == 404
    assert (await api.get("/innovations", headers=other)).json()["items"] == []
    verifier = issuer.headers("verifier-1", "verifier")
    assert (await api.get("/innovations", headers=verifier)).status_code == 403
    assert (await api.get("/innovations")).status_code == 401


async def test_two_people_who_save_the_same_profile_both_keep_their_text(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    first = {**PROFILE, "purpose": "teks pertama"}
    second = {**PROFILE, "purpose": "teks kedua"}
    url = f"/innovations/{innovation}/profile"
    seen = {**operator, "If-Match": '"1"'}
    assert (await api.put(url, json=first, headers=seen)).headers["ETag"] == '"2"'
    clash = await api.put(url, json=second, headers=seen)
    assert clash.status_code == 412
    told = clash.json()["params"]
    assert (told["yours"]["purpose"], told["current"]["purpose"]) == ("teks kedua", "teks pertama")
    retried = await api.put(url, json=first, headers=seen)
    assert (retried.status_code, retried.json()["version"]) == (200, 2)
    assert (await api.put(url, json=second, headers=operator)).status_code == 428


async def test_bad_input_gets_a_sentence_and_loses_nothing(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    for method, path, body, status, code in (
        ("PUT", "claims/SID-99", {"level": 1}, 422, "request_invalid"),
        ("PUT", "claims/SID-01", {"level": 4}, 422, "request_invalid"),
        ("PUT", "claims/SID-01", {"level": 1, "extra": 1}, 422, "request_invalid"),
        ("PUT", "claims/SID-18", {"level": 1}, 409, "basis_missing"),
        ("POST", "withdrawal", {"reason": "x" * 2001}, 422, "request_invalid"),
        ("POST", "evidence/nothing/intake", None, 404, "evidence_unknown"),
    ):
        answer = await api.request(
            method, f"/innovations/{innovation}/{path}", json=body, headers={**operator, **key()}
        )
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert answer.json()["detail"]
    seen = await api.get(f"/innovations/{innovation}", headers=operator)
    assert seen.json()["state"] == "draft"


async def test_a_dry_run_answers_and_stores_nothing(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    body = {"season_id": season, "agency_id": "hss-dinkes", "profile": PROFILE}
    tried = await api.post(
        "/innovations", json=body, params={"dry_run": 1}, headers={**operator, **key()}
    )
    assert tried.json()["happened"] == ["InnovationDrafted"]
    assert tried.json()["dry_run"]
    assert (await api.get("/innovations", headers=operator)).json()["items"] == []


async def test_a_list_goes_on_where_its_page_ended(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    made = [await drafted(api, operator) for _ in range(5)]
    params: dict[str, str | int] = {"limit": 2}
    seen: list[str] = []
    while True:
        page = (await api.get("/innovations", params=params, headers=operator)).json()
        seen += [each["innovation_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        params["cursor"] = page["next_cursor"]
    assert seen == made[::-1]
    broken = await api.get("/innovations", params={"cursor": "!"}, headers=operator)
    assert (broken.status_code, broken.json()["code"]) == (422, "cursor_broken")
