"""What is remembered of issued documents and of the money they tell of."""

from functools import reduce
from typing import Any

import pytest

from services.awards.projections import DOCUMENTS, PAYOUTS, DocumentsView, PayoutsView, Source
from shared.events.awards import AllocationReversed
from shared.events.base import Fact
from tests.unit.awards.story import (
    AT,
    DECREED,
    FUND_ID,
    JUDGED,
    MONEY,
    NAMED,
    PAID,
    TAXED,
    certificate,
    drafted,
    recorded,
)


def folded(projection: Any, *facts: Fact) -> Any:
    return reduce(projection.fold, recorded(facts), None)


def test_versions_decree_and_documents_are_kept_with_their_places_in_the_history() -> None:
    issued = certificate()
    view: DocumentsView = folded(DOCUMENTS, *JUDGED, issued)
    first = JUDGED.index(drafted()) + 1
    assert view.drafted == (
        Source(event_id=f"event-{first}", sequence_no=first, at=drafted().at, results_version=1),
    )
    last = JUDGED.index(DECREED) + 1
    assert view.determined == Source(
        event_id=f"event-{last}", sequence_no=last, at=AT, results_version=1
    )
    (shown,) = view.documents
    same = ("document_id", "kind", "media_type", "about", "sha256", "size", "content_digest")
    assert [getattr(shown, name) for name in same] == [getattr(issued, name) for name in same]
    assert (shown.issue_version, shown.event_id) == (1, f"event-{len(JUDGED) + 1}")


def test_nothing_begins_without_an_announcement() -> None:
    with pytest.raises(ValueError, match="cannot begin with RecipientsNamed"):
        folded(DOCUMENTS, NAMED)


def test_a_payout_ends_where_it_was_reversed() -> None:
    mine = [fact for fact in (*MONEY, *PAID) if getattr(fact, "fund_id", None) == FUND_ID]
    gone = AllocationReversed(
        by="person-chair",
        at=AT,
        fund_id=FUND_ID,
        allocation_id=TAXED.allocation_id,
        amount_rupiah=TAXED.amount_rupiah,
        reason="Salah",
        allocated_rupiah=0,
    )
    before: PayoutsView = folded(PAYOUTS, *mine)
    assert [each.ended_at for each in before.payouts] == [None] * 4
    after: PayoutsView = folded(PAYOUTS, *mine, gone)
    ended = {each.allocation_id: each.ended_at for each in after.payouts}
    assert ended == {
        "alloc-1-1": None,
        "alloc-2-2": None,
        "alloc-3-3": None,
        "alloc-9-1": len(mine) + 1,
    }
