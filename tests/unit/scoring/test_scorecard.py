"""A scorecard follows from what was verified, claimed beside verified, and from nothing else."""

from decimal import Decimal
from itertools import permutations

from services.scoring.domain.scorecard import Score, decider
from shared.events.scoring import InnovationScored, ScoredRow
from shared.events.verification import DossierVerified, VerdictCorrected
from tests.builders.scoring import (
    AT,
    EVIDENCE,
    INNOVATION,
    LEVELS,
    PATH,
    SEASON,
    SYSTEM,
    corrected,
    edition,
    profile,
    score,
    scored,
    subject,
    verdict,
    verified,
)
from tests.spec import given

ONLY_FIRST = {"SID-01": 3}


def _row(**changes: object) -> ScoredRow:
    values: dict[str, object] = {
        "indicator": "SID-01",
        "weight": Decimal(3),
        "mandatory": True,
        "claimed_level": 3,
        "claimed_score": Decimal(9),
        "granted_level": 2,
        "verified_score": Decimal(6),
        "reason_code": "lower_level_proven",
        "evidence": (EVIDENCE,),
        "decided_by": "person-verifier",
        "decided_at": AT,
    }
    return ScoredRow.model_validate({**values, **changes})


def _empty_rows() -> tuple[ScoredRow, ...]:
    return tuple(
        _row(
            indicator=row.code,
            weight=row.weight,
            mandatory=row.mandatory,
            claimed_level=0,
            claimed_score=Decimal(0),
            granted_level=0,
            verified_score=Decimal(0),
            reason_code=None,
            evidence=(),
            decided_by=SYSTEM,
            decided_at=None,
        )
        for row in edition().sid[1:]
    )


def _first(*granted: int) -> DossierVerified:
    return verified(ONLY_FIRST, dict(zip(ONLY_FIRST, granted, strict=False)))


FIRST_AT_TWO = InnovationScored(
    by=SYSTEM,
    at=AT,
    scorecard_id=INNOVATION,
    number=1,
    innovation_id=INNOVATION,
    title="Posyandu Keliling",
    season_id=SEASON,
    edition_id="2026-r1",
    edition_digest=edition().digest,
    training=False,
    agency_id="dinkes",
    agency_path=PATH,
    region_id="hss",
    main_affair="kesehatan",
    initiator="perangkat_daerah",
    round=1,
    rows=(_row(), *_empty_rows()),
    claimed_maturity=Decimal(9),
    verified_maturity=Decimal(6),
    counts_for_index=True,
    drafters=("person-drafter",),
    deciders=("person-verifier",),
    competition_id=None,
    objection_id=None,
)


def test_what_was_verified_is_scored_row_by_row_beside_what_was_claimed():
    given(decider).when(score(_first(2))).then(FIRST_AT_TWO)


def test_everything_proven_is_worth_111():
    assert scored().verified_maturity == scored().claimed_maturity == Decimal(111)


def test_an_indicator_without_a_verdict_is_granted_nothing_and_says_why():
    undecided = _row(
        granted_level=0,
        verified_score=Decimal(0),
        reason_code="undecided",
        evidence=(),
        decided_by=SYSTEM,
        decided_at=None,
    )
    assert scored(_first()).rows[0] == undecided


def test_a_row_carries_what_its_verdict_said_and_the_card_what_the_innovation_is():
    told = verdict(
        "SID-18", 3, 2, basis="a", note="Daftar penerima hanya 300 orang.", decided_at=AT
    )
    about = subject(
        agency_kind="village",
        lineage=("inov-0",),
        profile=profile(classification="desa", change_project="pkp"),
    )
    card = scored(verified({"SID-18": 3}, about=about, verdicts=(told,)))
    row = next(each for each in card.rows if each.indicator == "SID-18")
    assert (row.basis, row.subtype, row.note, row.decided_at) == (
        "a",
        None,
        "Daftar penerima hanya 300 orang.",
        AT,
    )
    assert (card.agency_kind, card.lineage) == ("village", ("inov-0",))
    assert (card.classification, card.change_project) == ("desa", "pkp")


