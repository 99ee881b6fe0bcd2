"""A doubt of anybody: decided, then kept, so that a retry with the same key makes one doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from services.awards.api.doubts.evidence import MOST_FILES, Evidence, FileBody, SentFile, decoded
from services.awards.api.doubts.kept import KeptDoubt, KeptDoubts, Reporter
from services.awards.api.reading import Competitions
from services.awards.api.strangers import Strangers
from services.awards.domain.competition import FileDoubt
from shared.events.base import Code, Key
from shared.http import Ask, Body, Written

Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=50, max_length=5000)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+[^\s]*$", max_length=500)]


class DoubtRequest(Body):
    """Why the entry is not original, with a file or an address that shows it.

    `reporter` may be left out: nobody has to say who they are.
    """

    innovation_id: Key
    statement: Statement
    links: Annotated[tuple[Address, ...], Field(max_length=10)] = ()
    files: Annotated[tuple[FileBody, ...], Field(max_length=MOST_FILES)] = ()
    reporter: Reporter | None = None


class DoubtWritten(Written):
    doubt_id: str


@dataclass(frozen=True, slots=True)
class Door:
    """What filing needs: who may write without an account, and where it is kept."""

    strangers: Strangers
    evidence: Evidence
    kept: KeptDoubts


def filing_routes(competitions: Competitions, door: Door) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}/public-test", tags=["public test"])

    @router.post("/doubts", name="file_doubt", status_code=201)
    async def file_doubt(
        competition_id: Code,
        body: DoubtRequest,
        ask: Annotated[Ask, door.strangers.writes()],
    ) -> DoubtWritten:
        files = decoded(body.files)
        command = _command(body, files, ask)
        before = await competitions.state(competition_id)
        if ask.cause.command_id not in before.commands:
            # What is refused is not looked into, and leaves no file behind.
            await competitions(competition_id, command, ask.cause, dry_run=True)
            await door.evidence.judge(files)
            if not ask.dry_run:
                await door.evidence.keep(files)
        outcome = await ask.send(competitions, competition_id, command)
        if not ask.dry_run:
            await door.kept.put(_kept(competition_id, body, files, command))
        written = ask.written(outcome)
        return DoubtWritten(**written.model_dump(), doubt_id=command.doubt_id)

    return router


def _command(body: DoubtRequest, files: Sequence[SentFile], ask: Ask) -> FileDoubt:
    return FileDoubt(
        by=ask.by,
        at=ask.at,
        doubt_id=ask.new_id("doubt"),
        innovation_id=body.innovation_id,
        statement_digest=sha256(body.statement.encode()).hexdigest(),
        evidence=tuple(each.kept.sha256 for each in files),
        links=len(body.links),
    )


def _kept(
    competition_id: str, body: DoubtRequest, files: Sequence[SentFile], command: FileDoubt
) -> KeptDoubt:
    return KeptDoubt(
        doubt_id=command.doubt_id,
        competition_id=competition_id,
        innovation_id=body.innovation_id,
        statement=body.statement,
        links=body.links,
        files=tuple(each.kept for each in files),
        reporter=body.reporter,
    )
