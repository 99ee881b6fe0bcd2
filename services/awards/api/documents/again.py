"""What a document may have told when it was issued, for one whose file is made again. Pure."""

from collections.abc import Iterable
from typing import Final

from services.awards.api.papers import Asked, Content, Past, content_of
from shared.errors import NotFound, Refused
from shared.events.awards import COMPETITION

MOST_CUTS: Final = 200


def contents_before(past: Past, asked: Asked, issued_at: int) -> Iterable[Content]:
    """What the paper told at each moment at which it may have been made, the likeliest first.

    It was made from the version of the competition right before the fact that issued it; funds
    may have moved between the two.
    """
    subject = COMPETITION.subject(asked.competition_id)
    before = [event for event in past.events if event.sequence < issued_at]
    floor = max(event.sequence for event in before if event.subject == subject)
    moved = (event.sequence - 1 for event in reversed(before) if event.sequence > floor)
    for cut in [issued_at - 1, *moved][:MOST_CUTS]:
        try:
            yield content_of(past.until(cut), {}, asked)
        except (NotFound, Refused):
            continue
