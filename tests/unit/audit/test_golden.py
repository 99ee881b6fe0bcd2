"""What earlier releases wrote is folded to the same documents, sums and places by this build."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from services.audit.archive import messages_of
from shared.events.catalogue import AGGREGATES
from tests.golden.__main__ import Written, stories, write
from tests.golden.histories import CHANGES, DIGESTS, HERE, STORIES, folded

RELEASES = sorted(each.parent.name for each in HERE.glob(f"*/{DIGESTS}"))
HISTORIES = [
    (release, name)
    for release in RELEASES
    for name in json.loads((HERE / release / DIGESTS).read_text())
]


def recorded(release: str, name: str) -> dict[str, Any]:
    """What the release made of it, and what has changed on purpose since."""
    found = json.loads((HERE / release / DIGESTS).read_text())[name]
    for change in json.loads(CHANGES.read_text()):
        if (change["release"], change["history"]) == (release, name):
            apply(change, found)
    return found


def apply(change: Mapping[str, str], found: dict[str, Any]) -> None:
    group, _, of = change["what"].partition(".")
    assert group in ("digest", "projections", "kinds"), change
    holder, key = (found[group], of) if of else (found, group)
    assert change["reason"].strip(), change
    assert holder[key] == change["was"], change
    holder[key] = change["is"]


@pytest.mark.parametrize(("release", "name"), HISTORIES)
def test_a_history_of_an_earlier_release_is_folded_to_the_same(release: str, name: str):
    content = (HERE / release / f"{name}.ndjson").read_bytes()
    expected = recorded(release, name)
    assert sha256(content).hexdigest() == expected.pop("sha256"), "a golden history was edited"
    found = folded(messages_of(content, name))
    # What later builds tell besides was not known then.
    known = {fund["fund_id"]: fund for fund in found["funds"]}
    found["funds"] = [
        {field: known[fund["fund_id"]][field] for field in fund} for fund in expected["funds"]
    ]
    for group in ("projections", "kinds"):
        found[group] = {of: found[group].get(of) for of in expected[group]}
    assert found == expected


def test_every_release_wrote_what_its_digests_tell():
    assert RELEASES
    for release in RELEASES:
        names = set(json.loads((HERE / release / DIGESTS).read_text()))
        assert {each.stem for each in (HERE / release).glob("*.ndjson")} == names


async def test_the_stories_together_tell_every_kind_of_fact():
    known = {fact.ce_type for aggregate in AGGREGATES for fact in aggregate.facts}
    told = {each.headers["ce-type"] for found in (await stories()).values() for each in found}
    assert known - told == set()


async def test_what_was_written_is_never_written_again(tmp_path: Path):
    told = await stories()
    write(tmp_path / "9.9.9", told)
    before = {each.name: each.read_bytes() for each in (tmp_path / "9.9.9").iterdir()}
    with pytest.raises(Written):
        write(tmp_path / "9.9.9", told)
    assert {each.name: each.read_bytes() for each in (tmp_path / "9.9.9").iterdir()} == before
    found = json.loads(before[DIGESTS])
    assert [each["findings"] for each in found.values()] == [[] for _ in STORIES]


def test_a_change_without_a_reason_or_of_another_digest_is_refused():
    change = {"what": "projections.awards/funds", "was": "a", "is": "b", "reason": "Because."}
    found = {"projections": {"awards/funds": "a"}}
    apply(change, found)
    assert found == {"projections": {"awards/funds": "b"}}
    for wrong in ({"reason": " "}, {"was": "c"}, {"what": "funds.awards"}):
        with pytest.raises(AssertionError):
            apply({**change, **wrong}, {"projections": {"awards/funds": "a"}})
