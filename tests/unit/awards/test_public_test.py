"""The public test: anybody may doubt with evidence; an upheld doubt takes the entry out."""

from dataclasses import replace
from datetime import date

import pytest

from services.awards.domain.competition import (
    DecideDoubt,
    Determine,
    Disqualify,
    FileDoubt,
    OpenPublicTest,
    decider,
)
from services.awards.domain.competition.doubts import MOST_UNDECIDED
from shared.events.awards import (
    DoubtDecided,
    DoubtFiled,
    EntryDisqualified,
    PublicTestOpened,
    ResultsDrafted,
)
from tests.builders.awards import (
    AT,
    CHAIR,
    COMPETITION_ID,
    DAY,
    DRAFT,
    DRAFTED,
    MATURITY_ONLY,
    MEMBER,
    OPEN_WINDOW,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    scored,
)
from tests.spec import given

TESTED = happened(
    decider,
    announce(MATURITY_ONLY, public_test_days=5),
    enrol(scored("inov-1", "90"), scored("inov-2", "80")),
    open_round(),
    close_round(),
    DRAFT,
    OPEN_WINDOW,
)
OPEN_TEST = OpenPublicTest(by=CHAIR, at=AT, version=1)
TESTING = happened(decider, OPEN_TEST, before=TESTED)
FILE = FileDoubt(
    by="public",
    at=AT + DAY,
    doubt_id="doubt-1",
    innovation_id="inov-1",
    statement_digest="5" * 64,
    evidence=("6" * 64,),
    links=0,
)
DOUBTED = happened(decider, FILE, before=TESTING)
DECIDE = DecideDoubt(
    by=MEMBER,
    at=AT + 2 * DAY,
    agency="brida",
    agency_path=("kalsel", "brida"),
    doubt_id="doubt-1",
    upheld=True,
    reason="Gagasan yang sama terbit tahun 2019.",
)
DETERMINE = Determine(
    by=CHAIR, at=AT + 6 * DAY, decree_number="188.44/1", decree_date=date(2026, 9, 9)
)


def test_it_lasts_as_long_as_the_rules_say() -> None:
    given(decider, *TESTED).when(OPEN_TEST).then(
        PublicTestOpened(
            by=CHAIR, at=AT, competition_id=COMPETITION_ID, version=1, closes_at=AT + 5 * DAY
        )
    )
    given(decider, *TESTING).when(OPEN_TEST).nothing()


def test_rules_without_one_open_none() -> None:
    given(decider, *DRAFTED).when(OPEN_TEST).refused("no_public_test")


def test_anybody_may_doubt_while_it_is_open() -> None:
    given(decider, *TESTING).when(FILE).then(
        DoubtFiled(
            by="public",
            at=AT + DAY,
            competition_id=COMPETITION_ID,
            doubt_id="doubt-1",
            innovation_id="inov-1",
            statement_digest="5" * 64,
            evidence=("6" * 64,),
            links=0,
        )
    )
    given(decider, *DOUBTED).when(FILE).nothing()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": AT + 5 * DAY}, "public_test_closed"),
        ({"evidence": (), "links": 0}, "evidence_missing"),
        ({"innovation_id": "inov-9"}, "entry_unknown"),
    ],
)
def test_a_doubt_that_cannot_be_taken_is_refused(changes: dict[str, object], code: str) -> None:
    given(decider, *TESTING).when(replace(FILE, **changes)).refused(code)  # type: ignore[arg-type]


def test_before_it_opens_nobody_doubts() -> None:
    given(decider, *TESTED).when(FILE).refused("public_test_never_opened")


def test_a_flood_of_doubts_is_stopped() -> None:
    many = [replace(FILE, doubt_id=f"doubt-{n}") for n in range(MOST_UNDECIDED)]
    flooded = happened(decider, *many, before=TESTING)
    given(decider, *flooded).when(replace(FILE, doubt_id="one-more")).refused("too_many_doubts")
    other = replace(FILE, doubt_id="one-more", innovation_id="inov-2")
    assert len(happened(decider, other, before=flooded)) == len(flooded) + 1


def test_an_upheld_doubt_makes_the_next_version_without_the_entry() -> None:
    decided, out, results = decider.decide(DECIDE, decider.replay(DOUBTED))
    assert decided == DoubtDecided(
        by=MEMBER,
        at=AT + 2 * DAY,
        competition_id=COMPETITION_ID,
        doubt_id="doubt-1",
        innovation_id="inov-1",
        upheld=True,
        reason=DECIDE.reason,
        by_agency="brida",
    )
    assert out == EntryDisqualified(
        by=MEMBER,
        at=AT + 2 * DAY,
        competition_id=COMPETITION_ID,
        innovation_id="inov-1",
        ground="not_original",
        reason=DECIDE.reason,
        by_agency="brida",
    )
    assert isinstance(results, ResultsDrafted)
    told = (results.version, results.cause, results.cause_id)
    assert told == (2, "doubt", "doubt-1")
    assert [each.innovation_id for each in results.ranking] == ["inov-2"]


def test_a_refuted_doubt_changes_nothing_else() -> None:
    (decided,) = decider.decide(replace(DECIDE, upheld=False), decider.replay(DOUBTED))
    assert isinstance(decided, DoubtDecided)


def test_it_is_decided_once_and_the_same_again_is_already_so() -> None:
    decided = happened(decider, DECIDE, before=DOUBTED)
    given(decider, *decided).when(DECIDE).nothing()
    given(decider, *decided).when(replace(DECIDE, upheld=False)).refused("already_decided")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"agency": "dinkes", "agency_path": ("kalsel", "hss", "dinkes")}, "conflict_of_interest"),
        ({"by": "person-drafter"}, "conflict_of_interest"),
        ({"doubt_id": "doubt-9"}, "doubt_unknown"),
    ],
)
def test_a_decision_that_cannot_stand_is_refused(changes: dict[str, object], code: str) -> None:
    given(decider, *DOUBTED).when(replace(DECIDE, **changes)).refused(code)  # type: ignore[arg-type]


def test_results_wait_for_the_test_and_for_every_doubt() -> None:
    given(decider, *TESTED).when(DETERMINE).refused("public_test_never_opened")
    early = replace(DETERMINE, at=AT + 4 * DAY)
    given(decider, *TESTING).when(early).refused("public_test_open")
    given(decider, *DOUBTED).when(DETERMINE).refused("doubt_undecided")
    settled = happened(decider, replace(DECIDE, upheld=False), before=DOUBTED)
    assert len(happened(decider, DETERMINE, before=settled)) == len(settled) + 1


def test_a_doubt_about_an_entry_that_is_out_holds_nothing() -> None:
    disqualify = Disqualify(
        by=MEMBER,
        at=AT + DAY,
        agency=None,
        agency_path=(),
        innovation_id="inov-1",
        ground="other",
        reason="Mengundurkan diri",
    )
    out = happened(decider, disqualify, before=DOUBTED)
    assert len(happened(decider, DETERMINE, before=out)) == len(out) + 1
