"""What people see of the dossier of the tests: new, held, and after any facts."""

from datetime import datetime, timedelta
from functools import reduce

from services.verification.projections import DossierView, IndicatorRow, fold
from shared.events.verification import DossierEvent
from tests.builders.verification import (
    AT,
    DRAFTER,
    FIRST_DIGEST,
    INNOVATION,
    KEEP_SECONDS,
    MANIFEST,
    OPENED_AT,
    SECOND_DIGEST,
    VERIFIER,
    about,
    lease_end,
    recorded,
)

LATER = AT + timedelta(hours=5)
KEPT_UNTIL = AT + timedelta(seconds=KEEP_SECONDS)


def seen(*facts: DossierEvent) -> DossierView:
    """The view after these facts. It always stays what it is on its way through the store."""
    events = [recorded(fact, version) for version, fact in enumerate(facts, start=1)]
    view = reduce(fold, events, None)
    assert view is not None
    assert DossierView.model_validate(view.model_dump(mode="json")) == view
    return view


def changed(view: DossierView, **changes: object) -> DossierView:
    return view.model_copy(update={"changed_at": AT, **changes})


def at(moment: datetime, fact: DossierEvent) -> DossierEvent:
    return fact.model_copy(update={"at": moment})


NEW = DossierView(
    dossier_id=INNOVATION,
    state="open",
    about=about(),
    round=1,
    season_id="2026",
    agency_id="dinkes",
    agency_path=("kalsel", "dinkes"),
    region_id="kalsel",
    affair="kesehatan",
    title="Posyandu Digital",
    title_key="posyandu digital",
    digests=(FIRST_DIGEST, SECOND_DIGEST),
    excluded=(DRAFTER.by,),
    opened_at=OPENED_AT,
    changed_at=OPENED_AT,
    waiting_since=OPENED_AT,
    claimed_count=3,
    undecided=("SID-01", "SID-02", "SID-18"),
    indicators=(
        IndicatorRow(
            indicator="SID-01",
            claimed_level=3,
            basis=None,
            subtype=None,
            evidence=(FIRST_DIGEST, SECOND_DIGEST),
        ),
        IndicatorRow(
            indicator="SID-02", claimed_level=2, basis=None, subtype=None, evidence=(FIRST_DIGEST,)
        ),
        IndicatorRow(indicator="SID-18", claimed_level=1, basis="a", subtype=None, evidence=()),
    ),
    manifest=MANIFEST,
)
HELD = changed(
    NEW,
    state="in_review",
    lease_holder=VERIFIER.by,
    lease_agency=VERIFIER.agency,
    lease_until=lease_end(AT),
    times_leased=1,
)
FREE = {"state": "open", "lease_holder": None, "lease_agency": None, "lease_until": None}
