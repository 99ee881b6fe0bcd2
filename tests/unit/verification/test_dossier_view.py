"""What people see of a dossier: what came in, what was decided of it, how it ended."""

from datetime import date

import pytest

from services.verification.domain import decider
from services.verification.projections import CorrectionRow, DossierView, VisitRow
from shared.events.submission import FileProperties, Letter, LinkEvidence, Profile
from shared.events.verification import VisitFinding
from tests.builders.verification import (
    ADMITTED,
    ALL_DECIDED,
    AT,
    COLLEAGUE,
    FIRST_DIGEST,
    INNOVATION,
    MANIFEST,
    NOT_ADMITTED,
    OBJECTION_DECIDER,
    OPENED,
    REJECTED,
    REVIEWED,
    SECOND_DIGEST,
    THIRD_DIGEST,
    TOKEN,
    VERIFIED,
    VERIFIER,
    WITHDRAWN,
    about,
    admitted,
    attachment,
    correct,
    decided,
    evidence,
    leased,
    statement,
    verdict,
    visited,
)
from tests.unit.verification.shown import FREE, HELD, LATER, NEW, at, changed, seen


def test_a_new_dossier_shows_every_claim_beside_its_evidence() -> None:
    assert seen(OPENED) == NEW


def test_what_belongs_to_the_profile_is_shown_beside_the_claims() -> None:
    more = (attachment("ev-5", SECOND_DIGEST), statement("ev-4", THIRD_DIGEST))
    manifest = (*MANIFEST, *more)
    first, second, third = NEW.indicators
    proven = third.model_copy(update={"evidence": (THIRD_DIGEST,)})
    assert seen(OPENED.model_copy(update={"manifest": manifest})) == NEW.model_copy(
        update={
            "manifest": manifest,
            "indicators": (first, second, proven),
            "letters": ("188/12 of 2025-03-01",),
        }
    )


def test_a_title_is_compared_in_small_letters_with_single_spaces() -> None:
    profile = Profile(title="  POSYANDU \t Digital\n")
    assert seen(OPENED.model_copy(update={"about": about(profile=profile)})) == NEW.model_copy(
        update={
            "about": about(profile=profile),
            "title": profile.title,
            "title_key": "posyandu digital",
            "affair": "",
        }
    )


def test_files_are_compared_by_their_bytes_and_letters_by_number_and_date() -> None:
    manifest = (
        _lettered("ev-1", SECOND_DIGEST, " 188 / 12 / DINKES "),
        _lettered("ev-2", FIRST_DIGEST, "188/12/dinkes"),
        _lettered("ev-3", FIRST_DIGEST, "  "),
        _linked("ev-4", THIRD_DIGEST),
    )
    view = seen(OPENED.model_copy(update={"manifest": manifest}))
    assert view.digests == (FIRST_DIGEST, SECOND_DIGEST)
    assert view.letters == ("188/12/dinkes of 2025-03-01",)


def test_a_verdict_stands_beside_its_claim_and_counts() -> None:
    first, *others = NEW.indicators
    row = first.model_copy(update={"verdict": verdict("SID-01", 2)})
    assert seen(OPENED, leased(), decided("SID-01", 2)) == changed(
        HELD,
        indicators=(row, *others),
        decided_count=1,
        undecided=("SID-02", "SID-18"),
        deciders=(VERIFIER.by,),
    )


def test_a_verdict_changed_counts_once() -> None:
    view = seen(OPENED, leased(), decided("SID-01", 2), decided("SID-01", 3))
    assert (view.decided_count, view.indicators[0].verdict) == (1, verdict("SID-01", 3))


def test_admissibility_is_shown_with_who_decided_it() -> None:
    assert seen(OPENED, leased(), NOT_ADMITTED) == changed(
        HELD, admissibility=NOT_ADMITTED.admissibility, deciders=(VERIFIER.by,)
    )


def test_every_decision_renews_the_lease() -> None:
    later = admitted(decided_at=LATER)
    latest = decided("SID-02", 2, decided_at=LATER)
    for fact in (later, latest):
        view = seen(OPENED, leased(), fact)
        assert (view.lease_until, view.changed_at) == (fact.lease_until, LATER)


def test_who_decided_last_is_a_decider_and_who_was_replaced_is_not() -> None:
    by_colleague = decided("SID-01", 2, decided_by=COLLEAGUE.by)
    both = seen(OPENED, leased(), ADMITTED, by_colleague)
    assert both.deciders == (COLLEAGUE.by, VERIFIER.by)
    again = seen(OPENED, leased(), ADMITTED, by_colleague, decided("SID-01", 2))
    assert again.deciders == (VERIFIER.by,)


