"""A document that people hold, or results as a whole: what every line of it rests on. Pure."""

from collections.abc import Iterator, Mapping
from typing import Final

from services.audit.domain.explaining.allocations import allocation_step
from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.places import entry_step
from services.audit.domain.explaining.steps import Step, said
from services.audit.domain.explaining.words import exact, shown
from services.awards.domain.fund.states import Fund
from shared.events.awards import (
    COMPETITION,
    FUND,
    AllocationReturned,
    AllocationReversed,
    DocumentIssued,
    DocumentKind,
    MoneyAllocated,
    RankedEntry,
    ResultsDrafted,
)
from shared.wita import long_moment

NAMES: Final[Mapping[DocumentKind, str]] = {
    "minutes": "Berita acara",
    "decree_annex": "Lampiran SK",
    "certificate": "Piagam",
    "payment_list": "Daftar pembayaran",
    "tax_slip": "Bukti potong pajak",
    "spd_12_evidence": "Bukti SPD 12",
}
OF_MONEY: Final = frozenset({"payment_list", "tax_slip"})


def document_step(competition_id: str, document_id: str, history: History) -> Step:
    subject = COMPETITION.subject(competition_id)
    issued = history.trail.last(
        subject, DocumentIssued, lambda each: each.document_id == document_id
    )
    if not issued:
        return Step("document", f"Dokumen {document_id} tidak pernah diterbitkan.")
    fact = issued[0].fact
    below = _money(fact, issued[0].sequence, history)
    return Step(
        kind="document",
        title=(
            f"{NAMES[fact.kind]} ({document_id}) atas hasil versi {fact.version}, diterbitkan oleh"
            f" {fact.by}, {long_moment(fact.at)}, SHA-256 {fact.sha256}"
        ),
        about=f"document/{document_id}",
        facts=said(issued),
        values={
            "document_id": document_id,
            "document_kind": fact.kind,
            "version": fact.version,
            "document_about": fact.about or "",
            "sha256": fact.sha256,
            "content_digest": fact.content_digest,
            "size": fact.size,
            "template": fact.template,
        },
        because=below if fact.kind in OF_MONEY else _results(fact, history),
    )


def _results(fact: DocumentIssued, history: History) -> tuple[Step, ...]:
    """The place that a certificate is for, or the results of which the document tells."""
    if fact.about is not None:
        return (entry_step(fact.competition_id, fact.about, history),)
    return (results_step(fact.competition_id, history, fact.version),)


def _money(fact: DocumentIssued, until: int, history: History) -> tuple[Step, ...]:
    """The one allocation of a tax slip, or all of the competition that lived when it was issued."""
    return tuple(
        allocation_step(fund_id, key, history)
        for fund_id, key in _allocations(fact, until, history)
    )


def _allocations(fact: DocumentIssued, until: int, history: History) -> Iterator[tuple[str, str]]:
    for standing in history.world.standings.values():
        if standing.label != FUND.label or not isinstance(standing.state, Fund):
            continue
        ended = _ended(FUND.subject(standing.key), until, history)
        for event in history.trail.of(FUND.subject(standing.key), MoneyAllocated, until=until):
            money = event.fact
            is_meant = (
                money.allocation_id == fact.about
                if fact.about is not None
                else money.competition_id == fact.competition_id
                and money.allocation_id not in ended
            )
            if is_meant:
                yield standing.key, money.allocation_id


def _ended(subject: str, until: int, history: History) -> frozenset[str]:
    """The allocations that were over by then."""
    over = (AllocationReturned, AllocationReversed)
    return frozenset(
        event.fact.allocation_id
        for event in history.trail.on(subject, until)
        if isinstance(event.fact, over)
    )


def results_step(competition_id: str, history: History, version: int | None = None) -> Step:
    """Every place of every category, in the newest results or in those of an older version."""
    newest = history.results(competition_id)
    told = version or (0 if newest is None else newest.version)
    drafted = history.trail.last(
        COMPETITION.subject(competition_id), ResultsDrafted, lambda each: each.version == told
    )
    ranking = [place for event in drafted for place in event.fact.ranking]
    is_newest = newest is not None and told == newest.version
    where = history.competition(competition_id)
    name = competition_id if where is None else where.announced.name
    return Step(
        kind="results",
        title=f"Hasil {name} ({competition_id}), versi {told or 'belum ada'}",
        about=f"competition/{competition_id}",
        facts=said(drafted),
        values={"competition_id": competition_id, "version": told},
        because=tuple(
            entry_step(competition_id, each.innovation_id, history)
            if is_newest
            else _as_it_was(each)
            for each in ranking
        ),
    )


def _as_it_was(place: RankedEntry) -> Step:
    """A place in results that later ones replaced; what it rested on is not kept."""
    title = (
        f"Peringkat {place.rank} kategori {place.category}: {place.innovation_id}, nilai akhir"
        f" {shown(place.final_score)}, diganti versi yang lebih baru"
    )
    return Step(
        kind="replaced_place",
        title=title,
        values={
            "innovation_id": place.innovation_id,
            "category": place.category,
            "rank": place.rank,
            "final_score": exact(place.final_score),
        },
    )
