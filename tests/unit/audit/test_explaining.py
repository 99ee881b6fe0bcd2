"""What a person may ask about, in every way they may type it, and what they are told."""

from decimal import Decimal
from fractions import Fraction
from itertools import count

import pytest

from services.audit.domain.explaining import Trail
from shared.editions import load
from shared.errors import Invalid, NotFound
from shared.events.awards import FundRegistered
from shared.events.scoring import REGION
from shared.events.submission import EvidenceDeclared, LevelClaimed, ProfileRevised
from shared.events.verification import DOSSIER, DossierLeased, IndicatorDecided
from tests.unit.audit.checked import (
    AGREED,
    LARGE,
    REFUSED,
    REJECTED,
    RESOLVED,
    checked,
)
from tests.unit.audit.contested import contested
from tests.unit.audit.explained import (
    Told,
    below,
    direct,
    explained,
    half_up,
    maturity,
    number,
    one,
    people,
    rank,
    told_again,
    why,
)
from tests.unit.audit.past import Past, sequence_of
from tests.unit.audit.prize_rules import MAIN
from tests.unit.audit.prized import prized
from tests.unit.audit.sequel import STATED, Sequel
from tests.unit.audit.story import Story

EDITION = load("2026-r1")


@pytest.fixture(scope="module")
def season(past: Past) -> Told:
    return told_again(past.messages)


@pytest.fixture(scope="module")
async def won() -> Told:
    return told_again((await prized()).messages)


@pytest.fixture(scope="module")
async def reviewed() -> Told:
    return told_again((await checked()).messages)


THINGS = {
    "alloc-1": ("allocation/apbd-2026/alloc-1", "allocation"),
    "apbd-2026/alloc-1": ("allocation/apbd-2026/alloc-1", "allocation"),
    "allocation:apbd-2026/alloc-1": ("allocation/apbd-2026/alloc-1", "allocation"),
    "fund/apbd-2026": ("fund/apbd-2026", "fund"),
    "apbd-2026": ("fund/apbd-2026", "fund"),
    "kia-2026": ("competition/kia-2026", "results"),
    "kia-2026/inov-2": ("entry/kia-2026/inov-2", "rank"),
    "entry:kia-2026/inov-2": ("entry/kia-2026/inov-2", "rank"),
    "rank:kia-2026/skpd/2": ("rank/kia-2026/skpd/2", "rank"),
    "rank/kia-2026/skpd/2": ("rank/kia-2026/skpd/2", "rank"),
    "inov-2": ("innovation/inov-2", "innovation"),
    " innovation/inov-2 ": ("innovation/inov-2", "innovation"),
    "scorecard/inov-2": ("scorecard/inov-2/2", "scorecard"),
    "scorecard:inov-2/1": ("scorecard/inov-2/1", "scorecard"),
    "dossier/inov-2": ("dossier/inov-2", "dossier"),
    "region/2026/hss": ("region/2026/hss", "region"),
}


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_is_found_however_it_is_typed(season: Told, thing: str):
    found = explained(thing, season)
    assert (found.thing, found.step.kind) == THINGS[thing]
    assert found.findings == ()


DOCUMENTS = {
    "document-minutes-all": ("minutes", ["results"]),
    "document-decree_annex-all": ("decree_annex", ["results"]),
    "document-spd_12_evidence-all": ("spd_12_evidence", ["results"]),
    "document/document-certificate-inov-1": ("certificate", ["rank"]),
    "document-payment_list-all": ("payment_list", ["allocation"] * 10),
}


@pytest.mark.parametrize("thing", DOCUMENTS)
def test_a_document_leads_to_what_its_lines_rest_on(won: Told, thing: str):
    step = why(thing, won)
    kind, expected = DOCUMENTS[thing]
    assert (step.values["document_kind"], [each.kind for each in step.because]) == (kind, expected)
    assert below(step, "file")


def test_a_tax_slip_leads_to_its_one_allocation(won: Told):
    world, _ = won
    documents = world.competition(MAIN).determined.drafted.judged.documents
    (slip,) = [each for each in documents.values() if each.kind == "tax_slip"]
    step = why(slip.document_id, won)
    assert [each.values["allocation_id"] for each in step.because] == [slip.about]
    assert (step.values["sha256"], step.values["size"]) == (slip.sha256, 1000)


