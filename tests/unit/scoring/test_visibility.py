"""Lists show exactly what may be read one by one; judges see only entries they may judge."""

from typing import Any

from hypothesis import given as every
from hypothesis import strategies as st

from services.scoring.api import PERMISSIONS
from services.scoring.api.panels import shown_to
from services.scoring.api.scorecards import seen_by
from services.scoring.projections.panel import (
    AwaitedRow,
    PanelView,
    RecusalRow,
    SealRow,
    SeatRow,
    ThirdReadingRow,
)
from shared.events.scoring import AS_USUAL
from shared.identity import Access, Caller, Role, Thing, role_allows
from tests.builders.panels import CITRA
from tests.builders.scoring import (
    ANI,
    AT,
    BUDI,
    ENTRIES,
    FIRST,
    NOVELTY,
    PATH,
    SECOND,
    Judge,
)

paths = st.sampled_from([(), PATH[:1], PATH[:2], PATH, (*PATH, "puskesmas"), ("kalsel", "brida")])
roles = st.frozensets(st.sampled_from(sorted(PERMISSIONS["list_scorecards"])), min_size=1)
people = st.sampled_from(["person-drafter", "somebody"])


def _access(operation: str, caller_id: str, held: frozenset[Role], path: tuple[str, ...]) -> Access:
    caller = Caller(caller_id, held, path[-1] if path else None, path)
    return Access(caller, role_allows(PERMISSIONS, operation, caller))


def _matches(query: dict[str, Any], document: dict[str, Any]) -> bool:
    """The few operators of the list's query, as MongoDB reads them."""
    return all(_holds(field, wanted, document) for field, wanted in query.items())


def _holds(field: str, wanted: Any, document: dict[str, Any]) -> bool:
    if field == "$or":
        return any(_matches(part, document) for part in wanted)
    if field == "$and":
        return all(_matches(part, document) for part in wanted)
    stored = document[field]
    values: tuple[str, ...] = (stored,) if isinstance(stored, str) else stored
    match wanted:
        case {"$ne": unwanted}:
            return unwanted not in values
        case {"$nin": unwanted}:
            return not any(value in unwanted for value in values)
        case {"$in": possible}:
            return any(value in possible for value in values)
        case _:
            return wanted in values


@every(people, roles, paths)
def test_a_list_shows_what_may_be_read_one_by_one(
    caller_id: str, held: frozenset[Role], path: tuple[str, ...]
):
    access = _access("list_scorecards", caller_id, held, path)
    document = {
        "_id": FIRST,
        "agency_id": "dinkes",
        "agency_path": PATH,
        "drafters": ("person-drafter",),
    }
    may_read = access.may(Thing(PATH, involved=frozenset({"person-drafter"})))
    assert _matches(seen_by(access), document) is may_read


def _seat(judge: Judge, *innovations: str) -> SeatRow:
    return SeatRow(
        judge_id=judge.id,
        innovations=innovations,
        seated="at_opening",
        seated_by="system:scoring",
        seated_at=AT,
    )


SEATS = (_seat(ANI), _seat(BUDI))
PANEL = PanelView(
    panel_id="panel-1",
    competition_id="kia-2026",
    category="skpd",
    round="presentasi",
    state="open",
    rule=AS_USUAL,
    criteria=(NOVELTY,),
    judges=(ANI.id, BUDI.id),
    seats=SEATS,
    entries=ENTRIES,
    seals=(
        SealRow(judge_id=ANI.id, innovation_id=FIRST, commitment="a" * 64, sealed_at=AT),
        SealRow(judge_id=BUDI.id, innovation_id=FIRST, commitment="b" * 64, sealed_at=AT),
    ),
    recusals=(
        RecusalRow(
            judge_id=BUDI.id,
            innovation_id=SECOND,
            reason="My sister leads it.",
            recorded_by=BUDI.id,
            recorded_at=AT,
        ),
    ),
    awaited=(AwaitedRow(judge_id=ANI.id, innovation_id=SECOND),),
    opened_at=AT,
)


def _panel_access(caller_id: str, *held: Role, path: tuple[str, ...] = ()) -> Access:
    return _access("read_panel", caller_id, frozenset(held), path)


def test_a_committee_sees_the_whole_panel():
    assert shown_to(_panel_access("person-committee", Role.COMMITTEE), PANEL) == PANEL


def test_a_judge_sees_the_own_part_alone():
    shown = shown_to(_panel_access(ANI.id, Role.JUDGE), PANEL)
    assert shown == PANEL.model_copy(
        update={"seats": SEATS[:1], "seals": PANEL.seals[:1], "recusals": ()}
    )


def test_a_recused_judge_sees_the_entry_no_more_but_the_own_recusal():
    shown = shown_to(_panel_access(BUDI.id, Role.JUDGE), PANEL)
    assert shown == PANEL.model_copy(
        update={
            "seats": SEATS[1:],
            "entries": ENTRIES[:1],
            "seals": PANEL.seals[1:],
            "awaited": (),
        }
    )


def test_a_judge_tied_to_an_entry_sees_nothing_of_it():
    shown = shown_to(_panel_access(ANI.id, Role.JUDGE, path=PATH), PANEL)
    assert [entry.innovation_id for entry in shown.entries] == [SECOND]
    assert shown.seals == ()


def test_a_judge_who_is_also_of_the_committee_is_held_to_be_impartial():
    shown = shown_to(_panel_access(ANI.id, Role.JUDGE, Role.COMMITTEE, path=PATH), PANEL)
    assert [entry.innovation_id for entry in shown.entries] == [SECOND]
    assert [row.judge_id for row in shown.seals] == []


def test_a_third_reader_sees_only_what_they_were_asked_to_read():
    asked = ThirdReadingRow(
        judge_id=CITRA.id, innovation_id=SECOND, asked_by="person-committee", asked_at=AT
    )
    mine = AwaitedRow(judge_id=CITRA.id, innovation_id=SECOND)
    seat = _seat(CITRA, SECOND)
    panel = PANEL.model_copy(
        update={
            "judges": (*PANEL.judges, CITRA.id),
            "seats": (*SEATS, seat),
            "third_readings": (asked,),
            "awaited": (*PANEL.awaited, mine),
        }
    )
    assert shown_to(_panel_access(CITRA.id, Role.JUDGE), panel) == panel.model_copy(
        update={
            "seats": (seat,),
            "entries": ENTRIES[1:],
            "seals": (),
            "recusals": (),
            "awaited": (mine,),
        }
    )
    assert shown_to(_panel_access(ANI.id, Role.JUDGE), panel).third_readings == ()
