"""Evidence is declared over HTTP: a link is whole with that, a file goes to the object storage."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import AnyHttpUrl, Field

from services.submission.api.desk import Desk, Held
from services.submission.api.intake import check_open
from services.submission.api.links import public
from services.submission.api.texts import Choice, LetterBody, Name
from services.submission.api.uploads import Forms, forms_for
from services.submission.domain.commands import DeclareEvidence, ReviseEvidence
from shared.documents import Documents
from shared.editions import Edition
from shared.events.base import Digest, Indicator, Key
from shared.events.submission import EvidenceItem, FileEvidence, LinkEvidence
from shared.http import Ask, Body, Doors, show_version

Indicators = Annotated[tuple[Indicator, ...], Field(max_length=20)]
MediaType = Literal["application/pdf", "image/jpeg", "image/png", "video/mp4"]


class FileRequest(Body):
    """A file that the client is about to upload, with the digest it will have.

    What belongs to the profile (a budget, a business profile, a right, an award) is shown for no
    indicator.
    """

    file_name: Name
    sha256: Digest
    size_bytes: Annotated[int, Field(ge=0, le=2**53 - 1)]
    media_type: MediaType
    evidence_kind: Choice
    indicators: Indicators = ()
    letter: LetterBody | None = None


class LinkRequest(Body):
    url: Annotated[AnyHttpUrl, Field(max_length=2000)]
    evidence_kind: Choice
    indicators: Indicators = ()


class EvidenceDeclared(Forms):
    """The evidence, and how to send its bytes: `upload` or `parts`, neither for a link."""

    evidence_id: str
    version: int
    sequence: int
    training: bool
    dry_run: bool = False


def routes(
    doors: Doors, desk: Desk, documents: Documents, max_bytes: Mapping[str, int]
) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}", tags=["evidence"])

    @router.post("/evidence", name="declare_evidence", status_code=201)
    async def declare_file(
        innovation_id: Key,
        body: FileRequest,
        ask: Annotated[Ask, doors.writes("declare_evidence")],
    ) -> EvidenceDeclared:
        """The same file for the same indicators again is the same evidence, until it is here."""
        held = await desk.held(ask, innovation_id, fresh=True)
        sent = _file(ask, body)
        item = _twin(held, sent) or sent
        if item is not sent:
            check_open(held.state, item.evidence_id, ask.at)
        version, sequence = await declared(ask, held, item, sent)
        forms = Forms()
        if not ask.dry_run and not _is_here(held, item) and isinstance(item.content, FileEvidence):
            forms = await forms_for(documents, item.evidence_id, item.content)
        return EvidenceDeclared(
            **dict(forms),
            evidence_id=item.evidence_id,
            version=version,
            sequence=sequence,
            training=held.drafted.training,
            dry_run=ask.dry_run,
        )

    @router.post("/links", name="declare_evidence", status_code=201)
    async def declare_link(
        innovation_id: Key,
        body: LinkRequest,
        ask: Annotated[Ask, doors.writes("declare_evidence")],
    ) -> EvidenceDeclared:
        held = await desk.held(ask, innovation_id)
        item = _link(ask, body)
        version, sequence = await declared(ask, held, item, item)
        return EvidenceDeclared(
            evidence_id=item.evidence_id,
            version=version,
            sequence=sequence,
            training=held.drafted.training,
            dry_run=ask.dry_run,
        )

    async def declared(
        ask: Ask, held: Held, item: EvidenceItem, sent: EvidenceItem
    ) -> tuple[int, int]:
        """The version and sequence by which `item` stands as it was `sent`."""
        drafted = held.drafted
        await desk.clock(ask.response, drafted.season_id, drafted.agency_path)
        if item is not sent and item.letter == sent.letter:
            show_version(ask.response, held.version, held.sequence)
            return held.version, held.sequence
        edition = desk.edition_of(drafted.edition_id)
        command = _command(ask, edition, item, sent, max_bytes)
        outcome = await ask.send(desk.innovations, drafted.innovation_id, command)
        return outcome.version, outcome.sequence

    return router


def _command(
    ask: Ask, edition: Edition, item: EvidenceItem, sent: EvidenceItem, max_bytes: Mapping[str, int]
) -> DeclareEvidence | ReviseEvidence:
    """What is declared already takes the letter that was sent now."""
    if item is not sent:
        return ReviseEvidence(
            by=ask.by,
            at=ask.at,
            edition=edition,
            evidence_id=item.evidence_id,
            indicators=item.indicators,
            evidence_kind=item.evidence_kind,
            letter=sent.letter,
        )
    content = item.content
    limit = max_bytes[content.media_type] if isinstance(content, FileEvidence) else 0
    return DeclareEvidence(ask.by, ask.at, edition, item, limit)


def _file(ask: Ask, body: FileRequest) -> EvidenceItem:
    return EvidenceItem(
        evidence_id=ask.new_id("evidence"),
        indicators=ordered(body.indicators),
        evidence_kind=body.evidence_kind,
        content=FileEvidence(
            file_name=body.file_name,
            sha256=body.sha256,
            size_bytes=body.size_bytes,
            media_type=body.media_type,
        ),
        letter=None if body.letter is None else body.letter.letter(),
        declared_by=ask.by,
    )


def _link(ask: Ask, body: LinkRequest) -> EvidenceItem:
    url = public(body.url)
    return EvidenceItem(
        evidence_id=ask.new_id("evidence"),
        indicators=ordered(body.indicators),
        evidence_kind=body.evidence_kind,
        content=LinkEvidence(url=url, sha256=sha256(url.encode()).hexdigest()),
        accepted=True,
        declared_by=ask.by,
    )


def ordered(indicators: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(indicators)))


def _twin(held: Held, sent: EvidenceItem) -> EvidenceItem | None:
    """The same evidence, declared before and not here yet: its client lost the answer."""
    waiting = (item for item in held.content.evidence.values() if not item.accepted)
    return next((item for item in waiting if _shown(item) == _shown(sent)), None)


def _shown(item: EvidenceItem) -> tuple[str, str, tuple[str, ...]]:
    return (item.content.sha256, item.evidence_kind, item.indicators)


def _is_here(held: Held, item: EvidenceItem) -> bool:
    known = held.content.evidence.get(item.evidence_id)
    return known is not None and known.accepted