UNKNOWN = ("", "nix", "kia-2026/nix", "rank:kia-2026/skpd/3", "rank:kia-2026/skpd", "a/b/c/d")


@pytest.mark.parametrize("thing", UNKNOWN)
def test_what_nobody_knows_is_refused_with_what_may_be_typed(season: Told, thing: str):
    with pytest.raises(NotFound) as refused:
        explained(thing, season)
    assert refused.value.code == "thing_unknown"
    assert refused.value.params["thing"] == thing
    assert "rank:<competition>/<category>/<rank>" in refused.value.sentence


async def test_a_name_of_several_things_is_refused_with_each_of_them():
    story = Story(Past(), count())
    await story.season()
    await story.innovation("apbd-2026", "hss-dinkes", "drafter-1")
    await story.registered()
    with pytest.raises(Invalid) as refused:
        explained("apbd-2026", told_again(story.past.messages))
    assert refused.value.code == "thing_ambiguous"
    assert refused.value.params["meanings"] == ("fund/apbd-2026", "innovation/apbd-2026")


def test_a_rank_that_two_share_is_told_for_both(won: Told):
    step = why("rank:kia-2026/tim/1", won)
    assert (step.kind, step.values) == ("tie", {"tied": 2})
    assert [(each.values["innovation_id"], rank(each)) for each in step.because] == [
        ("inov-3", 1),
        ("inov-4", 1),
    ]


async def test_a_vote_is_told_where_the_rules_leave_two_equal():
    step = why("rank:kia-2026/bebas/1", told_again((await contested()).messages))
    ranking = one(step, "ranking")
    assert [(each.fact, each.by) for each in ranking.facts] == [("TieResolved", "chair-1")]
    assert [each.values for each in direct(ranking, "place")] == [
        {"innovation_id": "inov-2", "rank": 1, "final_score": "80.00", "vote": 1},
        {"innovation_id": "inov-1", "rank": 2, "final_score": "80.00", "vote": 2},
    ]
    assert [each.title for each in direct(ranking, "no_place")] == [
        "inov-3: didiskualifikasi (duplicate)"
    ]
    assert one(step, "entry").title == "Ikut serta oleh chair-1: Atas usul panitia., kematangan 10"


def test_who_is_out_is_told_with_what_was_held_against_them(won: Told):
    step = why("kia-2026/inov-5", won)
    assert (
        step.title == "SIP PUTIH inov-5 (inov-5) didiskualifikasi oleh leader-1: Sudah diperiksa."
    )
    (doubt,) = direct(step, "doubt")
    assert [each.fact for each in doubt.facts] == ["DoubtFiled", "DoubtDecided"]
    assert doubt.title == (
        "Keraguan doubt-1 dalam uji publik, diterima menurut leader-1: Sudah diperiksa."
    )


def test_a_third_reading_is_told_with_all_three_judges(won: Told):
    panel = one(one(why("kia-2026/inov-2", won), "round"), "panel")
    assert [each.values["judge_id"] for each in panel.because] == ["judge-1", "judge-2", "judge-3"]
    assert [each.fact for each in panel.facts] == ["ThirdReadingAsked", "ScoresRevealed"]
    assert (panel.values["third_reading"], panel.values["mean"]) == ("yes", "66.67")


def test_a_corrected_row_leads_to_its_objection_and_to_what_stood_before(season: Told):
    step = why("scorecard/inov-2", season)
    assert maturity(step) == Decimal(13)
    (row,) = [each for each in direct(step, "row") if each.values["indicator"] == "SID-01"]
    (correction,) = row.because
    assert (correction.kind, correction.values["decided_by"]) == ("correction", "leader-1")
    assert [(each.kind, each.title) for each in correction.because[:2]] == [
        (
            "objection",
            "Keberatan objection-0 diajukan oleh drafter-2, dikabulkan oleh leader-1: Sudah"
            " dilihat.",
        ),
        (
            "verdict",
            "Putusan SID-01: tingkat 2 dari 3 yang diklaim, oleh verifier-1, 5 Januari 2026 pukul"
            " 09.45 WITA (lower_level_proven: Hanya itu.)",
        ),
    ]


