"""The sentences about facts and the names of the profile's fields, in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.submission.api.clocks import Tongue, moment_in
from shared.events.submission import Profile

SENTENCES: Mapping[Tongue, Mapping[str, str]] = {
    "id": {
        "drafted": "Draf dibuat.",
        "drafted_from": "Draf dibuat sebagai pengembangan dari inovasi {original}, dengan {claims}"
        " klaim dan {items} bukti bawaan.",
        "developed": "Dikembangkan menjadi inovasi {successor} untuk musim {season}; sejak itu"
        " hanya dapat dibaca.",
        "revised": "Profil diubah: {fields}.",
        "declared": "Bukti {item} didaftarkan untuk {shown_for}{letter}.",
        "told_anew": "Keterangan bukti {item} diubah: untuk {shown_for}{letter}.",
        "accepted": "Berkas {item} diterima dan dikunci.",
        "refused": "Berkas {item} ditolak. {because}",
        "removed": "Bukti {item} ditarik: {reason}",
        "claimed": "{indicator} diklaim pada level {level}{how}.",
        "claimed_anew": "{indicator} diubah dari level {before} ke level {level}{how}.",
        "endorsed": "Disahkan oleh kepala perangkat daerah (isi {digest}){letter}.",
        "endorsed_acting": "Disahkan oleh pelaksana tugas kepala perangkat daerah (isi {digest})"
        "{letter}.",
        "submitted": "Diajukan, putaran {round}, dengan {claims} klaim dan {items} bukti.",
        "submitted_pending": "Diajukan, putaran {round}, dengan {claims} klaim dan {items} bukti;"
        " {pending} berkas boleh menyusul sampai {until}.",
        "completed": "Pengajuan putaran {round} lengkap: semua berkas sudah masuk.",
        "completed_without": "Pengajuan putaran {round} ditutup tanpa {missing}.",
        "reopened": "Dibuka kembali untuk perbaikan sampai {until}: {what}.",
        "concluded": "Hasil verifikasi putaran {round}: {granted}.",
        "rejected": (
            "Hasil verifikasi putaran {round}: ditolak, karena tidak memenuhi kriteria"
            " inovasi daerah."
        ),
        "withdrawn": "Inovasi ditarik: {reason}",
        "letter": ", surat nomor {number}",
        "profile": "profil",
        "nothing": "tidak ada level yang diberikan",
        "level": "{indicator} level {level}",
    },
    "en": {
        "drafted": "The draft was begun.",
        "drafted_from": "The draft was begun as a development of innovation {original}, with"
        " {claims} claims and {items} items of evidence carried over.",
        "developed": "Developed into innovation {successor} for season {season}; read-only since.",
        "revised": "The profile was changed: {fields}.",
        "declared": "Evidence {item} was declared for {shown_for}{letter}.",
        "told_anew": "What is said of evidence {item} was changed: for {shown_for}{letter}.",
        "accepted": "File {item} was taken in and locked.",
        "refused": "File {item} was refused. {because}",
        "removed": "Evidence {item} was withdrawn: {reason}",
        "claimed": "{indicator} was claimed at level {level}{how}.",
        "claimed_anew": "{indicator} was changed from level {before} to level {level}{how}.",
        "endorsed": "Endorsed by the head of the agency (content {digest}){letter}.",
        "endorsed_acting": "Endorsed by the acting head of the agency (content {digest}){letter}.",
        "submitted": "Submitted, round {round}, with {claims} claims and {items} items of"
        " evidence.",
        "submitted_pending": "Submitted, round {round}, with {claims} claims and {items} items of"
        " evidence; {pending} files may still come in until {until}.",
        "completed": "The submission of round {round} is complete: every file is in.",
        "completed_without": "The submission of round {round} was closed without {missing}.",
        "reopened": "Reopened for revision until {until}: {what}.",
        "concluded": "Verification of round {round} granted: {granted}.",
        "rejected": (
            "Verification of round {round} rejected it: it does not meet the criteria of a"
            " regional innovation."
        ),
        "withdrawn": "The innovation was withdrawn: {reason}",
        "letter": ", letter number {number}",
        "profile": "the profile",
        "nothing": "no level",
        "level": "{indicator} level {level}",
    },
}
FIELDS: Mapping[Tongue, Mapping[str, str]] = {
    "id": {
        "title": "nama inovasi",
        "stage": "tahapan",
        "initiator": "inisiator",
        "kind": "jenis",
        "form": "bentuk",
        "theme": "tematik",
        "main_affair": "urusan utama",
        "related_affairs": "urusan beririsan",
        "trial_on": "waktu uji coba",
        "implemented_on": "waktu penerapan",
        "developed_on": "waktu pengembangan",
        "development_note": "penjelasan pengembangan",
        "design_narrative": "rancang bangun",
        "purpose": "tujuan",
        "benefit": "manfaat",
        "result": "hasil",
        "latitude": "lintang",
        "longitude": "bujur",
        "budget_rupiah": "anggaran",
        "source": "sumber",
        "sample_fields": "isian contoh",
        "classification": "klasifikasi",
        "change_project": "proyek perubahan",
        "priority_goals": "asta cita",
        "priority_program": "program prioritas",
        "collaborators": "perangkat daerah yang bekerja sama",
        "intellectual_property": "HAKI",
    },
    "en": {name: name.replace("_", " ") for name in Profile.model_fields},
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: in which language, and with moments of which time zone."""

    tongue: Tongue
    time_zone: str

    def say(self, key: str, **values: object) -> str:
        return SENTENCES[self.tongue][key].format(**values)

    def moment(self, moment: datetime) -> str:
        return moment_in(moment, self.time_zone, self.tongue)

    def fields(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(FIELDS[self.tongue].get(name, name) for name in names)

    def listed(self, parts: Iterable[str]) -> str:
        return ", ".join(parts)
