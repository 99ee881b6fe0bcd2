"""The words of notices. Values and tables only."""

from collections.abc import Mapping
from typing import Final

from services.verification.domain import REASONS
from shared.findings import Language
from shared.findings.sentences import WORDS

TEXTS: Final[Mapping[Language, Mapping[str, str]]] = {
    "id": {
        "practice": "[LATIHAN] ",
        "received_subject": "Diterima untuk verifikasi: {title}",
        "received": "Inovasi “{title}” telah diterima dan menunggu verifikasi.",
        "received_again": "Perbaikan inovasi “{title}” telah diterima (putaran {round}) dan"
        " menunggu verifikasi.",
        "judged_anew": "Dinilai ulang karena berubah: {indicators}.",
        "revision_requested_subject": "Perlu diperbaiki: {title}",
        "revision_requested": "Verifikator meminta perbaikan inovasi “{title}” pada {count}"
        " indikator. Kirim kembali paling lambat {due}.",
        "fields": "Isian profil yang boleh diubah: {fields}.",
        "revision_lapsed_subject": "Batas perbaikan terlewati: {title}",
        "revision_lapsed": "Batas waktu perbaikan inovasi “{title}” telah lewat tanpa kiriman baru."
        " Verifikasi dilanjutkan dengan bukti yang ada.",
        "verified_subject": "Selesai diverifikasi: {title}",
        "verified": "Inovasi “{title}” selesai diverifikasi: {full} dari {count} indikator"
        " ditetapkan sesuai klaim.",
        "verified_without_claims": "Inovasi “{title}” selesai diverifikasi; tidak ada indikator"
        " yang diklaim.",
        "rejected_subject": "Tidak memenuhi kriteria: {title}",
        "rejected": "Inovasi “{title}” tidak memenuhi kriteria inovasi daerah (Pasal 6 PP 38/2017)"
        " dan tidak dinilai.",
        "corrected_subject": "Hasil verifikasi dikoreksi: {title}",
        "corrected": "Sanggahan atas inovasi “{title}” dikabulkan: {indicator} kini ditetapkan"
        " pada parameter {level}.",
        "withdrawn_subject": "Ditarik: {title}",
        "withdrawn": "Inovasi “{title}” ditarik dari verifikasi. Alasan: {reason}",
        "level": "{indicator}: diklaim {claimed}, ditetapkan {granted}.",
    },
    "en": {
        "practice": "[PRACTICE] ",
        "received_subject": "Received for verification: {title}",
        "received": "The innovation “{title}” was received and waits for its verification.",
        "received_again": "The revision of the innovation “{title}” was received (round {round})"
        " and waits for its verification.",
        "judged_anew": "Judged anew because it changed: {indicators}.",
        "revision_requested_subject": "To be revised: {title}",
        "revision_requested": "The verifier asks for a revision of the innovation “{title}” in"
        " {count} indicators. Send it again by {due}.",
        "fields": "Fields of the profile that may be changed: {fields}.",
        "revision_lapsed_subject": "Date of the revision passed: {title}",
        "revision_lapsed": "The date for the revision of the innovation “{title}” passed with"
        " nothing new. It is verified with the evidence that is there.",
        "verified_subject": "Verified: {title}",
        "verified": "The innovation “{title}” is verified: {full} of {count} indicators were"
        " granted as claimed.",
        "verified_without_claims": "The innovation “{title}” is verified; no indicator was"
        " claimed.",
        "rejected_subject": "Criteria not met: {title}",
        "rejected": "The innovation “{title}” does not meet the criteria of a regional innovation"
        " (article 6 of PP 38/2017) and is not scored.",
        "corrected_subject": "Result of the verification corrected: {title}",
        "corrected": "The objection to the innovation “{title}” was granted: {indicator} now has"
        " level {level}.",
        "withdrawn_subject": "Withdrawn: {title}",
        "withdrawn": "The innovation “{title}” was withdrawn from verification. Reason: {reason}",
        "level": "{indicator}: claimed {claimed}, granted {granted}.",
    },
}

NAMES: Final[Mapping[Language, Mapping[str, str]]] = {
    "id": {
        "renewal": "Mengandung pembaharuan",
        "benefit": "Memberi manfaat bagi daerah dan/atau masyarakat",
        "no_burden": "Tidak menimbulkan beban yang bertentangan dengan peraturan",
        "own_authority": "Merupakan urusan pemerintahan yang menjadi kewenangan daerah",
        "replicable": "Dapat direplikasi",
        "evidence_missing": "Tidak ada bukti untuk yang diklaim.",
        "evidence_unreadable": "Bukti tidak dapat dibaca atau diputar.",
        "evidence_of_wrong_kind": "Jenis bukti tidak sesuai dengan yang diminta indikator.",
        "evidence_incomplete": "Sebagian yang diminta indikator tidak ditunjukkan.",
        "innovation_not_named": "Bukti tidak menyebut inovasi ini.",
        "year_not_valid": "Tahun bukti tidak termasuk, atau sudah tidak berlaku.",
        "not_signed": "Dokumen tidak ditandatangani oleh yang berwenang.",
        "lower_level_proven": "Bukti menunjukkan parameter yang lebih rendah daripada klaim.",
        "basis_not_proven": "Bukti tidak menunjukkan dasar atau subjenis yang dipilih.",
        "other": "Alasan lain, dijelaskan dalam catatan.",
        "objection_granted": "Ditetapkan melalui sanggahan.",
    },
    "en": {
        "renewal": "It contains a renewal",
        "benefit": "It benefits the region or society",
        "no_burden": "It lays no burden on society against the law",
        "own_authority": "It is an affair within the region's authority",
        "replicable": "It can be replicated",
        **REASONS,
        "objection_granted": "Decided by an objection.",
    },
}
"""The criteria of article 6 (domain, section 1), and the reasons for less than was claimed."""


def named(code: str, language: Language) -> str:
    """What people call a criterion, a reason, or a field of the profile."""
    known = NAMES[language].get(code) or WORDS[language].get(code)
    return known or code.replace("_", " ")
