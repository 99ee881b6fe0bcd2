"""What has been typed and not saved: tried on the innovation, and whether it could be saved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field

from services.submission.api.bodies import ClaimRequest, ProfileChange
from services.submission.api.desk import Held
from services.submission.domain.commands import ClaimLevel, Command, ReviseProfile
from services.submission.domain.innovation import decider
from services.submission.domain.states import Missing, State
from shared.editions import Edition
from shared.errors import DomainError
from shared.events.base import Indicator
from shared.events.submission import Claim
from shared.http import Body


class TrialClaim(ClaimRequest):
    indicator: Indicator

    def claim(self) -> Claim:
        return Claim.model_validate(self.model_dump())


class TrialRequest(Body):
    """Only what was changed since the last save; nothing of it is saved."""

    profile: ProfileChange | None = None
    claims: Annotated[tuple[TrialClaim, ...], Field(max_length=20)] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """The innovation as if it were saved, and why it would not be."""

    held: Held
    refusal: DomainError | None


def tried(held: Held, body: TrialRequest, edition: Edition, by: str, at: datetime) -> Tried:
    """What cannot be saved yet is examined all the same: half a coordinate is no reason to wait."""
    content = held.content
    profile = content.profile if body.profile is None else body.profile.merged_into(content.profile)
    claims = [each.claim() for each in body.claims]
    commands: list[Command] = [ClaimLevel(by, at, edition, claim) for claim in claims]
    if body.profile is not None:
        commands.insert(0, ReviseProfile(by, at, edition, profile))
    claimed = {**content.claims, **{claim.indicator: claim for claim in claims}}
    changed = replace(content, profile=profile, claims=claimed)
    refusal = first_refusal(commands, held.state)
    if isinstance(held.state, Missing):
        return Tried(held, refusal)
    state = replace(held.state, content=changed)
    return Tried(replace(held, state=state, content=changed), refusal)


def first_refusal(commands: Iterable[Command], state: State) -> DomainError | None:
    """Why the first of these commands that is refused would be, if any."""
    for command in commands:
        try:
            decider.decide(command, state)
        except DomainError as refusal:
            return refusal
    return None
