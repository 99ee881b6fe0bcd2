"""A season's worth of the review queue: folded from facts once, then written many times over."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import reduce
from typing import Any

from services.verification.projections import QUEUE
from shared.events.submission import Claim
from shared.events.verification import DOSSIER, DossierEvent, IndicatorDecided
from tests.builders.verification import (
    ALL_DECIDED,
    COLLEAGUE,
    OPENED,
    OPENED_AT,
    REQUESTED,
    REVIEWED,
    VERIFIED,
    about,
    leased,
    recorded,
    recused,
)

Document = dict[str, Any]
INDICATORS = tuple(f"SID-{number:02}" for number in range(1, 19))
AFFAIRS = ("kesehatan", "pendidikan", "sosial", "pangan", "perhubungan", "kearsipan")
ONE_IN_TIED = 8
"""Of so many innovations one is of the agency that must not see it."""


def queued(size: int, tied_to: str) -> Iterator[Document]:
    """Rows of the queue in every state a dossier is in for long, with every indicator claimed."""
    free = [_folded(facts) for facts in _histories(("kalsel", "tapin", "tapin-dinkes"))]
    tied = [_folded(facts) for facts in _histories(("kalsel", tied_to))]
    for number in range(size):
        kinds = tied if number % ONE_IN_TIED == 0 else free
        yield _varied(kinds[number % len(kinds)], number)


def _histories(agency_path: tuple[str, ...]) -> list[tuple[DossierEvent, ...]]:
    claims = tuple(Claim(indicator=each, level=3) for each in INDICATORS)
    subject = about(agency_path=agency_path, agency_id=agency_path[-1])
    opened = OPENED.model_copy(update={"about": subject, "claims": claims})
    decided = [_decided(indicator) for indicator in INDICATORS]
    verdicts = tuple(fact.verdict for fact in decided)
    verified = VERIFIED.model_copy(update={"claims": claims, "verdicts": verdicts})
    admitted = REVIEWED[0]
    return [
        (opened,),
        (opened, recused(COLLEAGUE), leased()),
        (opened, leased(), admitted, *decided[:9]),
        (opened, leased(), admitted, *decided, REQUESTED),
        (opened, leased(), admitted, *decided, verified),
    ]


def _decided(indicator: str) -> IndicatorDecided:
    known = ALL_DECIDED[0]
    verdict = known.verdict.model_copy(update={"indicator": indicator})
    return known.model_copy(update={"verdict": verdict})


def _folded(facts: Sequence[DossierEvent]) -> Document:
    key = OPENED.dossier_id
    events = [
        recorded(fact, version, DOSSIER.subject(key)) for version, fact in enumerate(facts, start=1)
    ]
    return reduce(QUEUE.document, events, None) or {}


def _varied(like: Document, number: int) -> Document:
    """Another dossier: 3 minutes younger than the one before, of another affair."""
    key = f"5b1f0c6a-0000-4000-8000-{number:012}"
    since = (OPENED_AT + timedelta(minutes=3 * number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {
        **like,
        "_id": key,
        "dossier_id": key,
        "title": f"Posyandu Digital bagi Ibu dan Anak di Kecamatan {number}",
        "affair": AFFAIRS[number % len(AFFAIRS)],
        "opened_at": since,
        "waiting_since": since,
        "turn": f"{like['times_leased']:06}/{since[:-1]}",
        "taken_by": [f"{name}-{number}" for name in like["taken_by"]],
    }
