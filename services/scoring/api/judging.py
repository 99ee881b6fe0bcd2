"""What judges and committee do on a panel over HTTP: seal, recuse, reveal."""

from decimal import Decimal
from typing import Annotated, Protocol

from fastapi import APIRouter, Response
from pydantic import Field

from services.scoring.api.panels import thing_of
from services.scoring.domain.commitment import Opened
from services.scoring.domain.panel import (
    Command,
    Missing,
    Recuse,
    Reveal,
    Revealed,
    SealScore,
    State,
)
from services.scoring.domain.seats import Open, Pair
from shared.errors import Forbidden, NotFound
from shared.events.base import Code, Digest, Key, PersonId
from shared.events.scoring import CriterionScore, PanelEvent
from shared.history import Handler
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.identity import Access, Relation, Thing

Panels = Handler[Command, State, PanelEvent]


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


class RecusalRequest(Body):
    """`judge_id` is left out by a judge; a committee names whom it records."""

    innovation_id: Key
    reason: Annotated[str, Field(min_length=1, max_length=1000)]
    judge_id: PersonId | None = None


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
        panel = await _panel_for(ask, panels, panel_id)
        _require_entry(ask, panel, innovation_id)
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

    @router.post("/{panel_id}/recusals", name="recuse_judge", status_code=201)
    async def recuse_judge(
        panel_id: Key, body: RecusalRequest, ask: Annotated[Ask, doors.writes("recuse_judge")]
    ) -> Written:
        """A judge needs to see the entry no more to step back from it."""
        await _panel_for(ask, panels, panel_id)
        judge_id = body.judge_id or ask.by
        if judge_id != ask.by and Relation.ANY not in ask.access.relations:
            raise Forbidden("role_not_allowed", "A judge steps back only for themselves.")
        command = Recuse(ask.by, ask.at, judge_id, body.innovation_id, body.reason)
        return ask.written(await ask.send(panels, panel_id, command))

    @router.post("/{panel_id}/reveal", name="reveal_scores")
    async def reveal_scores(
        panel_id: Key, ask: Annotated[Ask, doors.writes("reveal_scores", if_match=True)]
    ) -> Written:
        state = (await panels.state(panel_id)).state
        ask.require(_seats(_content(state)))
        opened = opened_by(sealing, state) if isinstance(state, Open) else ()
        return ask.written(await ask.send(panels, panel_id, Reveal(ask.by, ask.at, opened)))

    @router.get("/{panel_id}/my-scores", name="read_own_scores")
    async def read_own_scores(
        panel_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_own_scores")],
    ) -> OwnScores:
        """What a judge sealed, for that judge alone."""
        snapshot = await panels.state(panel_id)
        panel = _content(snapshot.state)
        access.require(_seats(panel))
        show_version(response, snapshot.version, snapshot.sequence)
        own = [pair for pair in panel.seals if pair[0] == access.caller.id]
        return OwnScores(items=tuple(_own_score(sealing, panel, pair) for pair in sorted(own)))

    return router


def opened_by(sealing: Seals, panel: Open) -> tuple[Opened, ...]:
    """Every score that was sealed and counts, in clear."""
    return tuple(
        sealing.open(panel.panel_id, pair, panel.seals[pair].ciphertext) for pair in panel.sealed
    )


def _own_score(sealing: Seals, panel: Open, pair: Pair) -> OwnScore:
    seal = panel.seals[pair]
    opened = sealing.open(panel.panel_id, pair, seal.ciphertext)
    return OwnScore(
        innovation_id=opened.innovation_id,
        scores=opened.scores,
        nonce=opened.nonce,
        commitment=seal.commitment,
    )


async def _panel_for(ask: Ask, panels: Panels, panel_id: str) -> Open:
    """The panel, if this person has a part in it. Raises `NotFound`."""
    state = (await panels.state(panel_id, remembered=True)).state
    panel = _content(state)
    ask.require(_seats(panel))
    return panel


def _content(state: State) -> Open:
    match state:
        case Missing():
            raise _invisible()
        case Revealed(panel):
            return panel
        case Open():
            return state


def _seats(panel: Open) -> Thing:
    return Thing(assignees=frozenset(panel.opened.judges))


def _require_entry(ask: Ask, panel: Open, innovation_id: str) -> None:
    judges = frozenset(panel.opened.judges)
    for entry in panel.opened.entries:
        if entry.innovation_id == innovation_id:
            ask.require(thing_of(entry, judges))
            return
    raise _invisible()


def _invisible() -> NotFound:
    return NotFound("not_found", "There is no such panel, or none that you may see.")
