"""What a source of uang pembinaan must be to be registered. Pure."""

import re

from services.awards.domain.fund.commands import RegisterFund
from services.awards.domain.fund.states import Missing, State
from shared.errors import Refused
from shared.events.awards import FundEvent, FundRegistered

ACCOUNT = re.compile(r"[1-9]\.[0-9]\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}")
"""Account to sub-detail, the level of a DPA, such as 5.1.02.05.01.0001 (domain, section 6.3)."""
FIRST_YEAR, LAST_YEAR = 2000, 2200


def register(command: RegisterFund, state: State) -> list[FundEvent]:
    fact = FundRegistered(
        by=command.by,
        at=command.at,
        fund_id=command.fund_id,
        name=command.name,
        source_kind=command.source_kind,
        account_code=command.account_code,
        fiscal_year=command.fiscal_year,
        ceiling_rupiah=command.ceiling_rupiah,
        cut_off=command.cut_off,
    )
    if isinstance(state, Missing):
        _check(command)
        return [fact]
    before = state.registered
    if before == fact.model_copy(update={"by": before.by, "at": before.at}):
        return []
    raise Refused(
        "already_registered", "There is another fund of this code.", fund_id=command.fund_id
    )


def _check(command: RegisterFund) -> None:
    if command.source_kind == "apbd" and not ACCOUNT.fullmatch(command.account_code):
        raise Refused(
            "account_code_malformed",
            "The account code of a regional budget looks like 5.1.02.05.01.0001.",
            account_code=command.account_code,
        )
    if not FIRST_YEAR <= command.fiscal_year <= LAST_YEAR:
        raise Refused(
            "fiscal_year_out_of_range",
            "No budget is of that year.",
            fiscal_year=command.fiscal_year,
        )
    if command.cut_off is not None and command.cut_off.year != command.fiscal_year:
        raise Refused(
            "cut_off_of_another_year",
            "The cut-off lies within the fiscal year.",
            cut_off=command.cut_off.isoformat(),
            fiscal_year=command.fiscal_year,
        )
