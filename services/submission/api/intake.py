"""An upload becomes evidence or is refused: for its client, or by itself when nobody asks."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

import structlog

from services.submission.api.desk import Innovations
from services.submission.api.histories import Facts
from services.submission.domain.commands import AcceptEvidence, RefuseEvidence
from services.submission.domain.innovation import decider
from services.submission.domain.states import Missing, State
from shared.documents import Accepted, Declared, Documents, Failed, Held, NotUploaded
from shared.errors import NotFound, Unavailable
from shared.events.base import Recorded
from shared.events.submission import (
    INNOVATION,
    EvidenceAccepted,
    EvidenceItem,
    EvidenceRefused,
    FileEvidence,
    FileProperties,
)
from shared.history import Outcome, Snapshot

log = structlog.get_logger("intake")

Found = Accepted | Failed | Held | NotUploaded
Taking = AcceptEvidence | RefuseEvidence
Taken = Literal["accepted", "refused", "held", "incomplete", "received"]
SYSTEM = "system:submission"
KEEP_SECONDS = 3.0


class Keeps(Protocol):
    """Where what intake read in a file is remembered."""

    async def keep(self, sha256: str, text: str | None, pages: int | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an upload, and the version of the innovation that says so.

    `held` and `incomplete` are no facts: the same question may have another answer later.
    `received` is only said in a rehearsal, which judges nothing.
    """

    outcome: Taken
    version: int
    sequence: int
    rule: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict[str, str])
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Giver:
    """Who has it taken in, when, and how the command is given. Without `by`, who declared it."""

    at: datetime
    send: Callable[[Taking], Awaitable[Outcome[Any]]]
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes files in; safe to ask again, at the same time too: one fact comes of it."""

    innovations: Innovations
    documents: Documents
    contents: Keeps
    facts: Facts

    async def take_in(self, innovation_id: str, evidence_id: str, giver: Giver) -> Told:
        """Raises what the domain refuses, before any byte is read, or `Unavailable`."""
        known = await self.innovations.state(innovation_id)
        item = _item(known.state, evidence_id)
        if item is None or item.accepted:
            return await self._earlier(innovation_id, evidence_id, known, giver.at)
        file = check_open(known.state, evidence_id, giver.at)
        found = await self.documents.intake(evidence_id, declared_of(file))
        command = _command(found, item, giver)
        if command is None:
            return await self._waiting(innovation_id, evidence_id, found)
        try:
            outcome = await giver.send(command)
        except NotFound:
            # Somebody else has refused it in the meantime.
            known = await self.innovations.state(innovation_id)
            return await self._earlier(innovation_id, evidence_id, known, giver.at)
        await self._settle(evidence_id, found)
        return _told(command, outcome)

    async def rehearse(self, innovation_id: str, evidence_id: str, at: datetime) -> Told:
        """Whether it could be taken in now, and whether it is here; nothing is judged or kept."""
        known = await self.innovations.state(innovation_id)
        item = _item(known.state, evidence_id)
        if item is None or item.accepted:
            return await self._earlier(innovation_id, evidence_id, known, at)
        declared = declared_of(check_open(known.state, evidence_id, at))
        lacking = await self.documents.lacking(evidence_id, declared)
        if lacking is None:
            return Told("received", known.version, known.sequence)
        return _incomplete(known, lacking)

    async def _waiting(self, innovation_id: str, evidence_id: str, found: Found) -> Told:
        known = await self.innovations.state(innovation_id)
        item = _item(known.state, evidence_id)
        if item is not None and item.accepted:
            # Somebody else took it in and cleared the upload away.
            return Told("accepted", known.version, known.sequence)
        if not isinstance(found, NotUploaded):
            return Told("held", known.version, known.sequence)
        return _incomplete(known, found)

    async def _earlier(
        self, innovation_id: str, evidence_id: str, known: Snapshot[State], at: datetime
    ) -> Told:
        """What the history says of it already. Raises what the domain refuses."""
        for event in reversed(await self.facts(INNOVATION.subject(innovation_id))):
            if _is_about(event, evidence_id):
                return _recorded(event)
        if _item(known.state, evidence_id) is None:
            check_open(known.state, evidence_id, at)
        # Links, statements and what was carried over are whole without an intake of their own.
        return Told("accepted", known.version, known.sequence)

    async def _settle(self, evidence_id: str, found: Found) -> None:
        """Only now: before the acknowledgement a crash would cost a second upload."""
        try:
            await self.documents.discard(evidence_id)
        except Unavailable as error:
            log.warning("upload left behind", evidence=evidence_id, reason=error.code)
        if not isinstance(found, Accepted):
            return
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                await self.contents.keep(found.sha256, found.text, found.properties.pages)
        except Exception:
            # A cache: the pre-flight reads the file again where it lacks.
            log.exception("content not kept", evidence=evidence_id)


def declared_of(file: FileEvidence) -> Declared:
    return Declared(file.sha256, file.size_bytes, file.media_type)


def check_open(state: State, evidence_id: str, at: datetime) -> FileEvidence:
    """The file as it was declared. Raises what the domain would refuse it for, were it here."""
    item = _item(state, evidence_id)
    sha256 = "" if item is None else item.content.sha256
    decider.decide(AcceptEvidence(SYSTEM, at, evidence_id, sha256, 0, "", "", ""), state)
    if item is None or not isinstance(item.content, FileEvidence):
        raise NotFound("evidence_unknown", "There is no such file.")
    return item.content


def _item(state: State, evidence_id: str) -> EvidenceItem | None:
    return None if isinstance(state, Missing) else state.content.evidence.get(evidence_id)


def _command(found: Found, item: EvidenceItem, giver: Giver) -> Taking | None:
    by = giver.by or item.declared_by or SYSTEM
    match found:
        case Accepted():
            return AcceptEvidence(
                by=by,
                at=giver.at,
                evidence_id=item.evidence_id,
                sha256=found.sha256,
                size_bytes=found.size_bytes,
                media_type=found.media_type,
                object_key=found.object_key,
                object_version=found.version_id or "",
                properties=FileProperties(**asdict(found.properties)),
            )
        case Failed():
            detail = tuple((name, str(value)) for name, value in sorted(found.params.items()))
            return RefuseEvidence(by, giver.at, item.evidence_id, found.rule, detail)
        case Held() | NotUploaded():
            return None


def _incomplete(known: Snapshot[State], lacking: NotUploaded) -> Told:
    """A file that comes whole is part 1 of 1."""
    missing = lacking.missing or (1,)
    return Told("incomplete", known.version, known.sequence, missing=missing)


def _told(command: Taking, outcome: Outcome[Any]) -> Told:
    if isinstance(command, AcceptEvidence):
        return Told("accepted", outcome.version, outcome.sequence)
    return Told("refused", outcome.version, outcome.sequence, command.rule, dict(command.detail))


def _is_about(event: Recorded[Any], evidence_id: str) -> bool:
    fact = event.fact
    return isinstance(fact, EvidenceAccepted | EvidenceRefused) and fact.evidence_id == evidence_id


def _recorded(event: Recorded[Any]) -> Told:
    fact = event.fact
    if isinstance(fact, EvidenceRefused):
        return Told("refused", event.version, event.sequence, fact.rule, fact.detail)
    return Told("accepted", event.version, event.sequence)
