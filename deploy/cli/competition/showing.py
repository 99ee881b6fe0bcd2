"""`inda competition list`, `show`, `entries`, `eligibility`: how it stands, and what comes next."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import Competition, Innovation, SeasonFilter, given
from deploy.cli.client import Document
from deploy.cli.competition.group import ROW, competition
from deploy.cli.output import Column, Record, detailed, listed
from deploy.cli.session import Session, listing, reading
from deploy.cli.written import show_page

SHOWN: tuple[Column, ...] = (
    ("Competition", "competition_id"),
    ("Name", "name"),
    ("Season", "season_id"),
    ("State", "state"),
    ("Entries that you see", lambda row: len(row["entries"])),
    ("Rules (digest)", "rules_digest"),
    ("Decree", "determination.decree_number"),
    ("Published", "published.at"),
)
STEP: tuple[Column, ...] = (("What comes next", "sentence"), ("Until", "until"))
ROUND: tuple[Column, ...] = (
    ("Category", "category"),
    ("Round", "code"),
    ("Scored by", "scored_by"),
    ("Weight", "weight"),
    ("Opened", "opened.at"),
    ("Closed", "closed.at"),
    ("Panel", "panel_id"),
)
SIGNED: tuple[Column, ...] = (
    ("Minutes of version", "version"),
    ("Signed", lambda row: f"{row['signed']} of {row['needed']}"),
    ("By", "by"),
)
WINDOW: tuple[Column, ...] = (
    ("Of version", "version"),
    ("Opened", "at"),
    ("Open until", "closes_at"),
)
ENTRY: tuple[Column, ...] = (
    ("Category", "entry.category"),
    ("Innovation", "entry.innovation_id"),
    ("Title", "entry.title"),
    ("Agency", "entry.agency_id"),
    ("Maturity", "entry.verified_maturity"),
    ("Entered by hand because", "reason"),
    ("Recipients", lambda row: _recipients(row)),
    ("Disqualified", "disqualified.ground"),
)
CONDITION: tuple[Column, ...] = (("Met", "is_met"), ("Condition", "sentence"))


@competition.command("list")
@listing
def list_competitions(
    session: Session,
    season: SeasonFilter = None,
    state: Annotated[
        str | None, typer.Option("--state", help="announced, judging, drafted, objection, ...")
    ] = None,
) -> None:
    """List the competitions."""
    filters = given(season_id=season, state=state)
    found = session.api("awards").pages("/competitions", every=session.every_page, **filters)
    show_page(session, found, *ROW)


@competition.command("show")
@reading
def show_competition(session: Session, competition_id: Competition) -> None:
    """Show how a competition stands: what comes next, its rounds, signatures and windows."""
    found = session.api("awards").get(f"/competitions/{competition_id}")
    tables = [detailed(found, *SHOWN), listed(_rounds(found), *ROUND, title="Rounds")]
    rows = (
        ("Next", found["next_steps"], STEP),
        ("Minutes", _signed(found), SIGNED),
        ("Objections", found["windows"], WINDOW),
        ("Public test", found["public_tests"], WINDOW),
    )
    tables += [listed(each, *columns, title=title) for title, each, columns in rows if each]
    session.out.answer(found, *tables)


@competition.command("entries")
@reading
def show_entries(
    session: Session,
    competition_id: Competition,
    category: Annotated[str | None, typer.Option("--category", help="Only of this.")] = None,
) -> None:
    """List the entries that you may see."""
    found = session.api("awards").get(f"/competitions/{competition_id}")["entries"]
    chosen = [each for each in found if category in (None, each["entry"]["category"])]
    session.out.answer({"items": chosen}, listed(chosen, *ENTRY))


@competition.command("eligibility")
@reading
def show_eligibility(
    session: Session, competition_id: Competition, innovation_id: Innovation
) -> None:
    """Show why an innovation is in each category of a competition, or is not."""
    path = f"/competitions/{competition_id}/eligibility"
    found = session.api("awards").get(path, innovation_id=innovation_id)
    session.out.answer(found, *_eligibility(found))


def _eligibility(found: Document) -> list[Table]:
    head: tuple[Column, ...] = (
        ("Innovation", "title"),
        ("Entered in", "entered_in"),
        ("Entered by", "entered_by"),
        ("Reason", "reason"),
        ("Disqualified", "is_disqualified"),
    )
    categories = [
        listed(each["conditions"], *CONDITION, title=f"{each['name']}: {_outcome(each)}")
        for each in found["categories"]
    ]
    competition = listed(found["conditions"], *CONDITION, title="Of every category")
    return [detailed(found, *head), competition, *categories]


def _outcome(category: Document) -> str:
    if category["is_entered"]:
        return "entered"
    return "all met" if category["is_met"] else "not met"


def _rounds(found: Document) -> list[Document]:
    states = {(each["category"], each["round"]): each for each in found["rounds"]}
    return [
        {"category": category["code"], **rule, **states.get((category["code"], rule["code"]), {})}
        for category in found["rules"]["categories"]
        for rule in category["rounds"]
    ]


def _signed(found: Document) -> list[Document]:
    by = [(each["version"], f"{each['by']} ({each['function']})") for each in found["minutes"]]
    return [
        {**each, "by": [person for version, person in by if version == each["version"]]}
        for each in found["signed"]
    ]


def _recipients(row: Record) -> list[str]:
    named = row["recipients"]
    return [] if named is None else [each["recipient_id"] for each in named["recipients"]]