def test_an_older_scorecard_knows_nothing_of_what_came_after(season: Told):
    step = why("scorecard/inov-2/1", season)
    assert maturity(step) == Decimal(10)
    assert [each.kind for each in below(step, "correction")] == []


def test_a_row_names_its_rule_its_sources_and_who_claimed_it(season: Told):
    (row,) = [
        each
        for each in direct(why("scorecard/inov-1", season), "row")
        if each.values["indicator"] == "SID-02"
    ]
    assert row.values == {
        "indicator": "SID-02",
        "weight": "2",
        "claimed_level": 2,
        "granted_level": 1,
        "points": "2",
        "reason_code": "lower_level_proven",
        "decided_by": "verifier-1",
    }
    assert [(each.fact, each.by) for each in row.facts] == [("LevelClaimed", "drafter-1")]
    assert row.rule is not None
    assert (row.rule.what, row.rule.of, row.rule.digest, len(row.rule.sources)) == (
        "Bobot SID-02 2; tingkat 1: 1-10 SDM",
        "edisi 2026-r1",
        EDITION.digest,
        3,
    )
    assert row.rule.sources[0].startswith("S-01/sec: ")


def test_a_revision_is_told_with_the_round_that_answers_it(season: Told):
    first, second = direct(why("scorecard/inov-1", season), "submission")
    assert (first.because, [each.title for each in second.because]) == (
        (),
        ["Perbaikan putaran 1 diminta oleh verifier-1: Lengkapi."],
    )
    assert second.values["round"] == 2


def test_a_second_look_and_a_third_person_are_told(reviewed: Told):
    (row, *_) = direct(why(f"scorecard/{RESOLVED}", reviewed), "row")
    (verdict,) = row.because
    assert (verdict.kind, verdict.values["decided_by"]) == ("resolution", "controller-1")
    assert [(each.kind, each.values.get("granted_level")) for each in verdict.because] == [
        ("verdict", 2),
        ("second_look", 3),
        ("discrepancy", None),
        ("file", None),
    ]


CHECKS = {LARGE: "perubahan besar", AGREED: "sampel acak"}


@pytest.mark.parametrize("innovation", CHECKS)
def test_why_a_review_was_looked_at_again_is_told(reviewed: Told, innovation: str):
    step = why(f"scorecard/{innovation}", reviewed)
    assert [one(step, kind).title for kind in ("check_drawn", "check_decided")] == [
        f"Dipilih untuk pemeriksaan mutu: {CHECKS[innovation]}",
        "Pemeriksaan mutu oleh verifier-2: sama",
    ]


@pytest.mark.parametrize("innovation", [REJECTED, REFUSED])
def test_what_was_rejected_is_told_with_the_criterion(reviewed: Told, innovation: str):
    step = one(why(innovation, reviewed), "dossier")
    assert (step.values["state"], below(step, "row")) == ("rejected", [])
    told = [each for each in direct(step, "admissibility") if each.values["admissible"] == "no"]
    assert {each.title.partition(", ")[0] for each in told} == {
        "Lima kriteria PP 38/2017 pasal 6 tidak terpenuhi: tidak membebani"
    }
    assert direct(step, "review_ended")[0].title.startswith("Ditolak karena bukan inovasi daerah")


def test_an_innovation_leads_to_its_scorecard_its_places_and_its_money(season: Told):
    step = why("inov-1", season)
    assert [each.about for each in step.because] == [
        "scorecard/inov-1/1",
        "entry/kia-2026/inov-1",
        "allocation/apbd-2026/alloc-1",
    ]
    gone = why("inov-3", season)
    assert (gone.values["state"], [each.kind for each in gone.because]) == (
        "withdrawn",
        ["submission"],
    )


