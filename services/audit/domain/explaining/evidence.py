"""The files, links and statements behind a verdict, by digest and id, and who gave them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.words import listed
from shared.events.base import Recorded
from shared.events.submission import (
    INNOVATION,
    REPLICATION,
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRevised,
    FileEvidence,
    LinkEvidence,
    ReplicationEvidence,
    ReplicationStated,
)
from shared.events.verification import DOSSIER, DossierOpened, RevisionReceived

Evidence = EvidenceDeclared | EvidenceRevised | EvidenceAccepted


@dataclass(frozen=True, slots=True)
class Shown:
    """What was before a verifier: a digest, shown for an indicator of an innovation, by then."""

    innovation_id: str
    indicator: str
    sha256: str
    until: int


def evidence_steps(shown: Shown, history: History) -> tuple[Step, ...]:
    """Every item of what the verifier had that has this digest; one that nobody knows is told."""
    items = _items(shown, history)
    if not items:
        title = f"Bukti SHA-256 {shown.sha256} tidak ada dalam berkas yang diajukan."
        return (Step("file", title, values={"sha256": shown.sha256}),)
    return tuple(
        history.once(
            f"evidence/{shown.innovation_id}/{item.evidence_id}/{shown.sha256}/{shown.until}",
            lambda item=item: _step(item, shown, history),
        )
        for item in items
    )


def _items(shown: Shown, history: History) -> tuple[EvidenceItem, ...]:
    """Of the newest manifest that has it."""
    subject = DOSSIER.subject(shown.innovation_id)
    for event in reversed(history.trail.on(subject, shown.until)):
        if isinstance(event.fact, DossierOpened | RevisionReceived):
            found = tuple(each for each in event.fact.manifest if _is_shown(each, shown))
            if found:
                return found
    return ()


def _is_shown(item: EvidenceItem, shown: Shown) -> bool:
    return item.content.sha256 == shown.sha256 and shown.indicator in item.indicators


def _step(item: EvidenceItem, shown: Shown, history: History) -> Step:
    events = tuple(_events(item, shown, history))
    declared = [each.fact.by for each in events if isinstance(each.fact, EvidenceDeclared)]
    accepted = [each.fact.by for each in events if isinstance(each.fact, EvidenceAccepted)]
    who = f"dinyatakan oleh {listed(declared)}"
    if isinstance(item.content, FileEvidence):
        who += f", diterima dari {listed(accepted)}"
    values: dict[str, Value] = {
        "sha256": shown.sha256,
        "evidence_id": item.evidence_id,
        "evidence_kind": item.evidence_kind,
        "declared_by": ", ".join(declared),
        "accepted_by": ", ".join(accepted),
        **_content_values(item),
    }
    return Step(
        kind="file",
        title=f"{_named(item)}, {who}, SHA-256 {shown.sha256}",
        facts=said(events),
        values=values,
    )


def _named(item: EvidenceItem) -> str:
    match item.content:
        case FileEvidence(file_name=name, size_bytes=size):
            return f"Berkas {name} ({item.evidence_id}, {size} byte)"
        case LinkEvidence(url=url):
            return f"Tautan {url} ({item.evidence_id})"
        case ReplicationEvidence(replication_id=key, agency_id=agency):
            return f"Pernyataan replikasi {key} dari {agency} ({item.evidence_id})"
        case _:
            assert_never(item.content)


def _content_values(item: EvidenceItem) -> Mapping[str, Value]:
    values: dict[str, Value] = {}
    match item.content:
        case FileEvidence(file_name=name, size_bytes=size, media_type=media_type):
            values = {"file_name": name, "size_bytes": size, "media_type": media_type}
        case LinkEvidence(url=url):
            values = {"url": url}
        case ReplicationEvidence(replication_id=key):
            values = {"replication_id": key}
        case _:
            assert_never(item.content)
    if item.letter is not None:
        letter = item.letter
        values |= {"letter": letter.number, "letter_signed_on": letter.signed_on.isoformat()}
    if item.carried_from is not None:
        values["carried_from"] = item.carried_from
    return values


def _events(item: EvidenceItem, shown: Shown, history: History) -> Iterator[Recorded[Any]]:
    """What was said of the item, and of the statement behind it; in an earlier season too."""
    trail = history.trail
    for owner in dict.fromkeys((item.carried_from or shown.innovation_id, shown.innovation_id)):
        for event in trail.on(INNOVATION.subject(owner), shown.until):
            if isinstance(event.fact, Evidence) and _id_of(event.fact) == item.evidence_id:
                yield event
    if isinstance(item.content, ReplicationEvidence):
        stated = REPLICATION.subject(item.content.replication_id)
        yield from trail.last(stated, ReplicationStated, until=shown.until)


def _id_of(fact: Evidence) -> str:
    return fact.item.evidence_id if isinstance(fact, EvidenceDeclared) else fact.evidence_id
