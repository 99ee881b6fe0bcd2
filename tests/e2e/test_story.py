"""The small story ends as it must, whether one or two of each service tell it."""

from pathlib import Path

import pytest

from tests.e2e.money import Sums
from tests.e2e.story import CODES, OBJECTION, Ending, told

# Of the budget: 5 and 4 million to each of three categories, and 3 million to the third agency. The
# 9 million of the people are taxed at 5 %; a team of two splits its prize into shares of which each
# is taxed rounded down, one rupiah less in all. Of the sponsor: the fourth agency, and the cup.
MONEY = {
    "apbd": Sums(
        allocations=8,
        gross_rupiah=30_000_000,
        tax_rupiah=449_999,
        net_rupiah=29_550_001,
        left_rupiah=8_000_000,
    ),
    "sponsor": Sums(
        allocations=2,
        gross_rupiah=1_500_000,
        tax_rupiah=0,
        net_rupiah=1_500_000,
        left_rupiah=9_100_000,
    ),
}


@pytest.mark.timeout(240)
async def test_two_of_each_service_tell_the_whole_story_to_the_same_end_as_one(
    tmp_path: Path,
) -> None:
    one = await told(tmp_path / "one")
    assert_told_to_the_end(one)
    assert all(one.views.values())
    two = await told(tmp_path / "two", replicas=True)
    assert two.facts == one.facts
    assert two.published == one.published
    assert two.funds == one.funds
    assert two.money == one.money
    for name, documents in one.views.items():
        assert (name, two.views[name]) == (name, documents)


def assert_told_to_the_end(ending: Ending) -> None:
    published = ending.published
    assert published["version"] == 2
    versions = {each["version"]: each["cause"] for each in published["versions"]}
    assert versions == {1: "first", 2: "objection"}
    changed = {
        change["innovation_id"] for each in published["versions"] for change in each["changes"]
    }
    assert OBJECTION.innovation_code in changed
    assert [each["innovation_id"] for each in published["disqualified"]] == ["podkes"]
    ranked = {each["innovation_id"]: each["category"] for each in published["ranking"]}
    assert set(ranked.values()) == {"masyarakat", "asn", "perangkat-daerah"}
    assert "podkes" not in ranked
    paid = [each for fund in ending.funds for each in fund["allocations"]]
    assert {each["state"] for each in paid} == {"paid"}
    assert {each["innovation_id"] for each in paid} <= set(CODES) - {"podkes"}
    assert ending.money == MONEY
    for fund in ending.funds:
        sums = MONEY[fund["source_kind"]]
        assert fund["paid_rupiah"] == fund["allocated_rupiah"] == sums.gross_rupiah
        assert fund["paid_tax_rupiah"] == sums.tax_rupiah
        assert fund["available_rupiah"] == sums.left_rupiah
    assert published["public_test"]["refuted"] == 1
    assert ending.facts["ThirdReadingAsked"] == 1
    assert ending.open_data == len(published["ranking"])
    assert (ending.proven.is_genuine, ending.proven.is_altered_copy_genuine) == (True, False)
