"""Decisions on the minutes (berita acara): who signed which version of the results."""

from hashlib import sha256

import rfc8785

from services.awards.domain.competition.commands import SignMinutes
from services.awards.domain.competition.questions import drafted
from services.awards.domain.competition.states import Drafted, State
from shared.errors import Refused
from shared.events.awards import CompetitionEvent, MinutesSigned, RankedEntry


def sign(command: SignMinutes, state: State) -> list[CompetitionEvent]:
    state = drafted(state)
    if any(each.by == command.by for each in signatures_of(state, command.version)):
        return []
    if command.version != state.version:
        raise Refused(
            "version_not_current",
            "The minutes of the newest version of the results are signed.",
            current=state.version,
        )
    if not command.function.strip():
        raise Refused("function_missing", "Say as what you sign the minutes.")
    return [
        MinutesSigned(
            by=command.by,
            at=command.at,
            competition_id=state.judged.announced.competition_id,
            version=command.version,
            ranking_digest=ranking_digest(state.ranking),
            function=command.function.strip(),
            by_agency=command.agency,
        )
    ]


def signatures_of(state: Drafted, version: int) -> list[MinutesSigned]:
    return [each for each in state.signatures if each.version == version]


def require_signed(state: Drafted) -> None:
    """Raises `Refused` while signatures under the newest version's minutes are missing."""
    needed = state.judged.rules.minutes_signatures
    given = len(signatures_of(state, state.version))
    if given < needed:
        raise Refused(
            "minutes_unsigned",
            f"The minutes of this version of the results are signed by {given} of {needed}.",
            signed=given,
            needed=needed,
        )


def ranking_digest(ranking: tuple[RankedEntry, ...]) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of the places, best first."""
    return sha256(rfc8785.dumps([each.model_dump(mode="json") for each in ranking])).hexdigest()
