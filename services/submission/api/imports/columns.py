"""The columns of the two sheets, as the national form calls them (domain section 4)."""

from dataclasses import dataclass
from typing import Literal

from services.submission.api.imports.sheets import Form
from shared.editions import Edition, SidRow

Kind = Literal["line", "text", "day", "decimal", "rupiah", "choice", "choices", "names", "rights"]


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is the profile's; `listed` names the list that it is chosen from."""

    name: str
    field: str
    kind: Kind
    meaning: str
    example: str = ""
    listed: str = ""


COLUMNS: tuple[Column, ...] = (
    Column(
        "nama_inovasi", "title", "line", "Judul inovasi, paling panjang 250 karakter.", "SIP PUTIH"
    ),
    Column("tahapan", "stage", "choice", "Tahapan inovasi.", "penerapan", "stages"),
    Column(
        "inisiator", "initiator", "choice", "Siapa penggagasnya.", "perangkat_daerah", "initiators"
    ),
    Column(
        "proyek_perubahan",
        "change_project",
        "choice",
        "Bila berasal dari PKA atau PKP.",
        "",
        "projects",
    ),
    Column(
        "klasifikasi",
        "classification",
        "choice",
        "Klasifikasi inovasi.",
        "perangkat_daerah",
        "classifications",
    ),
    Column("jenis", "kind", "choice", "Digital atau non digital.", "digital", "kinds"),
    Column("bentuk", "form", "choice", "Bentuk inovasi.", "pelayanan_publik", "forms"),
    Column(
        "tematik", "theme", "choice", "Tematik, bila edisinya menerbitkan daftar.", "", "themes"
    ),
    Column(
        "asta_cita",
        "priority_goals",
        "choices",
        "Nomor Asta Cita, dipisah titik koma.",
        "1; 4",
        "asta_cita",
    ),
    Column("pkpn", "priority_program", "line", "Klaster atau program prioritas nasional."),
    Column(
        "urusan_utama",
        "main_affair",
        "choice",
        "Urusan pemerintahan utama.",
        "kesehatan",
        "affairs",
    ),
    Column(
        "urusan_beririsan",
        "related_affairs",
        "choices",
        "Urusan lain yang beririsan, dipisah titik koma.",
        "sosial; pmd",
        "affairs",
    ),
    Column(
        "kolaborator",
        "collaborators",
        "names",
        "Mitra yang terlibat, dipisah titik koma.",
        "Puskesmas Kandangan; Desa Hamalau",
    ),
    Column("lintang", "latitude", "decimal", "Koordinat lintang, -90 sampai 90.", "-2.781"),
    Column("bujur", "longitude", "decimal", "Koordinat bujur, -180 sampai 180.", "115.262"),
    Column("waktu_uji_coba", "trial_on", "day", "Tanggal uji coba.", "2024-02-01"),
    Column("waktu_penerapan", "implemented_on", "day", "Tanggal penerapan.", "2024-05-01"),
    Column("waktu_pengembangan", "developed_on", "day", "Tanggal pengembangan, bila ada."),
    Column(
        "penjelasan_pengembangan", "development_note", "text", "Apa yang baru, bila dikembangkan."
    ),
    Column(
        "rancang_bangun", "design_narrative", "text", "Rancang bangun, paling sedikit 300 kata."
    ),
    Column("tujuan", "purpose", "text", "Tujuan inovasi."),
    Column("manfaat", "benefit", "text", "Manfaat inovasi."),
    Column("hasil", "result", "text", "Hasil inovasi."),
    Column("anggaran", "budget_rupiah", "rupiah", "Anggaran dalam rupiah bulat.", "25000000"),
    Column(
        "haki",
        "intellectual_property",
        "rights",
        "HAKI sebagai jenis|nomor|tanggal, satu per baris.",
        "hak_cipta|EC00202412345|2024-06-01",
    ),
    Column("sumber", "source", "line", "Dari mana data ini diketahui."),
)
BY_FIELD = {column.field: column for column in COLUMNS}

ID, AGENCY = "id_inovasi", "kode_skpd"
EXPORTED = ("musim", "keadaan", "latihan")
"""What exports say about an innovation and imports do not read."""


def level_column(row: SidRow) -> str:
    return row.code.casefold()


def basis_column(row: SidRow) -> str:
    return f"{row.code.casefold()}_dasar"


def subtype_column(row: SidRow) -> str:
    return f"{row.code.casefold()}_subjenis"


def claim_columns(edition: Edition) -> tuple[str, ...]:
    """A column for the level of each indicator, and behind it one for how it is measured."""
    found: list[str] = []
    for row in edition.sid:
        found.append(level_column(row))
        if row.bases:
            found.append(basis_column(row))
        if row.subtypes:
            found.append(subtype_column(row))
    return tuple(found)


def innovation_form(edition: Edition) -> Form:
    profile = tuple(column.name for column in COLUMNS)
    columns = (ID, AGENCY, *profile, *claim_columns(edition))
    return Form("Inovasi", columns, ((AGENCY, "nama_inovasi"), (ID,)), EXPORTED)


AGENCY_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("kode", "Kode tetap: huruf kecil, angka dan tanda hubung.", "hss-dinkes"),
    ("nama", "Nama resmi.", "Dinas Kesehatan"),
    ("singkatan", "Singkatan, bila ada.", "Dinkes"),
    ("jenis", "Jenis perangkat daerah.", "skpd"),
    ("induk", "Kode induknya; kosong hanya untuk pemerintah daerah.", "hss"),
    ("sumber", "Dokumen tempat data ini diketahui.", "Perda 3/2024"),
)
AGENCY_FORM = Form(
    "Perangkat Daerah",
    tuple(name for name, _, _ in AGENCY_COLUMNS),
    (("kode", "nama"),),
    ("keadaan",),
)
