"""The sentences of an explanation, in both languages. Pure."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from shared.editions import plain
from shared.findings import Language
from shared.wita import long_moment

Texts = Mapping[str, str]
TEXTS: Final[Mapping[Language, Texts]] = MappingProxyType(
    {
        "id": {
            "rule": "bobot {weight} x parameter {level} = {score}",
            "formula": "Skor kematangan adalah jumlah bobot x parameter dari semua indikator;"
            " yang dihitung hanya yang terverifikasi.",
            "decided": "Diputuskan oleh {by} pada {moment}.",
            "undecided": "Belum ada keputusan verifikator; yang tidak diputuskan bernilai 0.",
            "not_claimed": "Tidak diklaim.",
            "same": "Klaim {claimed}, terverifikasi {verified}: tidak ada selisih.",
            "less": "Klaim {claimed}, terverifikasi {verified}: berkurang {difference} pada"
            " {count} indikator.",
            "evidence_missing": "Tidak ada bukti yang ditunjukkan untuk klaim ini.",
            "evidence_unreadable": "Bukti tidak dapat dibaca atau diputar.",
            "evidence_of_wrong_kind": "Bukti bukan dari jenis yang diminta indikator.",
            "evidence_incomplete": "Sebagian dari yang diminta indikator tidak ditunjukkan.",
            "innovation_not_named": "Bukti tidak menyebut nama inovasi ini.",
            "year_not_valid": "Bukti bukan dari tahun yang dihitung, atau sudah tidak berlaku.",
            "not_signed": "Dokumen tidak ditandatangani, atau tidak oleh pejabat yang berwenang.",
            "lower_level_proven": "Bukti menunjukkan parameter yang lebih rendah dari yang"
            " diklaim.",
            "basis_not_proven": "Bukti tidak menunjukkan dasar atau jenis yang dipilih.",
            "other": "Alasan lain, dijelaskan dalam catatan.",
            "objection_granted": "Ditetapkan melalui sanggahan yang dikabulkan.",
        },
        "en": {
            "rule": "weight {weight} x level {level} = {score}",
            "formula": "The maturity score is the sum of weight x level over all indicators;"
            " only what was verified counts.",
            "decided": "Decided by {by} on {moment}.",
            "undecided": "No verifier has decided it; what is not decided is worth 0.",
            "not_claimed": "Not claimed.",
            "same": "Claimed {claimed}, verified {verified}: there is no difference.",
            "less": "Claimed {claimed}, verified {verified}: {difference} less in {count}"
            " indicators.",
            "evidence_missing": "No evidence is shown for what is claimed.",
            "evidence_unreadable": "The evidence cannot be read or played.",
            "evidence_of_wrong_kind": "The evidence is not of the kind that the indicator asks"
            " for.",
            "evidence_incomplete": "Part of what the indicator asks for is not shown.",
            "innovation_not_named": "The evidence does not name this innovation.",
            "year_not_valid": "The evidence is not of a year that counts, or no longer in force.",
            "not_signed": "The document is not signed, or not by somebody who may sign it.",
            "lower_level_proven": "The evidence proves a lower level than the one claimed.",
            "basis_not_proven": "The evidence does not show the basis or sub-type that was chosen.",
            "other": "Another reason, told in the note.",
            "objection_granted": "Decided by a granted objection.",
        },
    }
)


def rule(weight: Decimal, level: int, score: Decimal, language: Language) -> str:
    """The arithmetic of one row, such as `bobot 3 x parameter 2 = 6`."""
    told = TEXTS[language]["rule"]
    return told.format(weight=plain(weight), level=level, score=plain(score))


def reason(code: str | None, language: Language) -> str | None:
    """Why less was granted; a code that nobody has worded yet is shown with spaces."""
    return None if code is None else TEXTS[language].get(code, code.replace("_", " "))


def decided(by: str, moment: datetime, language: Language) -> str:
    told = TEXTS[language]["decided"]
    return told.format(by=by, moment=long_moment(moment, language))


def summary(claimed: Decimal, verified: Decimal, count: int, language: Language) -> str:
    """Totals claimed beside verified, and in how many indicators they differ."""
    told = TEXTS[language]["less" if count else "same"]
    return told.format(
        claimed=plain(claimed),
        verified=plain(verified),
        difference=plain(claimed - verified),
        count=count,
    )
