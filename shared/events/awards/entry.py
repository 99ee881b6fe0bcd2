"""An entry of a competition, and who receives what it wins."""

from typing import Literal

from shared.events.base import Code, Key, Path, PersonId, Score, Value
from shared.events.submission import AgencyKind

TaxedAs = Literal["person", "payroll", "body", "agency"]


class Entry(Value):
    """An innovation in a category, with what the rules need to know of it.

    `lineage` are the earlier editions of the same innovation, oldest first.
    """

    innovation_id: Key
    category: Code
    title: str
    agency_id: Code
    agency_path: Path
    drafters: tuple[PersonId, ...]
    deciders: tuple[PersonId, ...]
    scorecard_number: int
    verified_maturity: Score
    evidence_acceptance: Score
    region_id: Code | None = None
    agency_kind: AgencyKind | None = None
    lineage: tuple[Key, ...] = ()


class Recipient(Value):
    """Who receives a part of what an entry wins, by a stable id and never by name.

    `recipient_id` of an agency, village or region is its code; of a person or body an id of the
    payees that awards keeps outside the history. `payroll` is an employee paid by the organiser
    itself, whose prize is merged with the month's salary. `parts` of the sum of all parts.
    """

    recipient_id: Key
    kind: Literal["person", "agency", "village", "body", "region"]
    taxed_as: TaxedAs
    parts: int = 1
