"""What is withheld from a prize on a day, from its gross or from the net that is to be left."""

from typing import Literal

from deploy.cli.calc.running import Answer, Day, Impossible, Request, Rupiah, Source, run
from services.awards.domain.tax import Tax, grossed_up, tax_on
from shared.editions.taxes import TaxTable, table_on


class TaxRequest(Request):
    recipient: Literal["person", "body", "agency", "payroll"]
    on: Day
    gross_rupiah: Rupiah | None = None
    net_rupiah: Rupiah | None = None


def tax(file: Source = None) -> None:
    """The tax on a prize, by the table of the day. Whole rupiah, rounded down.

    {"recipient": "person", "gross_rupiah": 5000000, "on": "2026-11-20"} ->
    {"tax_rupiah", "net_rupiah", "rule"}

    "recipient" is person, body, agency or payroll. "net_rupiah" instead of "gross_rupiah" asks for
    the smallest gross that leaves that net (gross-up); the answer then has "gross_rupiah" too.
    """
    run(file, _tax)


def _tax(given: object) -> Answer:
    request = TaxRequest.model_validate(given)
    found = _found(request, table_on(request.on))
    answer: Answer = {
        "tax_rupiah": found.tax_rupiah,
        "net_rupiah": found.net_rupiah,
        "rule": found.rule,
    }
    return answer if request.net_rupiah is None else {"gross_rupiah": found.gross_rupiah, **answer}


def _found(request: TaxRequest, table: TaxTable) -> Tax:
    gross, net = request.gross_rupiah, request.net_rupiah
    if gross is not None and net is None:
        return tax_on(table, request.recipient, gross)
    if net is not None and gross is None:
        return grossed_up(table, request.recipient, net)
    raise Impossible('Give either "gross_rupiah" or "net_rupiah".')
