"""The commands' group, and the arguments and columns that several of them share."""

from typing import Annotated

import typer

from deploy.cli.output import Column

competition = typer.Typer(no_args_is_help=True, help="Competitions: rounds, results, decree.")

Category = Annotated[str, typer.Argument(metavar="CATEGORY", help="The category's code.")]
Round = Annotated[str, typer.Argument(metavar="ROUND", help="The round's code.")]
Version = Annotated[int, typer.Option("--version", min=1, help="Of which results.")]

ROW: tuple[Column, ...] = (
    ("Competition", "competition_id"),
    ("Name", "name"),
    ("Season", "season_id"),
    ("State", "state"),
    ("Entries", "entries"),
    ("Results (version)", "version_of_results"),
    ("Rules (digest)", lambda row: row["rules_digest"][:12]),
)
