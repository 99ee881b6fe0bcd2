"""Documents that were issued, and the facts they rest on: small, since anybody may ask. Pure.

A competition's own view holds all its entries; who checks one paper should not make us read them.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.awards import (
    COMPETITION,
    FUND,
    AllocationReturned,
    AllocationReversed,
    CompetitionAnnounced,
    DocumentIssued,
    DocumentKind,
    MoneyAllocated,
    ResultsDetermined,
    ResultsDrafted,
)
from shared.events.base import Recorded, Utc
from shared.projector import Projection


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Part):
    """A fact in the stream; `results_version` is the version of the results that it is about."""

    event_id: str
    sequence_no: int
    at: Utc
    results_version: int


class Issued(Part):
    document_id: str
    kind: DocumentKind
    media_type: str
    issue_version: int
    about: str | None
    sha256: str
    size: int
    content_digest: str
    template: str
    verify_url: str
    has_names: bool
    issued_by: str
    issued_at: Utc
    event_id: str
    sequence_no: int


class DocumentsView(Part):
    """`drafted` are all versions of the results, the newest last."""

    competition_id: str
    name: str
    season_id: str
    drafted: tuple[Source, ...]
    determined: Source | None
    documents: tuple[Issued, ...]


class Payout(Part):
    """An allocation. `ended_at` is the sequence at which it was reversed or returned, if it was."""

    allocation_id: str
    competition_id: str
    agency_path: tuple[str, ...]
    allocated: Source
    ended_at: int | None


class PayoutsView(Part):
    fund_id: str
    payouts: tuple[Payout, ...]


def fold(view: DocumentsView | None, event: Recorded[Any]) -> DocumentsView:
    fact = event.fact
    if isinstance(fact, CompetitionAnnounced):
        return DocumentsView(
            competition_id=fact.competition_id,
            name=fact.name,
            season_id=fact.season_id,
            drafted=(),
            determined=None,
            documents=(),
        )
    if view is None:
        raise ValueError(f"A competition cannot begin with {type(fact).__name__}.")
    match fact:
        case ResultsDrafted(version=version):
            drafted = (*view.drafted, _source(event, version))
            return view.model_copy(update={"drafted": drafted})
        case ResultsDetermined(version=version):
            return view.model_copy(update={"determined": _source(event, version)})
        case DocumentIssued():
            issued = (*view.documents, _issued(fact, event))
            return view.model_copy(update={"documents": issued})
        case _:
            return view


def fold_payouts(view: PayoutsView | None, event: Recorded[Any]) -> PayoutsView:
    fact = event.fact
    before = view or PayoutsView(fund_id=fact.fund_id, payouts=())
    match fact:
        case MoneyAllocated():
            payout = Payout(
                allocation_id=fact.allocation_id,
                competition_id=fact.competition_id,
                agency_path=fact.agency_path,
                allocated=_source(event, fact.results_version),
                ended_at=None,
            )
            return before.model_copy(update={"payouts": (*before.payouts, payout)})
        case AllocationReturned(allocation_id=key) | AllocationReversed(allocation_id=key):
            return _ended(before, key, event.sequence)
        case _:
            return before


def _source(event: Recorded[Any], version: int) -> Source:
    return Source(
        event_id=event.id, sequence_no=event.sequence, at=event.fact.at, results_version=version
    )


def _issued(fact: DocumentIssued, event: Recorded[Any]) -> Issued:
    return Issued(
        document_id=fact.document_id,
        kind=fact.kind,
        media_type=fact.media_type,
        issue_version=fact.version,
        about=fact.about,
        sha256=fact.sha256,
        size=fact.size,
        content_digest=fact.content_digest,
        template=fact.template,
        verify_url=fact.verify_url,
        has_names=fact.has_names,
        issued_by=fact.by,
        issued_at=fact.at,
        event_id=event.id,
        sequence_no=event.sequence,
    )


def _ended(view: PayoutsView, key: str, sequence: int) -> PayoutsView:
    payouts = tuple(
        each.model_copy(update={"ended_at": sequence}) if each.allocation_id == key else each
        for each in view.payouts
    )
    return view.model_copy(update={"payouts": payouts})


DOCUMENTS = Projection(
    "documents",
    COMPETITION,
    DocumentsView,
    fold,
    (("documents.document_id",), ("documents.sha256",), ("season_id",)),
)
PAYOUTS = Projection(
    "payouts",
    FUND,
    PayoutsView,
    fold_payouts,
    (("payouts.allocation_id",), ("payouts.competition_id",)),
)
