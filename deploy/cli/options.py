"""The options that commands share: every command's, and those of commands that write or list."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

Language = Literal["id", "en"]
PANEL = "Options of every command"

ContextOption = Annotated[
    Path | None,
    typer.Option(
        "--context",
        metavar="FILE",
        rich_help_panel=PANEL,
        help="Which stack: the file that `make run` wrote. Else INDA_CONTEXT, else"
        " ./.inda/context.json.",
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option(
        "--json",
        rich_help_panel=PANEL,
        help="Print the answer as JSON, for scripts; messages go to standard error.",
    ),
]
UserOption = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="USER",
        rich_help_panel=PANEL,
        help="Act as this user, who has logged in before. Else whoever logged in last.",
    ),
]
PatienceOption = Annotated[
    float | None,
    typer.Option(
        "--patience",
        metavar="SECONDS",
        min=0,
        envvar="INDA_PATIENCE",
        rich_help_panel=PANEL,
        help="How long to go on trying when a service does not answer. Usually 30, for each part"
        " of an upload 900.",
    ),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--language",
        envvar="INDA_LANGUAGE",
        rich_help_panel=PANEL,
        help="Of what the services explain, such as findings and refused files: id (Indonesian,"
        " usually) or en.",
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Check it and answer, but change nothing.")
]
KeyOption = Annotated[
    str | None,
    typer.Option(
        "--idempotency-key",
        metavar="KEY",
        help="A name for this one change (8 to 200 characters); giving it again with the same"
        " name does nothing twice. Made up if left out.",
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="All of them, not only the first page.")]

EVERYWHERE: dict[str, tuple[object, object]] = {
    "as_json": (JsonOption, False),
    "user": (UserOption, None),
    "context": (ContextOption, None),
    "patience": (PatienceOption, None),
    "language": (LanguageOption, None),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options that every command has."""

    context: Path | None = None
    as_json: bool = False
    user: str | None = None
    patience: float | None = None
    language: Language | None = None

    def then(self, later: "Wishes") -> "Wishes":
        """What was said nearer to the command counts."""
        return Wishes(
            later.context or self.context,
            later.as_json or self.as_json,
            later.user or self.user,
            self.patience if later.patience is None else later.patience,
            later.language or self.language,
        )
