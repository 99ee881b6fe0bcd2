"""Who receives what a sample entry wins: people by ids that tell nothing, with made-up names. Pure.

The ids stand in the history; names and numbers do not. All of them are invented, and say so.
"""

from hashlib import sha256

from deploy.sample.chance import draw
from deploy.sample.plan import InnovationPlan, PayeePlan, RecipientPlan
from shared.events.awards import CategoryRule, TaxedAs

MOST_IN_A_TEAM = 3
LEADER_PARTS = 2


def recipients_of(category: CategoryRule, entry: InnovationPlan) -> tuple[RecipientPlan, ...]:
    """Those that somebody must name; none where the agency itself receives."""
    match category.recipient:
        case "team":
            return _team(entry)
        case "person":
            return (_member(entry, 1, "payroll", parts=1),)
        case _:
            return ()


def _team(entry: InnovationPlan) -> tuple[RecipientPlan, ...]:
    """One to three people; whoever leads has twice the part of another."""
    size = 1 + draw(MOST_IN_A_TEAM, "tim", entry.code)
    return tuple(
        _member(entry, number, "person", parts=LEADER_PARTS if number == 1 else 1)
        for number in range(1, size + 1)
    )


def _member(entry: InnovationPlan, number: int, taxed_as: TaxedAs, *, parts: int) -> RecipientPlan:
    digest = sha256(f"penerima/{entry.code}/{number}".encode()).hexdigest()
    name = f"[CONTOH] Penerima {number} {entry.name}"[:120]
    payee = PayeePlan(
        payee_id=f"p-{digest[:20]}",
        name=name,
        # sixteen digits that no civil registry gives out
        tax_id=f"0000{draw(10**12, 'nik', digest):012d}",
        bank="Bank Contoh",
        account_number=f"00{draw(10**8, 'rekening', digest):08d}",
        account_holder=name,
    )
    return RecipientPlan(payee, taxed_as, parts)
