"""What a slip of withheld tax (bukti potong) tells of one allocation. Pure."""

from typing import Any, Final

from services.awards.api.papers.contest import Contest, Names, Payment
from services.awards.api.papers.labels import FUNDS, MONEY, TAXED_AS, TITLES
from services.awards.api.papers.payments import recipient_of
from shared.editions.taxes import available_tables, load_table
from shared.errors import NotFound, Refused
from shared.events.awards import MoneyAllocated, TaxTableConfirmed
from shared.papers import rupiah, rupiah_in_words
from shared.wita import long_date, long_moment

NOT_OFFICIAL: Final = (
    "Dokumen ini catatan penyelenggara, bukan formulir e-Bupot Direktorat Jenderal Pajak. Bukti"
    " potong resmi dibuat oleh bendahara melalui e-Bupot."
)
WAITING: Final = "Menunggu konfirmasi bendahara"


def told(contest: Contest, names: Names, allocation: str) -> dict[str, Any]:
    """Raises `NotFound` for an unknown allocation, `Refused` where no tax is withheld."""
    payment = _payment(contest, allocation)
    money, fund = payment.money, contest.fund(payment)
    confirmed = contest.past.last(
        TaxTableConfirmed, table_id=money.tax_table, table_digest=money.tax_digest
    )
    at = None if confirmed is None else long_moment(confirmed.fact.at)
    return {
        "title": TITLES["tax_slip"],
        "notice": NOT_OFFICIAL,
        "waiting": WAITING if at is None else "",
        "recipient": recipient_of(contest, names, payment),
        "facts": [
            ["Penerima", recipient_of(contest, names, payment)],
            ["Diperlakukan sebagai", _taxed_as(payment)],
            ["Lomba", f"{contest.fact.name} ({contest.competition_id})"],
            ["Inovasi", contest.title(money.innovation_id)],
            ["Atas", f"{money.label}, {contest.category(money.category).name}"],
            ["Sumber dana", f"{fund.name} ({FUNDS[fund.source_kind]} {fund.fiscal_year})"],
            ["Kode rekening", fund.account_code or "-"],
            ["Nomor alokasi", money.allocation_id],
            ["Keadaan", _standing(payment)],
            ["Tabel pajak", f"{money.tax_table}, sidik {money.tax_digest}"],
            ["Dikonfirmasi bendahara", at or "belum"],
        ],
        "rule": _rule(money),
        "amounts": [
            ["Jumlah bruto", rupiah(money.amount_rupiah)],
            ["Pajak dipotong", rupiah(money.tax_rupiah)],
            ["Jumlah diterima", rupiah(payment.net_rupiah)],
        ],
        "rupiah": [money.amount_rupiah, money.tax_rupiah, payment.net_rupiah],
        "words": rupiah_in_words(money.tax_rupiah),
        "net_words": rupiah_in_words(payment.net_rupiah),
        "source": {"event": payment.allocated.id, "sequence": payment.allocated.sequence},
    }


def _payment(contest: Contest, allocation: str) -> Payment:
    found = [each for each in contest.payments if each.money.allocation_id == allocation]
    if not found:
        raise NotFound("allocation_unknown", "The competition has no such allocation.")
    payment = found[-1]
    if payment not in contest.living:
        raise Refused("allocation_reversed", "The allocation does not stand any more.")
    if payment.money.tax_rupiah == 0:
        raise Refused("no_tax", "Nothing is withheld of this allocation.")
    return payment


def _taxed_as(payment: Payment) -> str:
    recipient = payment.money.recipient
    return "-" if recipient is None else TAXED_AS[recipient.taxed_as]


def _rule(money: MoneyAllocated) -> str:
    """As the table words it for papers; what the fact says where this build has another table."""
    recipient = money.recipient
    if recipient is None or money.tax_table not in available_tables():
        return money.tax_rule
    table = load_table(money.tax_table)
    if table.digest != money.tax_digest:
        return money.tax_rule
    return table.treatment(recipient.taxed_as).rule_id


def _standing(payment: Payment) -> str:
    paid = payment.paid
    if paid is None:
        return MONEY[payment.state]
    return f"dibayar {long_date(paid.fact.paid_on)}, SP2D {paid.fact.reference}"
