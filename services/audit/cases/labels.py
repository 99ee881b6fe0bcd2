"""Facts, kinds and states as a case file calls them, in Indonesian. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from shared.wita import WITA

FACTS: Final[Mapping[str, str]] = {
    # submission
    "SeasonOpened": "Musim penilaian dibuka",
    "SeasonDeadlineExtended": "Batas waktu musim diperpanjang",
    "LateExceptionGranted": "Izin terlambat diberikan",
    "SeasonClosed": "Musim penilaian ditutup",
    "AgencyRegistered": "Perangkat daerah didaftarkan",
    "AgencyCommitmentSigned": "Komitmen perangkat daerah ditandatangani",
    "AgencyRenamed": "Perangkat daerah berganti nama",
    "AgencySucceeded": "Perangkat daerah digantikan",
    "AgencyClosed": "Perangkat daerah ditutup",
    "InnovationDrafted": "Rancangan inovasi dibuat",
    "InnovationDeveloped": "Inovasi dilanjutkan pada musim lain",
    "ProfileRevised": "Profil inovasi diubah",
    "EvidenceDeclared": "Bukti dinyatakan",
    "EvidenceRevised": "Keterangan bukti diubah",
    "EvidenceAccepted": "Berkas bukti diterima",
    "EvidenceRefused": "Berkas bukti ditolak",
    "EvidenceWithdrawn": "Bukti ditarik",
    "LevelClaimed": "Tingkat diklaim",
    "InnovationEndorsed": "Inovasi disahkan pimpinan",
    "InnovationSubmitted": "Inovasi diajukan",
    "SubmissionCompleted": "Pengajuan lengkap",
    "InnovationReopened": "Inovasi dibuka kembali untuk perbaikan",
    "VerificationConcluded": "Hasil verifikasi diterima",
    "InnovationWithdrawn": "Inovasi ditarik",
    "ReplicationStated": "Replikasi dinyatakan",
    "ReplicationLinked": "Replikasi dikaitkan",
    "ReplicationWithdrawn": "Pernyataan replikasi ditarik",
    "EvidenceOpened": "Dokumen dibuka",
    # verification
    "DossierOpened": "Berkas verifikasi dibuka",
    "RevisionReceived": "Perbaikan diterima",
    "DossierLeased": "Berkas diambil verifikator",
    "LeaseRenewed": "Waktu verifikator diperpanjang",
    "DossierReleased": "Berkas dilepas verifikator",
    "DossierHandedOver": "Berkas diserahkan ke verifikator lain",
    "LeaseRevoked": "Berkas dicabut dari verifikator",
    "AdmissibilityDecided": "Lima kriteria diputus",
    "IndicatorDecided": "Indikator diputus",
    "RevisionRequested": "Perbaikan diminta",
    "RevisionAnnounced": "Perbaikan akan dikirim",
    "RevisionLapsed": "Waktu perbaikan habis",
    "FieldVisitRecorded": "Kunjungan lapangan dicatat",
    "QualityCheckDrawn": "Terpilih untuk pemeriksaan kedua",
    "AdmissibilityRechecked": "Lima kriteria diperiksa kedua kali",
    "IndicatorRechecked": "Indikator diperiksa kedua kali",
    "QualityCheckDecided": "Pemeriksaan kedua selesai",
    "DiscrepancyResolved": "Perbedaan diselesaikan",
    "DossierVerified": "Inovasi terverifikasi",
    "DossierRejected": "Inovasi ditolak",
    "VerifierRecused": "Verifikator mengundurkan diri",
    "DossierWithdrawn": "Berkas ditarik",
    "VerdictCorrected": "Putusan dikoreksi karena sanggahan",
    "VerifierDescribed": "Keterangan verifikator dicatat",
    "ConflictDeclared": "Benturan kepentingan dinyatakan",
    "ConflictEnded": "Benturan kepentingan berakhir",
    "QualityRulePublished": "Aturan pemeriksaan kedua diterbitkan",
    # scoring
    "InnovationScored": "Skor kematangan dihitung",
    "GovernmentAspectRecorded": "Aspek satuan pemerintah daerah dicatat",
    "InnovationCounted": "Inovasi dihitung dalam indeks daerah",
    "PanelOpened": "Dewan juri dibuka",
    "JudgeSeated": "Juri ditambahkan",
    "JudgeUnseated": "Juri diberhentikan",
    "JudgeRecused": "Juri mengundurkan diri",
    "ScoreSealed": "Nilai disegel",
    "ThirdReadingAsked": "Pembaca ketiga diminta",
    "ScoresRevealed": "Nilai juri dibuka",
    # awards
    "CompetitionAnnounced": "Lomba diumumkan",
    "EntryEnrolled": "Peserta didaftarkan",
    "EntryCorrected": "Data peserta dikoreksi",
    "EntryDisqualified": "Peserta didiskualifikasi",
    "RoundOpened": "Babak dibuka",
    "RoundClosed": "Babak ditutup",
    "TieResolved": "Nilai sama diputus dengan musyawarah",
    "ResultsDrafted": "Rancangan hasil dibuat",
    "MinutesSigned": "Berita acara ditandatangani",
    "ObjectionWindowOpened": "Masa sanggah dibuka",
    "ObjectionFiled": "Sanggahan diajukan",
    "ObjectionDecided": "Sanggahan diputus",
    "ObjectionLapsed": "Sanggahan gugur",
    "PublicTestOpened": "Uji publik dibuka",
    "DoubtFiled": "Keberatan uji publik diajukan",
    "DoubtDecided": "Keberatan uji publik diputus",
    "DoubtLapsed": "Keberatan uji publik gugur",
    "RecipientsNamed": "Penerima ditetapkan",
    "DocumentIssued": "Dokumen diterbitkan",
    "ResultsDetermined": "Hasil ditetapkan dengan keputusan",
    "ResultsPublished": "Hasil diumumkan",
    "FundRegistered": "Sumber dana didaftarkan",
    "MoneyAllocated": "Uang pembinaan dialokasikan",
    "AllocationApproved": "Alokasi disetujui orang kedua",
    "AllocationHeld": "Alokasi ditahan",
    "AllocationReleased": "Alokasi dilepas",
    "AllocationPaid": "Dibayar (SP2D)",
    "AllocationReturned": "Uang dikembalikan (STS)",
    "AllocationReversed": "Alokasi dibatalkan",
    "TaxTableAdopted": "Tabel pajak disahkan",
    "TaxTableConfirmed": "Tabel pajak dikonfirmasi bendahara",
}
KINDS: Final[Mapping[str, str]] = {
    "innovation": "Inovasi",
    "dossier": "Berkas verifikasi",
    "competition": "Lomba",
    "fund": "Sumber dana",
    "person": "Orang",
    "document": "Dokumen",
}
HOW: Final[Mapping[str, str]] = {
    "link": "tautan ke berkas",
    "picture": "gambar halaman",
    "text": "teks",
    "archive": "dalam arsip",
}


def called(fact: str) -> str:
    """The words for a fact; its own name where this build has none."""
    return FACTS.get(fact, fact)


def in_wita(text: str) -> str:
    """Such as `2026-05-01 08.00.00`; empty for what is no moment."""
    try:
        return f"{datetime.fromisoformat(text).astimezone(WITA):%Y-%m-%d %H.%M.%S}"
    except (ValueError, OverflowError):
        return ""
