"""Published results as anybody may see them: places, versions, disputes, papers, proofs. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from services.awards.api.agencies import Names
from services.awards.api.published.places import Place, places
from services.awards.projections import CompetitionView
from services.awards.projections.parts import About, Change, Determination, Proven, ResultsView
from shared.events.awards import Pool, Prize
from shared.events.base import Utc
from shared.http import Answer

PUBLIC_DOCUMENTS: Final = ("minutes", "decree_annex", "certificate")


class Proof(Answer):
    """The fact in the history that says so."""

    event_id: str
    sequence: int


class Version(Answer):
    version: int
    cause: str
    cause_id: str | None
    about: About | None
    at: Utc
    minutes_signed: int
    minutes_needed: int
    changes: tuple[Change, ...]
    proof: Proof


class Disqualified(Answer):
    innovation_id: str
    title: str
    ground: str
    at: Utc


class PublicTestHeld(Answer):
    """When anybody could doubt, and what became of how many doubts."""

    opened_at: Utc
    closes_at: Utc
    upheld: int
    refuted: int
    lapsed: int


class ObjectionsHeld(Answer):
    """What became of how many objections; `granted` with those that were corrected."""

    granted: int
    dismissed: int
    lapsed: int


class PrizeTable(Answer):
    """What the rules promised a category; not what was paid."""

    category: str
    prizes: tuple[Prize, ...]
    pools: tuple[Pool, ...]


class PublishedDocument(Answer):
    """A paper about the results; `about` is the innovation of a certificate."""

    document_id: str
    kind: str
    media_type: str
    version: int
    about: str | None
    sha256: str
    content_digest: str
    verify_url: str


class PublishedResults(Answer):
    competition_id: str
    name: str
    season_id: str
    rules_digest: str
    version: int
    decree_number: str
    decree_date: date
    determined_at: Utc
    published_at: Utc
    determined_proof: Proof
    published_proof: Proof
    minutes_signed: int
    minutes_needed: int
    ranking: tuple[Place, ...]
    prize_tables: tuple[PrizeTable, ...]
    versions: tuple[Version, ...]
    objections: ObjectionsHeld
    public_test: PublicTestHeld | None
    disqualified: tuple[Disqualified, ...]
    documents: tuple[PublishedDocument, ...]


class PublishedList(Answer):
    items: tuple[PublishedResults, ...]
    next_cursor: str | None


def published(view: CompetitionView, names: Names) -> PublishedResults | None:
    """None while nothing is published."""
    if view.published is None or view.determination is None:
        return None
    decree = view.determination
    return PublishedResults(
        competition_id=view.competition_id,
        name=view.name,
        season_id=view.season_id,
        rules_digest=view.rules_digest,
        version=decree.version,
        decree_number=decree.decree_number,
        decree_date=decree.decree_date,
        determined_at=decree.at,
        published_at=view.published.at,
        determined_proof=proof(decree),
        published_proof=proof(view.published),
        minutes_signed=_signed(view, decree.version),
        minutes_needed=view.rules.minutes_signatures,
        ranking=places(view, determined(view, decree), names),
        prize_tables=tuple(
            PrizeTable(category=each.code, prizes=each.prizes, pools=each.pools)
            for each in view.rules.categories
        ),
        versions=tuple(_version(each, view) for each in view.results),
        objections=_objections(view),
        public_test=_public_test(view),
        disqualified=_disqualified(view),
        documents=_documents(view),
    )


def determined(view: CompetitionView, decree: Determination) -> ResultsView:
    """The version of the results that the decree fixed."""
    return next(each for each in view.results if each.version == decree.version)


def proof(act: Proven) -> Proof:
    return Proof(event_id=act.event_id, sequence=act.event_sequence)


def _signed(view: CompetitionView, version: int) -> int:
    return sum(each.version == version for each in view.minutes)


def _version(results: ResultsView, view: CompetitionView) -> Version:
    return Version(
        version=results.version,
        cause=results.cause,
        cause_id=results.cause_id,
        about=results.about,
        at=results.drafted.at,
        minutes_signed=_signed(view, results.version),
        minutes_needed=view.rules.minutes_signatures,
        changes=results.changes,
        proof=proof(results.drafted),
    )


def _objections(view: CompetitionView) -> ObjectionsHeld:
    states = [each.state for each in view.objections]
    return ObjectionsHeld(
        granted=_count(states, "granted", "corrected"),
        dismissed=_count(states, "dismissed"),
        lapsed=_count(states, "lapsed"),
    )


def _public_test(view: CompetitionView) -> PublicTestHeld | None:
    if not view.public_tests:
        return None
    test, states = view.public_tests[-1], [each.state for each in view.doubts]
    return PublicTestHeld(
        opened_at=test.at,
        closes_at=test.closes_at,
        upheld=_count(states, "upheld"),
        refuted=_count(states, "refuted"),
        lapsed=_count(states, "lapsed"),
    )


def _count(states: Iterable[str], *wanted: str) -> int:
    return sum(each in wanted for each in states)


def _disqualified(view: CompetitionView) -> tuple[Disqualified, ...]:
    return tuple(
        Disqualified(
            innovation_id=each.entry.innovation_id,
            title=each.entry.title,
            ground=each.disqualified.ground,
            at=each.disqualified.at,
        )
        for each in view.entries
        if each.disqualified is not None
    )


def _documents(view: CompetitionView) -> tuple[PublishedDocument, ...]:
    return tuple(
        PublishedDocument(
            document_id=each.document_id,
            kind=each.kind,
            media_type=each.media_type,
            version=each.version,
            about=each.about,
            sha256=each.sha256,
            content_digest=each.content_digest,
            verify_url=each.verify_url,
        )
        for each in view.documents
        if each.kind in PUBLIC_DOCUMENTS
    )
