"""`inda`: the same HTTP APIs as everybody's, for people at a terminal and for scripts."""

import typer

from deploy.cli import (
    auditing,
    bulk,
    calendar,
    competition,
    disputes,
    innovation,
    levels,
    login,
    notices,
    operations,
    panels,
    papers,
    purse,
    quality,
    receipts,
    replications,
    scores,
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
app.add_typer(scores.scorecard, name="scorecard", rich_help_panel=NUMBERS)
app.add_typer(scores.region, name="region", rich_help_panel=NUMBERS)
app.add_typer(competition.competition, name="competition", rich_help_panel=COMMITTEE)
app.add_typer(panels.panel, name="panel", rich_help_panel=COMMITTEE)
app.command("disqualify", rich_help_panel=COMMITTEE)(competition.disqualify)
app.add_typer(disputes.objection, name="objection", rich_help_panel=COMMITTEE)
app.add_typer(disputes.doubt, name="doubt", rich_help_panel=COMMITTEE)
app.add_typer(papers.document, name="document", rich_help_panel=COMMITTEE)
app.command("calendar", rich_help_panel=COMMITTEE)(calendar.show_calendar)
app.add_typer(purse.fund, name="fund", rich_help_panel=MONEY)
app.add_typer(purse.recipients, name="recipients", rich_help_panel=MONEY)
app.add_typer(purse.payee, name="payee", rich_help_panel=MONEY)
app.add_typer(purse.tax, name="tax", rich_help_panel=MONEY)
app.command("scenarios", rich_help_panel=MONEY)(purse.compare_scenarios)
app.command("allocate", rich_help_panel=MONEY)(purse.allocate)
app.command("approve", rich_help_panel=MONEY)(purse.approve)
app.command("hold", rich_help_panel=MONEY)(purse.hold)
app.command("release", rich_help_panel=MONEY)(purse.release)
app.command("pay", rich_help_panel=MONEY)(purse.pay)
app.command("return", rich_help_panel=MONEY)(purse.give_back)
app.command("reverse", rich_help_panel=MONEY)(purse.reverse)
app.command("results", rich_help_panel=NUMBERS)(competition.published_results)
app.add_typer(calc, name="calc", rich_help_panel=NUMBERS)
app.add_typer(operations.faults, name="faults", rich_help_panel=OPS)
app.add_typer(stream.stream, name="stream", rich_help_panel=OPS)
app.add_typer(auditing.audit, name="audit", rich_help_panel=NUMBERS)


def main() -> None:
    # What libraries log goes to standard error, so that standard output is the answer alone.
    configure_logging("inda", "console")
    app()
