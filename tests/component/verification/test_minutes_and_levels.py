"""The minutes of a concluded review, and service levels, over HTTP on real servers."""

import csv
from io import BytesIO, StringIO

import httpx
import pypdfium2
from openpyxl import load_workbook

from tests.apps import Issuer
from tests.builders.verification import OF_THE_AGENCY
from tests.component.verification.world import Reviewer, Voice


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


async def test_minutes_are_made_when_the_review_is_concluded_and_stay_the_same_bytes(
    api: httpx.AsyncClient, submission: Voice, verifier: Reviewer, issuer: Issuer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    path = f"/dossiers/{dossier}/minutes"
    early = await api.get(path, headers=verifier.headers)
    assert (early.status_code, early.json()["code"]) == (409, "not_concluded")
    await verifier.claim(dossier)
    await verifier.decide_all(dossier)
    await verifier.verify(dossier)
    seen = await verifier.see(dossier, state="verified")
    once, again = [await api.get(path, headers=verifier.headers) for _ in range(2)]
    assert once.status_code == 200, once.text
    assert once.headers["Content-Type"] == "application/pdf"
    assert once.headers["ETag"] == verifier.version
    assert once.content == again.content
    text = text_of(once.content)
    assert seen["title"] in text and "BERITA ACARA VALIDASI" in text
    for row in seen["indicators"]:
        assert all(digest in text for digest in row["evidence"])
    stranger = Reviewer.of(api, issuer, OF_THE_AGENCY)
    assert (await api.get(path, headers=stranger.headers)).status_code == 404


async def test_service_levels_are_told_and_exported(
    api: httpx.AsyncClient, submission: Voice, verifier: Reviewer, issuer: Issuer
) -> None:
    for number in (1, 2):
        await verifier.see(await submission.submit(f"inov-{number}"))
    await verifier.claim("inov-1")
    await verifier.decide_all("inov-1")
    await verifier.verify("inov-1")
    await verifier.see("inov-1", state="verified")
    await verifier.claim("inov-2")
    await verifier.see("inov-2", state="in_review")
    admin = issuer.headers("person-admin", "pemda_admin", agency="kalsel")
    answer = await api.get("/service-levels", params={"season_id": "2026"}, headers=admin)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    counts = {line["state"]: line["count"] for line in told["states"]}
    assert (told["total"], told["done"]) == (2, 1)
    assert (counts["verified"], counts["in_review"], counts["open"]) == (1, 1, 0)
    (line,) = told["verifiers"]
    assert (line["held"], line["verdicts"], line["ended"]) == (1, 3, 1)
    assert (told["days"][-1]["opened"], told["days"][-1]["verified"]) == (2, 1)
    asked = {"season_id": "2026", "days": 2}
    book = await api.get(
        "/service-levels/export", params={**asked, "format": "xlsx"}, headers=admin
    )
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(book.content))["Keadaan"]]
    assert ["terverifikasi", 1, 0, None, None] in rows
    text = await api.get("/service-levels/export", params={**asked, "format": "csv"}, headers=admin)
    lines = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    assert ["terverifikasi", "1", "0", "", ""] in lines
    refused = await api.get(
        "/service-levels", params={"season_id": "2026"}, headers=verifier.headers
    )
    assert refused.status_code == 403
    empty = await api.get("/service-levels", params={"season_id": "2031"}, headers=admin)
    assert (empty.status_code, empty.json()["total"]) == (200, 0)
