"""The lists that cells are chosen from: those of the season's edition, and a few that never change.

People write the ids of the national form, which are Indonesian; facts keep some of them otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.editions import Edition, Unpublished
from shared.events.submission import AgencyKind, RightKind, Stage


@dataclass(frozen=True, slots=True)
class Choice:
    """`written` is what stands in a cell, `stored` what a fact keeps, `name` what it means."""

    written: str
    stored: str
    name: str


STAGES: Mapping[str, Stage] = {
    "inisiatif": "initiative",
    "uji_coba": "trial",
    "penerapan": "implementation",
}
RIGHTS: Mapping[str, RightKind] = {
    "hak_cipta": "copyright",
    "paten": "patent",
    "paten_sederhana": "simple_patent",
    "merek": "trademark",
    "desain_industri": "industrial_design",
    "varietas_tanaman": "plant_variety",
    "komunal": "communal",
    "lainnya": "other",
}
AGENCY_KINDS: Mapping[str, tuple[AgencyKind, str]] = {
    "provinsi": ("province", "Provinsi"),
    "kabupaten": ("regency", "Kabupaten"),
    "kota": ("city", "Kota"),
    "skpd": ("agency", "Dinas, badan, dan perangkat daerah lain"),
    "bagian_setda": ("secretariat_division", "Bagian pada sekretariat daerah"),
    "kecamatan": ("district", "Kecamatan"),
    "kelurahan": ("urban_village", "Kelurahan"),
    "desa": ("village", "Desa"),
    "puskesmas": ("health_centre", "Puskesmas"),
    "uptd": ("technical_unit", "Unit pelaksana teknis daerah"),
    "sekolah": ("school", "Sekolah"),
    "komunitas": ("community", "Komunitas masyarakat"),
}
PROJECTS = {"pka": "Pelatihan Kepemimpinan Administrator", "pkp": "Pelatihan Kepemimpinan Pengawas"}
OF_EDITION = ("initiators", "kinds", "forms", "themes", "classifications", "affairs", "asta_cita")


def choices(listed: str, edition: Edition) -> tuple[Choice, ...] | None:
    """The list of this name; None where the edition does not publish it."""
    match listed:
        case "stages":
            names = {term.id: term.name_id for term in edition.stages}
            return tuple(
                Choice(each, stored, names.get(each, each)) for each, stored in STAGES.items()
            )
        case "projects":
            return tuple(Choice(each, each, name) for each, name in PROJECTS.items())
        case "asta_cita":
            goals = edition.asta_cita
            if isinstance(goals, Unpublished):
                return None
            return tuple(Choice(each, each, f"Asta Cita {each}") for each in goals)
        case _:
            terms = getattr(edition, listed)
            if isinstance(terms, Unpublished):
                return None
            return tuple(Choice(term.id, term.id, term.name_id) for term in terms)


AGENCY_KIND_CHOICES = tuple(
    Choice(written, stored, name) for written, (stored, name) in AGENCY_KINDS.items()
)