def test_a_fund_leads_to_every_allocation_that_was_made_of_it(season: Told):
    step = why("fund/apbd-2026", season)
    assert step.values == {
        "fund_id": "apbd-2026",
        "account_code": "5.1.02.05.01.0001",
        "fiscal_year": 2026,
        "ceiling_rupiah": 9_000_000,
        "allocated_rupiah": 5_000_000,
        "paid_rupiah": 5_000_000,
    }
    assert [(each.about, each.values["state"]) for each in step.because] == [
        ("allocation/apbd-2026/alloc-1", "paid"),
        ("allocation/apbd-2026/alloc-2", "reversed"),
    ]
    assert [each.fact for each in step.facts] == [FundRegistered.__name__]


def test_a_regions_index_recomputes_from_its_parts(season: Told):
    step = why("region/2026/hss", season)
    aspect = one(step, "government_aspect")
    spd = sum(number(each, "weight") * number(each, "level") for each in aspect.because)
    counted = [each for each in direct(step, "counted") if each.values["counts"] == "yes"]
    total = sum(number(each, "verified_maturity") for each in counted)
    (count_step,) = direct(step, "innovation_count")
    assert (spd, total) == (number(aspect, "government_aspect"), number(step, "maturity_sum"))
    assert count_step.values == {
        "innovations": 2,
        "cap": 200,
        "weight": "0.38",
        "basic_service_affairs": 1,
        "min_basic_service_affairs": 5,
        "innovation_count_score": "0.00",
    }
    divisor = max(len(counted), 12)
    parts = Fraction(spd) + Fraction(total) / divisor
    parts += Fraction(number(count_step, "innovation_count_score"))
    assert half_up(parts * 100 / Fraction(number(step, "highest"))) == number(step, "index")
    assert [each.about for each in counted] == ["scorecard/inov-1/1", "scorecard/inov-2/2"]
    assert REGION.subject("2026_hss") in {each.subject for each in step.facts}


async def test_evidence_of_an_earlier_season_leads_to_who_gave_it_then():
    story = Sequel(Past(), count())
    await story.began()
    await story.taken_up()
    await story.later()
    await story.developed("inov-1", "inov-1b", "hss-dinkes-baru")
    await story.adopted("inov-1b")
    await story.endorsed("inov-1b")
    await story.handed_in("inov-1b")
    await story.claimed("inov-1b", "t-1")
    await story.admitted("inov-1b", "t-1")
    await story.decided("inov-1b", "t-1", "SID-01", 3)
    await story.decided("inov-1b", "t-1", "SID-16", 1)
    step = why("dossier/inov-1b", told_again(story.past.messages))
    old, statement = below(step, "file")
    assert (old.values["carried_from"], old.values["declared_by"]) == ("inov-1", "drafter-1")
    assert {each.subject.rpartition(".")[2] for each in old.facts} == {"inov-1"}
    assert statement.title.startswith(f"Pernyataan replikasi {STATED} dari tapin-dinkes")
    assert [(each.fact, each.by) for each in statement.facts] == [
        ("EvidenceDeclared", "drafter-1"),
        ("ReplicationStated", "drafter-3"),
    ]


def test_a_trail_keeps_what_explains_and_not_what_passes(past: Past):
    trail = Trail()
    for message in past.messages:
        trail.take(message)
    kept = {type(each.fact) for each in trail.on(DOSSIER.subject("inov-1"))}
    assert IndicatorDecided in kept
    assert DossierLeased not in kept
    drafted = {type(each.fact) for each in trail.on("inda.v1.submission.innovation.inov-1")}
    assert {LevelClaimed, EvidenceDeclared} <= drafted
    assert ProfileRevised not in drafted
    first = sequence_of(past.messages, IndicatorDecided)
    assert [each.sequence for each in trail.on(DOSSIER.subject("inov-1"), first)][-1] == first


def test_an_edition_that_this_build_has_otherwise_leaves_numbers_and_people(season: Told):
    world, trail = season
    world.editions["2026-r1"] = EDITION.model_copy(update={"digest": "0" * 64})
    try:
        step = why("scorecard/inov-1", (world, trail))
    finally:
        world.editions["2026-r1"] = EDITION
    assert maturity(step) == Decimal(11)
    assert "verifier-1" in people(step)
    assert [each.rule for each in direct(step, "row")] == [None] * 20
