"""All seals of a panel opened together: every score fits its commitment, every entry its mean."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from services.scoring.domain.commitment import (
    Opened,
    commitment,
    half_up,
    require_scale,
    rounded_mean,
    weighted,
)
from services.scoring.domain.seats import Open, Pair
from shared.errors import Refused
from shared.events.scoring import Criterion, EntryMean, JudgeScore, PanelEntry, ScoresRevealed


def revealed(panel: Open, opened: Sequence[Opened], by: str, at: datetime) -> ScoresRevealed:
    """The fact. Refused while a score is awaited, or if one does not fit its commitment."""
    _require_complete(panel)
    by_pair = {(each.judge_id, each.innovation_id): each for each in opened}
    _require_exactly_the_seals(panel, opened, by_pair)
    for pair in panel.sealed:
        _require_bound(panel, by_pair[pair])
    told = panel.opened
    totals = {pair: weighted(told.criteria, by_pair[pair].scores) for pair in panel.sealed}
    return ScoresRevealed(
        by=by,
        at=at,
        panel_id=told.panel_id,
        competition_id=told.competition_id,
        category=told.category,
        round=told.round,
        scores=tuple(_score(told.criteria, by_pair[pair], totals[pair]) for pair in panel.sealed),
        means=tuple(_mean(entry, totals) for entry in told.entries),
    )


def _require_complete(panel: Open) -> None:
    if panel.awaited:
        raise Refused(
            "scores_awaited",
            "Every judge must have sealed a score, or be recused, for every entry.",
            awaited=tuple(f"{judge}/{entry}" for judge, entry in panel.awaited),
        )
    judged = {entry for _, entry in panel.sealed}
    for entry in panel.opened.entries:
        if entry.innovation_id not in judged:
            raise Refused(
                "entry_without_score",
                "An entry from which every judge is recused has no score.",
                innovation_id=entry.innovation_id,
            )


def _require_exactly_the_seals(
    panel: Open, opened: Sequence[Opened], by_pair: Mapping[Pair, Opened]
) -> None:
    times = Counter((each.judge_id, each.innovation_id) for each in opened)
    if set(by_pair) == set(panel.sealed) and all(count == 1 for count in times.values()):
        return
    raise Refused("seals_differ", "Open exactly the scores that were sealed, each of them once.")


def _require_bound(panel: Open, opened: Opened) -> None:
    sealed = panel.seals[(opened.judge_id, opened.innovation_id)]
    if commitment(panel.panel_id, opened) != sealed.commitment:
        raise Refused(
            "commitment_broken",
            "An opened score is not the one that was sealed.",
            judge_id=opened.judge_id,
            innovation_id=opened.innovation_id,
        )
    require_scale(panel.opened.criteria, opened)


def _score(criteria: Sequence[Criterion], opened: Opened, total: Fraction) -> JudgeScore:
    given = {each.criterion: each for each in opened.scores}
    return JudgeScore(
        judge_id=opened.judge_id,
        innovation_id=opened.innovation_id,
        scores=tuple(given[criterion.code] for criterion in criteria),
        nonce=opened.nonce,
        total=half_up(total),
    )


def _mean(entry: PanelEntry, totals: Mapping[Pair, Fraction]) -> EntryMean:
    """From the exact totals, so that the mean is rounded once."""
    of_entry = [
        total for (_, innovation), total in totals.items() if innovation == entry.innovation_id
    ]
    return EntryMean(
        innovation_id=entry.innovation_id, judges=len(of_entry), mean=rounded_mean(of_entry)
    )
