"""One revision: what is asked, what comes back, what stands, how it ends."""

from datetime import timedelta

import pytest

from services.verification.domain import decider
from shared.events.submission import Claim
from shared.events.verification import (
    RevisionItem,
    RevisionLapsed,
)
from tests.builders.verification import (
    AT,
    CLAIMS,
    DUE,
    INNOVATION,
    ITEMS,
    MANIFEST,
    OPENED,
    REQUESTED,
    REVIEWED,
    REVISED_MANIFEST,
    SECOND_DIGEST,
    SYSTEM,
    THIRD_DIGEST,
    VERIFIED,
    WITHDRAWN,
    attachment,
    decide,
    decided,
    draw,
    evidence,
    lapse,
    leased,
    open_dossier,
    receive,
    received,
    request_revision,
    statement,
    verify,
)
from tests.spec import given

HELD = given(decider, OPENED, leased())

WAITING = given(decider, OPENED, leased(), *REVIEWED, REQUESTED)

LAPSED = RevisionLapsed(by=SYSTEM, at=DUE + timedelta(seconds=1), dossier_id=INNOVATION, round=1)


def test_an_innovation_that_comes_in_opens_a_dossier() -> None:
    given(decider).when(open_dossier()).then(OPENED)


def test_coming_in_twice_is_already_so() -> None:
    HELD.when(open_dossier()).nothing()


def test_a_revision_is_asked_for_once() -> None:
    HELD.when(request_revision()).then(REQUESTED)


def test_a_second_revision_is_refused() -> None:
    HELD.after(REQUESTED, received(), leased()).when(request_revision()).refused("revision_limit")


def test_a_second_revision_is_asked_for_where_two_are_allowed() -> None:
    HELD.after(REQUESTED, received(), leased()).when(request_revision(max_revisions=2)).then(
        REQUESTED.model_copy(update={"round": 2})
    )


def test_a_revision_needs_the_lease() -> None:
    HELD.when(request_revision(token="token-0")).refused("lease_lost")


def test_a_revision_names_what_to_revise() -> None:
    HELD.when(request_revision(items=(), fields=())).refused("items_missing")


@pytest.mark.parametrize("items", [(), ITEMS])
def test_a_revision_may_ask_for_fields_of_the_profile(items: tuple[RevisionItem, ...]) -> None:
    fields = ("design_narrative", "implemented_on")
    HELD.when(request_revision(items=items, fields=fields)).then(
        REQUESTED.model_copy(update={"items": items, "fields": fields})
    )


def test_a_revision_asks_only_for_fields_that_the_profile_has() -> None:
    fields = ("title", "contact_name")
    HELD.when(request_revision(fields=fields)).refused("field_unknown")


def test_a_revision_names_a_field_once() -> None:
    HELD.when(request_revision(fields=("title", "title"))).refused("fields_repeated")


def test_a_revision_names_an_indicator_once() -> None:
    HELD.when(request_revision(items=ITEMS * 2)).refused("items_repeated")


def test_a_revision_asks_nothing_that_was_not_claimed() -> None:
    items = (RevisionItem(indicator="SID-19", message="Claim more."),)
    HELD.when(request_revision(items=items)).refused("indicator_not_claimed")


def test_a_revision_says_what_is_wrong() -> None:
    HELD.when(request_revision(message="  ")).refused("message_missing")


def test_a_revision_is_due_in_the_future() -> None:
    HELD.when(request_revision(due=AT)).refused("due_in_the_past")


def test_a_revision_request_waits_for_the_first_one() -> None:
    WAITING.when(request_revision()).refused("waiting_for_revision")


def test_verdicts_on_unchanged_claims_and_evidence_stand() -> None:
    WAITING.when(receive()).then(received(lapsed=("SID-18",)))


def test_a_changed_file_lapses_only_the_verdicts_it_was_shown_for() -> None:
    changed = (MANIFEST[0], evidence("ev-9", THIRD_DIGEST, "SID-01"))
    WAITING.when(receive(manifest=changed)).then(received(manifest=changed, lapsed=("SID-01",)))


def test_the_same_bytes_under_another_name_change_nothing() -> None:
    renamed = (MANIFEST[0], evidence("ev-9", SECOND_DIGEST, "SID-01"))
    WAITING.when(receive(manifest=renamed)).then(received(manifest=renamed))