def test_the_same_round_is_scored_once():
    given(decider, FIRST_AT_TWO).when(score(_first(2))).nothing()


def test_a_later_round_is_scored_anew_under_the_next_number():
    again = verified(ONLY_FIRST, ONLY_FIRST, round=2)
    after = decider.decide(score(again), decider.replay([FIRST_AT_TWO]))
    assert [(fact.number, fact.round, fact.verified_maturity) for fact in after] == [
        (2, 2, Decimal(9))
    ]


def test_a_granted_objection_changes_its_row_under_the_next_number():
    correction = corrected(_first(2), "objection-1", "SID-01", 3)
    granted = _row(
        granted_level=3,
        verified_score=Decimal(9),
        reason_code=None,
        decided_by="person-committee",
    )
    given(decider, FIRST_AT_TWO).when(score(correction)).then(
        FIRST_AT_TWO.model_copy(
            update={
                "number": 2,
                "rows": (granted, *_empty_rows()),
                "verified_maturity": Decimal(9),
                "deciders": ("person-committee", "person-verifier"),
                "competition_id": "kia-2026",
                "objection_id": "objection-1",
            }
        )
    )


def test_the_same_objection_is_scored_once():
    correction = corrected(_first(2), "objection-1", "SID-01", 3)
    given(decider, FIRST_AT_TWO, scored(_first(2), correction)).when(score(correction)).nothing()


def test_what_was_verified_arriving_behind_its_correction_changes_nothing():
    correction = corrected(_first(2), "objection-1", "SID-01", 3)
    given(decider, scored(correction)).when(score(_first(2))).nothing()


def test_two_objections_lead_to_the_same_scorecard_in_any_order_of_delivery():
    first = verified(LEVELS, dict.fromkeys(LEVELS, 1))
    second = corrected(first, "objection-1", "SID-01", 3)
    both = corrected(
        first.model_copy(update={"verdicts": second.verdicts}), "objection-2", "SID-02", 3
    )
    cards = [scored(*order) for order in permutations((first, second, both))]
    assert {card.verified_maturity for card in cards} == {Decimal(37 + 6 + 4)}
    assert {card.rows for card in cards} == {cards[0].rows}


def test_another_edition_than_the_one_frozen_is_refused():
    other = Score(SYSTEM, AT, edition("2023-r1"), _first(2))
    given(decider).when(other).refused("edition_differs")


def test_more_granted_than_claimed_is_refused():
    above = verified({"SID-01": 1}, verdicts=(verdict("SID-01", 1, 2),))
    given(decider).when(score(above)).refused("granted_above_claimed")


def test_a_verdict_on_what_nobody_claimed_is_refused():
    unclaimed = verified({}, verdicts=(verdict("SID-01", 0, 1),))
    given(decider).when(score(unclaimed)).refused("granted_above_claimed")


def test_the_edition_of_2023_scores_its_own_rows_without_mandatory_ones():
    card = scored(verified(about=subject(edition_id="2023-r1")))
    assert card.verified_maturity == Decimal(111)
    assert not any(row.mandatory for row in card.rows)


def test_the_correction_of_an_older_round_still_finds_its_row():
    first = _first(1)
    late = corrected(first, "objection-1", "SID-01", 3)
    again = verified(ONLY_FIRST, {"SID-01": 2}, round=2)
    card = scored(first, again, late)
    assert (card.number, card.round, card.verified_maturity) == (3, 2, Decimal(9))


def test_an_objection_that_comes_again_in_another_round_is_scored_once():
    late = corrected(_first(1), "objection-1", "SID-01", 3)
    again = verified(ONLY_FIRST, {"SID-01": 2}, round=2)
    history = [scored(again), scored(again, late)]
    given(decider, *history).when(score(late)).nothing()
    given(decider, *history).when(score(again)).nothing()


def test_corrections_are_their_own_kind_of_fact():
    correction: VerdictCorrected = corrected(_first(2), "objection-1", "SID-01", 3)
    assert scored(correction).objection_id == "objection-1"
