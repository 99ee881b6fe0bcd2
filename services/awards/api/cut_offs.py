"""What a fund warns of as its fiscal year runs out: what is not paid in time is lost. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from services.awards.projections import FundView
from services.awards.projections.fund import AllocationState
from shared.findings.language import Language
from shared.http import Answer
from shared.wita import long_date

NEAR: Final = timedelta(days=30)
UNPAID: Final[tuple[AllocationState, ...]] = ("allocated", "approved", "held")
SENTENCES: Final[Mapping[Language, Mapping[str, str]]] = {
    "id": {
        "cut_off_near": "Batas akhir pengajuan pembayaran {cut_off}, {days} hari lagi;"
        " {count} alokasi belum dibayar.",
        "cut_off_over": "Batas akhir pengajuan pembayaran {cut_off} sudah lewat;"
        " {count} alokasi belum dibayar.",
        "fiscal_year_over": "Tahun anggaran {year} sudah berakhir; {count} alokasi yang belum"
        " dibayar hanya dapat dibatalkan.",
        "unapproved_near_cut_off": "{count} alokasi belum disetujui orang kedua.",
        "held_near_cut_off": "{count} alokasi masih ditahan.",
    },
    "en": {
        "cut_off_near": "Payment orders are taken until {cut_off}, in {days} days;"
        " {count} allocations are not paid.",
        "cut_off_over": "The last day for payment orders, {cut_off}, is over;"
        " {count} allocations are not paid.",
        "fiscal_year_over": "Fiscal year {year} is over; {count} allocations that are not paid can"
        " only be reversed.",
        "unapproved_near_cut_off": "{count} allocations wait for the approval of a second person.",
        "held_near_cut_off": "{count} allocations are still held.",
    },
}
Params = dict[str, int | str]


class FundWarning(Answer):
    """`params` fill the sentence; `rupiah` is the sum of the allocations that it counts."""

    code: str
    sentence: str
    params: Params


def warnings_of(fund: FundView, today: date, language: Language) -> tuple[FundWarning, ...]:
    """What to do before the cut-off, or the end of the year where none was registered."""
    return tuple(
        FundWarning(code=code, sentence=_sentence(code, params, language), params=params)
        for code, params in _warned(fund, today)
    )


def _warned(fund: FundView, today: date) -> Iterator[tuple[str, Params]]:
    last = fund.cut_off or date(fund.fiscal_year, 12, 31)
    unpaid = _of(fund, *UNPAID)
    is_open = today <= last
    if today + NEAR < last or not (unpaid["count"] or (is_open and fund.available_rupiah)):
        return
    when: Params = {"cut_off": last.isoformat()}
    if today.year > fund.fiscal_year:
        yield "fiscal_year_over", {"year": fund.fiscal_year, **unpaid}
        return
    if is_open:
        yield "cut_off_near", {**when, "days": (last - today).days, **unpaid}
    else:
        yield "cut_off_over", {**when, **unpaid}
    for code, state in (("unapproved_near_cut_off", "allocated"), ("held_near_cut_off", "held")):
        found = _of(fund, state)
        if found["count"]:
            yield code, {**when, **found}


def _of(fund: FundView, *states: str) -> Params:
    found = [each.amount_rupiah for each in fund.allocations if each.state in states]
    return {"count": len(found), "rupiah": sum(found)}


def _sentence(code: str, params: Params, language: Language) -> str:
    words = dict(params)
    if "cut_off" in words:
        words["cut_off"] = long_date(date.fromisoformat(str(words["cut_off"])), language)
    return SENTENCES[language][code].format(**words)
