"""Entries of the index: what a fact is found by, and over which stretches it is looked for."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.audit.cases.labels import FACTS as CALLED
from services.audit.searching import FACTS, Asked, Entry, entry_of, named_in
from services.audit.searching.asking import cursor_in, query, spans
from services.audit.searching.entries import collection_of, key_of
from services.audit.searching.naming import MOST_NAMED, wanted
from shared.errors import Invalid
from shared.history.envelope import Message
from tests.unit.audit.contest import TEAM
from tests.unit.audit.past import Past
from tests.unit.audit.prize_rules import MAIN
from tests.unit.audit.prized import prized

DIGEST = "ab" * 32


@pytest.fixture(scope="module")
async def won() -> Past:
    return await prized()


def one(past: Past, fact: str) -> Entry:
    """The first fact of that name."""
    return next(each for each in map(entry_of, past.messages) if each.fact == fact)


def test_a_fact_is_found_by_all_that_its_body_names(won: Past):
    money = one(won, "MoneyAllocated")
    others = [each for each in money.about if not each.startswith("allocation:")]
    assert others == [
        "agency:hss-dinkes",
        f"competition:{MAIN}",
        "fund:apbd-2026",
        "innovation:inov-1",
    ]
    assert len(money.about) == len(others) + 1
    opened = one(won, "PanelOpened")
    assert {f"competition:{MAIN}", "person:judge-1", "innovation:inov-1"} <= {*opened.about}
    verdict = one(won, "IndicatorDecided")
    assert {"dossier:inov-0", "innovation:inov-0", "person:verifier-1"} <= {*verdict.about}
    recipients = [
        each
        for each in map(entry_of, won.messages)
        if each.fact == "RecipientsNamed" and f"innovation:{TEAM}" in each.about
    ]
    assert {"person:payee-a", "person:payee-b"} <= {*recipients[0].about}


def test_rules_of_money_name_nobody_by_their_words(won: Past):
    """A prize goes `to` a rank: that is no person."""
    (announced,) = [
        each
        for each in map(entry_of, won.messages)
        if (each.fact, each.key) == ("CompetitionAnnounced", MAIN)
    ]
    assert "person:rank" not in announced.about
    assert "fund:apbd-2026" in announced.about


def test_every_fact_that_a_service_may_say_has_words_in_a_case_file():
    assert {*FACTS.values()} == {*CALLED}


def test_who_opened_what_is_found_by_document_innovation_and_dossier():
    body = {"sha256": DIGEST, "about": "inov-1", "how": "link", "roles": ["verifier"]}
    assert named_in("verification.access", DIGEST, body) == (
        f"document:{DIGEST}",
        "dossier:inov-1",
        "innovation:inov-1",
    )
    assert named_in("awards.access", DIGEST, body) == (f"document:{DIGEST}", "innovation:inov-1")


def test_a_fact_that_names_more_than_are_kept_is_shown_to_whoever_asks_for_one_of_the_kind():
    body = {"competition_id": "c", "innovations": [f"inov-{n}" for n in range(2 * MOST_NAMED)]}
    found = named_in("awards.competition", "c", body)
    assert len(found) == MOST_NAMED + 1
    assert {"competition:c", "innovation:inov-0", "innovation:*"} <= {*found}
    assert {*wanted(f"innovation:inov-{2 * MOST_NAMED - 1}")} & {*found}
    assert not {*wanted("competition:other")} & {*found}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[1]",
        b'"text"',
        b'{"by": 7, "at": "never", "innovation_id": {"a": 1}}',
        b'{"at": "0001-01-01T00:00:00+14:00"}',
        b"[" * 100_000,
    ],
    ids=["empty", "bytes", "list", "text", "other types", "before all time", "too deep"],
)
def test_whatever_is_stored_has_an_entry(body: bytes):
    entry = entry_of(Message("inda.v1.awards.fund.f", 7, {"ce-aggregateversion": "x"}, body))
    assert entry == Entry(
        sequence=7,
        id="",
        subject="inda.v1.awards.fund.f",
        service="awards",
        aggregate="fund",
        key="f",
        fact="",
        ce_type="",
        aggregate_version=0,
        by="",
        at="",
        command_id="",
        correlation_id="",
        causation_id=None,
        about=("fund:f",),
        sha256=None,
    )


def test_half_of_a_pair_of_utf_16_can_be_stored():
    body = b'{"by": "\\ud800", "innovation_id": "\\udfff"}'
    entry = entry_of(Message("inda.v1.awards.fund.f", 1, {}, body))
    assert (entry.by, entry.about) == ("?", ("fund:f", "innovation:?"))


@given(
    first=st.integers(1, 50_000),
    last=st.none() | st.integers(1, 400_000),
    position=st.integers(0, 400_000),
    behind=st.none() | st.integers(0, 400_000),
    newest=st.booleans(),
)
def test_the_stretches_cover_what_is_asked_for_once_and_in_order(
    first: int, last: int | None, position: int, behind: int | None, newest: bool
):
    asked = Asked(first=first, last=last, is_newest_first=newest)
    found = list(spans(asked, behind, position))
    low, high = first, position if last is None else min(last, position)
    if behind is not None:
        low, high = (low, min(high, behind - 1)) if newest else (max(low, behind + 1), high)
    ordered = found[::-1] if newest else found
    assert all(start <= end for start, end in ordered)
    assert [end + 1 for _, end in ordered[:-1]] == [start for start, _ in ordered[1:]]
    covered = (ordered[0][0], ordered[-1][1]) if ordered else None
    assert covered == ((low, high) if low <= high else None)


def test_all_that_is_given_must_hold_and_moments_are_compared_as_text():
    asked = Asked(
        by="chair-1",
        since=datetime(2026, 5, 1, tzinfo=UTC),
        until=datetime(2026, 5, 2, tzinfo=UTC),
        facts=("MoneyAllocated",),
        about=("fund:apbd",),
    )
    assert query(asked) == {
        "by": "chair-1",
        "fact": "MoneyAllocated",
        "about": {"$in": ["fund:apbd", "fund:*"]},
        "at": {"$gte": "2026-05-01T00:00:00.000000Z", "$lt": "2026-05-02T00:00:00.000000Z"},
    }


@pytest.mark.parametrize("cursor", ["", "-1", "one", "\u0661", "1" * 16])
def test_a_cursor_that_is_none_is_refused(cursor: str):
    with pytest.raises(Invalid):
        cursor_in(cursor)


def test_keys_sort_as_sequences_do_and_another_stream_has_another_place():
    assert sorted([key_of(100), key_of(9), key_of(20)]) == [key_of(9), key_of(20), key_of(100)]
    assert collection_of("2026-11-22T00:00:00Z") != collection_of("2026-11-22T00:00:01Z")
