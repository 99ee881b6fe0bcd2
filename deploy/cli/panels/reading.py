"""`inda panel list`, `show`, `my-scores`: who has still to score, and what it came to."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import given
from deploy.cli.client import Document
from deploy.cli.output import Column, Record, detailed, listed
from deploy.cli.panels.group import PanelId, panel
from deploy.cli.session import Session, listing, reading
from deploy.cli.written import show_page

LISTED: tuple[Column, ...] = (
    ("Panel", "panel_id"),
    ("Competition", "competition_id"),
    ("Category", "category"),
    ("Round", "round"),
    ("State", "state"),
    ("Entries", lambda row: len(row["entries"])),
    ("Sealed", lambda row: len(row["seals"])),
    ("Awaited", lambda row: len(row["awaited"])),
)
RULE: tuple[Column, ...] = (
    *LISTED,
    ("Scores become one by", "rule.combine"),
    ("A third reads above a spread of", "rule.third_reading_above"),
    ("Official are", "rule.official"),
    ("Revealed", "revealed_at"),
)
CRITERION: tuple[Column, ...] = (
    ("Criterion", "code"),
    ("Name", "name"),
    ("Weight", "weight"),
    ("Scale", lambda row: f"0 to {row['scale']}"),
)
SEAT: tuple[Column, ...] = (
    ("Judge", "judge_id"),
    ("Sealed", lambda row: f"{row['sealed']} of {row['due']}"),
    ("Seated", "seated"),
    ("Reads only", "innovations"),
    ("Reason", "reason"),
)
ASIDE: tuple[Column, ...] = (
    ("Judge", "judge_id"),
    ("Innovation", "innovation_id"),
    ("Reason", "reason"),
)
THIRD: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Read by", "judge_id"),
    ("Asked", "asked_at"),
    ("Stands", "stands"),
)
RESULT: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Score", "combined"),
    ("Each judge", lambda row: [_total(each) for each in row["totals"]]),
    ("Highest less lowest", "spread"),
    ("Third reading", "third_reading"),
    ("Adjusted for severity", "adjusted"),
    ("Adjusted is", "adjusted_is"),
)
SEVERITY: tuple[Column, ...] = (
    ("Judge", "judge_id"),
    ("Severity", "severity"),
    ("Entries", "entries"),
)
OWN: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Scores", lambda row: [f"{each['criterion']}: {each['score']}" for each in row["scores"]]),
    ("Commitment", "commitment"),
)


@panel.command("list")
@listing
def list_panels(
    session: Session,
    competition: Annotated[str | None, typer.Option("--competition", help="Only of this.")] = None,
    category: Annotated[str | None, typer.Option("--category", help="Only of this.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="open or revealed.")] = None,
) -> None:
    """List the panels that you sit on, or may see."""
    filters = given(competition_id=competition, category=category, state=state)
    found = session.api("scoring").pages("/panels", every=session.every_page, **filters)
    show_page(session, found, *LISTED)


@panel.command("show")
@reading
def show_panel(session: Session, panel_id: PanelId) -> None:
    """Show a panel: criteria, entries, who has still to score, and the results once revealed.

    After the reveal: what each judge gave, how far they differ, and who judged strictly.
    """
    found = session.api("scoring").get(f"/panels/{panel_id}")
    session.out.answer(found, *_tables(found))


@panel.command("my-scores")
@reading
def show_own_scores(session: Session, panel_id: PanelId) -> None:
    """Show what you have sealed on a panel; nobody else sees it before the reveal."""
    found = session.api("scoring").get(f"/panels/{panel_id}/my-scores")
    session.out.answer(found, listed(found["items"], *OWN))


def _tables(found: Document) -> Iterator[Table]:
    """Tables without rows are left out."""
    yield detailed(found, *RULE)
    rows = (
        ("Criteria", found["criteria"], CRITERION),
        ("Entries", found["entries"], _entry(found)),
        ("Judges", found["seats"], SEAT),
        ("Left the panel", found["removals"], (ASIDE[0], ASIDE[2])),
        ("Stepped aside", found["recusals"], ASIDE),
        ("Third readings", found["third_readings"], THIRD),
        ("Results", found["results"], RESULT),
        ("Severity of the judges", found["severities"], SEVERITY),
    )
    for title, each, columns in rows:
        if each:
            yield listed(each, *columns, title=title)


def _entry(found: Document) -> tuple[Column, ...]:
    def awaited(row: Record) -> list[str]:
        waiting = found["awaited"]
        own = row["innovation_id"]
        return [each["judge_id"] for each in waiting if each["innovation_id"] == own]

    return (
        ("Innovation", "innovation_id"),
        ("Title", "title"),
        ("Agency", "agency_path"),
        ("Still awaited from", awaited),
    )


def _total(row: Record) -> str:
    third = ", third reading" if row["third_reading"] else ""
    return f"{row['total']} ({row['judge_id']}{third})"
