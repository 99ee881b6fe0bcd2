"""The profile of an innovation over HTTP: as a whole, or field by field while it is typed."""

from typing import Annotated

from fastapi import APIRouter

from services.submission.api.bodies import ProfileBody, ProfileChange
from services.submission.api.desk import Desk, Held, InnovationWritten
from services.submission.domain.commands import ReviseProfile
from shared.errors import Stale
from shared.events.base import Key
from shared.events.submission import Profile
from shared.http import Ask, Doors


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/profile", tags=["innovations"])

    async def revised(
        ask: Ask, held: Held, profile: Profile, sent: ProfileBody | ProfileChange
    ) -> InnovationWritten:
        drafted = held.drafted
        command = ReviseProfile(ask.by, ask.at, desk.edition_of(drafted.edition_id), profile)
        try:
            outcome = await ask.send(desk.innovations, drafted.innovation_id, command)
        except Stale as stale:
            current = await desk.held(ask, drafted.innovation_id, fresh=True)
            raise _with_both(stale, sent, current.content.profile) from None
        return await desk.written(ask, outcome, drafted)

    @router.put("", name="revise_profile")
    async def revise_profile(
        innovation_id: Key,
        body: ProfileBody,
        ask: Annotated[Ask, doors.writes("revise_profile", if_match=True)],
    ) -> InnovationWritten:
        held = await desk.held(ask, innovation_id)
        return await revised(ask, held, body.profile(), body)

    @router.patch("", name="change_profile")
    async def change_profile(
        innovation_id: Key,
        body: ProfileChange,
        ask: Annotated[Ask, doors.writes("change_profile", if_match=True)],
    ) -> InnovationWritten:
        held = await desk.held(ask, innovation_id)
        if held.version != ask.cause.expected_version:
            # The rest of the profile must be the one that the caller saw, not an older one.
            held = await desk.held(ask, innovation_id, fresh=True)
        return await revised(ask, held, body.merged_into(held.content.profile), body)

    return router


def _with_both(stale: Stale, sent: ProfileBody | ProfileChange, current: Profile) -> Stale:
    """What was sent and what holds now, for the fields that were sent: nothing typed is lost."""
    named = set(ProfileBody.model_fields)
    if isinstance(sent, ProfileChange):
        named = sent.model_fields_set
    return stale.with_texts(
        sent.model_dump(mode="json", include=named), current.model_dump(mode="json", include=named)
    )
