"""Why an innovation is in a category, or is not."""

from decimal import Decimal

from services.awards.api.eligibility import Words, eligibility
from services.awards.domain.competition import EnrolByHand, decider
from services.awards.domain.known import PastWin
from services.awards.projections import CompetitionView
from services.awards.projections.competition import fold
from shared.events.awards import PastWinnerRule
from tests.builders.awards import (
    AT,
    CHAIR,
    announce,
    category,
    enrol,
    happened,
    scored,
)
from tests.unit.awards.folding import folded

STRICT = category(
    "desa",
    minimum_maturity=Decimal(90),
    initiators=("masyarakat",),
    past_winners=PastWinnerRule(competitions=("kia-2025",), up_to_rank=3),
)
ANNOUNCED = happened(decider, announce(category(), STRICT))
WON = PastWin(competition_id="kia-2025", rank=2, innovation_id="inov-old")
ID = Words("id")
HEIR = scored("inov-1", lineage=("inov-old",))


def _view(facts: object) -> CompetitionView:
    view = folded(fold, facts)  # type: ignore[arg-type]
    assert isinstance(view, CompetitionView)
    return view


def test_an_entry_by_rule_meets_every_condition_of_its_category_only() -> None:
    view = _view(happened(decider, enrol(scored()), before=ANNOUNCED))
    told = eligibility(view, scored(), (), ID)
    assert (told.entered_in, told.entered_by, told.is_disqualified) == ("skpd", "rule", False)
    assert [(c.category, c.is_met, c.is_entered) for c in told.categories] == [
        ("skpd", True, True),
        ("desa", False, False),
    ]
    assert [(c.code, c.is_met, c.sentence) for c in told.categories[1].conditions] == [
        ("within", True, "Perangkat daerah berada di bawah hss; jalurnya kalsel / hss / dinkes."),
        ("initiators", False, "Inisiator: masyarakat; inovasi ini perangkat_daerah."),
        (
            "minimum_maturity",
            False,
            "Kematangan terverifikasi paling sedikit 90; inovasi ini 80.",
        ),
        (
            "past_winners",
            True,
            "Bukan pemenang peringkat 1 sampai 3 sebelumnya; yang ditemukan: -.",
        ),
    ]


def test_who_won_before_is_told_where() -> None:
    (*_, past) = eligibility(_view(ANNOUNCED), HEIR, (WON,), Words("en")).categories[1].conditions
    assert (past.is_met, past.sentence) == (
        False,
        "No earlier winner of ranks 1 to 3; found: kia-2025 (2).",
    )


def test_an_entry_by_hand_shows_its_reason() -> None:
    command = EnrolByHand(
        by=CHAIR,
        at=AT,
        agency=None,
        agency_path=(),
        scorecard=scored(),
        category="desa",
        reason="Keputusan pleno",
    )
    told = eligibility(_view(happened(decider, command, before=ANNOUNCED)), scored(), (), ID)
    assert (told.entered_in, told.entered_by, told.reason) == ("desa", "hand", "Keputusan pleno")
    assert [(each.category, each.is_entered) for each in told.categories] == [
        ("skpd", False),
        ("desa", True),
    ]


def test_another_season_and_a_training_are_told_for_the_whole_competition() -> None:
    other = scored(season_id="2025", training=True)
    told = eligibility(_view(ANNOUNCED), other, (), ID).conditions
    assert [(each.code, each.is_met) for each in told] == [("season", False), ("training", False)]


def test_agencies_and_regions_are_called_by_their_names_where_these_are_known() -> None:
    regional = category(without=("kalsel-lab", "rsud"), regions=("hss", "tapin"))
    names = {"hss": "Kabupaten HSS", "dinkes": "Dinas Kesehatan", "rsud": "RSUD"}
    view = _view(happened(decider, announce(regional)))
    told = eligibility(view, scored(), (), Words("id", names))
    assert (told.agency_id, told.agency_name) == ("dinkes", "Dinas Kesehatan")
    (asked,) = told.categories
    path = "kalsel / Kabupaten HSS / Dinas Kesehatan"
    assert [each.sentence for each in asked.conditions[:3]] == [
        f"Perangkat daerah berada di bawah Kabupaten HSS; jalurnya {path}.",
        f"Perangkat daerah tidak berada di bawah kalsel-lab, RSUD; jalurnya {path}.",
        "Daerah: Kabupaten HSS, tapin; inovasi ini Kabupaten HSS.",
    ]
