"""What a certificate (piagam) tells: for which innovation, as what, and to whom. Pure."""

from typing import Any

from services.awards.api.papers.annex import label_of
from services.awards.api.papers.contest import Contest, Names, is_agency
from services.awards.api.papers.labels import TITLES
from shared.errors import NotFound
from shared.events.awards import RankedEntry
from shared.papers import day_in_words
from shared.wita import long_date


def told(contest: Contest, names: Names, innovation: str) -> dict[str, Any]:
    """Raises `Refused` before the decree, `NotFound` for what has no place in the results."""
    decree = contest.decree
    place = _place(contest, innovation)
    entry = contest.entries[innovation]
    agency = contest.agency(entry.agency_id)
    category = contest.category(place.category)
    return {
        "title": TITLES["certificate"],
        "to": given_to(contest, names, innovation) or [agency],
        "label": label_of(category, place),
        "rank": place.rank,
        "innovation": entry.title,
        "innovation_id": innovation,
        "agency": agency,
        "category": category.name,
        "competition": contest.fact.name,
        "season": contest.fact.season_id,
        "decree": {
            "number": decree.fact.decree_number,
            "date": long_date(decree.fact.decree_date),
            "day": day_in_words(decree.fact.decree_date),
        },
        "source": {"event": decree.id, "sequence": decree.sequence},
    }


def given_to(contest: Contest, names: Names, innovation: str) -> list[str]:
    """The names of those that were named as recipients: people as far as anybody gave theirs."""
    found = (
        names.get(each.recipient_id)
        or (contest.agency(each.recipient_id) if is_agency(each) else "")
        for each in contest.recipients(innovation)
    )
    return [each for each in found if each]


def _place(contest: Contest, innovation: str) -> RankedEntry:
    for place in contest.results.fact.ranking:
        if place.innovation_id == innovation:
            return place
    raise NotFound("entry_unranked", "The innovation has no place in the results.")
