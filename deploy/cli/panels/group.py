"""The commands' group, and the arguments that several of them share."""

from typing import Annotated

import typer

panel = typer.Typer(no_args_is_help=True, help="Judging: sealed scores until the reveal.")

PanelId = Annotated[
    str, typer.Argument(metavar="PANEL", help="The panel's id, as `inda panel list` shows it.")
]
Judge = Annotated[str, typer.Argument(metavar="JUDGE", help="The judge's id: `inda whoami`.")]
