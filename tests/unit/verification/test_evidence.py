"""A verdict stands on exactly the evidence that was seen, and may say where in it."""

import pytest

from services.verification.domain import State, decider
from services.verification.domain.commands import Command
from shared.events.submission import EvidenceItem, FileProperties
from shared.events.verification import DossierEvent, Place
from tests.builders.verification import (
    ADMITTED,
    FIRST_DIGEST,
    MANIFEST,
    OPENED,
    REQUESTED,
    SECOND_DIGEST,
    THIRD_DIGEST,
    attachment,
    decide,
    decided,
    evidence,
    leased,
    received,
    statement,
)
from tests.spec import Given, given

HELD = given(decider, OPENED, leased(), ADMITTED)


def _shown(*manifest: EvidenceItem) -> Given[Command, State, DossierEvent]:
    opened = OPENED.model_copy(update={"manifest": manifest})
    return given(decider, opened, leased(), ADMITTED)


def test_evidence_that_intake_did_not_accept_proves_nothing() -> None:
    declared = _shown(evidence("ev-1", FIRST_DIGEST, "SID-01", accepted=False))
    declared.when(decide("SID-01", 1, evidence=())).refused("evidence_missing")
    declared.when(decide("SID-01", 1, evidence=(FIRST_DIGEST,))).refused("evidence_unknown")
    declared.when(decide("SID-01", 0, evidence=(FIRST_DIGEST,))).refused("evidence_unknown")


def test_an_attachment_of_the_profile_proves_nothing() -> None:
    attached = _shown(attachment("ev-5", FIRST_DIGEST))
    attached.when(decide("SID-01", 1, evidence=())).refused("evidence_missing")
    attached.when(decide("SID-01", 1, evidence=(FIRST_DIGEST,))).refused("evidence_unknown")


def test_a_statement_of_replication_proves_a_claim_by_its_digest() -> None:
    stated = _shown(statement("ev-4", FIRST_DIGEST))
    stated.when(decide("SID-18", 1, evidence=(FIRST_DIGEST,))).then(
        decided("SID-18", 1, evidence=(FIRST_DIGEST,))
    )


@pytest.mark.parametrize("granted", [0, 2])
def test_evidence_that_is_not_there_is_refused(granted: int) -> None:
    HELD.when(decide("SID-02", granted, evidence=(FIRST_DIGEST, THIRD_DIGEST))).refused(
        "evidence_unknown"
    )


def test_evidence_of_another_indicator_is_refused() -> None:
    HELD.when(decide("SID-02", 2, evidence=(FIRST_DIGEST, SECOND_DIGEST))).refused(
        "evidence_unknown"
    )


@pytest.mark.parametrize("granted", [0, 1, 3])
@pytest.mark.parametrize("seen", [(), (FIRST_DIGEST,)], ids=["nothing", "one of two"])
def test_a_verdict_on_less_than_all_the_evidence_is_refused(
    granted: int, seen: tuple[str, ...]
) -> None:
    HELD.when(decide("SID-01", granted, evidence=seen)).refused("evidence_changed")


def test_a_verdict_on_the_evidence_of_an_earlier_round_is_refused() -> None:
    swapped = (MANIFEST[0], evidence("ev-9", THIRD_DIGEST, "SID-01"))
    back = HELD.after(REQUESTED, received(manifest=swapped), leased())
    back.when(decide("SID-01", 3)).refused("evidence_unknown")
    grown = HELD.after(
        REQUESTED,
        received(manifest=(*MANIFEST, evidence("ev-9", THIRD_DIGEST, "SID-01"))),
        leased(),
    )
    grown.when(decide("SID-01", 3)).refused("evidence_changed")
    shrunk = HELD.after(REQUESTED, received(manifest=MANIFEST[:1]), leased())
    shrunk.when(decide("SID-01", 3)).refused("evidence_unknown")


def test_the_order_in_which_evidence_was_seen_does_not_matter() -> None:
    HELD.when(decide("SID-01", 3, evidence=(SECOND_DIGEST, FIRST_DIGEST))).then(
        decided("SID-01", 3)
    )


# --- where it was seen --------------------------------------------------------------------

MEASURED = evidence("ev-1", FIRST_DIGEST, "SID-01").model_copy(
    update={"properties": FileProperties(pages=3, duration_seconds=90)}
)


@pytest.mark.parametrize(
    "place",
    [
        Place(sha256=FIRST_DIGEST),
        Place(sha256=FIRST_DIGEST, page=1),
        Place(sha256=FIRST_DIGEST, page=3),
        Place(sha256=FIRST_DIGEST, second=0),
        Place(sha256=FIRST_DIGEST, second=89),
    ],
    ids=["the file", "first page", "last page", "start", "last second"],
)
def test_a_verdict_names_a_place_inside_the_evidence(place: Place) -> None:
    _shown(MEASURED).when(decide("SID-01", 3, evidence=(FIRST_DIGEST,), place=place)).then(
        decided("SID-01", 3, evidence=(FIRST_DIGEST,), place=place)
    )


@pytest.mark.parametrize(
    "place",
    [
        Place(sha256=FIRST_DIGEST, page=4),
        Place(sha256=FIRST_DIGEST, second=91),
        Place(sha256=FIRST_DIGEST, page=3, second=91),
        Place(sha256=THIRD_DIGEST, page=1),
    ],
    ids=["behind the last page", "behind the end", "one of both", "another file"],
)
def test_a_place_outside_the_evidence_is_refused(place: Place) -> None:
    _shown(MEASURED).when(decide("SID-01", 3, evidence=(FIRST_DIGEST,), place=place)).refused(
        "place_unknown"
    )


def test_a_place_in_the_evidence_of_another_indicator_is_refused() -> None:
    place = Place(sha256=SECOND_DIGEST, page=1)
    HELD.when(decide("SID-02", 2, place=place)).refused("place_unknown")


def test_a_file_that_intake_could_not_measure_has_no_known_end() -> None:
    place = Place(sha256=SECOND_DIGEST, page=900, second=90_000)
    HELD.when(decide("SID-01", 3, place=place)).then(decided("SID-01", 3, place=place))


def test_another_place_is_another_verdict() -> None:
    place = Place(sha256=FIRST_DIGEST, page=2)
    HELD.after(decided("SID-01", 3)).when(decide("SID-01", 3, place=place)).then(
        decided("SID-01", 3, place=place)
    )
