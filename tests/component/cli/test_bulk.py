"""Sheets in and out by `inda` alone, and an archive that breaks off rather than lie."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from minio import Minio
from openpyxl import load_workbook

from deploy.local.stack import Addresses
from tests.builders.files import pdf
from tests.component.cli.test_submitting import PDF, drafted, set_up, with_evidence
from tests.component.cli.world import Stack
from tests.sheets import FILLED, comma_separated, read_back, xlsx


def opened(inda: Stack) -> None:
    set_up(inda)
    inda.log_in("operator")


def test_a_sheet_is_tried_then_imported_and_comes_back_unchanged(submission: Stack) -> None:
    inda = submission
    opened(inda)
    rows = [{**FILLED, "nama_inovasi": f"Inovasi {number}"} for number in range(3)]
    file = inda.file("isi.xlsx", xlsx(rows))
    tried = inda.answer(f"innovation import {file} --season 2026 --dry-run")
    assert (tried["stored"], tried["totals"]["created"]) == (False, 3)
    ran = inda(f"innovation import {file} --season 2026").fine()
    assert "3 dibuat, 0 diubah, 0 tetap, 0 ditolak." in ran.out
    back = inda.folder / "kembali.xlsx"
    saved = inda.answer(f"innovation export --season 2026 --save {back}")
    assert saved == {"file": str(back), "bytes": back.stat().st_size}
    again = inda.answer(f"innovation import {back} --season 2026")
    assert again["totals"]["unchanged"] == 3
    assert len(read_back(back.read_bytes(), "Indikator")) == 60
    assert not list(inda.folder.glob("*.part"))


def test_refused_rows_are_a_table_and_an_exit_code(submission: Stack) -> None:
    inda = submission
    opened(inda)
    good = {**FILLED, "nama_inovasi": "Baik"}
    file = inda.file("isi.csv", comma_separated([good, {**FILLED, "tahapan": "selesai"}]))
    ran = inda(f"innovation import {file} --season 2026")
    assert (ran.code, "choice_unknown" in ran.out, "tahapan" in ran.out) == (1, True, True)
    assert "tidak ada yang disimpan" in ran.out
    english = inda(f"innovation import {file} --season 2026 --language en --mode row_by_row")
    assert (english.code, "is not in the list" in english.out) == (1, True)
    assert "1 created, 0 updated, 0 unchanged, 1 refused." in english.out
    told = inda(f"innovation import {file} --season 2026 --json")
    assert (told.code, told.answer["totals"]["unchanged"]) == (1, 1)


def test_what_cannot_be_a_sheet_is_one_line(submission: Stack) -> None:
    inda = submission
    opened(inda)
    formula = inda.file("rumus.xlsx", xlsx([{**FILLED, "tujuan": "=1+1"}]))
    ran = inda(f"innovation import {formula} --season 2026")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.strip().endswith("[formula]")
    large = inda.file("besar.csv", b"x" * (5 * 1024 * 1024 + 1))
    assert inda(f"innovation import {large} --season 2026").err.strip().endswith("[file_too_large]")
    nowhere = inda(f"innovation import {inda.folder}/nichts.xlsx --season 2026")
    assert (nowhere.code, nowhere.err.strip().endswith("[file_unreadable]")) == (2, True)


def test_agencies_are_imported_exported_and_have_a_template(submission: Stack) -> None:
    inda = submission
    opened(inda)
    inda.log_in("admin")
    rows = [
        {"kode": "desa-1", "nama": "Desa Satu", "jenis": "desa", "induk": "kec-1"},
        {"kode": "kec-1", "nama": "Kecamatan Satu", "jenis": "kecamatan", "induk": "hss"},
    ]
    file = inda.file("tree.csv", comma_separated(rows, ";"))
    assert inda.answer(f"agency import {file}")["totals"]["created"] == 2
    target = inda.folder / "agencies.csv"
    inda(f"agency export --below hss --format csv --save {target}").fine()
    assert target.read_text("utf-8-sig").count("\n") == 5
    assert inda.answer(f"agency import {target}")["totals"]["unchanged"] == 4
    template = inda.folder / "template.xlsx"
    inda(f"agency template --save {template}").fine()
    assert load_workbook(template).sheetnames == ["Perangkat Daerah", "Petunjuk"]
    sheet = inda.folder / "inovasi.xlsx"
    inda(f"innovation template --season 2026 --save {sheet}").fine()
    assert load_workbook(sheet).sheetnames == ["Inovasi", "Petunjuk"]


def test_an_archive_holds_the_evidence(submission: Stack) -> None:
    inda = submission
    opened(inda)
    innovation = drafted(inda)
    with_evidence(inda, innovation)
    inda.eventually(f"innovation show {innovation}", lambda found: found["evidence"][0]["accepted"])
    target = inda.folder / "satu.zip"
    inda(f"innovation export {innovation} --format zip --save {target}").fine()
    with ZipFile(BytesIO(target.read_bytes())) as archive:
        assert archive.testzip() is None
        files = [name for name in archive.namelist() if name.endswith("/indikator-16/sk.pdf")]
        assert archive.read(files[0]) == PDF
        (told,) = json.loads(archive.read("manifest.json"))["innovations"]
        assert sha256(archive.read(told["manifest"])).hexdigest() == told["sha256"]


def test_an_archive_with_other_bytes_than_the_history_says_breaks_off(
    submission: Stack, fresh_servers: Addresses
) -> None:
    """Whoever holds the keys of the storage puts something else at the content address."""
    inda = submission
    opened(inda)
    innovation, content = drafted(inda), pdf("yang akan dipalsukan")
    file = inda.file("sk.pdf", content)
    inda(f"innovation evidence add {innovation} {file} --indicator SID-01 --kind decree").fine()
    inda.eventually(f"innovation show {innovation}", lambda found: found["evidence"][0]["accepted"])
    keys = fresh_servers.s3_keys["admin"]
    storage = Minio(
        fresh_servers.s3_endpoint, access_key=keys.access, secret_key=keys.secret, secure=False
    )
    forged = b"%PDF-1.4 something else"
    address = f"sha256/{sha256(content).hexdigest()}"
    storage.put_object("evidence", address, BytesIO(forged), len(forged))
    target = inda.folder / "satu.zip"
    ran = inda(f"innovation export {innovation} --format zip --save {target}")
    assert (ran.code, "broke off" in ran.err) == (2, True)
    assert not target.exists()
    assert not list(inda.folder.glob("*.part"))
