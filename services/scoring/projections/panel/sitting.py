"""Who sits where, and what is still awaited of them. Pure."""

from collections import Counter
from typing import Any, Literal

from services.scoring.projections.panel.rows import (
    AwaitedRow,
    PanelView,
    RemovalRow,
    SeatRow,
    ThirdReadingRow,
)
from shared.events.scoring import (
    JudgeRecused,
    JudgeSeated,
    JudgeUnseated,
    PanelOpened,
    ThirdReadingAsked,
)

Changes = dict[str, Any]


def at_opening(fact: PanelOpened) -> tuple[SeatRow, ...]:
    return tuple(
        SeatRow(
            judge_id=judge,
            innovations=(),
            seated="at_opening",
            seated_by=fact.by,
            seated_at=fact.at,
        )
        for judge in fact.judges
    )


def seated(view: PanelView, fact: JudgeSeated) -> Changes:
    return {"seats": _with_seat(view.seats, fact, fact.judge_id, fact.innovations, "by_committee")}


def unseated(view: PanelView, fact: JudgeUnseated) -> Changes:
    judge = fact.judge_id
    removal = RemovalRow(judge_id=judge, reason=fact.reason, removed_by=fact.by, removed_at=fact.at)
    return {
        "seats": tuple(seat for seat in view.seats if seat.judge_id != judge),
        "seals": tuple(seal for seal in view.seals if seal.judge_id != judge),
        "removals": (*view.removals, removal),
        "third_readings": tuple(
            _fallen(row) if row.judge_id == judge else row for row in view.third_readings
        ),
    }


def asked(view: PanelView, fact: ThirdReadingAsked) -> Changes:
    seats = view.seats
    for each in fact.readings:
        named = (each.innovation_id,)
        seats = _with_seat(seats, fact, each.judge_id, named, "for_third_reading")
    rows = tuple(
        ThirdReadingRow(
            judge_id=each.judge_id,
            innovation_id=each.innovation_id,
            asked_by=fact.by,
            asked_at=fact.at,
        )
        for each in fact.readings
    )
    return {"seats": seats, "third_readings": (*view.third_readings, *rows)}


def fallen(view: PanelView, fact: JudgeRecused) -> tuple[ThirdReadingRow, ...]:
    """The third readings after a recusal."""
    pair = (fact.judge_id, fact.innovation_id)
    return tuple(
        _fallen(row) if (row.judge_id, row.innovation_id) == pair else row
        for row in view.third_readings
    )


def counted(view: PanelView) -> PanelView:
    """With what is awaited, and how far each judge is, by the rows as they are now."""
    awaited = _awaited(view)
    sealed = Counter(row.judge_id for row in view.seals)
    missing = Counter(row.judge_id for row in awaited)
    seats = tuple(
        seat.model_copy(
            update={
                "sealed": sealed[seat.judge_id],
                "due": sealed[seat.judge_id] + missing[seat.judge_id],
            }
        )
        for seat in view.seats
    )
    judges = tuple(seat.judge_id for seat in seats)
    return view.model_copy(update={"awaited": awaited, "seats": seats, "judges": judges})


def _awaited(view: PanelView) -> tuple[AwaitedRow, ...]:
    """In the order of entries and judges."""
    done = {(row.judge_id, row.innovation_id) for row in (*view.seals, *view.recusals)}
    return tuple(
        AwaitedRow(judge_id=seat.judge_id, innovation_id=entry.innovation_id)
        for entry in view.entries
        for seat in view.seats
        if reads(seat, entry.innovation_id)
        and seat.judge_id not in entry.drafters
        and (seat.judge_id, entry.innovation_id) not in done
    )


def reads(seat: SeatRow, innovation_id: str) -> bool:
    """Whether the entry is before this judge."""
    return not seat.innovations or innovation_id in seat.innovations


def _with_seat(
    seats: tuple[SeatRow, ...],
    fact: JudgeSeated | ThirdReadingAsked,
    judge_id: str,
    innovations: tuple[str, ...],
    how: Literal["by_committee", "for_third_reading"],
) -> tuple[SeatRow, ...]:
    """A judge who sits there already keeps the place and gets these entries besides."""
    known = next((seat for seat in seats if seat.judge_id == judge_id), None)
    if known is not None:
        wider = known.model_copy(update={"innovations": (*known.innovations, *innovations)})
        return tuple(wider if seat is known else seat for seat in seats)
    seat = SeatRow(
        judge_id=judge_id,
        innovations=innovations,
        seated=how,
        seated_by=fact.by,
        seated_at=fact.at,
        reason=fact.reason if isinstance(fact, JudgeSeated) else "",
    )
    return (*seats, seat)


def _fallen(row: ThirdReadingRow) -> ThirdReadingRow:
    return row.model_copy(update={"stands": False})
