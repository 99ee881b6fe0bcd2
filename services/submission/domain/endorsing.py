"""The agency's head stands by a content, and by no other. Pure."""

from services.submission.domain.commands import Endorse
from services.submission.domain.states import Content, Open
from shared.errors import Refused
from shared.events.submission import InnovationEndorsed, InnovationEvent, content_digest


def digest_of(content: Content) -> str:
    return content_digest(content.profile, content.claims.values(), content.evidence.values())


def endorse(command: Endorse, state: Open) -> list[InnovationEvent]:
    content = state.content
    digest = digest_of(content)
    if command.content_digest != digest:
        raise Refused(
            "content_changed",
            "It changed since you read it. Read it again before you endorse it.",
            content_digest=digest,
        )
    if command.capacity == "acting" and command.appointment is None:
        raise Refused(
            "appointment_missing", "Who acts for the head names the letter of appointment."
        )
    given = content.endorsement
    if given is not None and (given.by, given.content_digest) == (command.by, digest):
        return []
    return [
        InnovationEndorsed(
            by=command.by,
            at=command.at,
            innovation_id=content.drafted.innovation_id,
            content_digest=digest,
            capacity=command.capacity,
            appointment=command.appointment,
        )
    ]


def endorser(content: Content, digest: str, *, required: bool) -> str | None:
    """Who stands by exactly this content. Raises `Refused` if somebody must, and nobody does."""
    given = content.endorsement
    if given is not None and given.content_digest == digest:
        return given.by
    if required and given is None:
        raise Refused("endorsement_missing", "The head of the agency has not endorsed it yet.")
    if required:
        raise Refused(
            "endorsement_lapsed",
            "It changed after the head of the agency endorsed it: it needs a new endorsement.",
        )
    return None
