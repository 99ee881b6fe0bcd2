"""What a profile may hold at any time, so that a typing error shows at once. Pure.

Source: domain section 4. What the edition's lists allow is in rules.py.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from services.submission.domain.rules import check_choices
from shared.editions import Edition
from shared.errors import Param, Refused
from shared.events.submission import Profile

FIRST_DAY = date(1990, 1, 1)
YEAR_AHEAD = timedelta(days=366)
BOUNDS = {"latitude": Decimal(90), "longitude": Decimal(180)}
MAX_DECIMALS = 12
MAX_COLLABORATORS = 30
MAX_COLLABORATOR_LENGTH = 250
MAX_RIGHTS = 20


def check_profile(profile: Profile, edition: Edition, at: datetime) -> None:
    """Refuses what can only be an error of typing, whatever else is still missing."""
    check_choices(profile, edition)
    _check_affairs(profile)
    _check_place(profile)
    if profile.change_project is not None and profile.initiator != "asn":
        raise _refused(
            "change_project_not_asn",
            "Only a civil servant's own innovation comes from a change project.",
            "change_project",
        )
    _check_days(profile, at)
    _check_collaborators(profile.collaborators)
    if len(profile.intellectual_property) > MAX_RIGHTS:
        raise _refused(
            "too_many_rights",
            f"At most {MAX_RIGHTS} rights can be named.",
            "intellectual_property",
            most=MAX_RIGHTS,
        )


def _check_affairs(profile: Profile) -> None:
    repeated = [
        name
        for name in ("related_affairs", "priority_goals")
        if len(set(getattr(profile, name))) < len(getattr(profile, name))
    ]
    if repeated:
        raise _refused("choice_repeated", "Choose each of the list only once.", repeated[0])
    if profile.main_affair in profile.related_affairs:
        raise _refused(
            "main_affair_related",
            "The main affair is not one of the related affairs as well.",
            "related_affairs",
        )


def _check_place(profile: Profile) -> None:
    if (profile.latitude is None) != (profile.longitude is None):
        missing = "latitude" if profile.latitude is None else "longitude"
        raise _refused(
            "coordinates_incomplete", "Give latitude and longitude together, or neither.", missing
        )
    for name, bound in BOUNDS.items():
        value: Decimal | None = getattr(profile, name)
        if value is not None and not _is_on_earth(value, bound):
            raise _refused(
                "coordinate_out_of_range",
                f"The {name} is between -{bound} and {bound}, with at most"
                f" {MAX_DECIMALS} decimals.",
                name,
            )


def _is_on_earth(value: Decimal, bound: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    is_plain = isinstance(exponent, int) and -MAX_DECIMALS <= exponent <= len(str(bound))
    return is_plain and -bound <= value <= bound


def _check_days(profile: Profile, at: datetime) -> None:
    last_day = at.date() + YEAR_AHEAD
    for name, day in _days(profile):
        if not FIRST_DAY <= day <= last_day:
            raise _refused(
                "date_out_of_range",
                f"The date lies between {FIRST_DAY} and {last_day}.",
                name,
                value=day.isoformat(),
            )


def _days(profile: Profile) -> Iterator[tuple[str, date]]:
    for name in ("trial_on", "implemented_on", "developed_on"):
        day: date | None = getattr(profile, name)
        if day is not None:
            yield name, day
    for right in profile.intellectual_property:
        if right.registered_on is not None:
            yield "intellectual_property", right.registered_on


def _check_collaborators(collaborators: tuple[str, ...]) -> None:
    if len(collaborators) > MAX_COLLABORATORS:
        raise _refused(
            "too_many_collaborators",
            f"At most {MAX_COLLABORATORS} collaborators can be named.",
            "collaborators",
            most=MAX_COLLABORATORS,
        )
    if not all(0 < len(each.strip()) <= MAX_COLLABORATOR_LENGTH for each in collaborators):
        raise _refused(
            "collaborator_length",
            f"A collaborator's name has 1 to {MAX_COLLABORATOR_LENGTH} characters.",
            "collaborators",
            most=MAX_COLLABORATOR_LENGTH,
        )


def _refused(code: str, sentence: str, field: str, **params: Param) -> Refused:
    return Refused(code, sentence, field=field, **params)
