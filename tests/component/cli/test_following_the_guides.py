"""A whole competition by its guides: committee, judge and treasurer type what stands there.

What they read in between, what anybody may do without an account, and what is refused.
"""

import pytest

from tests.component.cli.beginning import announced, entered, judged
from tests.component.cli.contest import season, with_entries
from tests.component.cli.disputing import determined, disputed, signed
from tests.component.cli.guided import Reader
from tests.component.cli.spending import allocated, paid, verified_by_anybody
from tests.component.cli.world import Stack


@pytest.mark.timeout(300)
def test_a_competition_goes_by_its_guides_from_the_rules_to_the_last_rupiah(
    everything: Stack,
) -> None:
    found = season(everything)
    committee = Reader(everything, "committee.md", "chair", found.names)
    committee.block()
    announced(found, committee)
    with_entries(found)
    entered(found, committee)
    judged(found, committee)
    signed(found, committee)
    disputed(found, committee)
    determined(found, committee)
    treasurer = Reader(everything, "treasurer.md", "treasurer", found.names)
    allocated(found, committee, treasurer)
    paid(found, treasurer)
    verified_by_anybody(found, committee)
    assert (committee.is_over(), treasurer.is_over()) == (True, True)
