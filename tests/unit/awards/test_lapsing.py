"""What nobody answers ends by the clock, and results go on."""

from dataclasses import replace
from datetime import date

from services.awards.domain.competition import (
    CorrectEntry,
    DecideObjection,
    Determine,
    FileObjection,
    LapseDisputes,
    decider,
)
from shared.events.awards import DoubtLapsed, EntryCorrected, ObjectionLapsed, ResultsDrafted
from tests.builders.awards import (
    AT,
    CHAIR,
    COMPETITION_ID,
    DAY,
    DRAFT,
    MATURITY_ONLY,
    MEMBER,
    OPEN_WINDOW,
    SYSTEM,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    scored,
)
from tests.spec import given
from tests.unit.awards.test_public_test import FILE, OPEN_TEST

OBJECTING = happened(
    decider,
    announce(MATURITY_ONLY, public_test_days=2, decision_days=7),
    enrol(scored("inov-1", "90"), scored("inov-2", "80")),
    open_round(),
    close_round(),
    DRAFT,
    OPEN_WINDOW,
)
OBJECT = FileObjection(
    by="person-head",
    at=AT + DAY,
    agency="dinkes",
    objection_id="objection-1",
    innovation_id="inov-1",
    indicator="SID-16",
    granted_level=1,
    level_sought=3,
    reason="Sudah terlampir",
)
FILED = happened(
    decider, OBJECT, OPEN_TEST, replace(FILE, innovation_id="inov-2"), before=OBJECTING
)
GRANT = DecideObjection(
    by=MEMBER,
    at=AT + 4 * DAY,
    agency=None,
    agency_path=(),
    objection_id="objection-1",
    granted=True,
    granted_level=1,
    level=3,
    reason="Terbukti",
)
DETERMINE = Determine(
    by=CHAIR, at=AT + 30 * DAY, decree_number="188.44/1", decree_date=date(2026, 10, 1)
)


def lapse(days: int) -> LapseDisputes:
    return LapseDisputes(by=SYSTEM, at=AT + days * DAY)


def lapsed(days: int, because: str) -> ObjectionLapsed:
    return ObjectionLapsed(
        by=SYSTEM,
        at=AT + days * DAY,
        competition_id=COMPETITION_ID,
        objection_id="objection-1",
        innovation_id="inov-1",
        because=because,  # type: ignore[arg-type]
    )


DOUBT_LAPSED = DoubtLapsed(
    by=SYSTEM,
    at=AT + 10 * DAY,
    competition_id=COMPETITION_ID,
    doubt_id="doubt-1",
    innovation_id="inov-2",
)


def test_nothing_lapses_before_its_time() -> None:
    given(decider, *FILED).when(lapse(8)).nothing()


def test_each_lapses_so_many_days_after_its_own_window() -> None:
    """The objections' window closes after three days, the public test after two."""
    nine = replace(lapse(9), at=AT + 9 * DAY)
    given(decider, *FILED).when(nine).then(DOUBT_LAPSED.model_copy(update={"at": AT + 9 * DAY}))
    given(decider, *FILED).when(lapse(10)).then(lapsed(10, "unanswered"), DOUBT_LAPSED)


def test_what_lapsed_is_over_and_results_may_be_determined() -> None:
    after = happened(decider, lapse(10), before=FILED)
    given(decider, *after).when(lapse(11)).nothing()
    given(decider, *after).when(replace(GRANT, at=AT + 11 * DAY)).refused("objection_lapsed")
    assert len(happened(decider, DETERMINE, before=after)) == len(after) + 1


def test_rules_without_a_time_wait_for_ever() -> None:
    waiting = happened(
        decider,
        announce(MATURITY_ONLY),
        enrol(scored("inov-1")),
        open_round(),
        close_round(),
        DRAFT,
        OPEN_WINDOW,
        OBJECT,
    )
    given(decider, *waiting).when(lapse(9999)).nothing()


def test_a_granted_objection_whose_correction_never_comes_lapses() -> None:
    granted = happened(decider, GRANT, before=FILED)
    given(decider, *granted).when(lapse(10)).then(DOUBT_LAPSED)
    after = happened(decider, lapse(10), before=granted)
    given(decider, *after).when(lapse(11)).then(lapsed(11, "uncorrected"))


def test_a_correction_that_comes_late_still_counts() -> None:
    over = happened(decider, GRANT, lapse(11), before=FILED)
    late = CorrectEntry(
        by=SYSTEM,
        at=AT + 12 * DAY,
        objection_id="objection-1",
        scorecard=scored("inov-1", "96", number=2),
    )
    corrected, results = decider.decide(late, decider.replay(over))
    assert isinstance(corrected, EntryCorrected)
    assert isinstance(results, ResultsDrafted)
    after = (*over, corrected, results)
    given(decider, *after).when(late).nothing()