def test_a_visit_is_shown_as_it_was_recorded() -> None:
    assert seen(OPENED, leased(), visited()) == changed(
        HELD,
        visits=(
            VisitRow(
                visit_id="visit-1",
                visited_on=date(2026, 8, 3),
                participants=(COLLEAGUE.by, VERIFIER.by),
                findings=(VisitFinding(indicator="SID-01", outcome="confirmed"),),
                note="All twelve posts work.",
                recorded_by=VERIFIER.by,
                recorded_at=AT,
            ),
        ),
    )


def test_a_verified_dossier_shows_who_verified_it_and_who_decided() -> None:
    before = seen(OPENED, leased(), *REVIEWED)
    assert seen(OPENED, leased(), *REVIEWED, at(LATER, VERIFIED)) == changed(
        before,
        **FREE | {"state": "verified"},
        changed_at=LATER,
        verified_at=LATER,
        verified_by=VERIFIER.by,
        reviewed_at=LATER,
    )


def test_what_a_verified_dossier_shows_is_what_the_fact_says() -> None:
    """As in histories of before, where nobody decided on admissibility."""
    plain = VERIFIED.model_copy(update={"admissibility": None, "deciders": ("person-x",)})
    view = seen(OPENED, leased(), decided("SID-01", 1), plain)
    assert [row.verdict for row in view.indicators] == [fact.verdict for fact in ALL_DECIDED]
    assert (view.admissibility, view.deciders, view.undecided) == (None, ("person-x",), ())
    told = seen(OPENED, leased(), decided("SID-01", 1), VERIFIED)
    assert told.admissibility == ADMITTED.admissibility


def test_a_rejected_dossier_shows_the_criteria_and_who_decided() -> None:
    before = seen(OPENED, leased(), NOT_ADMITTED)
    assert seen(OPENED, leased(), NOT_ADMITTED, at(LATER, REJECTED)) == changed(
        before,
        **FREE | {"state": "rejected"},
        changed_at=LATER,
        rejected_at=LATER,
        reviewed_at=LATER,
        deciders=(COLLEAGUE.by, VERIFIER.by),
        admissibility=NOT_ADMITTED.admissibility,
    )


def test_a_correction_shows_the_verdict_before_and_after() -> None:
    facts = (OPENED, leased(), *REVIEWED, VERIFIED)
    (corrected,) = decider.decide(correct(), decider.replay(facts))
    view = seen(*facts, corrected)
    after = view.indicators[0].verdict
    assert after is not None
    assert after.granted_level == 3
    assert view.corrections == (
        CorrectionRow(
            objection_id="objection-1",
            competition_id="kia-2026",
            before=verdict("SID-01", 2),
            after=after,
        ),
    )
    assert view.deciders == tuple(sorted((OBJECTION_DECIDER.by, VERIFIER.by)))


def test_a_withdrawn_dossier_says_why() -> None:
    assert seen(OPENED, leased(), WITHDRAWN) == changed(
        HELD,
        **FREE | {"state": "withdrawn"},
        withdrawn_at=AT,
        withdrawn_reason="Filed twice.",
    )


def test_a_withdrawal_that_came_first_leaves_an_empty_dossier() -> None:
    assert seen(WITHDRAWN) == DossierView(
        dossier_id=INNOVATION,
        state="withdrawn",
        opened_at=AT,
        changed_at=AT,
        waiting_since=AT,
        withdrawn_at=AT,
        withdrawn_reason="Filed twice.",
    )


def test_a_dossier_begins_with_what_came_in() -> None:
    with pytest.raises(ValueError, match="cannot begin with DossierLeased"):
        seen(leased())


def test_the_token_of_a_lease_is_nowhere() -> None:
    assert TOKEN not in seen(OPENED, leased(), *REVIEWED).model_dump_json()


def _lettered(evidence_id: str, digest: str, number: str) -> object:
    letter = Letter(number=number, signed_on=date(2025, 3, 1), subject="Posyandu Digital")
    told = {"letter": letter, "properties": FileProperties(pages=2)}
    return evidence(evidence_id, digest, "SID-01").model_copy(update=told)


def _linked(evidence_id: str, digest: str) -> object:
    content = LinkEvidence(url="https://video.example/1", sha256=digest)
    return evidence(evidence_id, digest, "SID-02").model_copy(update={"content": content})
