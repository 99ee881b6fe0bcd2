"""Which kind of document proves which indicator, and what stands on top of it. Pure."""

from shared.editions import SidRow
from shared.events.submission import Claim

KINDS = {
    "SID-02": "decree",
    "SID-03": "budget_document",
    "SID-05": "training_certificate",
    "SID-06": "rkpd",
    "SID-07": "cooperation_agreement",
    "SID-08": "decree",
    "SID-09": "decree",
    "SID-12": "screenshot",
    "SID-13": "sop",
    "SID-14": "complaint_recap",
    "SID-16": "replication_statement",
    "SID-17": "innovation_proposal",
}
KINDS_BY_LEVEL = {
    "SID-01": ("decree", "head_regulation", "regional_bylaw"),
    "SID-04": ("activity_photo", "screenshot", "screenshot"),
    "SID-10": ("activity_photo", "social_media_screenshot", "media_article"),
    "SID-11": ("manual_book", "manual_book", "public_link"),
    "SID-19": ("internal_monev_report", "satisfaction_survey_report", "external_study"),
}
HEADINGS = {
    "decree": "KEPUTUSAN TIM PELAKSANA INOVASI",
    "head_regulation": "PERATURAN KEPALA DAERAH",
    "regional_bylaw": "PERATURAN DAERAH",
    "budget_document": "DOKUMEN ANGGARAN",
    "training_certificate": "SERTIFIKAT BIMBINGAN TEKNIS",
    "rkpd": "KUTIPAN RKPD",
    "cooperation_agreement": "PERJANJIAN KERJA SAMA",
    "sop": "STANDAR OPERASIONAL PROSEDUR",
    "complaint_recap": "REKAP PENGADUAN",
    "replication_statement": "PERNYATAAN REPLIKASI",
    "innovation_proposal": "PROPOSAL INOVASI",
    "manual_book": "PEDOMAN TEKNIS",
    "activity_photo": "FOTO KEGIATAN",
    "screenshot": "TANGKAPAN LAYAR",
    "social_media_screenshot": "UNGGAHAN MEDIA SOSIAL",
    "media_article": "BERITA MEDIA",
    "internal_monev_report": "LAPORAN MONEV INTERNAL",
    "satisfaction_survey_report": "LAPORAN SURVEI KEPUASAN MASYARAKAT",
    "external_study": "KAJIAN EKSTERNAL",
    "beneficiary_list_signed": "DAFTAR PENERIMA MANFAAT",
    "unit_recap": "REKAP UNIT SASARAN",
    "spending_report": "LAPORAN BELANJA",
    "financial_report": "LAPORAN PENDAPATAN",
    "product_recap": "REKAP PRODUK",
    "impact_study": "ANALISIS DAMPAK",
    "public_link": "TAUTAN PUBLIK",
    "video_link": "VIDEO INOVASI",
    "thumbnail": "SAMPUL VIDEO",
}


def kind_of(claim: Claim, row: SidRow) -> str:
    """Of the kinds that the edition accepts for the indicator, the one that fits the level."""
    if claim.indicator in KINDS_BY_LEVEL:
        return KINDS_BY_LEVEL[claim.indicator][claim.level - 1]
    if claim.indicator == "SID-15":
        return "screenshot" if claim.subtype == "digital" else "activity_photo"
    if claim.indicator == "SID-18":
        return next(basis.evidence[0] for basis in row.bases if basis.id == claim.basis)
    return KINDS.get(claim.indicator, "video_link")
