"""What the minutes of validation tell, in Indonesian. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from services.verification.api.catalogue import IN_INDONESIAN
from services.verification.projections import CheckRow, DossierView, IndicatorRow
from shared.editions import Edition
from shared.events.verification import Admissibility, Place, Verdict
from shared.wita import long_date, long_moment

SHORT: Final = 16
"""Hexadecimal digits of a digest that are printed; the annex has them all."""

OUTCOMES: Final[Mapping[str, str]] = {
    "confirmed": "sesuai",
    "partly_confirmed": "sebagian sesuai",
    "not_confirmed": "tidak sesuai",
}
CHECKS: Final[Mapping[str, str]] = {
    "sample": "terpilih sebagai sampel",
    "large_change": "selisih besar antara klaim dan putusan",
    "rejection": "usul penolakan",
}


def minutes_of(
    view: DossierView, edition: Edition, reasons: Mapping[str, str], *, version: int, sequence: int
) -> dict[str, Any]:
    """People stand here by their ids: names are not in the history.

    `version` and `sequence` are where the history of the dossier stood.
    """
    about = view.about
    assert about is not None
    names = {row.code: f"{row.iid_no}. {row.name_id}" for row in edition.sid}
    ended = view.verified_at or view.rejected_at or view.changed_at
    return {
        "title": "Berita Acara Validasi Inovasi Daerah",
        "training": about.training,
        "is_admissible": view.state == "verified",
        "facts": _facts(view, edition, ended=long_moment(ended)),
        "criteria": _criteria(view.admissibility),
        "verdicts": [_verdict(row, names, reasons) for row in view.indicators],
        "checks": [_check(each) for each in view.checks if each.decided_at],
        "visits": list(_visits(view, names)),
        "revisions": [
            [str(each.round), long_moment(each.requested_at), each.message]
            for each in view.revisions
        ],
        "corrections": [_correction(each.after, names) for each in view.corrections],
        "deciders": list(view.deciders),
        "evidence": _evidence(view),
        "source": {"dossier": view.dossier_id, "version": version, "sequence": sequence},
    }


def _facts(view: DossierView, edition: Edition, *, ended: str) -> list[list[str]]:
    return [
        ["Inovasi", view.title],
        ["Nomor inovasi", view.dossier_id],
        ["Perangkat daerah", view.agency_id],
        ["Daerah", view.region_id],
        ["Musim penilaian", view.season_id],
        ["Instrumen", f"{edition.id}, {edition.basis}"],
        ["Putaran", str(view.round)],
        ["Diterima", long_moment(view.opened_at)],
        ["Selesai divalidasi", ended],
        ["Hasil", "layak dan tervalidasi" if view.state == "verified" else "tidak layak"],
    ]


def _criteria(found: Admissibility | None) -> list[list[str]]:
    if found is None:
        return []
    return [
        [IN_INDONESIAN[each.criterion], "terpenuhi" if each.met else "tidak terpenuhi", each.note]
        for each in found.findings
    ]


def _verdict(
    row: IndicatorRow, names: Mapping[str, str], reasons: Mapping[str, str]
) -> dict[str, Any]:
    verdict = row.verdict
    return {
        "indicator": names.get(row.indicator, row.indicator),
        "claimed": str(row.claimed_level),
        "granted": "-" if verdict is None else str(verdict.granted_level),
        "reason": "" if verdict is None else reasons.get(verdict.reason_code or "", ""),
        "note": "" if verdict is None else verdict.note,
        "place": "" if verdict is None else _place(verdict.place),
        "evidence": [digest[:SHORT] for digest in row.evidence],
        "by": "" if verdict is None else verdict.decided_by,
        "at": "" if verdict is None else long_moment(verdict.decided_at),
    }


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    where = [
        *(() if place.page is None else (f"halaman {place.page}",)),
        *(() if place.second is None else (f"detik {place.second}",)),
    ]
    return f"{place.sha256[:SHORT]} {', '.join(where)}".strip()


def _check(check: CheckRow) -> list[str]:
    why = ", ".join(CHECKS[each] for each in check.reasons)
    if not check.differing:
        return [str(check.round), why, f"{check.compared} putusan dibandingkan, semua sama", ""]
    found = f"{len(check.differing)} dari {check.compared} putusan berbeda"
    solved = "" if check.resolved_at is None else long_moment(check.resolved_at)
    return [str(check.round), why, found, f"{check.resolved_by or ''} {solved}".strip()]


def _visits(view: DossierView, names: Mapping[str, str]) -> Iterable[list[str]]:
    for visit in view.visits:
        for each in visit.findings:
            yield [
                long_date(visit.visited_on),
                names.get(each.indicator, each.indicator),
                OUTCOMES[each.outcome],
                each.note,
                ", ".join(visit.participants),
            ]


def _correction(after: Verdict, names: Mapping[str, str]) -> list[str]:
    name = names.get(after.indicator, after.indicator)
    return [name, str(after.granted_level), after.note, long_moment(after.decided_at)]


def _evidence(view: DossierView) -> list[list[str]]:
    """Every file once, with its whole digest: what the verdicts rest on."""
    files = {
        item.content.sha256: (getattr(item.content, "file_name", None) or item.evidence_kind)
        for item in view.manifest
        if item.accepted
    }
    return [[digest, files[digest]] for digest in sorted(files)]
