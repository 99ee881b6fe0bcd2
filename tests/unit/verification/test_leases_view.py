"""Who holds a dossier, for whom it is kept and who stepped aside, as people see it."""

from services.verification.projections import RecusalRow
from tests.builders.verification import (
    AT,
    COLLEAGUE,
    DRAFTER,
    OPENED,
    REQUESTED,
    SECOND_TOKEN,
    TOKEN,
    VERIFIER,
    handed_over,
    lease_end,
    leased,
    received,
    recused,
    released,
    renewed,
    revoked,
)
from tests.unit.verification.shown import FREE, HELD, KEPT_UNTIL, LATER, NEW, changed, seen

KEPT = {"reserved_for": COLLEAGUE.by, "reserved_until": KEPT_UNTIL}


def test_a_held_dossier_shows_by_whom_and_until_when_but_no_token() -> None:
    view = seen(OPENED, leased())
    assert view == HELD
    assert TOKEN not in view.model_dump_json()


def test_a_renewed_lease_shows_its_new_end() -> None:
    assert seen(OPENED, leased(), renewed(LATER)) == changed(
        HELD, changed_at=LATER, lease_until=lease_end(LATER)
    )


def test_a_lease_in_the_place_of_another_counts() -> None:
    view = seen(OPENED, leased(), leased(COLLEAGUE, SECOND_TOKEN))
    assert view == changed(
        HELD, lease_holder=COLLEAGUE.by, lease_agency=COLLEAGUE.agency, times_leased=2
    )


def test_a_released_dossier_is_open_and_shows_the_note() -> None:
    assert seen(OPENED, leased(), released()) == changed(
        NEW, times_leased=1, last_note="Called away."
    )


def test_a_dossier_handed_over_is_kept_for_the_colleague() -> None:
    assert seen(OPENED, leased(), handed_over()) == changed(
        HELD, **FREE, **KEPT, last_note="You know the field."
    )


def test_a_dossier_taken_away_is_free_for_all() -> None:
    assert seen(OPENED, leased(), revoked()) == changed(HELD, **FREE, last_note="On leave.")


def test_a_dossier_taken_away_for_somebody_is_kept_for_them() -> None:
    assert seen(OPENED, leased(), revoked(COLLEAGUE)) == changed(
        HELD, **FREE, **KEPT, last_note="On leave."
    )


def test_whoever_takes_a_dossier_it_is_kept_for_nobody_then() -> None:
    view = seen(OPENED, leased(), handed_over(), leased(COLLEAGUE, SECOND_TOKEN))
    assert (view.state, view.lease_holder) == ("in_review", COLLEAGUE.by)
    assert (view.reserved_for, view.reserved_until) == (None, None)
    freed = seen(OPENED, leased(), handed_over(), leased(COLLEAGUE, SECOND_TOKEN), released())
    assert (freed.state, freed.reserved_for, freed.times_leased) == ("open", None, 2)


def test_what_is_kept_for_somebody_is_not_when_it_comes_in_anew() -> None:
    view = seen(OPENED, leased(), handed_over(), received())
    assert (view.state, view.reserved_for, view.reserved_until) == ("open", None, None)


def test_a_recused_holder_is_excluded_and_the_lease_is_gone() -> None:
    assert seen(OPENED, leased(), recused()) == changed(
        HELD,
        **FREE,
        excluded=tuple(sorted((DRAFTER.by, VERIFIER.by))),
        recusals=(RecusalRow(verifier_id=VERIFIER.by, reason="I advised the makers.", at=AT),),
    )


def test_the_recusal_of_another_leaves_the_holder() -> None:
    view = seen(OPENED, leased(), recused(COLLEAGUE))
    assert (view.state, view.lease_holder) == ("in_review", VERIFIER.by)


def test_it_is_not_kept_for_who_stepped_aside() -> None:
    view = seen(OPENED, leased(), handed_over(), recused(COLLEAGUE))
    assert (view.state, view.reserved_for, view.reserved_until) == ("open", None, None)
    other = seen(OPENED, leased(), handed_over(), recused(DRAFTER))
    assert other.reserved_for == COLLEAGUE.by


def test_the_recused_stay_excluded_after_a_revision() -> None:
    view = seen(OPENED, recused(COLLEAGUE), leased(), REQUESTED, received())
    assert view.excluded == tuple(sorted((COLLEAGUE.by, DRAFTER.by)))


def test_leases_do_not_change_since_when_it_waits() -> None:
    view = seen(OPENED, leased(), released(), leased(), handed_over(), leased(), revoked())
    assert view.waiting_since == NEW.waiting_since
