"""What the audit can tell of a sealed score: who sealed it, and which ties it declares. Pure.

The scores themselves are judged at their reveal.
"""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.scoring.domain import panel
from services.scoring.domain.seats import Open, is_tied_by_agency
from shared.events.base import Fact
from shared.events.scoring import JudgeRecused, PanelEntry, ScoreSealed


def seal_fault(fact: ScoreSealed, before: panel.State) -> str | None:
    """Why nobody could have sealed this."""
    if not isinstance(before, Open):
        return "No open panel waits for scores."
    judge, innovation = fact.judge_id, fact.innovation_id
    if fact.by != judge or judge not in before.seats:
        return f"{judge} is no judge of this panel, or {fact.by} sealed in their place."
    if entry_before(before, innovation) is None:
        return f"The innovation {innovation} is not before this panel."
    if not before.reads(judge, innovation):
        return f"The innovation {innovation} is not before {judge}, who sealed a score of it."
    return _again_fault(fact, before)


def _again_fault(fact: ScoreSealed, before: Open) -> str | None:
    """A seal replaces an earlier one with another score, and none that is fixed."""
    pair = (fact.judge_id, fact.innovation_id)
    known = before.seals.get(pair)
    if known is not None and known.commitment == fact.commitment:
        return f"{fact.judge_id} had sealed this very score already."
    if pair in before.fixed:
        return f"The score of {fact.judge_id} was fixed when a third reading was asked."
    return None


def recusal_fault(
    sealed: ScoreSealed,
    declared: Sequence[Fact],
    before: panel.State,
    world: World,
    *,
    is_whole: bool,
) -> str | None:
    """Whether the facts said with a seal are the judge's ties by agency, and all of them.

    `is_whole` is False where the end of the replay may have cut some off.
    """
    for fact in declared:
        if not isinstance(fact, JudgeRecused) or not _is_own(fact, sealed):
            return f"{type(fact).__name__} is no part of what {sealed.judge_id} sealed."
    named = {fact.innovation_id for fact in declared if isinstance(fact, JudgeRecused)}
    missing = [each for each in _ties(sealed, before, world) if each not in named]
    if is_whole and missing:
        return f"{sealed.judge_id} is tied to {missing[0]} by agency and is not recused from it."
    return None


def _is_own(fact: JudgeRecused, sealed: ScoreSealed) -> bool:
    """Nobody from outside has ties by agency."""
    people = (fact.by, fact.judge_id)
    return people == (sealed.by, sealed.judge_id) and sealed.by_agency is not None


def _ties(sealed: ScoreSealed, before: panel.State, world: World) -> list[str]:
    """The entries tied to the judge by agency, of which they are not recused yet."""
    if not isinstance(before, Open):
        return []
    path = world.path_of(sealed.by_agency)
    return [
        entry.innovation_id
        for entry in before.opened.entries
        if is_tied_by_agency(sealed.by_agency, path, entry)
        and (sealed.judge_id, entry.innovation_id) not in before.recused
    ]


def entry_before(panel: Open, innovation_id: str) -> PanelEntry | None:
    entries = panel.opened.entries
    return next((each for each in entries if each.innovation_id == innovation_id), None)