def test_a_statement_of_replication_is_bound_like_any_other_evidence() -> None:
    stated = (*MANIFEST, statement("ev-4", THIRD_DIGEST))
    WAITING.when(receive(manifest=stated)).then(received(manifest=stated, lapsed=("SID-18",)))


def test_an_attachment_of_the_profile_undoes_no_verdict() -> None:
    attached = (*MANIFEST, attachment("ev-5", THIRD_DIGEST))
    WAITING.when(receive(manifest=attached)).then(received(manifest=attached))


@pytest.mark.parametrize(
    "claimed",
    [
        Claim(indicator="SID-01", level=2),
        Claim(indicator="SID-01", level=3, basis="b"),
        Claim(indicator="SID-01", level=3, subtype="non_digital"),
    ],
)
def test_a_changed_claim_lapses_its_verdict(claimed: Claim) -> None:
    claims = (claimed, *CLAIMS[1:])
    WAITING.when(receive(claims=claims, manifest=MANIFEST)).then(
        received(claims=claims, manifest=MANIFEST, lapsed=("SID-01",))
    )


def test_a_claim_taken_back_lapses_its_verdict() -> None:
    claims = CLAIMS[1:]
    WAITING.when(receive(claims=claims, manifest=MANIFEST)).then(
        received(claims=claims, manifest=MANIFEST, lapsed=("SID-01",))
    )


def test_only_what_lapsed_has_to_be_decided_again() -> None:
    again = decided(
        "SID-18", 1, round=2, evidence=(THIRD_DIGEST,), reason_code=None, note="", basis="a"
    )
    back = WAITING.after(received(lapsed=("SID-18",)), leased())
    back.when(decide("SID-18", 1, evidence=(THIRD_DIGEST,))).then(again)
    state = decider.replay((*back.history, again))
    (verified,) = decider.decide(verify(), state)
    verdicts = (*VERIFIED.verdicts[:2], again.verdict)
    assert verified == VERIFIED.model_copy(
        update={"round": 2, "verdicts": verdicts, "draw": draw(round=2)}
    )


def test_a_verdict_that_stands_is_not_said_again() -> None:
    WAITING.after(received(), leased()).when(decide("SID-01", 2)).nothing()


@pytest.mark.parametrize("round", [1, 2])
def test_an_older_or_equal_round_is_already_so(round: int) -> None:
    WAITING.after(received()).when(receive(round=round)).nothing()


def test_a_revision_ends_the_lease_that_was_taken_meanwhile() -> None:
    WAITING.after(LAPSED, leased(), received()).when(decide("SID-01", 3)).refused("lease_lost")


def test_a_later_round_opens_the_dossier_where_the_first_was_lost() -> None:
    given(decider).when(receive()).then(
        OPENED.model_copy(update={"round": 2, "at": AT, "manifest": REVISED_MANIFEST})
    )


def test_a_revision_after_verification_is_refused() -> None:
    given(decider, OPENED, VERIFIED).when(receive()).refused("dossier_verified")


def test_an_old_round_after_verification_is_already_so() -> None:
    given(decider, OPENED, VERIFIED).when(receive(round=1)).nothing()


def test_a_revision_of_a_withdrawn_innovation_is_already_so() -> None:
    WAITING.after(WITHDRAWN).when(receive()).nothing()


def test_a_revision_request_lapses_after_its_due_date() -> None:
    WAITING.when(lapse(LAPSED.at)).then(LAPSED)


def test_a_revision_request_holds_through_its_due_moment() -> None:
    WAITING.when(lapse(DUE)).refused("revision_not_due")


def test_what_came_in_no_longer_lapses() -> None:
    WAITING.after(received()).when(lapse(LAPSED.at)).nothing()


def test_the_lapse_of_an_older_round_is_already_so() -> None:
    WAITING.after(received(), leased(), REQUESTED.model_copy(update={"round": 2})).when(
        lapse(LAPSED.at)
    ).nothing()


def test_after_a_lapse_the_verdicts_stand_as_they_were() -> None:
    WAITING.after(LAPSED, leased()).when(verify()).then(VERIFIED)
