"""What may happen on a panel of judges, from its opening to the reveal of all scores. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from services.scoring.domain import reveal
from services.scoring.domain.commitment import Opened, commitment, require_scale
from services.scoring.domain.seats import Open, Pair, Seal, is_conflicted, is_tied_by_agency
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.awards import RoundOpened
from shared.events.scoring import (
    CriterionScore,
    JudgeRecused,
    PanelEntry,
    PanelEvent,
    PanelOpened,
    ScoreSealed,
    ScoresRevealed,
)

TIED_BY_AGENCY = "Tied to the entry by agency."


@dataclass(frozen=True, slots=True)
class OpenPanel:
    """Awards opened a round that judges score."""

    by: str
    at: datetime
    round_opened: RoundOpened


@dataclass(frozen=True, slots=True)
class Recuse:
    """A judge will not score an entry; `by` is the judge, or who records it for the judge."""

    by: str
    at: datetime
    judge_id: str
    innovation_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SealScore:
    """A judge's score of an entry. `ciphertext` hides the canonical form of these scores.

    The scores come in clear so that what could never be revealed is refused now; the fact holds
    only their commitment.
    """

    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    innovation_id: str
    scores: tuple[CriterionScore, ...]
    nonce: str
    ciphertext: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """Open every seal at once; `opened` are the scores read back from the ciphertexts."""

    by: str
    at: datetime
    opened: tuple[Opened, ...]


Command = OpenPanel | Recuse | SealScore | Reveal


@dataclass(frozen=True, slots=True)
class Missing:
    """No such panel."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """All scores are open; nothing changes any more."""

    panel: Open


State = Missing | Open | Revealed


def decide(command: Command, state: State) -> list[PanelEvent]:
    match command, state:
        case OpenPanel(), Missing():
            return [_opened(command)]
        case OpenPanel(), Open() | Revealed():
            return []
        case _, Missing():
            raise NotFound("not_found", "There is no such panel, or none that you may see.")
        case Reveal(), Revealed():
            return []
        case _, Revealed():
            raise Refused("panel_revealed", "The scores of this panel are revealed and final.")
        case Recuse(), Open():
            return _recuse(command, state)
        case SealScore(), Open():
            return _seal(command, state)
        case Reveal(), Open():
            return [reveal.revealed(state, command.opened, command.by, command.at)]
        case _:
            assert_never(command)


def evolve(state: State, fact: PanelEvent) -> State:
    match fact, state:
        case PanelOpened(), _:
            return Open(fact)
        case ScoresRevealed(), Open():
            return Revealed(state)
        case JudgeRecused(), Open():
            pair = (fact.judge_id, fact.innovation_id)
            seals = {seat: seal for seat, seal in state.seals.items() if seat != pair}
            return replace(state, seals=seals, recused=state.recused | {pair})
        case ScoreSealed(), Open():
            pair = (fact.judge_id, fact.innovation_id)
            sealed: Mapping[Pair, Seal] = {pair: Seal(fact.commitment, fact.ciphertext)}
            return replace(state, seals={**state.seals, **sealed})
        case _:
            return state


def _opened(command: OpenPanel) -> PanelOpened:
    opened = command.round_opened
    if opened.panel_id is None or opened.scored_by != "panel":
        raise Refused("round_without_panel", "This round is not scored by judges.")
    if not opened.criteria or any(each.weight < 1 or each.scale < 1 for each in opened.criteria):
        raise Refused(
            "criteria_unusable", "A panel needs criteria with a weight and a scale above zero."
        )
    return PanelOpened(
        by=command.by,
        at=command.at,
        panel_id=opened.panel_id,
        competition_id=opened.competition_id,
        category=opened.category,
        round=opened.round,
        criteria=opened.criteria,
        judges=opened.judges,
        entries=opened.entries,
    )


def _recuse(command: Recuse, panel: Open) -> list[PanelEvent]:
    _require_seat(command.judge_id, panel)
    entry = _entry(command.innovation_id, panel)
    if not command.reason.strip():
        raise Refused("reason_missing", "Say why the judge will not score this entry.")
    if (command.judge_id, entry.innovation_id) in panel.recused:
        return []
    return [_recused(command, panel, command.judge_id, entry, command.reason)]


def _seal(command: SealScore, panel: Open) -> list[PanelEvent]:
    _require_seat(command.by, panel)
    entry = _entry(command.innovation_id, panel)
    _require_free(command, panel, entry)
    opened = Opened(command.by, entry.innovation_id, command.scores, command.nonce)
    require_scale(panel.opened.criteria, opened)
    digest = commitment(panel.panel_id, opened)
    known = panel.seals.get((command.by, entry.innovation_id))
    if known is not None and known.commitment == digest:
        return []
    sealed = ScoreSealed(
        by=command.by,
        at=command.at,
        panel_id=panel.panel_id,
        judge_id=command.by,
        innovation_id=entry.innovation_id,
        commitment=digest,
        ciphertext=command.ciphertext,
        by_agency=command.agency,
    )
    return [sealed, *_conflicts(command, panel)]


def _conflicts(command: SealScore, panel: Open) -> list[JudgeRecused]:
    """The ties by agency that a judge's token shows: nobody waits for scores that cannot come."""
    return [
        _recused(command, panel, command.by, entry, TIED_BY_AGENCY)
        for entry in panel.opened.entries
        if is_tied_by_agency(command.agency, command.agency_path, entry)
        and (command.by, entry.innovation_id) not in panel.recused
    ]


def _recused(
    command: Recuse | SealScore, panel: Open, judge_id: str, entry: PanelEntry, reason: str
) -> JudgeRecused:
    return JudgeRecused(
        by=command.by,
        at=command.at,
        panel_id=panel.panel_id,
        judge_id=judge_id,
        innovation_id=entry.innovation_id,
        reason=reason.strip(),
    )


def _require_seat(judge_id: str, panel: Open) -> None:
    if judge_id not in panel.opened.judges:
        raise NotFound("not_found", "There is no such panel, or none that you may see.")


def _entry(innovation_id: str, panel: Open) -> PanelEntry:
    for entry in panel.opened.entries:
        if entry.innovation_id == innovation_id:
            return entry
    raise NotFound("not_found", "There is no such entry, or none that you may see.")


def _require_free(command: SealScore, panel: Open, entry: PanelEntry) -> None:
    """A conflicted entry does not exist for its judge; a recused one is refused in the open."""
    if is_conflicted(command.by, command.agency, command.agency_path, entry):
        raise NotFound("not_found", "There is no such entry, or none that you may see.")
    if (command.by, entry.innovation_id) in panel.recused:
        raise Refused("judge_recused", "You are recused from this entry.")


decider = Decider[Command, State, PanelEvent](Missing(), decide, evolve)
