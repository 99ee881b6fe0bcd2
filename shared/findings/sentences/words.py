"""Names of fields and parts, as the sentences use them."""

from collections.abc import Mapping
from typing import Final

from shared.findings.language import Language

INDONESIAN: Final[Mapping[str, str]] = {
    "none": "tidak ada",
    "hidden_innovation": "inovasi perangkat daerah lain",
    "title": "nama inovasi",
    "stage": "tahapan",
    "initiator": "inisiator",
    "kind": "jenis",
    "form": "bentuk",
    "main_affair": "urusan utama",
    "purpose": "tujuan",
    "benefit": "manfaat",
    "result": "hasil",
    "design_narrative": "rancang bangun",
    "implemented_on": "waktu penerapan",
    "development_note": "penjelasan pengembangan",
    "number": "nomor",
    "signed_on": "tanggal",
    "subject": "tentang",
    "legal_basis": "dasar hukum",
    "problem": "permasalahan",
    "strategic_issue": "isu strategis",
    "method": "metode pembaruan",
    "novelty": "kebaruan dan keunggulan",
    "how_it_works": "cara kerja",
}

ENGLISH: Final[Mapping[str, str]] = {
    "none": "none",
    "hidden_innovation": "an innovation of another agency",
    "main_affair": "main affair",
    "design_narrative": "design narrative",
    "implemented_on": "date of implementation",
    "development_note": "explanation of the development",
    "signed_on": "date",
    "legal_basis": "legal basis",
    "strategic_issue": "strategic issue",
    "method": "method of renewal",
    "how_it_works": "how it works",
}

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {"id": INDONESIAN, "en": ENGLISH}
