"""An allocation: what was done with it, and why it is owed to the rupiah. Pure."""

from collections.abc import Iterator, Mapping
from typing import Final

from services.audit.domain.explaining.dues import Owing, Traced, behind, owing, traces
from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.moves import move_steps, stands, state_of
from services.audit.domain.explaining.places import entry_step
from services.audit.domain.explaining.prizes import cap_steps, due_step, share_steps
from services.audit.domain.explaining.rounds import Contest, contest_of
from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.taxes import tax_steps
from services.audit.domain.explaining.words import category_named, rupiah
from services.audit.domain.world import OtherEdition
from services.awards.domain.fund.states import (
    Allocation,
    Fund,
    Paid,
    living,
)
from shared.errors import DomainError
from shared.events.awards import (
    FUND,
    FundRegistered,
    MoneyAllocated,
)
from shared.events.base import Recorded

NOT_OWED: Final = (OtherEdition, DomainError, LookupError, ArithmeticError, ValueError)
"""A forged history may rest on what is not there, or on sums that nobody can share."""


def allocation_step(fund_id: str, allocation_id: str, history: History) -> Step:
    """From a rupiah down to files and people."""
    about = f"allocation/{fund_id}/{allocation_id}"
    return history.once(about, lambda: _allocation(fund_id, allocation_id, about, history))


def _allocation(fund_id: str, allocation_id: str, about: str, history: History) -> Step:
    subject = FUND.subject(fund_id)
    fund = history.state(subject)
    known = fund.allocations.get(allocation_id) if isinstance(fund, Fund) else None
    events = [
        event
        for event in history.trail.on(subject)
        if getattr(event.fact, "allocation_id", None) == allocation_id
    ]
    allocated = [each for each in events if isinstance(each.fact, MoneyAllocated)]
    if known is None or not allocated:
        return Step("allocation", f"Alokasi {allocation_id} tidak pernah dinyatakan.")
    money = known.money
    return Step(
        kind="allocation",
        title=_title(money, stands(known), history),
        about=about,
        facts=said(allocated),
        values=_values(known),
        because=(
            *_owed(allocated[-1], history),
            *move_steps(events),
            _source(fund_id, history),
        ),
    )


def _title(money: MoneyAllocated, stands: str, history: History) -> str:
    net = money.amount_rupiah - money.tax_rupiah
    where = history.competition(money.competition_id)
    contest = None if where is None else contest_of(where, money.category)
    category = money.category if contest is None else category_named(contest.category)
    whom = "" if money.recipient is None else f" kepada {money.recipient.recipient_id}"
    thing = f" dan {money.in_kind}" if money.in_kind else ""
    return (
        f"Alokasi {rupiah(money.amount_rupiah)}{thing} (pajak {rupiah(money.tax_rupiah)}, bersih"
        f" {rupiah(net)}){whom} untuk peringkat {money.rank} kategori {category}, {stands}"
    )


def _values(known: Allocation) -> Mapping[str, Value]:
    money = known.money
    net = money.amount_rupiah if money.net_rupiah is None else money.net_rupiah
    uncapped = money.uncapped_rupiah
    return {
        "allocation_id": money.allocation_id,
        "fund_id": money.fund_id,
        "competition_id": money.competition_id,
        "results_version": money.results_version,
        "category": money.category,
        "rank": money.rank,
        "label": money.label,
        "innovation_id": money.innovation_id,
        "recipient_id": "" if money.recipient is None else money.recipient.recipient_id,
        "amount_rupiah": money.amount_rupiah,
        "tax_rupiah": money.tax_rupiah,
        "net_rupiah": net,
        "uncapped_rupiah": money.amount_rupiah if uncapped is None else uncapped,
        "in_kind": money.in_kind,
        "state": state_of(known),
    }


def _owed(event: Recorded[MoneyAllocated], history: History) -> tuple[Step, ...]:
    """Which share of the results it is; told where the rules give no such share."""
    money = event.fact
    place = entry_step(money.competition_id, money.innovation_id, history)
    try:
        owed = owing(event, history)
        shares = () if owed is None else traces(event, owed, history)
    except NOT_OWED as error:
        return _unexplained(str(error)), place
    if owed is None:
        return _unexplained("hasil kompetisi belum ditetapkan"), place
    found = next((each for each in shares if behind(money, each)), None)
    if found is None or money.results_version != owed.results.version:
        return _unexplained("aturan dan hasil tidak menghasilkan jumlah ini"), place
    return (*_share(found, owed, history, event.sequence), place)


def _unexplained(why: str) -> Step:
    return Step("unexplained", f"Alokasi ini tidak dapat dijelaskan: {why}")


def _share(found: Traced, owed: Owing, history: History, until: int) -> Iterator[Step]:
    where = history.competition(owed.results.competition_id)
    assert where is not None
    contest = Contest(where, found.category)
    yield due_step(found, contest, owed)
    yield from share_steps(found, contest, history, until)
    yield from cap_steps(found, contest)
    yield from tax_steps(found, history)


def _source(fund_id: str, history: History) -> Step:
    return history.once(f"source/{fund_id}", lambda: _fund(fund_id, history))


def fund_step(fund_id: str, history: History) -> Step:
    """A source of money with every allocation that was ever made of it."""
    source = _source(fund_id, history)
    fund = history.state(FUND.subject(fund_id))
    keys = fund.allocations if isinstance(fund, Fund) else ()
    return Step(
        kind="fund",
        title=source.title,
        about=f"fund/{fund_id}",
        facts=source.facts,
        values=source.values,
        because=tuple(allocation_step(fund_id, key, history) for key in keys),
    )


def _fund(fund_id: str, history: History) -> Step:
    subject = FUND.subject(fund_id)
    fund = history.state(subject)
    if not isinstance(fund, Fund):
        return Step("source", f"Sumber dana {fund_id} tidak pernah didaftarkan.")
    told = fund.registered
    paid = sum(
        each.money.amount_rupiah for each in fund.allocations.values() if isinstance(each, Paid)
    )
    allocated = sum(each.money.amount_rupiah for each in living(fund))
    return Step(
        kind="source",
        title=(
            f"Sumber dana {told.name} ({fund_id}, tahun {told.fiscal_year}): pagu"
            f" {rupiah(told.ceiling_rupiah)}, dialokasikan {rupiah(allocated)}, dibayar"
            f" {rupiah(paid)}"
        ),
        facts=history.said(subject, FundRegistered),
        values={
            "fund_id": fund_id,
            "account_code": told.account_code,
            "fiscal_year": told.fiscal_year,
            "ceiling_rupiah": told.ceiling_rupiah,
            "allocated_rupiah": allocated,
            "paid_rupiah": paid,
        },
    )
