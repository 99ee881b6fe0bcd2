"""One sentence about each fact of an innovation, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from services.submission.api.telling.words import Reader
from services.submission.domain.states import Content
from shared.documents import explain
from shared.events.submission import (
    Claim,
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceRevised,
    EvidenceWithdrawn,
    FileEvidence,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEndorsed,
    InnovationEvent,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    Letter,
    LevelClaimed,
    LinkEvidence,
    Profile,
    ProfileRevised,
    SubmissionCompleted,
    VerificationConcluded,
)

Names = Mapping[str, str]
OfEvidence = (
    EvidenceDeclared | EvidenceRevised | EvidenceAccepted | EvidenceRefused | EvidenceWithdrawn
)
OfContent = InnovationDrafted | ProfileRevised | LevelClaimed
DIGEST_SHOWN = 12


def told(fact: InnovationEvent, before: Content | None, names: Names, reader: Reader) -> str:
    """`before` is what the innovation held until then, `names` what its evidence is known by."""
    match fact:
        case InnovationDrafted() | ProfileRevised() | LevelClaimed():
            return _content(fact, before, reader)
        case (
            EvidenceDeclared()
            | EvidenceRevised()
            | EvidenceAccepted()
            | EvidenceRefused()
            | EvidenceWithdrawn()
        ):
            return _evidence(fact, names, reader)
        case InnovationEndorsed():
            key = "endorsed" if fact.capacity == "head" else "endorsed_acting"
            digest = fact.content_digest[:DIGEST_SHOWN]
            return reader.say(key, digest=digest, letter=_letter(fact.appointment, reader))
        case InnovationSubmitted():
            return _submitted(fact, reader)
        case SubmissionCompleted():
            return _completed(fact, names, reader)
        case InnovationReopened():
            what = reader.listed((*fact.indicators, *reader.fields(fact.fields)))
            return reader.say("reopened", until=reader.moment(fact.due), what=what)
        case VerificationConcluded():
            return _concluded(fact, reader)
        case InnovationDeveloped():
            season, successor = fact.successor_season_id, fact.successor_id
            return reader.say("developed", successor=successor, season=season)
        case InnovationWithdrawn():
            return reader.say("withdrawn", reason=fact.reason)
        case _:
            assert_never(fact)


def changed_fields(before: Profile, after: Profile) -> tuple[str, ...]:
    names = Profile.model_fields
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def names_of(items: Iterable[EvidenceItem]) -> dict[str, str]:
    """What people know each piece of evidence by."""
    return {item.evidence_id: _label(item) for item in items}


def _label(item: EvidenceItem) -> str:
    match item.content:
        case FileEvidence() as file:
            return file.file_name
        case LinkEvidence() as link:
            return link.url
        case statement:
            return statement.replication_id


def _content(fact: OfContent, before: Content | None, reader: Reader) -> str:
    match fact:
        case InnovationDrafted(developed_from=None):
            return reader.say("drafted")
        case InnovationDrafted():
            return reader.say(
                "drafted_from",
                original=fact.developed_from,
                claims=len(fact.claims),
                items=len(fact.carried),
            )
        case ProfileRevised():
            changed = () if before is None else changed_fields(before.profile, fact.profile)
            return reader.say("revised", fields=reader.listed(reader.fields(changed)))
        case LevelClaimed():
            known = None if before is None else before.claims.get(fact.claim.indicator)
            return _claimed(fact.claim, known, reader)


def _claimed(claim: Claim, known: Claim | None, reader: Reader) -> str:
    measured = claim.basis or claim.subtype
    how = "" if measured is None else f" ({measured})"
    said = {"indicator": claim.indicator, "level": claim.level, "how": how}
    if known is None:
        return reader.say("claimed", **said)
    return reader.say("claimed_anew", before=known.level, **said)


def _evidence(fact: OfEvidence, names: Names, reader: Reader) -> str:
    match fact:
        case EvidenceDeclared():
            item = fact.item
            return _shown("declared", _label(item), item.indicators, item.letter, reader)
        case EvidenceRevised():
            name = names.get(fact.evidence_id, fact.evidence_id)
            return _shown("told_anew", name, fact.indicators, fact.letter, reader)
        case EvidenceAccepted():
            return reader.say("accepted", item=names.get(fact.evidence_id, fact.evidence_id))
        case EvidenceRefused():
            name = names.get(fact.evidence_id, fact.evidence_id)
            because = explain(fact.rule, fact.detail, reader.tongue)
            return reader.say("refused", item=name, because=because)
        case EvidenceWithdrawn():
            name = names.get(fact.evidence_id, fact.evidence_id)
            return reader.say("removed", item=name, reason=fact.reason)


def _shown(
    key: str, name: str, indicators: tuple[str, ...], letter: Letter | None, reader: Reader
) -> str:
    shown_for = reader.listed(indicators) if indicators else reader.say("profile")
    return reader.say(key, item=name, shown_for=shown_for, letter=_letter(letter, reader))


def _letter(letter: Letter | None, reader: Reader) -> str:
    return "" if letter is None else reader.say("letter", number=letter.number)


def _submitted(fact: InnovationSubmitted, reader: Reader) -> str:
    said = {"round": fact.round, "claims": len(fact.claims), "items": len(fact.manifest)}
    if not fact.pending or fact.complete_by is None:
        return reader.say("submitted", **said)
    until = reader.moment(fact.complete_by)
    return reader.say("submitted_pending", **said, pending=len(fact.pending), until=until)


def _completed(fact: SubmissionCompleted, names: Names, reader: Reader) -> str:
    if not fact.missing:
        return reader.say("completed", round=fact.round)
    missing = reader.listed(names.get(each, each) for each in fact.missing)
    return reader.say("completed_without", round=fact.round, missing=missing)


def _concluded(fact: VerificationConcluded, reader: Reader) -> str:
    if fact.rejected:
        return reader.say("rejected", round=fact.round)
    levels = [
        reader.say("level", indicator=each.indicator, level=each.level) for each in fact.granted
    ]
    granted = reader.listed(levels) if levels else reader.say("nothing")
    return reader.say("concluded", round=fact.round, granted=granted)


__all__ = ["Reader", "changed_fields", "names_of", "told"]
