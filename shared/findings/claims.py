"""Whether what is claimed has something to show for it, of a kind that can carry it. Pure.

Sources: domain sections 2.2 (no evidence scores 0), 2.4 (levels and their evidence), 2.5 (bases).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from shared.editions import SidRow
from shared.events.submission import EvidenceItem
from shared.findings.case import Case
from shared.findings.model import Hit, Rule, at

Carries = Mapping[str, int]
NOTHING_SCORES_NOTHING: Final = "Edition: score formula (S-01/sec, S-23)"
MANDATORY: Final = "Edition: mandatory indicators (S-01/sec)"
LEVELS: Final = "Edition: levels and their evidence (S-01/sec, S-02/sec)"

CARRIED_BY_KIND: Final[Mapping[tuple[str, str, str], Carries]] = {
    (
        "SK Kepala Daerah / keputusan Kepala PD a.n. Kepala Daerah",
        "Peraturan Kepala Daerah",
        "Peraturan Daerah",
    ): {"decree": 1, "head_regulation": 2, "regional_bylaw": 3},
    (
        "SK Kepala Perangkat Daerah",
        "SK Kepala Daerah",
        "Peraturan Kepala Daerah atau Peraturan Daerah",
    ): {"decree": 2, "head_regulation": 3, "regional_bylaw": 3},
    (
        "Ada pelaksana tanpa penetapan Kepala PD/Kepala Daerah",
        "Surat penugasan/perintah Kepala PD atau setara",
        "SK/surat Kepala Daerah atau SK Kepala PD a.n. Kepala Daerah",
    ): {"assignment_letter": 2, "decree": 3},
    (
        "Foto kegiatan berlatar spanduk inovasi",
        "Media sosial / media milik pemda",
        "Media berita bukan milik pemda",
    ): {"activity_photo": 1, "social_media_screenshot": 2, "media_article": 3},
    (
        "Monev internal pemda",
        "Survei Kepuasan Masyarakat",
        "Monev eksternal berbasis penelitian/kajian",
    ): {
        "internal_monev_report": 1,
        "satisfaction_survey_report": 2,
        "external_study": 3,
    },
}
"""The highest level that a kind of evidence carries, by the very words of the three levels.

An edition that words them otherwise is not judged by this until it is added: silence, not error.
"""


def _without_evidence(case: Case) -> Iterator[Hit]:
    for row, claim in case.claimed():
        if not any(row.code in item.indicators for item in case.evidence):
            yield at(row, holds=0, level=claim.level)


def _only_pending(case: Case) -> Iterator[Hit]:
    for row, claim in case.claimed():
        items = [item for item in case.evidence if row.code in item.indicators]
        if items and not any(item.accepted for item in items):
            yield at(row, holds=0, level=claim.level, files=len(items))


def _mandatory_unclaimed(case: Case) -> Iterator[Hit]:
    for row in case.edition.sid:
        if row.mandatory and case.claim(row.code) is None:
            yield at(row)


def _basis_missing(case: Case) -> Iterator[Hit]:
    for row, claim in case.claimed():
        known = tuple(basis.id for basis in row.bases)
        if known and claim.basis not in known:
            yield at(row, holds=0, level=claim.level, allowed=known)


def _subtype_missing(case: Case) -> Iterator[Hit]:
    for row, claim in case.claimed():
        if row.subtypes and claim.subtype not in row.subtypes:
            yield at(row, holds=0, level=claim.level, allowed=row.subtypes)


def _basis_without_document(case: Case) -> Iterator[Hit]:
    """Each basis of benefit is shown by documents of its own."""
    for row, claim in case.proven():
        basis = next((each for each in row.bases if each.id == claim.basis), None)
        kinds = {item.evidence_kind for item in case.proofs(row.code)}
        if basis is not None and not kinds & set(basis.evidence):
            yield at(row, holds=0, basis=basis.id, unit=basis.unit, kinds=basis.evidence)


def _carries_less(case: Case) -> Iterator[Hit]:
    for row, claim in case.proven():
        carried = carried_level(row, case.proofs(row.code))
        if carried is not None and carried < claim.level:
            asked = row.levels[claim.level - 1]
            yield at(row, holds=carried, level=claim.level, carried=carried, asked=asked)


def carried_level(row: SidRow, items: tuple[EvidenceItem, ...]) -> int | None:
    """The highest level that the kinds of these items carry; None where that cannot be said."""
    carries = CARRIED_BY_KIND.get(row.levels)
    if carries is None or any(item.evidence_kind not in carries for item in items):
        return None
    return max((carries[item.evidence_kind] for item in items), default=None)


def _evidence_unclaimed(case: Case) -> Iterator[Hit]:
    for row in case.edition.sid:
        if case.proofs(row.code) and case.claim(row.code) is None:
            yield at(row)


def _nothing_claimed(case: Case) -> Iterator[Hit]:
    if not any(case.claimed()):
        yield Hit()


def _no_evidence(case: Case) -> Iterator[Hit]:
    if not case.evidence:
        yield Hit()


ABOUT_CLAIMS: Final = (
    Rule("claim_without_evidence", "costs", NOTHING_SCORES_NOTHING, _without_evidence),
    Rule("claim_rests_on_pending", "costs", NOTHING_SCORES_NOTHING, _only_pending),
    Rule("mandatory_unclaimed", "costs", MANDATORY, _mandatory_unclaimed),
    Rule("basis_missing", "costs", LEVELS, _basis_missing),
    Rule("subtype_missing", "costs", LEVELS, _subtype_missing),
    Rule("basis_without_document", "costs", LEVELS, _basis_without_document),
    Rule("evidence_carries_less", "costs", LEVELS, _carries_less),
    Rule("evidence_unclaimed", "advises", LEVELS, _evidence_unclaimed),
    Rule("nothing_claimed", "advises", NOTHING_SCORES_NOTHING, _nothing_claimed),
    Rule("no_evidence", "advises", NOTHING_SCORES_NOTHING, _no_evidence),
)
