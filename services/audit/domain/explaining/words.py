"""Sums, scores and names as the sentences of an explanation have them, in Indonesian. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from shared.events.awards import CategoryRule

TIE_BREAKS: Final[Mapping[str, str]] = {
    "last_round": "nilai babak terakhir",
    "first_criterion": "nilai kriteria pertama",
    "verified_maturity": "skor kematangan terverifikasi",
    "evidence_acceptance": "bagian bukti yang diterima",
    "vote": "pemungutan suara panitia",
}
COMBINED: Final[Mapping[str, str]] = {
    "mean": "rata-rata",
    "median": "median",
    "trimmed_mean": "rata-rata tanpa yang tertinggi dan terendah",
}
REASONS: Final[Mapping[str, str]] = {
    "sample": "sampel acak",
    "large_change": "perubahan besar",
    "rejection": "penolakan",
}
CRITERIA: Final[Mapping[str, str]] = {
    "renewal": "pembaharuan",
    "benefit": "manfaat",
    "no_burden": "tidak membebani",
    "own_authority": "kewenangan daerah",
    "replicable": "dapat direplikasi",
}
CAUSES: Final[Mapping[str, str]] = {
    "first": "disusun pertama kali",
    "objection": "karena keberatan",
    "disqualification": "karena diskualifikasi",
    "vote": "karena pemungutan suara",
    "doubt": "karena keraguan uji publik",
}
BANDS: Final[Mapping[str, str]] = {
    "sangat_inovatif": "sangat inovatif",
    "inovatif": "inovatif",
    "kurang_inovatif": "kurang inovatif",
    "tidak_dapat_dinilai": "tidak dapat dinilai",
}


def rupiah(amount: int) -> str:
    """Such as `Rp 5.000.000`."""
    return f"Rp {amount:,}".replace(",", ".")


def exact(score: Decimal) -> str:
    """A decimal as values have it: no exponent, its own digits."""
    return f"{score:f}"


def shown(score: Decimal) -> str:
    """The same as people write it, such as `33,78`."""
    return exact(score).replace(".", ",")


def category_named(category: CategoryRule) -> str:
    """Its name, and its code, by which it may be asked for."""
    return f"{category.name} ({category.code})"


def named(code: str, names: Mapping[str, str]) -> str:
    """What people call it; a code that nobody named stays as it is."""
    return names.get(code, code)


def listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "tidak ada"
