"""Seasons, agencies and replications are shown as they were told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.submission.projections import AGENCIES, REPLICATIONS, SEASONS
from services.submission.projections.agencies import (
    AgencyView,
    Commitment,
    FormerName,
    Succession,
    words_of,
)
from services.submission.projections.replications import ReplicationView
from services.submission.projections.seasons import Extension, GrantedException, SeasonView
from shared.events.base import Fact
from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyRenamed,
    LateExceptionGranted,
    SeasonClosed,
    SeasonDeadlineExtended,
)
from shared.projector import Projection, bare
from tests.builders.submission import recorded
from tests.unit.submission.test_agency import REGISTERED, SUCCEEDED
from tests.unit.submission.test_replication import LINKED, STATED, WITHDRAWN
from tests.unit.submission.test_season import DEADLINE, OPENED

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = DEADLINE + timedelta(days=7)


def shown(projection: Projection[Any], *facts: Fact) -> Any:
    """The view after these facts, told in one go and one by one."""
    events = [recorded(fact, version) for version, fact in enumerate(facts, start=1)]
    at_once = projection.document(None, *events)
    document = None
    for event in events:
        document = projection.document(document, event)
    assert document == at_once
    return projection.view.model_validate(bare(at_once))


def test_a_season_shows_its_extensions_and_exceptions() -> None:
    extended = SeasonDeadlineExtended(
        by="admin",
        at=NOW,
        season_id="2026",
        previous_deadline=DEADLINE,
        deadline=LATER,
        reason="listrik",
    )
    granted = LateExceptionGranted(
        by="admin", at=NOW, season_id="2026", agency_id="hss-dinkes", until=LATER, reason="banjir"
    )
    closed = SeasonClosed(by="admin", at=NOW, season_id="2026")
    opened = OPENED.model_copy(update={"grace_minutes": 30, "obliged_kinds": ("agency",)})
    assert shown(SEASONS, opened, extended, granted, closed) == SeasonView(
        season_id="2026",
        name="Musim 2026",
        assessment_year=2026,
        edition_id="2026-r1",
        edition_digest="a" * 64,
        opens_at=NOW,
        deadline=LATER,
        revision_days=7,
        training=False,
        grace_minutes=30,
        endorsement_required=False,
        time_zone="Asia/Makassar",
        obliged_kinds=("agency",),
        is_open=False,
        extensions=(
            Extension(
                previous_deadline=DEADLINE, deadline=LATER, reason="listrik", by="admin", at=NOW
            ),
        ),
        exceptions=(
            GrantedException(
                agency_id="hss-dinkes", until=LATER, reason="banjir", by="admin", at=NOW
            ),
        ),
    )


def agency_view(**changes: Any) -> AgencyView:
    given: dict[str, Any] = {
        "agency_id": "hss-dinkes",
        "name": "Dinas Kesehatan",
        "short_name": "DINKES",
        "kind": "agency",
        "parent_id": "hss",
        "region_id": "hss",
        "path": ("kalsel", "hss", "hss-dinkes"),
        "commitments": (),
        "is_closed": False,
        "closed_because": None,
        "successors": (),
        "succession": None,
        "former_names": (),
        "name_key": "dinas kesehatan",
        "words": ("dinas", "kesehatan", "dinkes"),
        "source": "daftar SKPD",
        "sample": False,
    }
    return AgencyView(**{**given, **changes})


def signed(promised: int) -> AgencyCommitmentSigned:
    return AgencyCommitmentSigned(
        by="head",
        at=NOW,
        agency_id="hss-dinkes",
        season_id="2026",
        innovations_promised=promised,
        letter_number=f"188/{promised}",
        signed_on=date(2026, 5, 1),
    )


def test_an_agency_shows_the_last_commitment_of_a_season() -> None:
    last = Commitment(
        season_id="2026",
        innovations_promised=3,
        letter_number="188/3",
        signed_on=date(2026, 5, 1),
    )
    assert shown(AGENCIES, REGISTERED, signed(1), signed(3)) == agency_view(commitments=(last,))


def test_an_agency_keeps_its_former_names() -> None:
    renamed = AgencyRenamed(
        by="admin",
        at=NOW,
        agency_id="hss-dinkes",
        name="Dinas Kesehatan, KB",
        short_name="DKKB",
        letter_number="Perbup 3/2026",
        effective_on=date(2026, 6, 1),
    )
    former = FormerName(
        name="Dinas Kesehatan",
        short_name="DINKES",
        letter_number="Perbup 3/2026",
        changed_on=date(2026, 6, 1),
    )
    assert shown(AGENCIES, REGISTERED, renamed) == agency_view(
        name="Dinas Kesehatan, KB",
        short_name="DKKB",
        former_names=(former,),
        name_key="dinas kesehatan, kb",
        words=("dinas", "kesehatan", "kb", "dkkb"),
    )


def test_an_agency_that_ended_shows_why_and_who_carries_on() -> None:
    closed = AgencyClosed(by="admin", at=NOW, agency_id="hss-dinkes", reason="digabung")
    assert shown(AGENCIES, REGISTERED, closed) == agency_view(
        is_closed=True, closed_because="digabung"
    )
    assert shown(AGENCIES, REGISTERED, SUCCEEDED) == agency_view(
        is_closed=True,
        closed_because="penataan",
        successors=("hss-dinsos", "hss-dp3a"),
        succession=Succession(effective_on=date(2026, 5, 29), letter_number="Perbup 31/2025"),
    )


def test_words_are_compared_in_small_letters_without_signs() -> None:
    assert words_of("UPTD Puskesmas Ambah-Rawa", "PKM Ambah") == (
        "uptd",
        "puskesmas",
        "ambah",
        "rawa",
        "pkm",
    )
    assert words_of("!?", "") == ()


def replication_view(**changes: Any) -> ReplicationView:
    stated = STATED.model_dump(exclude={"by", "at"})
    given: dict[str, Any] = {
        **stated,
        "original_agency_id": "hss-dinkes",
        "stated_by": STATED.by,
        "stated_at": STATED.at,
        "is_standing": True,
        "withdrawn_because": None,
        "withdrawn_at": None,
    }
    return ReplicationView(**{**given, **changes})


def test_a_replication_shows_both_sides_and_its_replica() -> None:
    assert shown(REPLICATIONS, STATED) == replication_view()
    assert shown(REPLICATIONS, STATED, LINKED) == replication_view(replica_id="inno-2")


def test_a_withdrawn_replication_stands_again_when_it_is_stated_anew() -> None:
    assert shown(REPLICATIONS, STATED, LINKED, WITHDRAWN) == replication_view(
        replica_id="inno-2",
        is_standing=False,
        withdrawn_because="batal",
        withdrawn_at=WITHDRAWN.at,
    )
    assert shown(REPLICATIONS, STATED, LINKED, WITHDRAWN, STATED) == replication_view()


@pytest.mark.parametrize(
    ("projection", "fact"),
    [
        (SEASONS, SeasonClosed(by="admin", at=NOW, season_id="2026")),
        (AGENCIES, SUCCEEDED),
        (REPLICATIONS, LINKED),
    ],
)
def test_a_view_begins_with_a_beginning(projection: Projection[Any], fact: Fact) -> None:
    with pytest.raises(ValueError, match=type(fact).__name__):
        projection.document(None, recorded(fact))
