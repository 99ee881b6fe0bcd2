"""`inda results`: what anybody may read in the end."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import SeasonFilter, given
from deploy.cli.client import Document
from deploy.cli.output import Column, Record, detailed, listed, rupiah
from deploy.cli.session import Session, listing
from deploy.cli.written import show_page

LISTED: tuple[Column, ...] = (
    ("Competition", "competition_id"),
    ("Name", "name"),
    ("Season", "season_id"),
    ("Decree", "decree_number"),
    ("Version", "version"),
    ("Published", "published_at"),
)
HEAD: tuple[Column, ...] = (
    ("Competition", "name"),
    ("Decree", "decree_number"),
    ("Of", "decree_date"),
    ("Version", "version"),
    ("Minutes signed", lambda row: f"{row['minutes_signed']} of {row['minutes_needed']}"),
    ("Objections", lambda row: _counted(row["objections"])),
    ("Public test", lambda row: _counted(row["public_test"])),
    ("Published", "published_at"),
    ("Rules (digest)", "rules_digest"),
    ("Determined by the fact", "determined_proof.event_id"),
)
PLACE: tuple[Column, ...] = (
    ("Rank", "rank"),
    ("Title", "title"),
    ("Agency", "agency_id"),
    ("Final score", "final_score"),
    ("Prizes", "prizes"),
    ("Innovation", "innovation_id"),
)
PRIZE: tuple[Column, ...] = (
    ("Category", "category"),
    ("Prize", "label"),
    ("Amount", lambda row: rupiah(row["amount_rupiah"])),
    ("In kind", "in_kind"),
    ("Fund", "fund_id"),
)
PAPER: tuple[Column, ...] = (
    ("Document", "kind"),
    ("About", "about"),
    ("Verify at", "verify_url"),
    ("SHA-256", "sha256"),
)


@listing
def results(
    session: Session,
    competition_id: Annotated[
        str | None,
        typer.Argument(
            metavar="COMPETITION", help="The competition's id; else all that are published."
        ),
    ] = None,
    season: SeasonFilter = None,
) -> None:
    """Show published results; nobody needs to log in for them."""
    api = session.public("awards")
    if competition_id is not None:
        found = api.get(f"/competitions/{competition_id}/results")
        session.out.answer(found, *_tables(found))
        return
    page = api.pages("/results", every=session.every_page, **given(season_id=season))
    show_page(session, page, *LISTED)


def _tables(found: Document) -> list[Table]:
    categories = dict.fromkeys(place["category"] for place in found["ranking"])
    places = [
        listed((p for p in found["ranking"] if p["category"] == each), *PLACE, title=each)
        for each in categories
    ]
    prizes = [
        {"category": table["category"], "in_kind": "", **each}
        for table in found["prize_tables"]
        for each in (*table["prizes"], *table["pools"])
    ]
    tables = [detailed(found, *HEAD), *places]
    rows = (("What the rules promised", prizes, PRIZE), ("Documents", found["documents"], PAPER))
    return tables + [listed(each, *columns, title=title) for title, each, columns in rows if each]


def _counted(held: Record | None) -> list[str]:
    """What became of how many."""
    if held is None:
        return []
    return [f"{name} {count}" for name, count in held.items() if isinstance(count, int)]
