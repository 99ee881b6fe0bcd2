"""Sheets through the API: each row reported, all or nothing or row by row, once however often."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from deploy.local.stack import Addresses
from services.audit.domain import Replay
from services.submission.app import create_app
from services.submission.settings import Settings
from shared.editions import load
from shared.history import Connection, connect, read_all
from shared.history.reader import last_sequence
from tests.apps import Issuer, key, serving, settings_for
from tests.component.submission.conftest import PATH, Headers, registered
from tests.sheets import FILLED, XLSX, SheetRow, comma_separated, xlsx

Json = dict[str, Any]
CLAIMS = {f"SID-{number:02}": 1 + number % 3 for number in range(1, 21)}
MEASURED = {**CLAIMS, "SID-15_subjenis": "digital", "SID-18_dasar": "a"}


def titled(title: str, **more: object) -> dict[str, object]:
    return {**FILLED, "nama_inovasi": title, **more}


class Desk:
    """One person who sends sheets."""

    def __init__(self, api: httpx.AsyncClient, person: Headers) -> None:
        self.api = api
        self.person = person

    async def answer(
        self,
        content: bytes,
        what: str = "innovations",
        headers: Mapping[str, str] | None = None,
        **asked: str | int,
    ) -> httpx.Response:
        season = {"season_id": "2026"} if what == "innovations" else {}
        return await self.api.post(
            f"/imports/{what}",
            params={**season, **asked},
            content=content,
            headers={**self.person, **key(), "Content-Type": XLSX, **(headers or {})},
        )

    async def report(self, content: bytes, what: str = "innovations", **asked: Any) -> Json:
        answer = await self.answer(content, what, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def innovation(self, key: str, sequence: int) -> Json:
        answer = await self.api.get(
            f"/innovations/{key}", params={"min_seq": sequence}, headers=self.person
        )
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def desk(api: httpx.AsyncClient, season: str, operator: Headers) -> Desk:
    return Desk(api, operator)


@pytest.fixture
def office(api: httpx.AsyncClient, season: str, admin: Headers) -> Desk:
    return Desk(api, admin)


@pytest.fixture
async def history(fresh_servers: Addresses) -> Any:
    servers = tuple(fresh_servers.nats_url.split(","))
    connection = await connect(servers, "submission", fresh_servers.nats_seeds["submission"])
    yield connection
    await connection.close()


def outcomes(report: Json) -> list[str]:
    return [each["outcome"] for each in report["rows"]]


def errors(report: Json) -> list[tuple[int, str | None, str]]:
    return [
        (row["row"], error["column"], error["code"])
        for row in report["rows"]
        for error in row["errors"]
    ]


# --- innovations --------------------------------------------------------------------------


async def test_rows_without_an_id_are_drafted_with_their_claims(desk: Desk) -> None:
    report = await desk.report(xlsx([titled("SIP PUTIH", **MEASURED), titled("SIP MERAH")]))
    assert (report["stored"], report["training"], report["season_id"]) == (True, False, "2026")
    assert report["totals"] == {
        "rows": 2,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "refused": 0,
    }
    assert [row["row"] for row in report["rows"]] == [2, 3]
    seen = await desk.innovation(report["rows"][0]["key"], report["sequence"])
    assert (seen["title"], seen["state"], seen["agency_kind"]) == ("SIP PUTIH", "draft", "agency")
    assert seen["profile"]["stage"] == "implementation"
    assert {c["indicator"]: c["level"] for c in seen["claims"]} == CLAIMS
    assert {c["indicator"]: c["basis"] for c in seen["claims"]}["SID-18"] == "a"


async def test_a_sent_file_may_be_csv_or_in_a_form(desk: Desk) -> None:
    first = await desk.answer(
        comma_separated([titled("Satu")], ";"), headers={"Content-Type": "text/csv"}
    )
    assert first.json()["totals"]["created"] == 1, first.text
    file = {"file": ("\u202ecod.slx", comma_separated([titled("Dua")]), "text/csv")}
    form = await desk.api.post(
        "/imports/innovations",
        params={"season_id": "2026"},
        files=file,
        headers={**desk.person, **key()},
    )
    assert form.json()["totals"]["created"] == 1, form.text
    nothing = await desk.api.post(
        "/imports/innovations",
        params={"season_id": "2026"},
        files={"other": (None, "text")},
        headers={**desk.person, **key()},
    )
    assert (nothing.status_code, nothing.json()["code"]) == (422, "file_missing")


async def test_one_bad_row_leaves_nothing_of_all(desk: Desk, history: Connection) -> None:
    before = await last_sequence(history)
    bad = titled("B", tahapan="selesai", waktu_penerapan="31/02/2024", anggaran="1e400")
    report = await desk.report(xlsx([titled("A"), bad, titled("C", tujuan="x" * 5001)]))
    assert (report["stored"], report["sequence"]) == (False, 0)
    assert outcomes(report) == ["created", "refused", "refused"]
    assert [row["key"] for row in report["rows"]] == ["", "", ""]
    assert errors(report) == [
        (3, "tahapan", "choice_unknown"),
        (3, "waktu_penerapan", "date_unknown"),
        (3, "anggaran", "number_unreadable"),
        (4, "tujuan", "text_too_long"),
    ]
    assert report["rows"][1]["errors"][1]["sentence"] == "Tanggal 31/02/2024 tidak ada."
    assert report["summary"].endswith("tidak ada yang disimpan karena ada baris yang ditolak.")
    assert await last_sequence(history) == before


async def test_row_by_row_keeps_the_good_ones(desk: Desk) -> None:
    rows = [titled("A"), titled("B", jenis="kertas"), titled("C")]
    report = await desk.report(xlsx(rows), mode="row_by_row")
    assert (report["stored"], outcomes(report)) == (True, ["created", "refused", "created"])
    await desk.innovation(report["rows"][2]["key"], report["sequence"])


@pytest.mark.parametrize("mode", ["all_or_nothing", "row_by_row"])
async def test_a_dry_run_tells_everything_and_stores_nothing(
    desk: Desk, history: Connection, mode: str
) -> None:
    before = await last_sequence(history)
    rows = [titled("A"), titled("B", jenis="kertas")]
    report = await desk.report(xlsx(rows), mode=mode, dry_run=1)
    assert (report["dry_run"], report["stored"]) == (True, False)
    assert outcomes(report) == ["created", "refused"]
    assert await last_sequence(history) == before


@pytest.mark.parametrize("mode", ["all_or_nothing", "row_by_row"])
async def test_a_retry_gets_the_same_answer_and_stores_nothing_twice(
    desk: Desk, history: Connection, mode: str
) -> None:
    content = xlsx([titled("A", **MEASURED), titled("B")])
    same = key()
    first = await desk.report(content, mode=mode, headers=same)
    stored = await last_sequence(history)
    again = await desk.report(content, mode=mode, headers=same)
    assert again == first
    other = await desk.answer(xlsx([titled("A", tujuan="lain")]), mode=mode, headers=same)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    other_mode = "row_by_row" if mode == "all_or_nothing" else "all_or_nothing"
    differently = await desk.answer(content, mode=other_mode, headers=same)
    assert (differently.status_code, differently.json()["code"]) == (422, "idempotency_key_reused")
    assert await last_sequence(history) == stored


async def test_a_retry_does_not_undo_what_others_changed_since(desk: Desk) -> None:
    made = (await desk.report(xlsx([titled("A"), titled("B")])))["rows"]
    change = xlsx(
        [
            titled("A", id_inovasi=made[0]["key"], tujuan="dari lembar"),
            titled("B", id_inovasi=made[1]["key"]),
        ]
    )
    same = key()
    assert outcomes(await desk.report(change, headers=same)) == ["updated", "unchanged"]
    for each, version in zip(made, (2, 1), strict=True):
        saved = await desk.api.patch(
            f"/innovations/{each['key']}/profile",
            json={"purpose": "dari orang lain"},
            headers={**desk.person, "If-Match": f'"{version}"'},
        )
        assert saved.status_code == 200, saved.text
    again = await desk.report(change, headers=same)
    assert outcomes(again) == ["updated", "unchanged"]
    for each in made:
        seen = await desk.innovation(each["key"], saved.json()["sequence"])
        assert seen["profile"]["purpose"] == "dari orang lain"


async def test_the_same_file_again_under_another_key_changes_nothing(
    desk: Desk, history: Connection
) -> None:
    content = xlsx([titled("A", **MEASURED), titled("B")])
    first = await desk.report(content)
    stored = await last_sequence(history)
    for mode in ("all_or_nothing", "row_by_row"):
        again = await desk.report(content, mode=mode)
        assert outcomes(again) == ["unchanged", "unchanged"]
        assert [row["key"] for row in again["rows"]] == [row["key"] for row in first["rows"]]
    assert await last_sequence(history) == stored
    with_more = xlsx([titled("A", **MEASURED), titled("B"), titled("C")])
    same = key()
    for _ in range(2):
        more = await desk.report(with_more, headers=same)
        assert outcomes(more) == ["unchanged", "unchanged", "created"]
        assert [row["key"] for row in more["rows"][:2]] == [row["key"] for row in first["rows"]]
    changed = await desk.report(xlsx([titled("a", tujuan="lain")]))
    assert errors(changed) == [(2, "nama_inovasi", "title_taken")]
    assert first["rows"][0]["key"] in changed["rows"][0]["errors"][0]["sentence"]


async def test_a_row_with_an_id_changes_only_what_it_says(desk: Desk) -> None:
    made = (await desk.report(xlsx([titled("A", **MEASURED, sumber="Renja")])))["rows"][0]["key"]
    report = await desk.report(
        xlsx([{"id_inovasi": made, "tujuan": "baru", "manfaat": None, "SID-01": 3, "SID-02": None}])
    )
    assert outcomes(report) == ["updated"]
    seen = await desk.innovation(made, report["sequence"])
    assert (seen["profile"]["purpose"], seen["profile"]["benefit"]) == ("baru", "")
    assert (seen["profile"]["source"], seen["profile"]["result"]) == ("Renja", "hasil")
    levels = {claim["indicator"]: claim["level"] for claim in seen["claims"]}
    assert levels == {**CLAIMS, "SID-01": 3}


async def test_what_a_row_lacks_is_named_by_column(desk: Desk) -> None:
    rows: list[SheetRow] = [
        {"kode_skpd": "hss-dinkes", "nama_inovasi": None, "tujuan": "x"},
        {"kode_skpd": None, "nama_inovasi": "A"},
        {"kode_skpd": "HSS Dinkes", "nama_inovasi": "B"},
        titled("C", **{"SID-18": 2}),
        titled("D", **{"SID-18_dasar": "a"}),
        titled("E", **{"SID-15": 2, "SID-15_subjenis": "analog", "SID-01": 4}),
        titled("F", lintang="91", bujur="115"),
        titled("G", lintang="-2"),
        titled("H", urusan_beririsan="sosial; kesehatan"),
        titled("H", tujuan="lagi"),
        titled("I", haki="paten"),
        titled("J", tujuan="a\u0007b"),
    ]
    assert errors(await desk.report(comma_separated(rows))) == [
        (2, "nama_inovasi", "cell_missing"),
        (3, "kode_skpd", "cell_missing"),
        (4, "kode_skpd", "code_unreadable"),
        (5, "sid-18", "basis_missing"),
        (6, "sid-18", "level_missing"),
        (7, "sid-01", "level_unknown"),
        (8, "lintang", "number_out_of_range"),
        (9, "bujur", "coordinates_incomplete"),
        (10, "urusan_beririsan", "main_affair_related"),
        (11, "nama_inovasi", "row_doubled"),
        (12, "haki", "right_unreadable"),
        (13, "tujuan", "text_unreadable"),
    ]


async def test_rows_of_others_do_not_tell_whether_they_exist(
    desk: Desk, office: Desk, api: httpx.AsyncClient, admin: Headers
) -> None:
    await registered(api, admin, ("kalsel", "hss", "hss-dishub"))
    theirs = await office.report(xlsx([titled("Punya lain", kode_skpd="hss-dishub")]))
    rows = [
        titled("A", kode_skpd="hss-dishub"),
        titled("B", kode_skpd="tidak-ada"),
        titled("C", id_inovasi=theirs["rows"][0]["key"]),
        titled("D", id_inovasi="tidak-ada"),
        titled("E", id_inovasi="a.b*>"),
    ]
    report = await desk.report(xlsx(rows), mode="row_by_row")
    assert errors(report) == [
        (2, "kode_skpd", "not_found"),
        (3, "kode_skpd", "not_found"),
        (4, "id_inovasi", "not_found"),
        (5, "id_inovasi", "not_found"),
        (6, "id_inovasi", "not_found"),
    ]
    assert len({row["errors"][0]["sentence"] for row in report["rows"]}) == 1
    moved = await office.report(
        xlsx([titled("Punya lain", id_inovasi=theirs["rows"][0]["key"])]), mode="row_by_row"
    )
    assert errors(moved) == [(2, "kode_skpd", "agency_differs")]


async def test_what_is_submitted_cannot_be_changed_by_a_sheet(desk: Desk) -> None:
    made = (await desk.report(xlsx([titled("A")])))["rows"][0]["key"]
    submitted = await desk.api.post(
        f"/innovations/{made}/submissions", headers={**desk.person, **key()}
    )
    assert submitted.status_code == 200, submitted.text
    change = xlsx([titled("A", id_inovasi=made, tujuan="baru", **{"SID-01": 1, "SID-02": 1})])
    assert errors(await desk.report(change)) == [(2, None, "innovation_locked")]
    same = await desk.report(xlsx([titled("A", id_inovasi=made)]))
    assert outcomes(same) == ["unchanged"]


async def test_reports_are_in_english_for_those_who_prefer_it(desk: Desk) -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9,id;q=0.5"}
    report = await desk.report(xlsx([titled("A", tahapan="selesai")]), headers=english)
    assert report["rows"][0]["errors"][0]["sentence"].startswith("selesai is not in the list.")
    assert report["summary"].startswith("0 created, 0 updated, 0 unchanged, 1 refused")
    for headers, words in ((english, "holds a formula"), ({}, "berisi rumus")):
        answer = await desk.answer(xlsx([titled("=1+1")]), headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "formula")
        assert words in answer.json()["detail"]


async def test_files_that_are_no_sheets_are_problems_and_nothing_is_saved(
    desk: Desk, history: Connection
) -> None:
    before = await last_sequence(history)
    for content, status, code in (
        (b"", 422, "file_empty"),
        (b"%PDF-1.7", 422, "not_a_sheet"),
        (b"<html>", 422, "not_a_sheet"),
        (b"\xd0\xcf\x11\xe0", 422, "old_excel"),
        (xlsx([titled("A")])[:-300], 422, "archive_broken"),
        ("nama_inovasi\nKafé".encode("cp1252"), 422, "csv_not_utf8"),
        (b"nama_inovasi,kode_skpd\nA\0,b", 422, "not_a_sheet"),
        (xlsx([{**FILLED, "harga": 1}]), 422, "columns_unknown"),
        (b"x" * (5 * 1024 * 1024 + 1), 413, "file_too_large"),
    ):
        answer = await desk.answer(content)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    for large in (endless(), {"file": ("besar.csv", b"x" * (5 * 1024 * 1024 + 1))}):
        sent: dict[str, Any] = {"files" if isinstance(large, dict) else "content": large}
        answer = await desk.api.post(
            "/imports/innovations",
            params={"season_id": "2026"},
            headers={**desk.person, **key()},
            **sent,
        )
        assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    unknown = await desk.answer(xlsx([titled("A")]), season_id="1999")
    assert (unknown.status_code, unknown.json()["code"]) == (409, "season_unknown")
    keyless = await desk.api.post(
        "/imports/innovations", params={"season_id": "2026"}, content=b"x", headers=desk.person
    )
    assert keyless.status_code == 400
    assert await last_sequence(history) == before


async def endless() -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(60):
        yield b"x" * 100_000


async def test_a_filled_in_template_is_imported(desk: Desk) -> None:
    answer = await desk.api.get(
        "/imports/innovations/template.xlsx", params={"season_id": "2026"}, headers=desk.person
    )
    assert answer.headers["content-type"] == XLSX
    book = load_workbook(BytesIO(answer.content))
    sheet = book["Inovasi"]
    assert (book.sheetnames, sheet.freeze_panes) == (["Inovasi", "Petunjuk"], "C2")
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for name, value in titled("Dari templat", **{"sid-01": 2}).items():
        sheet.cell(2, columns[name]).value = value
    content = BytesIO()
    book.save(content)
    assert outcomes(await desk.report(content.getvalue())) == ["created"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    guide = book["Petunjuk"]
    first, last = lists["D2:D2001"].replace("$", "").removeprefix("Petunjuk!").split(":")
    assert [cell[0].value for cell in guide[first:last]] == ["inisiatif", "uji_coba", "penerapan"]


async def test_more_facts_than_a_batch_holds_are_refused_before_anything_is_written(
    desk: Desk, history: Connection
) -> None:
    before = await last_sequence(history)
    content = xlsx([titled(f"Inovasi {number}", **MEASURED) for number in range(48)])
    for asked in ({}, {"dry_run": 1}):
        answer = await desk.answer(content, **asked)
        assert (answer.status_code, answer.json()["code"]) == (422, "batch_too_large")
        assert answer.json()["params"] == {"facts": 48 * 21, "allowed": 1000}
        assert "row_by_row" in answer.json()["detail"]
    assert await last_sequence(history) == before
    report = await desk.report(content, mode="row_by_row")
    assert report["totals"]["created"] == 48
    assert await last_sequence(history) == before + 48 * 21


async def test_eight_hundred_rows_are_one_batch_and_a_replay_accepts_them(
    desk: Desk, history: Connection
) -> None:
    before = await last_sequence(history)
    content = xlsx([titled(f"Inovasi {number}") for number in range(800)])
    report = await desk.report(content)
    assert report["totals"]["created"] == 800
    assert report["sequence"] == before + 800 == await last_sequence(history)
    changes = [
        {"id_inovasi": row["key"], "tujuan": "baru", "SID-01": 2} for row in report["rows"][:300]
    ]
    assert (await desk.report(xlsx(changes)))["totals"]["updated"] == 300
    replay = Replay(load)
    async for message in read_all(history, 1, await last_sequence(history)):
        assert replay.take(message)
    assert replay.finished().findings == ()


async def test_two_replicas_that_get_the_same_request_do_it_once(
    fresh_servers: Addresses, issuer: Issuer, desk: Desk, history: Connection
) -> None:
    before = await last_sequence(history)
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    content = xlsx([titled(f"Inovasi {number}") for number in range(50)])
    same = key()
    async with serving(create_app, settings) as other:
        desks = (desk, Desk(other, desk.person))
        reports = await asyncio.gather(*(each.report(content, headers=same) for each in desks * 2))
    assert await last_sequence(history) == before + 50
    assert {tuple(row["key"] for row in each["rows"]) for each in reports} == {
        tuple(row["key"] for row in reports[0]["rows"])
    }
    assert all(each["totals"]["created"] == 50 for each in reports)


async def test_an_import_and_people_who_write_meanwhile_both_keep_their_text(desk: Desk) -> None:
    made = await desk.report(xlsx([titled(f"Inovasi {number}") for number in range(30)]))
    keys = [row["key"] for row in made["rows"]]
    changes = xlsx([{"id_inovasi": each, "tujuan": "dari lembar"} for each in keys])

    async def claiming(innovation: str) -> None:
        for level in (1, 2, 3, 1, 2, 3):
            saved = await desk.api.put(
                f"/innovations/{innovation}/claims/SID-01",
                json={"level": level},
                headers=desk.person,
            )
            assert saved.status_code == 200, saved.text

    report, *_ = await asyncio.gather(
        desk.report(changes), *(claiming(each) for each in keys[10:20])
    )
    assert report["totals"]["updated"] == 30
    seen = await desk.innovation(keys[15], report["sequence"])
    assert seen["profile"]["purpose"] == "dari lembar"
    assert [claim["level"] for claim in seen["claims"]][-1:] in ([1], [2], [3], [])


# --- agencies -----------------------------------------------------------------------------


def agency(code: str, name: str, kind: str = "desa", parent: str = "hss") -> dict[str, object]:
    return {"kode": code, "nama": name, "jenis": kind, "induk": parent}


@pytest.mark.parametrize("mode", ["all_or_nothing", "row_by_row"])
async def test_parents_may_stand_anywhere_in_the_sheet(
    office: Desk, history: Connection, mode: str
) -> None:
    rows = [
        agency("desa-1", "Desa Satu", parent="kec-1"),
        agency("kec-1", "Kecamatan Satu", "kecamatan", "tapin"),
        agency("tapin", "Kabupaten Tapin", "kabupaten", "kalsel"),
        agency("bjm", "Kota Banjarmasin", "city", "kalsel"),
        agency("sumbar", "Sumatera Barat", "provinsi", ""),
    ]
    tried = await office.report(comma_separated(rows), "agencies", mode=mode, dry_run=1)
    report = await office.report(comma_separated(rows), "agencies", mode=mode)
    assert outcomes(report) == outcomes(tried) == ["created"] * 5
    assert [row["key"] for row in report["rows"]] == [str(row["kode"]) for row in rows]
    seen = await office.api.get(
        "/agencies/desa-1", params={"min_seq": report["sequence"]}, headers=office.person
    )
    assert seen.json()["path"] == ["kalsel", "tapin", "kec-1", "desa-1"]
    assert seen.json()["region_id"] == "tapin"
    replay = Replay(load)
    async for message in read_all(history, 1, await last_sequence(history)):
        assert replay.take(message)
    assert replay.finished().findings == ()


async def test_agencies_that_cannot_be_are_refused_by_column(office: Desk) -> None:
    rows = [
        agency("a", "A", parent="b"),
        agency("b", "B", parent="c"),
        agency("c", "C", parent="a"),
        agency("d", "D", parent="a"),
        agency("e", "E", parent="tidak-ada"),
        agency("f", "F", parent="f"),
        agency("g", "G", "warung"),
        agency("Hß", "H"),
        agency("i", "", parent="hss"),
        agency("j", "J"),
        agency("j", "J lagi"),
        agency("k", "K", parent=""),
        agency("l", "x" * 251),
        {"kode": "m", "nama": "M", "induk": "hss"},
        {"kode": None, "nama": "N"},
    ]
    report = await office.report(xlsx(rows, "Perangkat Daerah"), "agencies", mode="row_by_row")
    assert errors(report) == [
        (2, "induk", "parents_in_circle"),
        (3, "induk", "parents_in_circle"),
        (4, "induk", "parents_in_circle"),
        (5, "induk", "parent_refused"),
        (6, "induk", "parent_unknown"),
        (7, "induk", "parents_in_circle"),
        (8, "jenis", "choice_unknown"),
        (9, "kode", "code_unreadable"),
        (10, "nama", "cell_missing"),
        (12, "kode", "row_doubled"),
        (13, "induk", "parent_missing"),
        (14, "nama", "text_too_long"),
        (15, "jenis", "cell_missing"),
        (16, "kode", "cell_missing"),
    ]
    assert report["totals"]["created"] == 1


async def test_a_known_agency_gets_its_new_name_and_nothing_else(office: Desk) -> None:
    known = {"kode": "hss-dinkes", "nama": "Dinas Kesehatan", "singkatan": "Dinkes"}
    report = await office.report(xlsx([known]), "agencies")
    assert outcomes(report) == ["updated"]
    assert outcomes(await office.report(xlsx([known]), "agencies")) == ["unchanged"]
    moved = {**known, "jenis": "puskesmas", "induk": "kalsel", "sumber": "Perda 1"}
    assert errors(await office.report(xlsx([moved]), "agencies")) == [
        (2, "jenis", "fixed_column"),
        (2, "induk", "fixed_column"),
        (2, "sumber", "fixed_column"),
    ]
    seen = await office.api.get(
        "/agencies/hss-dinkes", params={"min_seq": report["sequence"]}, headers=office.person
    )
    assert (seen.json()["name"], seen.json()["short_name"]) == ("Dinas Kesehatan", "Dinkes")


async def test_only_the_office_imports_agencies(desk: Desk, issuer: Issuer) -> None:
    answer = await desk.answer(xlsx([agency("a", "A")]), "agencies")
    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")
    auditor = Desk(desk.api, issuer.headers("auditor-1", "auditor", agency=PATH[0]))
    assert (await auditor.answer(xlsx([titled("A")]))).status_code == 403
    template = await desk.api.get("/imports/agencies/template.xlsx", headers=desk.person)
    assert load_workbook(BytesIO(template.content)).sheetnames == ["Perangkat Daerah", "Petunjuk"]
