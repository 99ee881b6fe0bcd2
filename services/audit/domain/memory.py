"""What is kept from one fact for the judgement of a later one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.awards.domain.fund.commands import Line
from shared.events.scoring import Reading


@dataclass(frozen=True, slots=True)
class Asked:
    """A third reading, and the commitments of the first readers when it was asked, by judge."""

    reading: Reading
    first: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Owed:
    """What results owe by fund, each line as often as it is due, taxed by the table of a digest."""

    results: object
    tax_digest: str | None
    by_fund: Mapping[str, Mapping[Line, int]]
