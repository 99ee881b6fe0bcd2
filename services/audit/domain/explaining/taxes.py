"""What was withheld of a share: by which table, layer by layer, and who signed the table. Pure."""

from decimal import Decimal
from typing import assert_never

from services.audit.domain.explaining.dues import Traced
from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.steps import Rule, Step, Value
from services.audit.domain.explaining.words import exact, rupiah, shown
from shared.editions.taxes import Flat, Layer, Layers, Merged, TaxTable, Untaxed
from shared.events.awards import TAX, TaxTableAdopted, TaxTableConfirmed


def tax_steps(found: Traced, history: History) -> tuple[Step, ...]:
    """Nothing where no table was asked."""
    table, tax = found.withheld.table, found.withheld.tax
    if table is None:
        return ()
    treatment = table.treatment(found.share.recipient.taxed_as)
    values: dict[str, Value] = {
        "table": table.id,
        "taxed_as": treatment.taxed_as,
        "method": treatment.method,
        "gross_rupiah": tax.gross_rupiah,
        "tax_rupiah": tax.tax_rupiah,
        "net_rupiah": tax.net_rupiah,
        "asked_rupiah": found.share.amount_rupiah,
        "asked_is": "gross" if found.is_cut else found.due.amount_is,
    }
    borne = ""
    if found.due.amount_is == "net" and not found.is_cut:
        borne = f", ditanggung penyelenggara atas bersih {rupiah(found.share.amount_rupiah)}"
    return (
        Step(
            kind="tax",
            title=(
                f"Pajak {rupiah(tax.tax_rupiah)} dari bruto {rupiah(tax.gross_rupiah)}{borne},"
                f" bersih {rupiah(tax.net_rupiah)}"
            ),
            facts=history.said(TAX.subject(table.id), TaxTableAdopted, TaxTableConfirmed),
            values=values,
            rule=_rule(treatment.rule_id, table, treatment.source, is_inferred=treatment.inferred),
            because=_parts(treatment, table, tax.gross_rupiah),
        ),
    )


def _rule(what: str, table: TaxTable, cited: tuple[str, ...], *, is_inferred: bool) -> Rule:
    titles = {each.key: each.title for each in table.references}
    sources = tuple(f"{key}: {titles.get(key, key)}" for key in cited)
    marked = f"{what} (disimpulkan, dikonfirmasi bendahara)" if is_inferred else what
    return Rule(marked, f"tabel pajak {table.id}", table.digest, sources)


def _parts(
    treatment: Layers | Flat | Merged | Untaxed, table: TaxTable, gross: int
) -> tuple[Step, ...]:
    """What is taxed at which percentage; the sum of it is rounded down to whole rupiah once."""
    match treatment:
        case Layers():
            return _layers(treatment.layers, table, gross)
        case Flat(percent=percent):
            rule = _rule(treatment.rule_id, table, treatment.source, is_inferred=treatment.inferred)
            return (_layer(gross, percent, rule),)
        case Merged() | Untaxed():
            return ()
        case _:
            assert_never(treatment)


def _layers(layers: tuple[Layer, ...], table: TaxTable, gross: int) -> tuple[Step, ...]:
    below, found = 0, list[Step]()
    for layer in layers:
        top = gross if layer.up_to_rupiah is None else min(gross, layer.up_to_rupiah)
        if top <= below:
            break
        limit = "tanpa batas" if layer.up_to_rupiah is None else rupiah(layer.up_to_rupiah)
        what = f"Lapisan sampai {limit}: {shown(layer.percent)} %"
        rule = _rule(what, table, layer.source, is_inferred=layer.inferred)
        found.append(_layer(top - below, layer.percent, rule))
        below = top
    return tuple(found)


def _layer(part: int, percent: Decimal, rule: Rule) -> Step:
    tax = exact(part * percent / 100)
    return Step(
        kind="layer",
        title=f"{rupiah(part)} x {shown(percent)} %",
        values={"part_rupiah": part, "percent": exact(percent), "tax": tax},
        rule=rule,
    )
