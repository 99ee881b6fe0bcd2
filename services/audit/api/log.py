"""The log over HTTP: files as C2SP tlog-tiles has them, and proofs; for anybody, without a token.

Hashes in JSON are base64, as checkpoints and proofs write them.
"""

from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from services.audit.sealing import PublicLog
from services.audit.sealing.public import Inclusion, SignedHead
from shared.errors import Invalid, NotFound
from shared.http import Answer
from shared.transparency.proofs import ENDING

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FRESH = {"Cache-Control": "no-cache"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
LARGEST = 2**53


def _answers(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": {media_type: {}}}}


A_TEXT, A_FILE = _answers(TEXT.partition(";")[0]), _answers(BYTES)

SequenceOf = Callable[[str], Awaitable[int | None]]
"""The sequence of the event with this id, None where there is none."""

Size = Annotated[
    int | None, Query(ge=1, le=LARGEST, description="Of a checkpoint; else the newest.")
]
Sequence_ = Annotated[int, Path(ge=1, le=LARGEST)]


class HeadTold(Answer):
    size: int
    root: str


class HeadList(Answer):
    """Newest first. `next_before` asks for those before them, null where there are none."""

    items: tuple[HeadTold, ...]
    next_before: int | None


class InclusionTold(Answer):
    """`leaf` is the entry as it stands in the log, `checkpoint` the signed note."""

    index: int
    size: int
    root: str
    leaf: str
    leaf_hash: str
    hashes: tuple[str, ...]
    checkpoint: str


class ConsistencyTold(Answer):
    """`old_checkpoint` and `new_checkpoint` are the signed notes."""

    old_size: int
    new_size: int
    hashes: tuple[str, ...]
    old_checkpoint: str
    new_checkpoint: str


def routes(log: PublicLog, sequence_of: SequenceOf | None = None) -> APIRouter:
    """Without `sequence_of` events are asked for by their sequence only."""
    router = APIRouter(prefix="/log", tags=["log"])
    _files(router, log)
    _heads(router, log)
    _proofs(router, log, sequence_of)
    return router


def _files(router: APIRouter, log: PublicLog) -> None:
    @router.get(
        "/checkpoint", name="read_log_checkpoint", response_class=Response, responses=A_TEXT
    )
    async def read_log_checkpoint() -> Response:
        """The newest signed note."""
        return Response((await log.newest()).note, media_type=TEXT, headers=FRESH)

    @router.get("/vkey", name="read_log_keys", response_class=Response, responses=A_TEXT)
    async def read_log_keys() -> Response:
        """Keys that sign or signed, a line each, the newest first. Compare them with what was
        published elsewhere: who can change the log could change this too.
        """
        return Response(await log.keys(), media_type=TEXT, headers=FRESH)

    @router.get(
        "/tile/{path:path}", name="read_log_tile", response_class=Response, responses=A_FILE
    )
    async def read_log_tile(path: str) -> Response:
        """256 hashes or entries, or fewer where the log ends."""
        found = await log.tile(path)
        return Response(found, media_type=BYTES, headers=FOR_EVER)


def _heads(router: APIRouter, log: PublicLog) -> None:
    @router.get("/checkpoints", name="list_log_checkpoints")
    async def list_log_checkpoints(
        response: Response,
        before: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> HeadList:
        """Only those smaller than `before`."""
        found = await log.heads(before, limit)
        is_more = len(found) == limit and bool(await log.heads(found[-1].checkpoint.size, 1))
        response.headers.update(FRESH)
        return HeadList(
            items=tuple(map(_head, found)),
            next_before=found[-1].checkpoint.size if is_more else None,
        )

    @router.get(
        "/checkpoints/{size}",
        name="read_signed_checkpoint",
        response_class=Response,
        responses=A_TEXT,
    )
    async def read_signed_checkpoint(size: Annotated[int, Path(ge=1, le=LARGEST)]) -> Response:
        """The signed note over exactly so many facts."""
        found = await log.signed(size)
        return Response(found.note, media_type=TEXT, headers=FRESH)


def _proofs(router: APIRouter, log: PublicLog, sequence_of: SequenceOf | None) -> None:
    @router.get(
        "/proofs/{sequence}", name="read_log_proof", response_class=Response, responses=A_TEXT
    )
    async def read_log_proof(sequence: Sequence_, size: Size = None) -> Response:
        """A file (C2SP tlog-proof) that shows, without any server, that the log has this fact."""
        proof = await log.proof(sequence, size)
        named = f'attachment; filename="{sequence}{ENDING}"'
        headers = {**FRESH, "Content-Disposition": named}
        return Response(proof.text, media_type=TEXT, headers=headers)

    @router.get("/inclusion", name="read_log_inclusion")
    async def read_log_inclusion(
        response: Response,
        sequence: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
        event_id: Annotated[str | None, Query(alias="id", min_length=1, max_length=100)] = None,
        size: Size = None,
    ) -> InclusionTold:
        """That the log has a fact, named by its sequence or by the id of its event."""
        place = await _place(sequence, event_id, sequence_of)
        response.headers.update(FRESH)
        return _inclusion(await log.inclusion(place, size))

    @router.get("/consistency", name="read_log_consistency")
    async def read_log_consistency(
        response: Response,
        old: Annotated[int, Query(alias="from", ge=1, le=LARGEST)],
        new: Annotated[int | None, Query(alias="to", ge=1, le=LARGEST)] = None,
    ) -> ConsistencyTold:
        """That the log of the size `to` begins with that of the size `from`."""
        found = await log.consistency(old, new)
        response.headers.update(FRESH)
        return ConsistencyTold(
            old_size=found.old.checkpoint.size,
            new_size=found.new.checkpoint.size,
            hashes=_coded(found.hashes),
            old_checkpoint=found.old.note,
            new_checkpoint=found.new.note,
        )


async def _place(sequence: int | None, event_id: str | None, sequence_of: SequenceOf | None) -> int:
    if sequence is not None and event_id is not None:
        raise Invalid("fact_named_twice", "Name the fact by its `sequence` or its `id`, not both.")
    if sequence is not None:
        return sequence
    if event_id is None or sequence_of is None:
        raise Invalid("sequence_needed", "Name the fact by its `sequence`, or by its event's `id`.")
    found = await sequence_of(event_id)
    if found is None:
        raise NotFound("event_unknown", "No event with this id is known.")
    return found


def _head(found: SignedHead) -> HeadTold:
    return HeadTold(size=found.checkpoint.size, root=b64encode(found.checkpoint.root).decode())


def _inclusion(found: Inclusion) -> InclusionTold:
    point = found.head.checkpoint
    return InclusionTold(
        index=found.index,
        size=point.size,
        root=b64encode(point.root).decode(),
        leaf=found.entry.decode(),
        leaf_hash=b64encode(found.leaf_hash).decode(),
        hashes=_coded(found.hashes),
        checkpoint=found.head.note,
    )


def _coded(hashes: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(b64encode(each).decode() for each in hashes)
