"""Where the first readers lie too far apart, the next judge in reserve reads the entry too. Pure.

Whether they do is known only with the seals open; whom to ask follows from the panel alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from services.scoring.domain.combining import weighted
from services.scoring.domain.commitment import Opened
from services.scoring.domain.seats import Open, Pair, require_complete
from shared.errors import Refused
from shared.events.scoring import PanelEntry, Reading, ThirdReadingAsked


def third_readings_due(panel: Open, opened: Sequence[Opened]) -> tuple[Reading, ...]:
    """Whom to ask to read which entries, in the order of entries.

    `opened` are all scores that were sealed and count. Nobody is asked while a score is awaited,
    or where no judge in reserve is left: such an entry is revealed without a third reading.
    """
    above = panel.opened.rule.third_reading_above
    if above is None or panel.awaited:
        return ()
    criteria = panel.opened.criteria
    totals = {(o.judge_id, o.innovation_id): weighted(criteria, o.scores) for o in opened}
    apart = [
        entry for entry in panel.opened.entries if _spread(panel, entry, totals) > Fraction(above)
    ]
    asked = [(next_reserve(panel, entry), entry.innovation_id) for entry in apart]
    return tuple(
        Reading(judge_id=judge, innovation_id=innovation)
        for judge, innovation in asked
        if judge is not None
    )


def next_reserve(panel: Open, entry: PanelEntry) -> str | None:
    """Who reads the entry next: None where a third reading stands already, or nobody is left."""
    if any(innovation == entry.innovation_id for _, innovation in panel.third):
        return None
    free = (
        judge
        for judge in panel.opened.rule.reserve_judges
        if judge not in panel.unseated
        and not panel.reads(judge, entry.innovation_id)
        and not panel.is_kept_from(judge, entry)
    )
    return next(free, None)


def asked(
    panel: Open, readings: Sequence[Reading], by: str, at: datetime
) -> list[ThirdReadingAsked]:
    """The fact; [] where exactly these stand already. How far scores lie apart is not in it."""
    pairs = [(each.judge_id, each.innovation_id) for each in readings]
    if pairs and all(pair in panel.third for pair in pairs):
        return []
    require_complete(panel)
    _require_next_in_reserve(panel, pairs)
    told = ThirdReadingAsked(by=by, at=at, panel_id=panel.panel_id, readings=tuple(readings))
    return [told]


def _require_next_in_reserve(panel: Open, pairs: Sequence[Pair]) -> None:
    entries = {entry.innovation_id: entry for entry in panel.opened.entries}
    named = [entries.get(innovation) for _, innovation in pairs]
    next_pairs = [(next_reserve(panel, e), e.innovation_id) for e in named if e is not None]
    is_once = len({innovation for _, innovation in pairs}) == len(pairs)
    has_limit = panel.opened.rule.third_reading_above is not None
    if has_limit and pairs and is_once and next_pairs == list(pairs):
        return
    raise Refused(
        "reading_not_due",
        "A third reading is asked of the next judge in reserve, once for an entry.",
    )


def _spread(panel: Open, entry: PanelEntry, totals: Mapping[Pair, Fraction]) -> Fraction:
    """How far the first readers' exact totals lie apart, in points of 100."""
    innovation = entry.innovation_id
    first = [
        totals[(judge, innovation)]
        for judge in panel.readers(entry)
        if (judge, innovation) not in panel.third
    ]
    return max(first) - min(first) if first else Fraction(0)
