"""What is like a dossier, across agencies and years, and two of them side by side: hints."""

from typing import Annotated

from fastapi import APIRouter, Response

from services.verification.api.machine.neighbours import Kind, Likeness, Neighbourhood
from services.verification.api.machine.similar.beside import Beside, beside
from services.verification.api.sight import Sight
from shared.contents import Contents, Readings
from shared.events.base import Digest, Key
from shared.http import Answer, Doors
from shared.identity import Access


class Similar(Answer):
    """One likeness. Of a dossier that the person may not see, no more than that it exists."""

    dossier_id: Key | None
    title: str
    agency_id: str | None
    season_id: str | None
    kind: Kind
    similarity: float
    sha256: Digest | None
    other_sha256: Digest | None


class SimilarList(Answer):
    """`unread` are papers that were not read yet: ask again."""

    items: tuple[Similar, ...]
    unread: tuple[Key, ...]


def routes(
    doors: Doors,
    sight: Sight,
    readings: Readings,
    contents: Contents,
    neighbourhood: Neighbourhood,
) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}/similar", tags=["machine checks"])

    @router.get("", name="read_similar")
    async def read_similar(
        dossier_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_similar")],
    ) -> SimilarList:
        """The same files, letters and titles first, then what is nearly the same."""
        view = await sight.found(dossier_id, access, response)
        read = await readings.of(view.manifest)
        likenesses = await neighbourhood.of(view, read.readings)
        others = {each.other.dossier_id: each.other for each in likenesses}
        seen = await sight.seen(access, others.values())
        items = tuple(_answer(each, each.other.dossier_id in seen) for each in likenesses)
        return SimilarList(items=items, unread=read.unread)

    @router.get("/{other_id}", name="read_similar")
    async def read_beside(
        dossier_id: Key,
        other_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_similar")],
    ) -> Beside:
        """Both must be visible to whoever asks. Whose words are shown is recorded first."""
        theirs = await sight.found(other_id, access, response)
        ours = await sight.found(dossier_id, access, response)
        await readings.of((*ours.manifest, *theirs.manifest))
        compared = await beside(ours, theirs, contents)
        for pair in compared.texts:
            if pair.passages:
                await sight.opened(ours, pair.ours_sha256, access, "text")
                await sight.opened(theirs, pair.theirs_sha256, access, "text")
        return compared

    return router


def _answer(likeness: Likeness, is_seen: bool) -> Similar:
    other = likeness.other
    is_told = is_seen or likeness.kind == "same_file"
    return Similar(
        dossier_id=other.dossier_id if is_seen else None,
        title=other.title if is_seen else "",
        agency_id=other.agency_id if is_seen else None,
        season_id=other.season_id if is_seen else None,
        kind=likeness.kind,
        similarity=likeness.similarity,
        sha256=likeness.sha256,
        other_sha256=likeness.other_sha256 if is_told else None,
    )
