"""`inda decide`: one indicator, on exactly the evidence that the person was shown."""

from collections.abc import Sequence
from typing import Annotated

import typer

from deploy.cli.arguments import Dossier, Indicator
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.session import Session, writing
from deploy.cli.verification import seen
from deploy.cli.verification.group import Note
from deploy.cli.verification.holding import taken, watched
from deploy.cli.verification.seen import whole_digest
from deploy.cli.written import show_written


@writing
def decide(
    session: Session,
    dossier_id: Dossier,
    indicator: Indicator,
    level: Annotated[int, typer.Option("--level", min=0, max=3, help="The level granted.")],
    reason: Annotated[
        str | None,
        typer.Option("--reason", help="A code of `inda dossier reasons`, if less is granted."),
    ] = None,
    note: Note = "",
    basis: Annotated[
        str | None,
        typer.Option("--basis", help="The basis that the evidence shows, where one is claimed."),
    ] = None,
    page: Annotated[
        int | None, typer.Option("--page", min=1, help="The page on which it was seen.")
    ] = None,
    second: Annotated[
        int | None, typer.Option("--second", min=0, help="The second of a film, likewise.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(
            "--file",
            metavar="SHA256",
            help="In which file it was seen, if several are shown; how it begins is enough.",
        ),
    ] = None,
) -> None:
    """Decide an indicator of a dossier; claims the dossier first if you have not.

    The verdict stands on the evidence that `inda dossier show` showed you last.
    """
    evidence = seen.shown(session, dossier_id).evidence(indicator)
    body = {
        "granted_level": level,
        "evidence": evidence,
        "basis": basis,
        "reason_code": reason,
        "note": note,
        "place": place_in(evidence, file, page, second),
    }
    api = session.api("verification")
    path = f"/dossiers/{dossier_id}/verdicts/{indicator}"
    with watched(session, dossier_id):
        token = taken(session, api, dossier_id)
        written = api.put(path, {"token": token, **body}, if_match=True)
    show_written(session, written, f"{indicator} is granted level {level}.")


def place_in(
    evidence: Sequence[str], file: str | None, page: int | None, second: int | None
) -> Document | None:
    """Where it was seen; of a single file one need not say in which. Raises `Misuse`."""
    if file is None and page is None and second is None:
        return None
    if file is None and len(evidence) != 1:
        raise Misuse(
            "file_unnamed",
            f"{len(evidence)} files are shown for this indicator; name one with --file.",
        )
    digest = evidence[0] if file is None else whole_digest(file, evidence)
    return {"sha256": digest, "page": page, "second": second}
