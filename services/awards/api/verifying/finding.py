"""What the public is told of a document: where it stands in the history, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from services.awards.api.papers import TITLES
from services.awards.projections import DocumentsView, Issued, Payout, PayoutsView, Source
from shared.events.awards import DocumentKind
from shared.events.base import Digest, Utc
from shared.http import Answer
from shared.projector import bare
from shared.views import Collection
from shared.wita import long_moment

Fact = Literal[
    "DocumentIssued",
    "ResultsDrafted",
    "ResultsDetermined",
    "ResultsPublished",
    "MoneyAllocated",
]
MOST_MATCHES: Final = 20
OF_MONEY: Final = ("tax_slip", "payment_list", "decree_annex")
ENDED: Final = "Tidak berlaku lagi: alokasi yang disebut di dalamnya dibatalkan atau dikembalikan."
INCOMPLETE: Final = "Tidak lengkap lagi: ada alokasi yang lebih baru."


class FactShown(Answer):
    """A fact of the history: whoever holds the history finds it by its id and sequence."""

    fact: Fact
    event_id: str
    sequence: int
    at: Utc


class LogShown(Answer):
    """What the transparency log proves of these facts. `sentence` is for people; the rest is None
    while nothing can be proven. `root` is the head's, in hexadecimal.
    """

    sentence: str
    origin: str | None = None
    size: int | None = None
    root: Digest | None = None
    proven: int = 0


class Verification(Answer):
    """Who issued it, and whom it names, is not told here. `standing` is a sentence for people."""

    document_id: str
    kind: DocumentKind
    title: str
    competition_id: str
    competition: str
    season_id: str
    results_version: int
    media_type: str
    sha256: str
    size: int
    content_digest: str
    template: str
    has_names: bool
    issued_at: Utc
    issued: str
    is_current: bool
    standing: str
    replaced_by: str | None
    verify_url: str
    facts: tuple[FactShown, ...]
    log: LogShown | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    view: Collection
    payouts: Collection

    async def by_id(self, document_id: str) -> Verification | None:
        found = await self.view.page({"documents.document_id": document_id}, limit=1)
        for each in found.items:
            view = DocumentsView.model_validate(bare(each))
            return await self._told(view, _named(view.documents, document_id))
        return None

    async def by_digest(self, sha256: str) -> Verification | None:
        """The newest document that has exactly these bytes."""
        found = await self.view.page({"documents.sha256": sha256}, limit=MOST_MATCHES)
        views = [DocumentsView.model_validate(bare(each)) for each in found.items]
        same = [(view, each) for view in views for each in view.documents if each.sha256 == sha256]
        if not same:
            return None
        view, issued = max(same, key=lambda match: match[1].sequence_no)
        return await self._told(view, issued)

    async def _told(self, view: DocumentsView, issued: Issued) -> Verification:
        facts, trouble = await self._rests_on(view, issued)
        newest = view.drafted[-1].results_version
        later = _later(view.documents, issued)
        return Verification(
            document_id=issued.document_id,
            kind=issued.kind,
            title=TITLES[issued.kind],
            competition_id=view.competition_id,
            competition=view.name,
            season_id=view.season_id,
            results_version=issued.issue_version,
            media_type=issued.media_type,
            sha256=issued.sha256,
            size=issued.size,
            content_digest=issued.content_digest,
            template=issued.template,
            has_names=issued.has_names,
            issued_at=issued.issued_at,
            issued=long_moment(issued.issued_at),
            is_current=newest == issued.issue_version and later is None and trouble is None,
            standing=_standing(issued, newest, later, trouble),
            replaced_by=None if later is None else later.document_id,
            verify_url=issued.verify_url,
            facts=(_own(issued), *facts),
        )

    async def _rests_on(
        self, view: DocumentsView, issued: Issued
    ) -> tuple[tuple[FactShown, ...], str | None]:
        """The facts that it tells of, and what happened to its money since, if anything did."""
        version = issued.issue_version
        drafted = [each for each in view.drafted if each.results_version == version]
        facts = [_fact("ResultsDrafted", each) for each in drafted]
        if view.determined is not None and view.determined.sequence_no < issued.sequence_no:
            facts.append(_fact("ResultsDetermined", view.determined))
        if issued.kind not in OF_MONEY:
            return tuple(facts), None
        payouts = await self._payouts(view.competition_id, issued.about)
        told = [each for each in payouts if each.allocated.sequence_no < issued.sequence_no]
        facts += [_fact("MoneyAllocated", each.allocated) for each in told]
        if any(each.ended_at is not None and each.ended_at > issued.sequence_no for each in told):
            return tuple(facts), ENDED
        return tuple(facts), None if len(told) == len(payouts) else INCOMPLETE

    async def _payouts(self, competition_id: str, allocation: str | None) -> list[Payout]:
        """Of a competition; of these only one where it is named."""
        found = await self.payouts.all({"payouts.competition_id": competition_id})
        return [
            each
            for document in found
            for each in PayoutsView.model_validate(bare(document)).payouts
            if each.competition_id == competition_id and allocation in (None, each.allocation_id)
        ]


def _named(documents: Sequence[Issued], document_id: str) -> Issued:
    return next(each for each in documents if each.document_id == document_id)


def _later(documents: Sequence[Issued], issued: Issued) -> Issued | None:
    """The newest document of the same kind, form and subject, if this is not it."""
    same = [
        each
        for each in documents
        if (each.kind, each.media_type, each.about)
        == (issued.kind, issued.media_type, issued.about)
    ]
    return None if same[-1].document_id == issued.document_id else same[-1]


def _standing(issued: Issued, newest: int, later: Issued | None, trouble: str | None) -> str:
    if newest > issued.issue_version:
        return f"Sudah digantikan oleh versi {newest} hasil penilaian."
    if trouble is not None:
        return trouble
    if later is not None:
        return f"Sudah digantikan oleh dokumen {later.document_id}."
    return "Masih berlaku."


def _own(issued: Issued) -> FactShown:
    return FactShown(
        fact="DocumentIssued",
        event_id=issued.event_id,
        sequence=issued.sequence_no,
        at=issued.issued_at,
    )


def _fact(name: Fact, source: Source) -> FactShown:
    return FactShown(fact=name, event_id=source.event_id, sequence=source.sequence_no, at=source.at)
