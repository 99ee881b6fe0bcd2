"""Service levels as the tables of a workbook, headed in Indonesian. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from services.verification.api.quality.levels.measuring import Levels
from services.verification.projections import DossierStatus
from shared.papers import Table

STATES: Final[Mapping[DossierStatus, str]] = {
    "open": "menunggu verifikator",
    "in_review": "sedang diverifikasi",
    "waiting_revision": "menunggu perbaikan",
    "checking": "pemeriksaan mutu",
    "disputed": "menunggu penyelesaian selisih",
    "verified": "terverifikasi",
    "rejected": "tidak layak",
    "withdrawn": "ditarik",
}


def tables_of(levels: Levels) -> tuple[Table, ...]:
    return (
        Table(
            "Keadaan",
            ("Keadaan", "Jumlah", "Terlambat", "Umur tengah (jam)", "Umur tertua (jam)"),
            [
                (STATES[each.state], each.count, each.overdue, each.median_hours, each.oldest_hours)
                for each in levels.states
            ],
        ),
        Table(
            "Terlambat",
            (
                "Nomor inovasi",
                "Nama",
                "Perangkat daerah",
                "Keadaan",
                "Tenggat (WITA)",
                "Lewat (jam)",
            ),
            [
                (
                    *(each.dossier_id, each.title, each.agency_id, STATES[each.state]),
                    *(each.due_at, each.hours_late),
                )
                for each in levels.overdue
            ],
        ),
        Table(
            "Beban verifikator",
            (
                *("Verifikator", "Dipegang", "Putusan", "Selesai diverifikasi"),
                *("Pemeriksaan mutu", "Selisih diselesaikan"),
            ),
            [
                (
                    *(each.verifier_id, each.held, each.verdicts, each.ended),
                    *(each.second_looks, each.resolved),
                )
                for each in levels.verifiers
            ],
        ),
        Table(
            "Per hari",
            ("Hari", "Diterima", "Selesai diverifikasi", "Terverifikasi", "Tidak layak"),
            [
                (each.day.isoformat(), each.opened, each.reviewed, each.verified, each.rejected)
                for each in levels.days
            ],
        ),
        _summary(levels),
    )


def _summary(levels: Levels) -> Table:
    at: datetime = levels.at
    days = levels.median_days_to_end
    return Table(
        "Ringkasan",
        ("Ukuran", "Nilai"),
        [
            ("Diukur pada (WITA)", at),
            ("Tenggat verifikasi (hari)", levels.review_days),
            ("Berkas seluruhnya", levels.total),
            ("Berkas selesai", levels.done),
            ("Waktu tengah sampai selesai (hari)", "" if days is None else str(days)),
            ("Berkas terlambat", levels.overdue_total),
        ],
    )
