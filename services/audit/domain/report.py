"""What a replay tells: a digest of every document, what is amiss, and the sums. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from services.audit.domain.findings import Finding
from services.audit.domain.kinds import KINDS
from services.audit.domain.reviews import ReviewTotals
from services.audit.domain.world import Standing, World
from services.awards.domain.competition.states import Determined, Drafted, Judging, Published
from services.awards.domain.fund.states import Fund, Paid
from shared.events.awards import COMPETITION, FUND, RankedEntry
from shared.views import Document


@dataclass(frozen=True, slots=True)
class DocumentDigest:
    """One document of one read model as the history makes it. `label` is the aggregate's."""

    service: str
    view: str
    label: str
    key: str
    version: int
    sequence: int
    digest: str

    @property
    def line(self) -> str:
        return f"{self.service}/{self.view}/{self.key} {self.version} {self.digest}"


@dataclass(frozen=True, slots=True)
class CompetitionTotals:
    """The places of a competition as its newest results have them."""

    competition_id: str
    state: str
    version: int
    entries: int
    places: tuple[tuple[str, int, str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class FundTotals:
    """A fund's ledger, summed from its allocations. Whole rupiah."""

    fund_id: str
    ceiling_rupiah: int
    allocated_rupiah: int
    paid_rupiah: int


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What an earlier fact asks of a service that has not answered it yet."""

    reaction: str
    subject: str
    cause_sequence: int


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a replay. `editions` are (id, digest) of all instruments used."""

    events: int
    first_sequence: int
    last_sequence: int
    aggregates: int
    digest: str
    documents: tuple[DocumentDigest, ...]
    findings: tuple[Finding, ...]
    outstanding: tuple[Outstanding, ...]
    competitions: tuple[CompetitionTotals, ...]
    funds: tuple[FundTotals, ...]
    reviews: tuple[ReviewTotals, ...]
    editions: tuple[tuple[str, str], ...]

    @property
    def is_clean(self) -> bool:
        return not self.findings


def documents_of(standing: Standing) -> Iterable[tuple[str, str, Document]]:
    """(service, view, document) of each read model of an aggregate."""
    for shown, view in zip(KINDS[standing.label].shown, standing.views, strict=True):
        if view is not None:
            yield shown.service, shown.projection.name, view.model_dump(mode="json")


def digests(world: World) -> tuple[DocumentDigest, ...]:
    """Every document, by service, view and key."""
    found = [
        DocumentDigest(
            service=service,
            view=view,
            label=standing.label,
            key=standing.key,
            version=standing.version,
            sequence=standing.sequence,
            digest=digest_of(document),
        )
        for standing in world.standings.values()
        for service, view, document in documents_of(standing)
    ]
    return tuple(sorted(found, key=lambda each: (each.service, each.view, each.key)))


def digest_of(document: Document) -> str:
    """What `shared.views.document_digest` says, faster.

    Views hold text, whole numbers, booleans and nothing, under plain names: for those, sorted
    compact JSON is the canonical form (RFC 8785).
    """
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def digest_of_all(documents: Iterable[DocumentDigest]) -> str:
    """SHA-256 over the sorted lines of all documents."""
    text = "".join(f"{line}\n" for line in sorted(each.line for each in documents))
    return sha256(text.encode()).hexdigest()


def competitions(world: World) -> tuple[CompetitionTotals, ...]:
    totals = [
        _competition(standing)
        for _, standing in sorted(world.standings.items())
        if standing.label == COMPETITION.label
    ]
    return tuple(each for each in totals if each is not None)


def _competition(standing: Standing) -> CompetitionTotals | None:
    match standing.state:
        case Judging() as judging:
            return CompetitionTotals(standing.key, "judging", 0, len(judging.entries), ())
        case Drafted() as drafted:
            return _ranked(standing.key, "drafted", drafted)
        case Determined(drafted=drafted):
            return _ranked(standing.key, "determined", drafted)
        case Published(determined=determined):
            return _ranked(standing.key, "published", determined.drafted)
        case _:
            return None


def _ranked(key: str, state: str, drafted: Drafted) -> CompetitionTotals:
    places = tuple(map(_place, drafted.ranking))
    return CompetitionTotals(key, state, drafted.version, len(drafted.judged.entries), places)


def _place(entry: RankedEntry) -> tuple[str, int, str, Decimal]:
    return entry.category, entry.rank, entry.innovation_id, entry.final_score


def funds(world: World) -> tuple[FundTotals, ...]:
    return tuple(
        _fund(standing.key, standing.state)
        for _, standing in sorted(world.standings.items())
        if standing.label == FUND.label and isinstance(standing.state, Fund)
    )


def _fund(key: str, fund: Fund) -> FundTotals:
    paid = sum(
        each.money.amount_rupiah for each in fund.allocations.values() if isinstance(each, Paid)
    )
    return FundTotals(key, fund.registered.ceiling_rupiah, fund.allocated_rupiah, paid)
