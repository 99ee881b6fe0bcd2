"""From drafted results to published ones."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.awards.domain.competition import (
    Command,
    Determine,
    Disqualify,
    Publish,
    ResolveTie,
    decider,
)
from shared.events.awards import (
    CompetitionEvent,
    EntryDisqualified,
    RankedEntry,
    ResultsDetermined,
    ResultsDrafted,
    ResultsPublished,
    TieResolved,
)
from tests.builders.awards import (
    ANNOUNCED,
    AT,
    CHAIR,
    COMPETITION_ID,
    DAY,
    DRAFT,
    DRAFTED,
    ENTERED,
    JUDGED,
    MATURITY_ONLY,
    MEMBER,
    OBJECTING,
    OPEN_WINDOW,
    TIED,
    announce,
    category,
    close_round,
    enrol,
    happened,
    open_round,
    scored,
)
from tests.spec import given

DETERMINE = Determine(
    by=CHAIR, at=AT + 3 * DAY, decree_number="188/12/2026", decree_date=date(2026, 9, 4)
)
PUBLISH = Publish(by=CHAIR, at=AT + 4 * DAY)
DETERMINED = happened(decider, DETERMINE, before=OBJECTING)
PUBLISHED = happened(decider, PUBLISH, before=DETERMINED)
VOTE = ResolveTie(
    by=MEMBER,
    at=AT,
    agency="brida",
    agency_path=("kalsel", "brida"),
    category="skpd",
    order=("inov-2", "inov-1"),
    reason="Berita acara pleno nomor 4",
)


def out(innovation: str = "inov-1") -> Disqualify:
    return Disqualify(
        by=MEMBER,
        at=AT,
        agency="brida",
        agency_path=("kalsel", "brida"),
        innovation_id=innovation,
        ground="Tidak orisinal",
        reason="Terbukti dalam uji publik",
    )


def ranking_of(history: tuple[CompetitionEvent, ...]) -> list[tuple[str, int, Decimal]]:
    last = next(f for f in reversed(history) if isinstance(f, ResultsDrafted))
    return [(each.innovation_id, each.rank, each.final_score) for each in last.ranking]


def test_results_are_drafted_when_every_round_is_closed() -> None:
    (fact,) = decider.decide(DRAFT, decider.replay(JUDGED))
    assert isinstance(fact, ResultsDrafted)
    assert (fact.version, fact.cause, fact.cause_id) == (1, "first", None)
    assert ranking_of((fact,)) == [
        ("inov-1", 1, Decimal("82.83")),
        ("inov-2", 2, Decimal("74.43")),
        ("inov-3", 3, Decimal("61.22")),
    ]


def test_results_wait_for_every_round() -> None:
    given(decider, *ENTERED).when(DRAFT).refused("round_unfinished")
    opened = happened(decider, open_round(), before=ENTERED)
    given(decider, *opened).when(DRAFT).refused("round_unfinished")
    given(decider, *happened(decider, close_round(), before=opened)).when(DRAFT).refused(
        "round_unfinished"
    )


def test_a_category_that_nobody_entered_holds_nothing_up() -> None:
    history = happened(
        decider,
        announce(MATURITY_ONLY, category("desa", within="tabalong")),
        enrol(scored()),
        open_round(),
        close_round(),
        DRAFT,
    )
    assert [each[0] for each in ranking_of(history)] == ["inov-1"]


def test_there_is_nothing_to_rank_without_entries() -> None:
    given(decider, *ANNOUNCED).when(DRAFT).refused("nothing_to_rank")


def test_drafting_again_is_already_so() -> None:
    given(decider, *DRAFTED).when(DRAFT).nothing()


def test_a_vote_resolves_a_tie_and_makes_the_next_version() -> None:
    facts = decider.decide(VOTE, decider.replay(TIED))
    assert facts[0] == TieResolved(
        by=MEMBER,
        at=AT,
        competition_id=COMPETITION_ID,
        category="skpd",
        order=("inov-2", "inov-1"),
        reason="Berita acara pleno nomor 4",
        by_agency="brida",
    )
    results = facts[1]
    assert isinstance(results, ResultsDrafted)
    assert (results.version, results.cause) == (2, "vote")
    assert [(e.innovation_id, e.rank, e.tie_break) for e in results.ranking] == [
        ("inov-2", 1, "vote"),
        ("inov-1", 2, "vote"),
        ("inov-3", 3, None),
    ]


def test_the_same_vote_again_is_already_so() -> None:
    given(decider, *happened(decider, VOTE, before=TIED)).when(VOTE).nothing()


@pytest.mark.parametrize(
    ("vote", "code"),
    [
        (replace(VOTE, order=("inov-1",)), "not_a_tie"),
        (replace(VOTE, order=("inov-1", "inov-3")), "not_a_tie"),
        (replace(VOTE, order=("inov-1", "inov-2", "inov-1")), "not_a_tie"),
        (replace(VOTE, order=("inov-1", "inov-8")), "entry_unknown"),
        (replace(VOTE, category="desa"), "category_unknown"),
        (replace(VOTE, reason=""), "reason_missing"),
        (replace(VOTE, agency="hss"), "conflict_of_interest"),
    ],
)
def test_a_vote_that_orders_no_tie_is_refused(vote: ResolveTie, code: str) -> None:
    given(decider, *TIED).when(vote).refused(code)


def test_a_vote_is_refused_before_results_and_after_determination() -> None:
    given(decider, *JUDGED).when(VOTE).refused("not_drafted")
    given(decider, *DETERMINED).when(VOTE).refused("results_determined")


def test_an_entry_is_disqualified_before_results() -> None:
    given(decider, *ENTERED).when(out()).then(
        EntryDisqualified(
            by=MEMBER,
            at=AT,
            competition_id=COMPETITION_ID,
            innovation_id="inov-1",
            ground="Tidak orisinal",
            reason="Terbukti dalam uji publik",
            by_agency="brida",
        )
    )


def test_a_disqualification_after_the_draft_makes_the_next_version() -> None:
    facts = decider.decide(out(), decider.replay(DRAFTED))
    results = facts[1]
    assert isinstance(facts[0], EntryDisqualified)
    assert isinstance(results, ResultsDrafted)
    assert (results.version, results.cause, results.cause_id) == (2, "disqualification", "inov-1")
    assert ranking_of((results,)) == [
        ("inov-2", 1, Decimal("74.43")),
        ("inov-3", 2, Decimal("61.22")),
    ]


def test_a_disqualified_entry_stays_out_of_every_later_version() -> None:
    history = happened(decider, out("inov-3"), out("inov-1"), before=DRAFTED)
    assert [each[0] for each in ranking_of(history)] == ["inov-2"]
    given(decider, *history).when(out()).nothing()
    given(decider, *happened(decider, out(), before=ENTERED)).when(
        enrol(scored(number=2))
    ).nothing()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(out(), innovation_id="inov-8"), "entry_unknown"),
        (replace(out(), ground=" "), "reason_missing"),
        (replace(out(), reason=""), "reason_missing"),
        (replace(out(), agency="dinkes"), "conflict_of_interest"),
        (replace(out(), by="person-drafter"), "conflict_of_interest"),
    ],
)
def test_a_disqualification_without_ground_is_refused(command: Disqualify, code: str) -> None:
    given(decider, *DRAFTED).when(command).refused(code)


def test_nobody_is_disqualified_after_determination() -> None:
    given(decider, *DETERMINED).when(out()).refused("results_determined")
    given(decider, *PUBLISHED).when(out()).refused("results_determined")


def test_results_are_determined_when_the_window_is_over() -> None:
    given(decider, *OBJECTING).when(DETERMINE).then(
        ResultsDetermined(
            by=CHAIR,
            at=AT + 3 * DAY,
            competition_id=COMPETITION_ID,
            version=1,
            decree_number="188/12/2026",
            decree_date=date(2026, 9, 4),
        )
    )


def test_determination_waits_for_the_window() -> None:
    given(decider, *DRAFTED).when(DETERMINE).refused("window_never_opened")
    early = replace(DETERMINE, at=AT + 3 * DAY - DAY / 86_400)
    given(decider, *OBJECTING).when(early).refused("window_open")
    given(decider, *JUDGED).when(DETERMINE).refused("not_drafted")
    given(decider).when(DETERMINE).refused("competition_unknown")


def test_determination_waits_for_a_tie_on_a_prize() -> None:
    history = happened(decider, OPEN_WINDOW, before=TIED)
    given(decider, *history).when(DETERMINE).refused("tie_unresolved")
    voted = happened(decider, VOTE, before=history)
    (fact,) = decider.decide(DETERMINE, decider.replay(voted))
    assert isinstance(fact, ResultsDetermined)
    assert fact.version == 2


def test_one_decree_determines_the_results() -> None:
    given(decider, *DETERMINED).when(DETERMINE).nothing()
    given(decider, *PUBLISHED).when(DETERMINE).nothing()
    other = replace(DETERMINE, decree_number="188/13/2026")
    given(decider, *DETERMINED).when(other).refused("results_determined")


def test_published_results_are_those_determined() -> None:
    ranking: tuple[RankedEntry, ...] = next(
        f.ranking for f in DRAFTED if isinstance(f, ResultsDrafted)
    )
    given(decider, *DETERMINED).when(PUBLISH).then(
        ResultsPublished(
            by=CHAIR, at=PUBLISH.at, competition_id=COMPETITION_ID, version=1, ranking=ranking
        )
    )
    given(decider, *PUBLISHED).when(PUBLISH).nothing()


@pytest.mark.parametrize("history", [ANNOUNCED, DRAFTED, OBJECTING])
def test_only_determined_results_are_published(history: tuple[CompetitionEvent, ...]) -> None:
    given(decider, *history).when(PUBLISH).refused("not_determined")


@pytest.mark.parametrize("command", [DRAFT, out(), DETERMINE, PUBLISH, VOTE])
def test_nothing_happens_to_a_competition_that_was_not_announced(command: Command) -> None:
    given(decider).when(command).refused("competition_unknown")
