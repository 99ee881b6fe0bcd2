"""How scores are sealed, read back by their judge, and opened together over HTTP."""

from decimal import Decimal
from typing import Annotated, Protocol

from fastapi import APIRouter, Response
from pydantic import Field

from services.scoring.api.panels import thing_of
from services.scoring.api.seated import Panels, content, panel_for, seats
from services.scoring.domain.commitment import Opened
from services.scoring.domain.panel import AskThirdReading, Reveal, SealScore, State
from services.scoring.domain.seats import Open, Pair
from services.scoring.domain.third_reading import third_readings_due
from shared.errors import NotFound
from shared.events.base import Code, Digest, Key
from shared.events.scoring import CriterionScore
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.identity import Access, Thing


class Seals(Protocol):
    """Hides scores until the reveal; a retry of one command hides alike."""

    def nonce(self, panel_id: str, command_id: str) -> str: ...
    def hide(self, panel_id: str, opened: Opened) -> str: ...
    def open(self, panel_id: str, pair: Pair, ciphertext: str) -> Opened: ...


class CriterionScoreBody(Body):
    criterion: Code
    score: Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]


class SealRequest(Body):
    """One score for every criterion of the panel, from 0 to its scale."""

    scores: Annotated[tuple[CriterionScoreBody, ...], Field(min_length=1, max_length=60)]


class OwnScore(Answer):
    """`commitment` is SHA-256 of the canonical JSON of panel, judge, entry, scores and nonce."""

    innovation_id: Key
    scores: tuple[CriterionScore, ...]
    nonce: str
    commitment: Digest


class OwnScores(Answer):
    items: tuple[OwnScore, ...]


def routes(doors: Doors, panels: Panels, sealing: Seals) -> APIRouter:
    router = APIRouter(prefix="/panels", tags=["panels"])

    @router.post("/{panel_id}/scores/{innovation_id}", name="seal_score", status_code=201)
    async def seal_score(
        panel_id: Key,
        innovation_id: Key,
        body: SealRequest,
        ask: Annotated[Ask, doors.writes("seal_score")],
    ) -> Written:
        """A later seal replaces the earlier one until the scores are revealed."""
        await panel_for(ask, panels, panel_id, lambda panel: _entry(panel, innovation_id))
        scores = tuple(CriterionScore.model_validate(each.model_dump()) for each in body.scores)
        nonce = sealing.nonce(panel_id, ask.cause.command_id)
        command = SealScore(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            innovation_id=innovation_id,
            scores=scores,
            nonce=nonce,
            ciphertext=sealing.hide(panel_id, Opened(ask.by, innovation_id, scores, nonce)),
        )
        return ask.written(await ask.send(panels, panel_id, command))

    @router.post("/{panel_id}/reveal", name="reveal_scores")
    async def reveal_scores(
        panel_id: Key, ask: Annotated[Ask, doors.writes("reveal_scores", if_match=True)]
    ) -> Written:
        """Opens all scores at once, or asks for the third readings that the rule wants first.

        `happened` says which of the two it was. Nothing of a score is told before all are open.
        """
        state = (await panels.state(panel_id)).state
        ask.require(seats(content(state)))
        return ask.written(await ask.send(panels, panel_id, _next_step(ask, sealing, state)))

    @router.get("/{panel_id}/my-scores", name="read_own_scores")
    async def read_own_scores(
        panel_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_own_scores")],
    ) -> OwnScores:
        """What a judge sealed, for that judge alone."""
        snapshot = await panels.state(panel_id)
        panel = content(snapshot.state)
        access.require(seats(panel))
        show_version(response, snapshot.version, snapshot.sequence)
        own = [pair for pair in panel.seals if pair[0] == access.caller.id]
        return OwnScores(items=tuple(_own_score(sealing, panel, pair) for pair in sorted(own)))

    return router


def opened_by(sealing: Seals, panel: Open) -> tuple[Opened, ...]:
    """Every score that was sealed and counts, in clear."""
    return tuple(
        sealing.open(panel.panel_id, pair, panel.seals[pair].ciphertext) for pair in panel.sealed
    )


def _next_step(ask: Ask, sealing: Seals, state: State) -> Reveal | AskThirdReading:
    """What an opening leads to: scores leave this process only where no third reading is due."""
    if not isinstance(state, Open):
        return Reveal(ask.by, ask.at, ())
    opened = opened_by(sealing, state)
    due = third_readings_due(state, opened)
    if due:
        return AskThirdReading(ask.by, ask.at, due)
    return Reveal(ask.by, ask.at, opened)


def _own_score(sealing: Seals, panel: Open, pair: Pair) -> OwnScore:
    seal = panel.seals[pair]
    opened = sealing.open(panel.panel_id, pair, seal.ciphertext)
    return OwnScore(
        innovation_id=opened.innovation_id,
        scores=opened.scores,
        nonce=opened.nonce,
        commitment=seal.commitment,
    )


def _entry(panel: Open, innovation_id: str) -> Thing:
    """An entry as authorization sees it. Raises `NotFound`."""
    readers = frozenset(judge for judge in panel.judges if panel.reads(judge, innovation_id))
    for entry in panel.opened.entries:
        if entry.innovation_id == innovation_id:
            return thing_of(entry, readers)
    raise NotFound("not_found", "There is no such entry, or none that you may see.")
