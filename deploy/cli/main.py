"""`inda`: the same HTTP APIs as everybody's, for people at a terminal and for scripts."""

import typer

from deploy.cli import (
    audit,
    awards,
    bulk,
    innovation,
    levels,
    login,
    money,
    notices,
    operations,
    quality,
    receipts,
    replications,
    results,
    scoring,
    stream,
    submission,
    verification,
    verifiers,
    webhooks,
)
from deploy.cli.calc import calc
from deploy.cli.options import (
    ContextOption,
    JsonOption,
    LanguageOption,
    PatienceOption,
    UserOption,
    Wishes,
)
from shared.telemetry import configure_logging

EPILOG = (
    "Exit codes: 0 done; 1 refused by a rule, or not found; 2 the command or a file was not"
    " usable, or nobody answered; 3 (`inda stream plan`) changes are pending; 130 stopped by"
    " Ctrl-C."
)

OFFICE = "The innovation office"
AGENCIES = "Agencies"
VERIFIERS = "Verifiers"
COMMITTEE = "Committee, judges, objections"
MONEY = "Uang pembinaan"
NUMBERS = "Numbers and results"
OPS = "Running Inda"

app = typer.Typer(
    name="inda",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=EPILOG,
    help="Inda: regional innovations from the first draft to uang pembinaan.",
)


@app.callback()
def everywhere(
    typer_context: typer.Context,
    as_json: JsonOption = False,
    user: UserOption = None,
    context: ContextOption = None,
    patience: PatienceOption = None,
    language: LanguageOption = None,
) -> None:
    """Inda: regional innovations from the first draft to uang pembinaan."""
    typer_context.obj = Wishes(context, as_json, user, patience, language)


login.add_to(app)
app.command("status", rich_help_panel=OPS)(operations.status)
bulk.add_to(submission.agency, innovation.innovation)
app.add_typer(submission.season, name="season", rich_help_panel=OFFICE)
app.add_typer(submission.agency, name="agency", rich_help_panel=OFFICE)
app.add_typer(innovation.innovation, name="innovation", rich_help_panel=AGENCIES)
app.command("submit", rich_help_panel=AGENCIES)(innovation.submit)
app.add_typer(receipts.receipt, name="receipt", rich_help_panel=AGENCIES)
app.add_typer(replications.register, name="register", rich_help_panel=AGENCIES)
app.add_typer(replications.replication, name="replication", rich_help_panel=AGENCIES)
app.add_typer(notices.notices, name="notices", rich_help_panel=AGENCIES)
app.add_typer(webhooks.webhook, name="webhook", rich_help_panel=AGENCIES)
app.command("queue", rich_help_panel=VERIFIERS)(verification.queue)
app.command("next", rich_help_panel=VERIFIERS)(verification.take_next)
app.add_typer(verification.dossier, name="dossier", rich_help_panel=VERIFIERS)
app.command("decide", rich_help_panel=VERIFIERS)(verification.decide)
app.add_typer(verifiers.verifier, name="verifier", rich_help_panel=VERIFIERS)
app.add_typer(quality.quality, name="quality", rich_help_panel=VERIFIERS)
app.command("levels", rich_help_panel=VERIFIERS)(levels.show_levels)
app.add_typer(scoring.scorecard, name="scorecard", rich_help_panel=NUMBERS)
app.add_typer(scoring.region, name="region", rich_help_panel=NUMBERS)
app.add_typer(scoring.panel, name="panel", rich_help_panel=COMMITTEE)
app.add_typer(awards.competition, name="competition", rich_help_panel=COMMITTEE)
app.command("results", rich_help_panel=NUMBERS)(results.results)
app.command("disqualify", rich_help_panel=COMMITTEE)(awards.disqualify)
app.add_typer(money.objection, name="objection", rich_help_panel=COMMITTEE)
app.add_typer(money.fund, name="fund", rich_help_panel=MONEY)
app.command("allocate", rich_help_panel=MONEY)(money.allocate)
app.command("approve", rich_help_panel=MONEY)(money.approve)
app.command("pay", rich_help_panel=MONEY)(money.pay)
app.command("reverse", rich_help_panel=MONEY)(money.reverse)
app.add_typer(calc, name="calc", rich_help_panel=NUMBERS)
app.add_typer(operations.faults, name="faults", rich_help_panel=OPS)
app.add_typer(stream.stream, name="stream", rich_help_panel=OPS)
app.add_typer(audit.audit, name="audit", rich_help_panel=NUMBERS)


def main() -> None:
    # What libraries log goes to standard error, so that standard output is the answer alone.
    configure_logging("inda", "console")
    app()
