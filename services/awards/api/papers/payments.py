"""What the list of payments (daftar pembayaran) tells: every rupiah of a competition. Pure."""

from collections.abc import Sequence
from typing import Any

from services.awards.api.papers.contest import Contest, Names, Payment
from services.awards.api.papers.labels import FUNDS, MONEY, TITLES
from shared.errors import Refused
from shared.events.awards import FundRegistered
from shared.papers import grouped, rupiah, rupiah_in_words
from shared.wita import long_date


def told(contest: Contest, names: Names) -> dict[str, Any]:
    """Raises `Refused` before the decree, and where nothing is allocated."""
    decree = contest.decree
    living = contest.living
    if not living:
        raise Refused("not_allocated", "Nothing is allocated to anybody.")
    return {
        "title": TITLES["payment_list"],
        "facts": [
            ["Lomba", f"{contest.fact.name} ({contest.competition_id})"],
            [
                "Dasar",
                f"Keputusan Nomor {decree.fact.decree_number}"
                f" tanggal {long_date(decree.fact.decree_date)}",
            ],
            ["Versi hasil", str(decree.fact.version)],
        ],
        "funds": [_fund(contest, names, *each) for each in contest.by_fund(living)],
        "sums": _sums(living),
        "source": {"event": decree.id, "sequence": decree.sequence},
    }


def _fund(
    contest: Contest, names: Names, fund: FundRegistered, payments: Sequence[Payment]
) -> dict[str, Any]:
    return {
        "name": fund.name,
        "kind": FUNDS[fund.source_kind],
        "account": fund.account_code,
        "year": fund.fiscal_year,
        "rows": [_row(contest, names, number, each) for number, each in enumerate(payments, 1)],
        "sums": _sums(payments),
    }


def _row(contest: Contest, names: Names, number: int, payment: Payment) -> dict[str, Any]:
    money, paid = payment.money, payment.paid
    amounts = (money.amount_rupiah, money.tax_rupiah, payment.net_rupiah)
    return {
        "number": number,
        "recipient": recipient_of(contest, names, payment),
        "innovation": contest.title(money.innovation_id),
        "category": contest.category(money.category).name,
        "label": money.label,
        "in_kind": money.in_kind,
        "rupiah": list(amounts),
        "amounts": [grouped(each) for each in amounts],
        "state": MONEY[payment.state],
        "reference": "" if paid is None else paid.fact.reference,
        "paid_on": "" if paid is None else long_date(paid.fact.paid_on),
        "allocation": money.allocation_id,
    }


def recipient_of(contest: Contest, names: Names, payment: Payment) -> str:
    """The name that somebody gave, or that the agency has, else the id."""
    key = payment.recipient_id
    known = contest.agency(key) if payment.is_to_agency else key
    return names.get(key, known)


def _sums(payments: Sequence[Payment]) -> dict[str, Any]:
    gross = sum(each.money.amount_rupiah for each in payments)
    tax = sum(each.money.tax_rupiah for each in payments)
    net = sum(each.net_rupiah for each in payments)
    return {
        "rupiah": [gross, tax, net],
        "amounts": [grouped(each) for each in (gross, tax, net)],
        "gross": rupiah(gross),
        "words": rupiah_in_words(gross),
        "net": rupiah(net),
        "net_words": rupiah_in_words(net),
    }
