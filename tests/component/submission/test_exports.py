"""Exports as people get them: the national form, everything a filter matches, and back again."""

import asyncio
import json
from collections.abc import AsyncIterator
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from openpyxl import load_workbook

from deploy.local.stack import Addresses
from services.submission.api.exports.archives import BrokenExport, archive
from services.submission.api.exports.pages import Shelf
from services.submission.app import create_app, edition_of
from services.submission.projections import AGENCIES, INNOVATIONS
from services.submission.settings import Settings
from shared.errors import NotFound
from shared.events.submission import Claim, EvidenceItem, Profile, content_digest
from shared.views import Database
from tests.apps import Issuer, key, serving, settings_for
from tests.builders.files import pdf
from tests.component.submission.conftest import PATH, Headers, opened, registered
from tests.component.submission.uploading import PROFILE, Files, begun
from tests.sheets import FILLED, XLSX, comma_separated, read_back, xlsx

Json = dict[str, Any]
MORE: dict[str, object] = {
    "lintang": "-2.781",
    "bujur": "115.26",
    "asta_cita": "1; 4",
    "haki": "paten|P-1|2024-06-01",
    "anggaran": 5_000_000,
    "kolaborator": "Desa Hamalau; Puskesmas Kandangan",
    "SID-18": 2,
    "SID-18_dasar": "a",
}
ODD = "=SUM(A1) + \u202egnp.exe"


async def imported(
    api: httpx.AsyncClient, person: Headers, content: bytes, season_id: str = "2026", **asked: str
) -> Json:
    """The report of an import; asks the read models to have caught up."""
    answer = await api.post(
        "/imports/innovations",
        params={"season_id": season_id, **asked},
        content=content,
        headers={**person, **key(), "Content-Type": XLSX},
    )
    assert answer.status_code == 200, answer.text
    sequence = answer.json()["sequence"]
    listed = await api.get("/innovations", params={"min_seq": sequence}, headers=person)
    assert int(listed.headers["Inda-Sequence"]) >= sequence
    return answer.json()


async def exported(api: httpx.AsyncClient, person: Headers, **asked: str) -> httpx.Response:
    answer = await api.get("/exports/innovations", params=asked, headers=person)
    assert answer.status_code == 200, answer.text
    return answer


def rows(number: int) -> list[dict[str, object]]:
    return [
        {**FILLED, **MORE, "nama_inovasi": f"Inovasi {each}", "SID-01": each % 4}
        for each in range(number)
    ]


@pytest.fixture
async def three(api: httpx.AsyncClient, season: str, operator: Headers) -> Json:
    """The report of an import of three innovations."""
    return await imported(api, operator, xlsx(rows(3)))


async def test_what_is_exported_can_be_imported_and_changes_nothing(
    api: httpx.AsyncClient, three: Json, operator: Headers
) -> None:
    for format in ("xlsx", "csv"):
        file = await exported(api, operator, season_id="2026", format=format)
        report = await imported(api, operator, file.content)
        assert report["totals"] == {
            "rows": 3, "created": 0, "updated": 0, "unchanged": 3, "refused": 0,
        }  # fmt: skip
        assert {each["key"] for each in report["rows"]} == {each["key"] for each in three["rows"]}


