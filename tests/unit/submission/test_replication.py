"""Who took up whose innovation: stated once by letter, linked, withdrawn."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.submission.domain.replication import (
    LinkReplica,
    Replica,
    Replicable,
    StateReplication,
    WithdrawReplication,
    decider,
    replication_id_of,
)
from shared.events.submission import (
    Letter,
    ReplicationLinked,
    ReplicationStated,
    ReplicationWithdrawn,
    statement_digest,
)
from tests.spec import given

NOW = datetime(2026, 9, 15, 3, tzinfo=UTC)
LETTER = Letter(number="440/118", signed_on=date(2026, 9, 14), subject="Replikasi SIP PUTIH")
TOMORROW = Letter(number="440/119", signed_on=date(2026, 9, 16), subject="Replikasi")
STARTED_ON = date(2026, 9, 1)
CONTACT = "Bidang Kesehatan Masyarakat Dinas Kesehatan Kabupaten Tapin"
ID = replication_id_of("inno-1", "tapin-dinkes")
ORIGINAL = Replicable(
    innovation_id="inno-1",
    agency_path=("kalsel", "hss", "hss-dinkes"),
    region_id="hss",
    training=False,
    is_verified=True,
)


def stating(**changes: Any) -> StateReplication:
    told: dict[str, Any] = {
        "by": "operator",
        "at": NOW,
        "replication_id": ID,
        "original": ORIGINAL,
        "agency_id": "tapin-dinkes",
        "agency_path": ("kalsel", "tapin", "tapin-dinkes"),
        "region_id": "tapin",
        "letter": LETTER,
        "started_on": STARTED_ON,
        "contact_body": CONTACT,
    }
    return StateReplication(**{**told, **changes})


STATED = ReplicationStated(
    by="operator",
    at=NOW,
    replication_id=ID,
    innovation_id="inno-1",
    original_agency_path=("kalsel", "hss", "hss-dinkes"),
    original_region_id="hss",
    agency_id="tapin-dinkes",
    agency_path=("kalsel", "tapin", "tapin-dinkes"),
    region_id="tapin",
    letter=LETTER,
    started_on=STARTED_ON,
    contact_body=CONTACT,
    replica_id=None,
    statement_digest=statement_digest("inno-1", "tapin-dinkes", LETTER, STARTED_ON, CONTACT),
)
LINKED = ReplicationLinked(by="operator", at=NOW, replication_id=ID, replica_id="inno-2")
WITHDRAWN = ReplicationWithdrawn(by="operator", at=NOW, replication_id=ID, reason="batal")


def linking(**changes: Any) -> LinkReplica:
    replica = Replica(innovation_id="inno-2", training=False, is_own=True)
    return LinkReplica("operator", NOW, replace(replica, **changes))


def test_a_replication_is_stated_once_and_anew_after_a_withdrawal() -> None:
    given(decider).when(stating()).then(STATED)
    given(decider, STATED).when(stating()).refused("replication_exists")
    given(decider, STATED, LINKED).when(stating()).refused("replication_exists")
    given(decider, STATED, WITHDRAWN).when(stating()).then(STATED)


@pytest.mark.parametrize(
    ("original", "code"),
    [
        (replace(ORIGINAL, is_verified=False), "original_not_verified"),
        (replace(ORIGINAL, training=True), "training"),
        (replace(ORIGINAL, agency_path=("tapin-dinkes",)), "replication_of_own"),
        (replace(ORIGINAL, agency_path=("tapin-dinkes", "tapin-uptd")), "replication_of_own"),
        (replace(ORIGINAL, agency_path=("kalsel", "tapin")), "replication_of_own"),
        (replace(ORIGINAL, heirs=("tapin-dinkes",)), "replication_of_own"),
        (replace(ORIGINAL, heirs=("tapin",)), "replication_of_own"),
    ],
    ids=["draft", "training", "own", "above", "below", "heir", "below-heir"],
)
def test_only_what_another_agency_had_verified_is_replicated(
    original: Replicable, code: str
) -> None:
    given(decider).when(stating(original=original)).refused(code)


def test_a_replication_within_the_same_region_counts() -> None:
    command = stating(agency_id="hss-disdik", agency_path=("kalsel", "hss", "hss-disdik"))
    (fact,) = decider.decide(command, decider.initial)
    assert isinstance(fact, ReplicationStated)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"started_on": date(1999, 12, 31)}, "start_out_of_range"),
        ({"started_on": date(2026, 9, 16)}, "start_out_of_range"),
        (
            {"letter": LETTER.model_copy(update={"signed_on": date(2026, 9, 16)})},
            "letter_in_future",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused(changes: dict[str, Any], code: str) -> None:
    given(decider).when(stating(**changes)).refused(code)


@pytest.mark.parametrize("started_on", [date(2000, 1, 1), date(2026, 9, 15)])
def test_a_replication_may_begin_on_any_day_until_today(started_on: date) -> None:
    (fact,) = decider.decide(stating(started_on=started_on), decider.initial)
    assert isinstance(fact, ReplicationStated)
    assert fact.started_on == started_on


def test_today_is_the_day_in_the_region() -> None:
    command = stating(at=datetime(2026, 9, 15, 16, tzinfo=UTC), started_on=date(2026, 9, 16))
    assert len(decider.decide(command, decider.initial)) == 1


@pytest.mark.parametrize(
    "contact_body",
    [
        "Budi 0812-3456-7890",
        "Telp. (0517) 21 045",
        "+62 812 3456 789",
        "dinkes@tapinkab.go.id",
        "NIP 198501012010011002",
    ],
)
def test_a_contact_with_a_phone_or_an_address_is_personal(contact_body: str) -> None:
    given(decider).when(stating(contact_body=contact_body)).refused("contact_is_personal")


@pytest.mark.parametrize(
    "contact_body",
    [CONTACT, "Bagian Organisasi Setda", "UPTD Puskesmas Kandangan 2", "SDN 1 Rantau, Tim 2026"],
)
def test_a_contact_that_is_a_body_is_taken(contact_body: str) -> None:
    (fact,) = decider.decide(stating(contact_body=contact_body), decider.initial)
    assert isinstance(fact, ReplicationStated)
    assert fact.contact_body == contact_body


def test_the_replica_is_linked_and_the_link_may_be_corrected() -> None:
    given(decider, STATED).when(linking()).then(LINKED)
    given(decider, STATED, LINKED).when(linking()).nothing()
    other = LINKED.model_copy(update={"replica_id": "inno-3"})
    given(decider, STATED, LINKED).when(linking(innovation_id="inno-3")).then(other)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_own": False}, "replica_of_another"),
        ({"innovation_id": "inno-1"}, "replica_of_another"),
        ({"training": True}, "training"),
    ],
)
def test_only_an_own_innovation_is_a_replica(changes: dict[str, Any], code: str) -> None:
    given(decider, STATED).when(linking(**changes)).refused(code)


def test_a_statement_is_withdrawn_and_then_stays_as_it_is() -> None:
    withdraw = WithdrawReplication("operator", NOW, "batal")
    given(decider, STATED).when(withdraw).then(WITHDRAWN)
    given(decider, STATED, WITHDRAWN).when(withdraw).nothing()
    given(decider, STATED, WITHDRAWN).when(linking()).refused("replication_withdrawn")
    given(decider).when(withdraw).refused("replication_unknown")
    given(decider).when(linking()).refused("replication_unknown")


def test_a_new_statement_begins_without_a_replica() -> None:
    state = decider.replay([STATED, LINKED, WITHDRAWN, STATED])
    assert state == decider.replay([STATED])
