"""How papers call things, in Indonesian. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from shared.events.awards import DocumentKind

TITLES: Final[Mapping[DocumentKind, str]] = {
    "minutes": "Berita Acara Hasil Penilaian",
    "decree_annex": "Lampiran Keputusan",
    "certificate": "Piagam Penghargaan",
    "payment_list": "Daftar Pembayaran Uang Pembinaan",
    "tax_slip": "Bukti Pemotongan Pajak Penghasilan",
    "spd_12_evidence": "Data Dukung Indikator 12: Penghargaan bagi Inovator",
}
CAUSES: Final[Mapping[str, str]] = {
    "first": "penilaian selesai",
    "objection": "sanggahan dikabulkan",
    "disqualification": "diskualifikasi",
    "vote": "musyawarah atas nilai yang sama",
    "doubt": "keberatan uji publik diterima",
}
TIE_BREAKS: Final[Mapping[str, str]] = {
    "last_round": "nilai babak terakhir",
    "first_criterion": "nilai kriteria pertama",
    "verified_maturity": "skor kematangan terverifikasi",
    "evidence_acceptance": "bagian bukti yang diterima",
    "vote": "musyawarah panitia",
}
TIES: Final[Mapping[str, str]] = {
    "vote": "diputus dengan musyawarah panitia",
    "split": "berbagi jumlah hadiah tempat yang sama",
    "promote": "semua menerima hadiah tempat yang tertinggi",
}
OBJECTIONS: Final[Mapping[str, str]] = {
    "open": "belum diputus",
    "granted": "dikabulkan",
    "dismissed": "ditolak",
    "unanswered": "gugur karena tidak diputus pada waktunya",
    "uncorrected": "gugur karena tidak ada koreksi pada waktunya",
}
DOUBTS: Final[Mapping[str, str]] = {
    "open": "belum diputus",
    "upheld": "diterima, peserta didiskualifikasi",
    "refuted": "tidak terbukti",
    "lapsed": "gugur karena tidak diputus pada waktunya",
}
SCORED_BY: Final[Mapping[str, str]] = {
    "maturity": "skor kematangan terverifikasi",
    "panel": "dewan juri",
}
MONEY: Final[Mapping[str, str]] = {
    "allocated": "dialokasikan",
    "approved": "disetujui",
    "held": "ditahan",
    "paid": "dibayar",
    "returned": "dikembalikan",
    "reversed": "dibatalkan",
}
TAXED_AS: Final[Mapping[str, str]] = {
    "person": "orang pribadi",
    "payroll": "pegawai penyelenggara, digabung dengan gaji bulan itu",
    "body": "badan",
    "agency": "instansi pemerintah, tidak dipotong",
}
FUNDS: Final[Mapping[str, str]] = {"apbd": "APBD", "sponsor": "sponsor"}
GROUNDS: Final[Mapping[str, str]] = {"not_original": "tidak orisinal"}
"""Grounds of a disqualification that are ours; all others are in the committee's words."""


def points(score: Decimal) -> str:
    """Such as `82,5`: as it was computed, with the comma that people here write."""
    return f"{score:f}".replace(".", ",")


def tie_break(name: str | None) -> str:
    return "" if name is None else TIE_BREAKS.get(name, name)
