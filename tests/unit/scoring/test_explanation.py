"""A scorecard explained: each row with rule, words, verdict, person, moment and source."""

from decimal import Decimal

import pytest

from services.scoring.api.citing import Source
from services.scoring.api.explaining import Difference, Explanation, explanation_of, words
from services.scoring.api.explaining.rows import ExplainedLevel, ExplainedRow
from services.scoring.domain.scorecard import UNDECIDED
from services.scoring.projections.scorecard import SCORECARDS
from services.verification.domain.verdicts import OBJECTION_GRANTED, REASONS
from shared.events.scoring import SCORECARD
from shared.events.verification import DossierVerified, VerdictCorrected
from shared.findings import Language
from tests.builders.scoring import (
    AT,
    EVIDENCE,
    INNOVATION,
    LEVELS,
    corrected,
    edition,
    recorded,
    scored,
    subject,
    verdict,
    verified,
)

D = Decimal
LOWER = verified(
    {"SID-01": 3, "SID-02": 2, "SID-18": 3},
    verdicts=(
        verdict("SID-01", 3, 2, note="Hanya Perkada."),
        verdict("SID-18", 3, 2, basis="a"),
    ),
)


def _explained(
    *sources: DossierVerified | VerdictCorrected,
    language: Language = "id",
    edition_id: str = "2026-r1",
) -> Explanation:
    view = SCORECARDS.fold(None, recorded(SCORECARD, INNOVATION, scored(*sources), 1))
    return explanation_of(view, edition(edition_id), language)


def _row(explanation: Explanation, indicator: str) -> ExplainedRow:
    return next(row for row in explanation.rows if row.indicator == indicator)


def test_a_row_tells_all_that_it_rests_on():
    assert _explained(LOWER).rows[0] == ExplainedRow(
        indicator="SID-01",
        iid_no=16,
        name="Regulasi Inovasi Daerah",
        weight=D(3),
        mandatory=True,
        claimed=ExplainedLevel(
            level=3, text="Peraturan Daerah", score=D(9), rule="bobot 3 x parameter 3 = 9"
        ),
        granted=ExplainedLevel(
            level=2, text="Peraturan Kepala Daerah", score=D(6), rule="bobot 3 x parameter 2 = 6"
        ),
        difference=D(3),
        basis=None,
        subtype=None,
        reason_code="lower_level_proven",
        reason="Bukti menunjukkan parameter yang lebih rendah dari yang diklaim.",
        note="Hanya Perkada.",
        evidence=(EVIDENCE,),
        decided_by="person-verifier",
        decided_at=AT,
        decision="Diputuskan oleh person-verifier pada 4 Agustus 2026 pukul 09.00 WITA.",
        published_in=tuple(
            Source(key=reference.key, title=reference.title, is_secondary=True)
            for reference in edition().references
            if reference.key in ("S-01", "S-02", "S-03")
        ),
    )


def test_in_english_the_same_in_other_words():
    row = _explained(LOWER, language="en").rows[0]
    assert (row.name, row.granted.rule) == (
        "Regional innovation regulation",
        "weight 3 x level 2 = 6",
    )
    assert row.reason == "The evidence proves a lower level than the one claimed."
    assert row.decision == "Decided by person-verifier on 4 August 2026 at 09.00 WITA."


def test_a_level_with_bases_is_told_by_the_basis_that_was_verified():
    row = _row(_explained(LOWER), "SID-18")
    assert (row.basis, row.claimed.text, row.granted.text) == (
        "a",
        ">=501 (orang)",
        "201-500 (orang)",
    )


def test_what_nobody_decided_or_claimed_says_so():
    explanation = _explained(LOWER)
    undecided, empty = _row(explanation, "SID-02"), _row(explanation, "SID-03")
    assert (undecided.reason_code, undecided.granted.text, undecided.decided_at) == (
        "undecided",
        None,
        None,
    )
    assert undecided.decision.startswith("Belum ada keputusan verifikator")
    assert (empty.decision, empty.reason, empty.claimed.text) == ("Tidak diklaim.", None, None)


def test_the_totals_stand_beside_each_other_with_what_they_differ_by():
    explanation = _explained(LOWER)
    assert (explanation.claimed_maturity, explanation.verified_maturity) == (D(22), D(12))
    assert (explanation.difference, explanation.highest) == (D(10), D(111))
    assert explanation.summary == "Klaim 22, terverifikasi 12: berkurang 10 pada 3 indikator."
    assert [(each.indicator, each.points) for each in explanation.differences] == [
        ("SID-02", D(4)),
        ("SID-01", D(3)),
        ("SID-18", D(3)),
    ]
    assert explanation.differences[1] == Difference(
        indicator="SID-01",
        name="Regulasi Inovasi Daerah",
        points=D(3),
        reason="Bukti menunjukkan parameter yang lebih rendah dari yang diklaim.",
    )
    assert [each.key for each in explanation.published_in] == ["S-01", "S-03", "S-04"]
    assert explanation.scored_at_wita == "4 Agustus 2026 pukul 09.00 WITA"


def test_without_a_difference_there_is_nothing_to_explain_away():
    explanation = _explained(verified(LEVELS))
    assert explanation.differences == ()
    assert explanation.summary == "Klaim 111, terverifikasi 111: tidak ada selisih."


def test_no_band_is_shown_for_an_innovation():
    assert "band" not in Explanation.model_json_schema()["properties"]


def test_an_edition_that_does_not_publish_what_is_mandatory_claims_nothing():
    older = verified({"SID-01": 1}, about=subject(edition_id="2023-r1"))
    rows = _explained(older, edition_id="2023-r1").rows
    assert {row.mandatory for row in rows} == {None}
    assert rows[0].granted.text == "SK Kepala Perangkat Daerah"


def test_a_granted_objection_shows_in_its_row():
    row = _explained(LOWER, corrected(LOWER, "objection-1", "SID-01", 3)).rows[0]
    assert (row.decided_by, row.granted.level, row.difference) == ("person-committee", 3, D(0))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_has_a_sentence_in_both_languages(language: Language):
    assert words.TEXTS[language].keys() >= {*REASONS, OBJECTION_GRANTED, UNDECIDED}
    assert words.reason(None, language) is None
    assert words.reason("a_new_reason", language) == "a new reason"