async def test_one_changed_cell_changes_exactly_one_innovation(
    api: httpx.AsyncClient, three: Json, operator: Headers
) -> None:
    file = await exported(api, operator, season_id="2026", format="xlsx")
    book = load_workbook(BytesIO(file.content))
    sheet = book["Inovasi"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    sheet.cell(3, columns["tujuan"]).value = "tujuan yang baru"
    changed_id = str(sheet.cell(3, columns["id_inovasi"]).value)
    content = BytesIO()
    book.save(content)
    report = await imported(api, operator, content.getvalue())
    outcomes = {each["key"]: each["outcome"] for each in report["rows"]}
    assert sorted(outcomes.values()) == ["unchanged", "unchanged", "updated"]
    assert outcomes[changed_id] == "updated"
    seen = await api.get(f"/innovations/{changed_id}", headers=operator)
    assert seen.json()["profile"]["purpose"] == "tujuan yang baru"


async def test_texts_that_a_sheet_could_misread_come_back_as_they_were(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    texts = ("=1+1", "+62 811", "-1", "@nama", "'petik", "_x0041_", "baris\r\ndua", " ruang ")
    for number, text in enumerate(texts):
        profile = {**PROFILE, "title": f"Judul {number}", "purpose": text, "source": text.strip()}
        body = {"season_id": season, "agency_id": PATH[-1], "profile": profile}
        answer = await api.post("/innovations", json=body, headers={**operator, **key()})
        assert answer.status_code == 201, answer.text
    await api.get("/innovations", params={"min_seq": answer.json()["sequence"]}, headers=operator)
    for format in ("xlsx", "csv"):
        file = await exported(api, operator, season_id=season, format=format)
        report = await imported(api, operator, file.content)
        assert report["totals"]["unchanged"] == len(texts), report
    sheet = read_back((await exported(api, operator, format="xlsx")).content)
    assert {row["tujuan"] for row in sheet} >= {"=1+1", "+62 811", "-1", "@nama", "'petik"}
    text = (await exported(api, operator, format="csv")).text
    assert "\ufeffid_inovasi" in text
    assert "'=1+1" in text and ",=1+1" not in text


async def test_json_holds_what_the_content_digest_is_made_of(
    api: httpx.AsyncClient, three: Json, operator: Headers
) -> None:
    answer = await exported(api, operator, season_id="2026", format="json")
    assert answer.json()["count"] == 3
    for item in answer.json()["items"]:
        claims = [Claim.model_validate(each) for each in item["claims"]]
        evidence = [EvidenceItem.model_validate(each) for each in item["evidence"]]
        profile = Profile.model_validate(item["profile"])
        assert content_digest(profile, claims, evidence) == item["content_digest"]
        assert len(item["indicators"]) == 20
        alone = await api.get(f"/innovations/{item['innovation_id']}/export", headers=operator)
        assert alone.json() == item
    assert answer.json()["items"][0]["indicators"][17]["claimed"] == "201-500"


async def test_the_form_of_one_has_the_profile_twenty_rows_and_its_files(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await begun(api, operator, season)
    files = Files(api, operator, innovation)
    await files.accepted(pdf("SIP PUTIH"))
    done = await api.put(
        f"/innovations/{innovation}/claims/SID-01", json={"level": 2}, headers=operator
    )
    await api.get("/innovations", params={"min_seq": done.json()["sequence"]}, headers=operator)
    answer = await api.get(
        f"/innovations/{innovation}/export", params={"format": "xlsx"}, headers=operator
    )
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Profil", "Indikator", "Berkas"]
    indicators = read_back(answer.content, "Indikator")
    assert len(indicators) == 20
    assert indicators[0] == {
        "nomor": 16,
        "indikator": "SID-01",
        "nama": "Regulasi Inovasi Daerah",
        "bobot": 3,
        "level_klaim": 2,
        "klaim": "Peraturan Kepala Daerah",
        "bukti": "sk.pdf",
    }
    (file,) = read_back(answer.content, "Berkas")
    assert (file["nama"], file["nomor_surat"], file["diterima"]) == ("sk.pdf", "188/1", "ya")
    profile = {row["isian"]: row.get("isi") for row in read_back(answer.content, "Profil")}
    assert (profile["nama_inovasi"], profile["tahapan"]) == ("SIP PUTIH", "penerapan")
    assert profile["nama_skpd"] == "hss-dinkes"


async def test_an_archive_has_every_accepted_file_and_proves_it(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    innovation = await begun(api, operator, season)
    files = Files(api, operator, innovation)
    first, second, attached = pdf("SIP PUTIH"), pdf("SIP PUTIH dua"), pdf("RAB")
    await files.accepted(first, file_name=ODD + ".pdf")
    await files.accepted(second)
    budget = {"evidence_kind": "budget", "indicators": [], "letter": None}
    last = await files.accepted(attached, **budget)
    await files.uploaded(pdf("belum diperiksa"), file_name="menyusul.pdf")
    await reached(api, operator, innovation, last)
    archive = await unpacked(api, operator, innovation)
    manifest = json.loads(archive["manifest.json"])
    (told,) = manifest["innovations"]
    folder = told["manifest"].rpartition("/")[0]
    assert folder == f"SIP PUTIH-{innovation}"
    assert sha256(archive[told["manifest"]]).hexdigest() == told["sha256"]
    inside = json.loads(archive[told["manifest"]])
    named = {each["path"]: (each["sha256"], each["size_bytes"]) for each in inside["files"]}
    held = {
        path.removeprefix(f"{folder}/"): (sha256(content).hexdigest(), len(content))
        for path, content in archive.items()
        if path not in ("manifest.json", told["manifest"])
    }
    assert named == held
    assert set(held) == {
        "profil.json",
        "profil.xlsx",
        "indikator-16/=SUM(A1) + _gnp.exe.pdf",
        "indikator-17/=SUM(A1) + _gnp.exe.pdf",
        "indikator-16/sk.pdf",
        "indikator-17/sk.pdf",
        "profil/sk.pdf",
    }
    assert archive[f"{folder}/indikator-16/sk.pdf"] == second
    assert json.loads(archive[f"{folder}/profil.json"])["innovation_id"] == innovation


async def reached(api: httpx.AsyncClient, person: Headers, innovation: str, evidence: str) -> None:
    """Waits until the read model shows the evidence as taken in."""
    async with asyncio.timeout(10):
        while True:
            seen = (await api.get(f"/innovations/{innovation}", headers=person)).json()
            items = {each["evidence_id"]: each["accepted"] for each in seen["evidence"]}
            if items.get(evidence) and len(items) == 4:
                return
            await asyncio.sleep(0.02)


async def unpacked(api: httpx.AsyncClient, person: Headers, innovation: str) -> dict[str, bytes]:
    answer = await api.get(
        f"/innovations/{innovation}/export", params={"format": "zip"}, headers=person
    )
    assert answer.status_code == 200, answer.text
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


async def test_training_says_so_in_names_sheets_and_rows(
    api: httpx.AsyncClient, season: str, admin: Headers, operator: Headers
) -> None:
    await opened(api, admin, "latihan-2026", training=True)
    report = await imported(api, operator, xlsx(rows(1)), "latihan-2026")
    assert report["training"] is True
    for format in ("xlsx", "csv", "json", "zip"):
        file = await exported(api, operator, season_id="latihan-2026", format=format)
        assert "LATIHAN-inovasi-latihan-2026" in file.headers["Content-Disposition"]
        if format == "xlsx":
            names = load_workbook(BytesIO(file.content)).sheetnames
            assert names == ["Inovasi LATIHAN", "Indikator LATIHAN", "Berkas LATIHAN"]
            assert read_back(file.content, "Inovasi LATIHAN")[0]["latihan"] == "LATIHAN"
            again = await imported(api, operator, file.content, "latihan-2026")
            assert again["totals"]["unchanged"] == 1
            elsewhere = await imported(api, operator, file.content, "2026")
            assert [e["code"] for e in elsewhere["rows"][0]["errors"]] == ["season_differs"]
        if format == "json":
            assert file.json()["items"][0]["label"] == "LATIHAN"
        if format == "zip":
            with ZipFile(BytesIO(file.content)) as archive:
                folders = {name.split("/")[0] for name in archive.namelist()} - {"manifest.json"}
                assert all(each.startswith("LATIHAN-") for each in folders)
    key_of = report["rows"][0]["key"]
    alone = await api.get(
        f"/innovations/{key_of}/export", params={"format": "xlsx"}, headers=operator
    )
    assert "LATIHAN" in alone.headers["Content-Disposition"]
    assert load_workbook(BytesIO(alone.content)).sheetnames[0] == "Profil LATIHAN"


async def test_nobody_gets_what_they_may_not_see(
    api: httpx.AsyncClient, three: Json, stranger: Headers, admin: Headers, issuer: Issuer
) -> None:
    everything = await exported(api, admin, format="json")
    assert everything.json()["count"] == 3
    nothing = await exported(api, stranger, format="json")
    assert nothing.json() == {"items": [], "count": 0}
    innovation = three["rows"][0]["key"]
    for format in ("json", "xlsx", "zip"):
        answer = await api.get(
            f"/innovations/{innovation}/export", params={"format": format}, headers=stranger
        )
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    verifier = issuer.headers("verifier-1", "verifier")
    assert (await api.get("/exports/innovations", headers=verifier)).status_code == 403


async def test_the_filters_are_those_of_the_list(
    api: httpx.AsyncClient, three: Json, operator: Headers, admin: Headers
) -> None:
    for asked, count in (
        ({"season_id": "2026"}, 3),
        ({"state": "submitted"}, 0),
        ({"agency_id": PATH[-1]}, 3),
        ({"season_id": "2026", "text": "inovasi 2"}, 1),
        ({"main_affair": "kesehatan", "training": "false"}, 3),
        ({"training": "true"}, 0),
    ):
        file = await exported(api, operator, format="json", **asked)
        listed = await api.get("/innovations", params=asked, headers=operator)
        assert file.json()["count"] == count == len(listed.json()["items"]), asked
    wide = await api.get("/exports/innovations", params={"text": "inovasi"}, headers=admin)
    assert (wide.status_code, wide.json()["code"]) == (409, "text_too_wide")
    unknown = await api.get("/exports/innovations", params={"season_id": "1999"}, headers=operator)
    assert (unknown.status_code, unknown.json()["code"]) == (409, "season_unknown")


async def test_everything_is_exported_over_many_pages(
    api: httpx.AsyncClient, season: str, operator: Headers
) -> None:
    report = await imported(api, operator, xlsx(rows(230)), mode="row_by_row")
    keys = {each["key"] for each in report["rows"]}
    assert len(keys) == 230
    items = (await exported(api, operator, format="json")).json()["items"]
    assert {each["innovation_id"] for each in items} == keys
    drafted = [each["drafted_at"] for each in items]
    assert drafted == sorted(drafted, reverse=True)
    book = await exported(api, operator, format="xlsx", season_id=season)
    assert {row["id_inovasi"] for row in read_back(book.content)} == keys
    assert len(read_back(book.content, "Indikator")) == 230 * 20


async def test_agencies_go_out_and_in_again_unchanged(
    api: httpx.AsyncClient, season: str, admin: Headers
) -> None:
    await registered(api, admin, (*PATH[:2], "hss-kecamatan"), "district")
    closing = await api.post(
        "/agencies/hss-kecamatan/closing", json={"reason": "digabung"}, headers={**admin, **key()}
    )
    await api.get("/agencies", params={"min_seq": closing.json()["sequence"]}, headers=admin)
    for format in ("xlsx", "csv"):
        file = await api.get("/exports/agencies", params={"format": format}, headers=admin)
        report = await api.post(
            "/imports/agencies", content=file.content, headers={**admin, **key()}
        )
        assert report.json()["totals"]["unchanged"] == 4, report.text
    told = await api.get("/exports/agencies", params={"format": "json"}, headers=admin)
    assert {each["kode"]: each["keadaan"] for each in told.json()["items"]} == {
        **dict.fromkeys(PATH, "aktif"),
        "hss-kecamatan": "ditutup",
    }


async def missing(innovation_id: str, sha256: str) -> AsyncIterator[bytes]:
    raise NotFound("evidence_unknown", "Nothing is kept.", sha256=sha256)
    yield b""


async def other_bytes(innovation_id: str, sha256: str) -> AsyncIterator[bytes]:
    yield b"something else"


async def cut_short(innovation_id: str, sha256: str) -> AsyncIterator[bytes]:
    yield b""


@pytest.mark.parametrize("stream_of", [missing, other_bytes, cut_short])
async def test_an_archive_with_a_wrong_file_breaks_off(
    fresh_servers: Addresses, issuer: Issuer, admin: Headers, operator: Headers, stream_of: Any
) -> None:
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    async with serving(create_app, settings) as api:
        await opened(api, admin, "2026")
        for number, kind in enumerate(("province", "regency", "agency")):
            await registered(api, admin, PATH[: number + 1], kind)
        innovation = await begun(api, operator, "2026")
        await Files(api, operator, innovation).accepted(pdf("SIP PUTIH"))
        caught_up = await imported(api, operator, comma_separated([FILLED | {"nama_inovasi": "B"}]))
        assert caught_up["stored"]
        database = Database(fresh_servers.mongo_urls["submission"], "submission")
        try:
            shelf = Shelf(
                database.collection(INNOVATIONS.collection),
                database.collection(AGENCIES.collection),
                edition_of,
            )
            sent = b""
            with pytest.raises(BrokenExport):
                async for chunk in archive(
                    shelf.pages({"innovation_id": innovation}), shelf, stream_of
                ):
                    sent += chunk
            assert b"PK\x05\x06" not in sent
        finally:
            database.close()
