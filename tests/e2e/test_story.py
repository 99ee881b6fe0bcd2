"""The small story ends as it must, whether one or two of each service tell it."""

from pathlib import Path

import pytest

from tests.e2e.story import CODES, OBJECTION, Ending, told


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
    for fund in ending.funds:
        assert 0 < fund["paid_rupiah"] == fund["allocated_rupiah"] <= fund["ceiling_rupiah"]
