"""What every change of an innovation is held against: time, edition, what is reopened. Pure."""

from datetime import datetime

from services.submission.domain.states import Content, Draft, Open
from shared.editions import Edition
from shared.errors import Refused


def check_in_time(at: datetime, deadline: datetime) -> None:
    if at > deadline:
        raise Refused("deadline_passed", "The deadline has passed.", deadline=deadline.isoformat())


def check_edition(content: Content, edition: Edition) -> None:
    if edition.digest != content.drafted.edition_digest:
        raise Refused(
            "edition_differs",
            "This innovation was drafted under another edition of the instrument.",
            edition=content.drafted.edition_id,
        )


def check_reopened(state: Open, indicators: tuple[str, ...], at: datetime) -> None:
    if isinstance(state, Draft):
        return
    check_in_time(at, state.due)
    closed = tuple(code for code in indicators if code not in state.indicators)
    if closed:
        raise Refused(
            "indicator_not_reopened",
            "In a revision only the reopened indicators can change.",
            indicators=closed,
        )
