"""`inda agency`: the tree of agencies, their names, commitments, and who carries on for whom."""

from typing import Annotated

import typer

from deploy.cli.arguments import Reason, RegionFilter, day, given
from deploy.cli.client import Document
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import HINT, show_page, show_written

agency = typer.Typer(no_args_is_help=True, help="Agencies (SKPD), their tree, commitments.")

AgencyId = Annotated[
    str, typer.Argument(metavar="AGENCY", help="The agency's id, such as hss-dinkes.")
]
EffectiveOn = Annotated[
    str | None, typer.Option("--effective-on", help="The day from which it holds.")
]
LetterNumber = Annotated[
    str, typer.Option("--letter-number", help="The number of the regulation that says so.")
]
SHORT_NAME = typer.Option("--short-name", help="Its abbreviation.")

AGENCY: tuple[Column, ...] = (
    ("Agency", "agency_id"),
    ("Name", "name"),
    ("Kind", "kind"),
    ("Below", "parent_id"),
    ("Region", "region_id"),
    ("Promised", lambda row: [_promise(each) for each in row["commitments"]]),
    ("Closed", "is_closed"),
    ("Carried on by", "successors"),
)
MORE: tuple[Column, ...] = (
    ("Short name", "short_name"),
    ("Path", "path"),
    ("Closed because", "closed_because"),
    ("By regulation", "succession.letter_number"),
    ("Since", "succession.effective_on"),
    ("Source", "source"),
)
FORMER: tuple[Column, ...] = (
    ("Name", "name"),
    ("Until", "changed_on"),
    ("By regulation", "letter_number"),
)
BRANCH: tuple[Column, ...] = (
    ("Agency", "agency_id"),
    ("Name", "name"),
    ("Kind", "kind"),
    ("Open agencies below", "open_children"),
    ("Closed", "is_closed"),
)


@agency.command("list")
@listing
def list_agencies(
    session: Session,
    text: Annotated[
        str | None, typer.Option("--text", help="Beginnings of words of the name: 'din kes'.")
    ] = None,
    region: RegionFilter = None,
    below: Annotated[str | None, typer.Option("--below", help="This one and all below.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Such as agency, village.")] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Without those closed.")] = False,
) -> None:
    """List the agencies by name."""
    filters = given(text=text, region=region, below=below, kind=kind, open_only=open_only or None)
    found = session.api("submission").pages("/agencies", every=session.every_page, **filters)
    show_page(session, found, *AGENCY)


@agency.command("show")
@reading
def show_agency(session: Session, agency_id: AgencyId) -> None:
    """Show an agency: what it has promised, its earlier names, who carries on for it."""
    found = session.api("submission").get(f"/agencies/{agency_id}")
    former = listed(found["former_names"], *FORMER, title="Earlier names")
    more = [former] if found["former_names"] else []
    session.out.answer(found, detailed(found, *AGENCY, *MORE), *more)


@agency.command("tree")
@listing
def show_tree(session: Session, agency_id: AgencyId) -> None:
    """Show an agency and those directly below it."""
    api, path = session.api("submission"), f"/agencies/{agency_id}/tree"
    found = api.get(path)
    children: list[Document] = list(found["children"])
    while session.every_page and found["next_cursor"] is not None:
        found = api.get(path, cursor=found["next_cursor"])
        children += found["children"]
    top = listed([found["agency"]], *BRANCH)
    below = listed(children, *BRANCH, title="Directly below")
    session.out.answer({**found, "children": children}, top, below)
    if found["next_cursor"] is not None:
        session.out.tell(HINT)


@agency.command("register")
@writing
def register_agency(
    session: Session,
    agency_id: AgencyId,
    name: Annotated[str, typer.Option("--name", help="The full official name.")],
    kind: Annotated[str, typer.Option("--kind", help="Such as regency, agency, village, school.")],
    parent: Annotated[str | None, typer.Option("--parent", help="The agency above it.")] = None,
    short_name: Annotated[str, SHORT_NAME] = "",
    source: Annotated[str, typer.Option("--source", help="Where it is known from.")] = "",
    sample: Annotated[bool, typer.Option("--sample", help="It is invented.")] = False,
) -> None:
    """Register an agency at its place in the tree."""
    body = {
        "agency_id": agency_id,
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "parent_id": parent,
        "source": source,
        "sample": sample,
    }
    written = session.api("submission").post("/agencies", body)
    show_written(session, written, f"Agency {agency_id} is registered.")


@agency.command("commit")
@writing
def sign_commitment(
    session: Session,
    agency_id: AgencyId,
    season_id: Annotated[str, typer.Option("--season", help="For which season.")],
    letter_number: Annotated[str, typer.Option("--letter-number", help="The signed letter's.")],
    signed_on: Annotated[str, typer.Option("--signed-on", help="The day, such as 2026-02-01.")],
    promised: Annotated[int, typer.Option("--promised", min=1, help="Innovations at least.")] = 1,
) -> None:
    """Record the commitment that an agency's head has signed."""
    body = {
        "season_id": season_id,
        "innovations_promised": promised,
        "letter_number": letter_number,
        "signed_on": day(signed_on),
    }
    written = session.api("submission").post(f"/agencies/{agency_id}/commitments", body)
    show_written(session, written, f"The commitment of {agency_id} is recorded.")


@agency.command("rename")
@writing
def rename_agency(
    session: Session,
    agency_id: AgencyId,
    name: Annotated[str, typer.Option("--name", help="The new name.")],
    short_name: Annotated[str, SHORT_NAME] = "",
    letter_number: LetterNumber = "",
    effective_on: EffectiveOn = None,
) -> None:
    """Give an agency its new name; the old one stays findable."""
    body = {
        "name": name,
        "short_name": short_name,
        "letter_number": letter_number,
        "effective_on": None if effective_on is None else day(effective_on),
    }
    written = session.api("submission").put(f"/agencies/{agency_id}/name", body, if_match=True)
    show_written(session, written, f"Agency {agency_id} is now {name}.")


@agency.command("succeed")
@writing
def succeed_agency(
    session: Session,
    agency_id: AgencyId,
    by: Annotated[list[str], typer.Option("--by", help="Who carries on; repeated after a split.")],
    effective_on: Annotated[
        str, typer.Option("--effective-on", help="The day from which it holds.")
    ],
    letter_number: LetterNumber,
    reason: Reason,
) -> None:
    """Let others carry on for an agency that ended by a merger or a split.

    They see its innovations, may go on with them, and what it reported counts for them.
    """
    body = {
        "successors": by,
        "effective_on": day(effective_on),
        "letter_number": letter_number,
        "reason": reason,
    }
    written = session.api("submission").post(f"/agencies/{agency_id}/succession", body)
    show_written(session, written, f"{', '.join(by)} carries on for {agency_id}.")


@agency.command("close")
@writing
def close_agency(session: Session, agency_id: AgencyId, reason: Reason) -> None:
    """Close an agency: it drafts nothing any more."""
    written = session.api("submission").post(f"/agencies/{agency_id}/closing", {"reason": reason})
    show_written(session, written, f"Agency {agency_id} is closed.")


def _promise(commitment: Document) -> str:
    return f"{commitment['innovations_promised']} in {commitment['season_id']}"
