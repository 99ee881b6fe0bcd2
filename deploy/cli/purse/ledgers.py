"""`inda fund ledger`: every entry of a fund with the sums after it."""

from deploy.cli.output import Column, money
from deploy.cli.purse.funds import FundId, fund
from deploy.cli.session import Session, listing
from deploy.cli.written import show_page

ENTRY: tuple[Column, ...] = (
    ("No.", "version"),
    ("At", "at"),
    ("By", "by"),
    ("Entry", "entry"),
    ("For", "label"),
    ("Reference", "reference"),
    ("Allocated by it", money("allocated_change_rupiah")),
    ("Paid by it", money("paid_change_rupiah")),
    ("Allocated", money("allocated_rupiah")),
    ("Paid", money("paid_rupiah")),
    ("Available", money("available_rupiah")),
    ("Reason", "reason"),
)


@fund.command("ledger")
@listing
def show_ledger(session: Session, fund_id: FundId) -> None:
    """Show the books of a fund, oldest first: nothing is ever edited, only reversed."""
    path = f"/funds/{fund_id}/ledger"
    found = session.api("awards").pages(path, every=session.every_page)
    show_page(session, found, *ENTRY)
