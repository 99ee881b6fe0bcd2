"""What the routes of an innovation are sent."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from services.submission.api.texts import (
    Choice,
    Choices,
    Day,
    Latitude,
    LetterBody,
    Line,
    Lines,
    Longitude,
    Name,
    Narrative,
    Prose,
    Remark,
    Title,
    WholeRupiah,
)
from shared.errors import Invalid
from shared.events.base import Code, Digest, Level
from shared.events.submission import ChangeProject, Profile, RightKind, Stage
from shared.http import Body

MAX_PROFILE_BYTES = 100_000
"""A fact holds 256 KiB, and a submission the claims and the manifest beside the profile."""


class RightBody(Body):
    """A registered or applied-for right (HAKI)."""

    kind: RightKind
    number: Annotated[Line, Field(max_length=120)]
    registered_on: Day | None = None


Rights = Annotated[tuple[RightBody, ...], Field(max_length=40)]
Collaborators = Annotated[tuple[Name, ...], Field(max_length=100)]


class ProfileBody(Body):
    """The whole profile as it is sent: lengths are bounded and unknown fields refused."""

    title: Title
    stage: Stage | None = None
    initiator: Choice | None = None
    kind: Choice | None = None
    form: Choice | None = None
    theme: Choice | None = None
    main_affair: Choice | None = None
    related_affairs: Choices = ()
    trial_on: Day | None = None
    implemented_on: Day | None = None
    developed_on: Day | None = None
    development_note: Prose = ""
    design_narrative: Narrative = ""
    purpose: Prose = ""
    benefit: Prose = ""
    result: Prose = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    budget_rupiah: WholeRupiah | None = None
    source: Remark = ""
    sample_fields: Choices = ()
    classification: Choice | None = None
    change_project: ChangeProject | None = None
    priority_goals: Choices = ()
    priority_program: Remark = ""
    collaborators: Collaborators = ()
    intellectual_property: Rights = ()

    def profile(self) -> Profile:
        """Raises `Invalid` for one that a fact cannot hold."""
        return bounded(Profile.model_validate(self.model_dump()))


class ProfileChange(Body):
    """The fields to change; `null` clears one, what is not named stays as it is."""

    title: Title | None = None
    stage: Stage | None = None
    initiator: Choice | None = None
    kind: Choice | None = None
    form: Choice | None = None
    theme: Choice | None = None
    main_affair: Choice | None = None
    related_affairs: Choices | None = None
    trial_on: Day | None = None
    implemented_on: Day | None = None
    developed_on: Day | None = None
    development_note: Prose | None = None
    design_narrative: Narrative | None = None
    purpose: Prose | None = None
    benefit: Prose | None = None
    result: Prose | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    budget_rupiah: WholeRupiah | None = None
    source: Remark | None = None
    sample_fields: Choices | None = None
    classification: Choice | None = None
    change_project: ChangeProject | None = None
    priority_goals: Choices | None = None
    priority_program: Remark | None = None
    collaborators: Collaborators | None = None
    intellectual_property: Rights | None = None

    @field_validator("title")
    @classmethod
    def title_stays(cls, title: str | None) -> str | None:
        if title is None:
            raise ValueError("The title can be changed, not cleared")
        return title

    def merged_into(self, profile: Profile) -> Profile:
        """Raises `Invalid` for what a fact cannot hold."""
        sent = self.model_dump(include=self.model_fields_set)
        cleared = {
            name: Profile.model_fields[name].get_default()
            for name, value in sent.items()
            if value is None
        }
        return bounded(Profile.model_validate({**profile.model_dump(), **sent, **cleared}))


def bounded(profile: Profile) -> Profile:
    """The profile. Raises `Invalid` when it is longer than the history takes."""
    size = len(profile.model_dump_json().encode())
    if size > MAX_PROFILE_BYTES:
        raise Invalid(
            "profile_too_long",
            f"The profile has {size} bytes; {MAX_PROFILE_BYTES} are allowed in all.",
            bytes=size,
            max_bytes=MAX_PROFILE_BYTES,
        )
    return profile


class DraftRequest(Body):
    season_id: Code
    agency_id: Code
    profile: ProfileBody


class DevelopRequest(Body):
    """`agency_id` says which successor goes on, where the original's agency has ended."""

    season_id: Code
    agency_id: Code | None = None


class ClaimRequest(Body):
    level: Annotated[Level, Field(strict=True)]
    basis: Annotated[Line, Field(max_length=8)] | None = None
    subtype: Annotated[Line, Field(max_length=40)] | None = None


class EndorseRequest(Body):
    """`content_digest` is the one that the endorser was shown, so that it is what they sign."""

    content_digest: Digest
    capacity: Literal["head", "acting"]
    appointment: LetterBody | None = None


class ReasonRequest(Body):
    reason: Annotated[Lines, Field(min_length=1, max_length=2000)]
