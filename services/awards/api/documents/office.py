"""Issuing a document, and making one again that is known by its digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from services.awards.api.documents.again import contents_before
from services.awards.api.documents.gathering import Gathering
from services.awards.api.documents.keeping import Archive
from services.awards.api.papers import (
    ENDINGS,
    MEDIA_TYPES,
    Asked,
    Content,
    Past,
    content_of,
    made,
    named_in,
    template_of,
)
from services.awards.api.reading import Competitions
from services.awards.domain.competition import IssueDocument
from services.awards.projections import Issued
from shared.errors import NotFound, Refused, Stale, Unavailable
from shared.events.awards import COMPETITION, DocumentIssued
from shared.events.base import Recorded
from shared.history import Outcome
from shared.http import Ask
from shared.views import Collection

TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Paper:
    """What is recorded of a document that was issued, now or before."""

    fact: IssueDocument | DocumentIssued
    outcome: Outcome[Any]


@dataclass(frozen=True, slots=True)
class Office:
    """`payees` holds names by the ids of recipients; `public_url` is where people verify."""

    gathering: Gathering
    archive: Archive
    competitions: Competitions
    payees: Collection
    public_url: str

    async def issue(self, asked: Asked, ask: Ask) -> Paper:
        """The document, or the one that says the same already. Raises what `content_of` raises.

        It is made from one version of the competition: where that moved meanwhile, from the next.
        """
        for _ in range(TRIES):
            past = await self.gathering.past(asked)
            version = _version(past, asked)
            if ask.cause.expected_version not in (None, version):
                raise Stale("version_changed", "The competition changed since you read it.")
            command = await self._command(past, asked, ask)
            pinned = replace(ask, cause=replace(ask.cause, expected_version=version))
            try:
                outcome = await pinned.send(self.competitions, asked.competition_id, command)
            except Stale:
                continue
            said = [fact for fact in outcome.facts if isinstance(fact, DocumentIssued)]
            return Paper(said[0] if said else command, outcome)
        raise Unavailable("competition_busy", "The competition changes all the time. Try again.")

    async def file(self, competition_id: str, issued: Issued) -> bytes:
        """The bytes as they were issued: kept, or made again where nobody is named in them.

        Raises `NotFound` where neither can be, `Refused` where it comes out otherwise.
        """
        kept = await self.archive.read(issued.sha256)
        if kept is not None:
            return kept
        if issued.has_names:
            raise NotFound("document_not_kept", "The file of this document is not kept any more.")
        again = await self._again(competition_id, issued)
        if again is None or sha256(again).hexdigest() != issued.sha256:
            raise Refused(
                "document_not_reproducible",
                "This build makes the document otherwise than it was issued.",
                template=issued.template,
            )
        await self.archive.keep(again, issued.media_type)
        return again

    async def _command(self, past: Past, asked: Asked, ask: Ask) -> IssueDocument:
        """Makes and keeps the file, unless one like it was issued before."""
        before = _by_command(past, asked, ask.cause.command_id)
        if before is not None:
            return _as_command(before, ask)
        names = await self._names(named_in(past, asked))
        content = content_of(past, names, asked)
        same = _same(past, asked, content)
        if same is not None:
            return _as_command(same, ask)
        document_id = ask.new_id("document")
        url = f"{self.public_url}/verify/{document_id}"
        file = await made(content, asked, document_id, url)
        if not ask.dry_run:
            await self.archive.keep(file, MEDIA_TYPES[asked.format])
        return IssueDocument(
            by=ask.by,
            at=ask.at,
            document_id=document_id,
            kind=asked.kind,
            media_type=MEDIA_TYPES[asked.format],
            version=content.version,
            about=asked.about,
            sha256=sha256(file).hexdigest(),
            size=len(file),
            content_digest=content.digest,
            template=template_of(asked),
            verify_url=url,
            has_names=content.has_names,
        )

    async def _names(self, ids: Sequence[str]) -> Mapping[str, str]:
        found = await self.payees.get_many(ids) if ids else {}
        return {key: str(found[key]["name"]) for key in ids if key in found and found[key]["name"]}

    async def _again(self, competition_id: str, issued: Issued) -> bytes | None:
        ending = ENDINGS[issued.media_type]
        asked = Asked(competition_id, issued.kind, ending, issued.about)
        past = await self.gathering.past(asked)
        for content in contents_before(past, asked, issued.sequence_no):
            if content.digest == issued.content_digest:
                return await made(content, asked, issued.document_id, issued.verify_url)
        return None


def _version(past: Past, asked: Asked) -> int:
    subject = COMPETITION.subject(asked.competition_id)
    return max(event.version for event in past.events if event.subject == subject)


def _issued(past: Past, asked: Asked) -> list[Recorded[DocumentIssued]]:
    return past.all(DocumentIssued, competition_id=asked.competition_id)


def _by_command(past: Past, asked: Asked, command_id: str) -> DocumentIssued | None:
    found = (event.fact for event in _issued(past, asked) if event.command_id == command_id)
    return next(found, None)


def _same(past: Past, asked: Asked, content: Content) -> DocumentIssued | None:
    """The newest document of the same content, laid out the same way."""
    wanted = (asked.kind, MEDIA_TYPES[asked.format], asked.about, content.digest)
    template = template_of(asked)
    for event in reversed(_issued(past, asked)):
        fact = event.fact
        told = (fact.kind, fact.media_type, fact.about, fact.content_digest)
        if told == wanted and fact.template == template:
            return fact
    return None


def _as_command(fact: DocumentIssued, ask: Ask) -> IssueDocument:
    return IssueDocument(
        by=ask.by,
        at=ask.at,
        document_id=fact.document_id,
        kind=fact.kind,
        media_type=fact.media_type,
        version=fact.version,
        about=fact.about,
        sha256=fact.sha256,
        size=fact.size,
        content_digest=fact.content_digest,
        template=fact.template,
        verify_url=fact.verify_url,
        has_names=fact.has_names,
    )
