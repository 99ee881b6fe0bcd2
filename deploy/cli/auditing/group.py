"""The commands' group."""

import typer

audit = typer.Typer(
    no_args_is_help=True,
    help="Check everything: replay the history, prove and verify, archive and restore.",
)
