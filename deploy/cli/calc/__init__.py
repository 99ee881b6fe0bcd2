"""`inda calc`: formulas, ranking, allocation and tax as pure calculators, JSON in and JSON out."""

import typer

from deploy.cli.calc import allocate, edition, rank, simulate, tax

calc = typer.Typer(
    no_args_is_help=True,
    help="Pure calculators on an edition: JSON in (one document, or one a line), JSON out.",
)
edition.add_to(calc)
calc.command("simulate")(simulate.simulate)
calc.command("rank")(rank.rank)
calc.command("allocate")(allocate.allocate)
calc.command("tax")(tax.tax)

__all__ = ["calc"]
