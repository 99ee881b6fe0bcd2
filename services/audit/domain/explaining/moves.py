"""What people did with allocated money, one after another, and where that leaves it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.words import rupiah
from services.awards.domain.fund.states import (
    Allocated,
    Allocation,
    Approved,
    Held,
    Paid,
    Returned,
    Reversed,
)
from shared.events.awards import (
    AllocationApproved,
    AllocationHeld,
    AllocationPaid,
    AllocationReleased,
    AllocationReturned,
    AllocationReversed,
)
from shared.events.base import Recorded
from shared.wita import long_date, long_moment

STATES: Final[Mapping[type[Allocation], tuple[str, str]]] = {
    Allocated: ("allocated", "dicadangkan"),
    Approved: ("approved", "disetujui"),
    Held: ("held", "ditahan"),
    Paid: ("paid", "dibayar"),
    Returned: ("returned", "dibayar lalu dikembalikan"),
    Reversed: ("reversed", "dibatalkan"),
}


def state_of(known: Allocation) -> str:
    return STATES[type(known)][0]


def stands(known: Allocation) -> str:
    """The same for people."""
    return STATES[type(known)][1]


def move_steps(events: Sequence[Recorded[Any]]) -> Iterator[Step]:
    """What people did with the money, in order."""
    for event in events:
        told = _move(event)
        if told is not None:
            kind, title = told
            when = long_moment(event.fact.at)
            yield Step(
                kind,
                f"{title} oleh {event.fact.by}, {when}",
                facts=said((event,)),
                values=_move_values(event.fact),
            )


def _move(event: Recorded[Any]) -> tuple[str, str] | None:
    match event.fact:
        case AllocationApproved():
            return "approval", "Disetujui"
        case AllocationHeld(reason=reason):
            return "hold", f"Ditahan ({reason})"
        case AllocationReleased(reason=reason):
            return "release", f"Dilepas ({reason})"
        case AllocationPaid(reference=reference, paid_on=day):
            return "payment", f"Dibayar dengan {reference} tanggal {long_date(day)}"
        case AllocationReturned(amount_rupiah=amount, reference=reference):
            return "return", f"Dikembalikan {rupiah(amount)} dengan {reference}"
        case AllocationReversed(amount_rupiah=amount, reason=reason):
            return "reversal", f"Dibatalkan {rupiah(amount)} ({reason})"
        case _:
            return None


def _move_values(fact: Any) -> Mapping[str, Value]:
    match fact:
        case AllocationPaid(reference=reference, paid_on=day):
            return {"reference": reference, "paid_on": day.isoformat()}
        case AllocationReturned(amount_rupiah=amount, reference=reference):
            return {"reference": reference, "amount_rupiah": amount}
        case AllocationReversed(amount_rupiah=amount):
            return {"amount_rupiah": amount}
        case _:
            return {}
