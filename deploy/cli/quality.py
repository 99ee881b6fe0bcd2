"""`inda quality`: which reviews get a second look, and how often two looks agree."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import moment
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.output import Column, Record, detailed, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.submission.seasons import SeasonId
from deploy.cli.written import show_written

quality = typer.Typer(no_args_is_help=True, help="Second looks: their rule, how far they agree.")

WHOLE = Decimal(1000)


def percent(permille: int) -> str:
    """Permille as people say it: 125 is 12.5%."""
    return f"{Decimal(permille) / 10:f}%"


def permille(text: str) -> int:
    """A percentage with at most one decimal. Raises `Misuse`."""
    number = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        found = Decimal(number) * 10
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found != found.to_integral_value() or not 0 <= found <= WHOLE:
        raise Misuse("share_unusable", f"{text} is not a percentage such as 10% or 12.5%.")
    return int(found)


def _share(row: Record) -> str:
    return percent(row["rule"]["sample_permille"])


def _rate(row: Record) -> str | None:
    rate = row.get("rate")
    return None if rate is None else f"{Decimal(str(rate)) * 100:.1f}%"


RULE: tuple[Column, ...] = (
    ("From", "effective_from"),
    ("Sample", _share),
    ("Always from a change of", "rule.large_change"),
    ("Published by", "published_by"),
    ("At", "published_at"),
)
NOW: tuple[Column, ...] = (
    ("Season", "season_id"),
    ("Sample", lambda row: percent(row["effective"]["sample_permille"])),
    ("Always from a change of", "effective.large_change"),
    ("By default", "is_default"),
)
RATES: tuple[Column, ...] = (
    ("Season", "season_id"),
    ("Affair", "affair"),
    ("Reviews", "reviews"),
    ("Second looks", "checks"),
    ("Drawn by the sample", "drawn.sample"),
    ("Drawn for a large change", "drawn.large_change"),
    ("Drawn for a rejection", "drawn.rejection"),
    ("Decided", "decided"),
    ("Agreeing", "agreeing"),
    ("Rate", _rate),
    ("Waiting for a third person", "disputed"),
    ("Differing in admissibility", "admissibility.differing"),
)
BY_INDICATOR: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Compared", "compared"),
    ("Differing", "differing"),
    ("Second less first", "mean_difference"),
)
BY_VERIFIER: tuple[Column, ...] = (
    ("Verifier", "verifier_id"),
    ("Reviews", "reviews"),
    ("Checked", "checked"),
    ("Differing", "differing"),
    ("Resolved against", "resolved_against"),
    ("Second looks", "second_looks"),
    ("Resolved against those", "second_resolved_against"),
)


@quality.command("rule")
@reading
def show_rule(session: Session, season_id: SeasonId) -> None:
    """Show the rule by which reviews get a second look, and those published for a season."""
    found = session.api("verification").get(f"/quality-rules/{season_id}")
    rules = [listed(found["rules"], *RULE, title="Published")] if found["rules"] else []
    session.out.answer(found, detailed(found, *NOW), *rules)


@quality.command("publish")
@writing
def publish_rule(
    session: Session,
    season_id: SeasonId,
    sample: Annotated[str, typer.Option("--sample", help="The part that is drawn: 10%.")],
    large_change: Annotated[
        int,
        typer.Option(
            "--large-change",
            min=1,
            max=3,
            help="So many levels below the claim are always looked at again.",
        ),
    ],
    effective_from: Annotated[
        str, typer.Option("--from", help="Since when, at least five minutes ahead.")
    ],
) -> None:
    """Publish the next rule of a season; it changes no review that has ended."""
    body = {
        "sample_permille": permille(sample),
        "large_change": large_change,
        "effective_from": moment(effective_from),
    }
    written = session.api("verification").post(f"/quality-rules/{season_id}", body)
    show_written(session, written, "The rule is published.")


@quality.command("rates")
@reading
def show_rates(
    session: Session,
    season_id: SeasonId,
    affair: Annotated[str | None, typer.Option("--affair", help="Only of this affair.")] = None,
) -> None:
    """Show how often second looks agree: in all, by indicator, by verifier."""
    found = session.api("verification").get("/quality", season_id=season_id, affair=affair)
    session.out.answer(found, *_rates(found))


def _rates(found: Document) -> list[RenderableType]:
    shown: list[RenderableType] = [detailed(found, *RATES)]
    if found["indicators"]:
        shown.append(listed(found["indicators"], *BY_INDICATOR, title="By indicator"))
    if found["verifiers"]:
        shown.append(listed(found["verifiers"], *BY_VERIFIER, title="By verifier"))
    return shown
