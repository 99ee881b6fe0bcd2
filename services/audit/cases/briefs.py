"""A fact in one line, in Indonesian: what a reader wants to know before opening it. Pure.

Made from the stored body, so that a fact of a build to come has a line too.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, cast

from services.audit.cases.labels import HOW, in_wita
from shared.papers import rupiah

Body = Mapping[str, Any]
LONGEST: Final = 160
SHORT_DIGEST: Final = 12


def _money(value: object) -> str:
    return rupiah(value) if isinstance(value, int) and value >= 0 else str(value)


def _yes(value: object) -> str:
    return "ya" if value is True else "tidak"


def _digest(value: object) -> str:
    return f"{str(value)[:SHORT_DIGEST]}…"


def _how(value: object) -> str:
    return HOW.get(str(value), str(value))


def _count(value: object) -> str:
    return str(len(cast("list[object]", value))) if isinstance(value, list) else str(value)


def _moment(value: object) -> str:
    return in_wita(str(value)) or str(value)


def _points(value: object) -> str:
    return str(value).replace(".", ",")


WORDS: Final[Mapping[str, tuple[str, Callable[[object], str]]]] = {
    "innovation_id": ("inovasi", str),
    "title": ("judul", str),
    "round": ("babak/putaran", str),
    "indicator": ("indikator", str),
    "claimed_level": ("diklaim", str),
    "granted_level": ("diberikan", str),
    "reason_code": ("alasan", str),
    "level": ("tingkat", str),
    "level_sought": ("tingkat diminta", str),
    "granted": ("dikabulkan", _yes),
    "upheld": ("diterima", _yes),
    "admissible": ("memenuhi", _yes),
    "number": ("nomor", str),
    "claimed_maturity": ("skor klaim", _points),
    "verified_maturity": ("skor terverifikasi", _points),
    "category": ("kategori", str),
    "rank": ("peringkat", str),
    "version": ("versi", str),
    "label": ("atas", str),
    "amount_rupiah": ("bruto", _money),
    "tax_rupiah": ("pajak", _money),
    "net_rupiah": ("neto", _money),
    "ceiling_rupiah": ("pagu", _money),
    "allocation_id": ("alokasi", str),
    "reference": ("nomor", str),
    "paid_on": ("tanggal", str),
    "decree_number": ("keputusan", str),
    "ground": ("dasar", str),
    "rule": ("aturan", str),
    "kind": ("jenis", str),
    "file_name": ("berkas", str),
    "sha256": ("SHA-256", _digest),
    "about": ("tentang", str),
    "how": ("cara", _how),
    "verifier_id": ("verifikator", str),
    "judge_id": ("juri", str),
    "to": ("kepada", str),
    "holder": ("pemegang", str),
    "function": ("sebagai", str),
    "deadline": ("batas", _moment),
    "due": ("batas", _moment),
    "items": ("butir", _count),
    "manifest": ("bukti", _count),
    "ranking": ("tempat", _count),
    "reason": ("alasan", str),
}
"""Fields in the order in which they stand in the line."""

OPENED: Final = ("item", "content", "verdict", "corrected", "admissibility", "claim", "entry")
"""Parts of a body whose own fields are told as if they were the fact's."""


def brief_of(body: Body) -> str:
    told = dict(_flat(body))
    parts = [
        f"{word} {shown(told[name])}"
        for name, (word, shown) in WORDS.items()
        if told.get(name) not in (None, "", [])
        and (not isinstance(told[name], dict | list) or shown is _count)
    ]
    line = "; ".join(" ".join(each.split()) for each in parts)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _flat(body: Body) -> Iterator[tuple[str, object]]:
    for name in OPENED:
        inner: object = body.get(name)
        if isinstance(inner, Mapping):
            yield from _flat(cast("Body", inner))
    yield from body.items()
