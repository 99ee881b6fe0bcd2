"""Setting money aside: all lines or none, never over the ceiling. Pure."""

from collections.abc import Collection, Iterable

from services.awards.domain.fund.commands import Allocate, Line
from services.awards.domain.fund.states import Fund, Paid, Returned, Reversed, living
from shared.errors import Refused
from shared.events.awards import FundEvent, MoneyAllocated
from shared.wita import today_in_wita


def allocate(command: Allocate, state: Fund) -> list[FundEvent]:
    new = _new_lines(command.lines, state)
    if not new:
        return []
    _check_year(command, state)
    for line in new:
        _check_line(line, command.adopted_tables)
    _check_places(new, command.lines, state)
    _check_ceiling(new, state)
    facts: list[FundEvent] = []
    total = state.allocated_rupiah
    for line in new:
        total += line.amount_rupiah
        facts.append(_allocated(command, line, state, total))
    return facts


def _new_lines(lines: Iterable[Line], state: Fund) -> list[Line]:
    """The lines that the fund does not know yet, each once.

    What was paid, returned or reversed is over: it stays as it is, whatever the line says now.
    """
    new: dict[str, Line] = {}
    for line in lines:
        known = state.allocations.get(line.allocation_id)
        if isinstance(known, Paid | Returned | Reversed):
            continue
        before = line_of(known.money) if known is not None else new.get(line.allocation_id)
        if before is None:
            new[line.allocation_id] = line
        elif before != line:
            raise Refused(
                "allocation_differs",
                "An allocation of this id is there with another content; reverse it first.",
                allocation_id=line.allocation_id,
            )
    return list(new.values())


def _check_year(command: Allocate, state: Fund) -> None:
    fiscal_year, year = state.registered.fiscal_year, today_in_wita(command.at).year
    if year != fiscal_year:
        raise Refused(
            "fiscal_year_over",
            "Money is set aside only within the fiscal year of its fund.",
            fund_id=state.registered.fund_id,
            fiscal_year=fiscal_year,
            year=year,
        )


def _check_line(line: Line, adopted_tables: Collection[str]) -> None:
    gross, tax = line.amount_rupiah, line.tax_rupiah
    net = gross - tax if line.net_rupiah is None else line.net_rupiah
    if not 0 <= tax <= gross or net != gross - tax:
        raise Refused(
            "line_unbalanced",
            "Gross less tax must be net.",
            allocation_id=line.allocation_id,
            amount_rupiah=gross,
            tax_rupiah=tax,
            net_rupiah=net,
        )
    if line.tax_digest is not None and line.tax_digest not in adopted_tables:
        raise Refused(
            "tax_table_not_adopted",
            "The committee adopts the table of taxes before anything is taxed by it.",
            table_id=line.tax_table,
        )
    is_taxed = line.recipient is not None and line.recipient.taxed_as != "agency"
    if gross and is_taxed and line.tax_digest is None:
        raise Refused(
            "tax_table_missing",
            "What a person or body receives names its table of taxes.",
            allocation_id=line.allocation_id,
        )


def _check_places(new: Iterable[Line], lines: Iterable[Line], state: Fund) -> None:
    """Refuses a prize that somebody holds already who is no longer to have it: the recipients
    changed, and what the former ones hold is reversed first.
    """
    asked = {line.allocation_id for line in lines}
    held = {
        _place(line_of(each.money)): each.money.allocation_id
        for each in living(state)
        if each.money.allocation_id not in asked
    }
    for line in new:
        if _place(line) in held:
            raise Refused(
                "held_by_another",
                "The prize is set aside for somebody else; reverse that first.",
                allocation_id=held[_place(line)],
                innovation_id=line.innovation_id,
                label=line.label,
            )


def _place(line: Line) -> tuple[str, str, str, str]:
    return (line.competition_id, line.category, line.innovation_id, line.label)


def _check_ceiling(new: Iterable[Line], state: Fund) -> None:
    asked = sum(line.amount_rupiah for line in new)
    if asked > state.available_rupiah:
        raise Refused(
            "over_ceiling",
            f"The fund has {state.available_rupiah} rupiah left; these allocations need {asked}.",
            fund_id=state.registered.fund_id,
            available_rupiah=state.available_rupiah,
            asked_rupiah=asked,
        )


def line_of(money: MoneyAllocated) -> Line:
    return Line(
        allocation_id=money.allocation_id,
        competition_id=money.competition_id,
        results_version=money.results_version,
        category=money.category,
        rank=money.rank,
        label=money.label,
        innovation_id=money.innovation_id,
        agency_id=money.agency_id,
        agency_path=money.agency_path,
        amount_rupiah=money.amount_rupiah,
        in_kind=money.in_kind,
        recipient=money.recipient,
        tax_rupiah=money.tax_rupiah,
        net_rupiah=money.net_rupiah,
        tax_rule=money.tax_rule,
        tax_table=money.tax_table,
        tax_digest=money.tax_digest,
        uncapped_rupiah=money.uncapped_rupiah,
    )


def _allocated(command: Allocate, line: Line, state: Fund, total: int) -> MoneyAllocated:
    return MoneyAllocated(
        by=command.by,
        at=command.at,
        fund_id=state.registered.fund_id,
        allocation_id=line.allocation_id,
        competition_id=line.competition_id,
        results_version=line.results_version,
        category=line.category,
        rank=line.rank,
        label=line.label,
        innovation_id=line.innovation_id,
        agency_id=line.agency_id,
        agency_path=line.agency_path,
        amount_rupiah=line.amount_rupiah,
        in_kind=line.in_kind,
        allocated_rupiah=total,
        recipient=line.recipient,
        tax_rupiah=line.tax_rupiah,
        net_rupiah=line.net_rupiah,
        tax_rule=line.tax_rule,
        tax_table=line.tax_table,
        tax_digest=line.tax_digest,
        uncapped_rupiah=line.uncapped_rupiah,
    )
