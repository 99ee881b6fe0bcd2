"""The parts of a competition's view that are about its entries and rounds. Pure."""

from typing import Literal

from services.awards.projections.parts.acts import Act, Part
from shared.events.awards import Entry, Recipient, RoundScore
from shared.events.scoring import EntryMean


class Disqualification(Act):
    ground: str
    reason: str


class NamedRecipients(Act):
    """Who receives what the entry wins, named by hand; replaces what came before it."""

    recipients: tuple[Recipient, ...]


class EntryView(Part):
    """`reason` is empty where the category's rule enrolled it; `recipients` is None where nobody
    was named, and the category's rule says who receives.
    """

    entry: Entry
    enrolled: Act
    reason: str
    corrected_by: tuple[str, ...]
    disqualified: Disqualification | None
    recipients: NamedRecipients | None


class RoundView(Part):
    """`scores` are there once it is closed, `panel_id` where judges score it."""

    category: str
    round: str
    scored_by: Literal["maturity", "panel"]
    panel_id: str | None
    judges: tuple[str, ...]
    entries: tuple[str, ...]
    opened: Act
    closed: Act | None
    means: tuple[EntryMean, ...]
    first_criterion: tuple[EntryMean, ...]
    scores: tuple[RoundScore, ...]
