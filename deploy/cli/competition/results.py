"""`inda competition draft-results`, `versions`, `resolve-tie`, `sign-minutes`."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import Competition, Reason
from deploy.cli.client import Document
from deploy.cli.competition.group import Category, Version, competition
from deploy.cli.failures import Misuse
from deploy.cli.output import Column, Record, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

RANKED: tuple[Column, ...] = (
    ("Category", "category"),
    ("Rank", "rank"),
    ("Innovation", "innovation_id"),
    ("Final score", "final_score"),
    ("Rounds", lambda row: [f"{e['round']}: {e['score']}" for e in row["round_scores"]]),
    ("Tie broken by", "tie_break"),
)
CHANGE: tuple[Column, ...] = (
    ("Category", "category"),
    ("Innovation", "innovation_id"),
    ("Rank before", "rank_before"),
    ("Rank", "rank"),
    ("Score before", "score_before"),
    ("Score", "score"),
    ("Because", "because"),
)
VOTE: tuple[Column, ...] = (
    ("Category", "category"),
    ("Order", "order"),
    ("Reason", "reason"),
    ("At", "at"),
)


@competition.command("draft-results")
@writing
def draft_results(session: Session, competition_id: Competition) -> None:
    """Rank every category once its last round is closed."""
    written = session.api("awards").post(f"/competitions/{competition_id}/results")
    show_written(session, written, "The results are drafted.")


@competition.command("versions")
@reading
def show_versions(
    session: Session,
    competition_id: Competition,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help="Only this one; else all of them.")
    ] = None,
) -> None:
    """Show the versions of the results: why each was made, what it changed, who signed it."""
    found = session.api("awards").get(f"/competitions/{competition_id}/versions")
    chosen = [each for each in found["versions"] if version in (None, each["version"])]
    if version is not None and not chosen:
        raise Misuse("version_unknown", f"There is no version {version} of these results.")
    tables = [table for each in chosen for table in _version(each, found)]
    if found["votes"]:
        tables.append(listed(found["votes"], *VOTE, title="Votes on ties"))
    session.out.answer({**found, "versions": chosen}, *tables)


@competition.command("resolve-tie")
@writing
def resolve_tie(
    session: Session,
    competition_id: Competition,
    category: Category,
    order: Annotated[
        list[str], typer.Argument(metavar="INNOVATION", help="The tied innovations, best first.")
    ],
    reason: Reason,
) -> None:
    """Record the committee's vote on entries that the rules left equal."""
    body = {"category": category, "order": order, "reason": reason}
    path = f"/competitions/{competition_id}/ties"
    show_written(session, session.api("awards").post(path, body, if_match=True), "It is recorded.")


@competition.command("sign-minutes")
@writing
def sign_minutes(
    session: Session,
    competition_id: Competition,
    version: Version,
    function: Annotated[
        str, typer.Option("--function", metavar="FUNCTION", help="As what: Ketua, Sekretaris, ...")
    ],
) -> None:
    """Sign the minutes (berita acara) of a version of the results; each version anew."""
    body = {"version": version, "function": function}
    path = f"/competitions/{competition_id}/minutes/signatures"
    written = session.api("awards").post(path, body)
    show_written(session, written, f"You have signed the minutes of version {version}.")


def _version(each: Document, found: Document) -> list[Table]:
    heading = f"Version {each['version']} ({_cause(each)}; {_signed(each['version'], found)})"
    tables = [listed(each["ranking"], *RANKED, title=heading)]
    if each["changes"]:
        changed = f"What version {each['version']} changed"
        tables.append(listed(each["changes"], *CHANGE, title=changed))
    return tables


def _cause(version: Record) -> str:
    about = version["about"]
    if about is None:
        return version["cause"]
    where = [about["innovation_id"], about["indicator"]]
    return f"{version['cause']} about {' '.join(each for each in where if each)}"


def _signed(version: int, found: Document) -> str:
    told = next(each for each in found["signed"] if each["version"] == version)
    return f"minutes signed {told['signed']} of {told['needed']}"
