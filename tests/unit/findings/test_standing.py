"""The points at risk are differences of the scoring engine's own numbers."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.editions import maturity
from shared.findings import Standing, examine, standing
from tests.unit.findings.cases import EDITION, GOOD, claiming, without

NAMES = [item.evidence_id for item in GOOD.evidence]


def test_the_good_innovation_has_nothing_at_risk():
    found = standing(GOOD, examine(GOOD))
    assert found == Standing(Decimal(111), Decimal(111), Decimal(111))
    assert found.at_risk == 0


def test_a_claim_without_evidence_risks_its_whole_row():
    case = without("sop")
    assert standing(case, examine(case)).at_risk == 6


def test_evidence_for_a_lower_level_risks_the_difference():
    case = without("perda")
    assert standing(case, examine(case)).at_risk == 6
    assert standing(claiming(case=case, SID_01=1), ()).claimed == 105


def test_two_findings_about_one_row_risk_it_once():
    case = without("sertifikat-1", "sertifikat-2", "sertifikat-3", "hadir-3")
    codes = [each.code for each in examine(case) if each.severity == "costs"]
    assert codes == ["events_missing", "certificate_missing"]
    assert standing(case, examine(case)).at_risk == 3


@given(st.sets(st.sampled_from(NAMES)))
@settings(deadline=None, max_examples=60)
def test_what_is_safe_is_a_maturity_that_the_engine_gives(gone: set[str]):
    case = without(*gone)
    found = standing(case, examine(case))
    levels = {claim.indicator: claim.level for claim in case.claims}
    assert found.claimed == maturity(EDITION, levels).total
    assert 0 <= found.safe <= found.claimed
    assert found.at_risk + found.safe == found.claimed
