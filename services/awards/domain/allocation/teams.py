"""What one entry is due, shared among its recipients. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.awards.domain.allocation.results import Due
from services.awards.domain.allocation.shares import largest_remainder
from shared.events.awards import Recipient


@dataclass(frozen=True, slots=True)
class Share:
    """One recipient's share of what an entry is due. The amount is gross or net as the due's is."""

    due: Due
    recipient: Recipient
    amount_rupiah: int
    in_kind: str


def shared(due: Due, recipients: Sequence[Recipient]) -> tuple[Share, ...]:
    """Money by the recipients' parts; a thing cannot be parted, and goes to the first of them."""
    if len(recipients) == 1:
        return (Share(due, recipients[0], due.amount_rupiah, due.in_kind),)
    amounts = largest_remainder(due.amount_rupiah, [each.parts for each in recipients])
    things = [due.in_kind, *([""] * (len(recipients) - 1))]
    return tuple(map(Share, [due] * len(recipients), recipients, amounts, things))
