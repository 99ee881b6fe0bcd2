"""Whether the headers of a stored fact say what its body and its subject say. Pure."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from services.scoring.domain.region import region_key
from shared.events.access import Opening
from shared.events.awards import CompetitionEvent, FundEvent, TaxEvent
from shared.events.base import Recorded
from shared.events.scoring import PanelEvent, RegionEvent, ScorecardEvent
from shared.events.submission import AgencyEvent, InnovationEvent, ReplicationEvent, SeasonEvent
from shared.events.verification import (
    DossierEvent,
    QualityEvent,
    VerifierEvent,
    verifier_key,
)
from shared.history.envelope import Message, Trace, event_id, headers_of

COMPARED = (
    "ce-specversion",
    "ce-id",
    "ce-type",
    "ce-source",
    "ce-subject",
    "ce-time",
    "content-type",
)


def broken_headers(
    message: Message, event: Recorded[Any], ordinal: int
) -> Iterator[tuple[str, str, str]]:
    """(header, expected, found) for each that differs. `ordinal` is the fact's place among those
    of its command on this aggregate, from 0.
    """
    found = message.headers
    if _is_plainly_right(found, event, ordinal):
        return
    trace = Trace(event.command_id, event.command_digest, "", None, None)
    expected = headers_of(event.fact, message.subject, event.version, ordinal, trace)
    for name in COMPARED:
        if found.get(name, "") != expected[name]:
            yield name, expected[name], found.get(name, "")


def _is_plainly_right(found: Mapping[str, str], event: Recorded[Any], ordinal: int) -> bool:
    """The same question, asked without building what nearly every fact has right."""
    _, _, service, aggregate, key = event.subject.split(".")
    written = event.fact.at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return (
        event.id == event_id(event.command_id, event.subject, ordinal)
        and found.get("ce-subject") == f"{aggregate}/{key}"
        and found.get("ce-source") == f"/inda/{service}"
        and found.get("ce-time") == written
        and found.get("ce-specversion") == "1.0"
        and found.get("content-type") == "application/json"
    )


KeyOf = Callable[[Any], str]


def _season(fact: SeasonEvent) -> str:
    return fact.season_id


def _agency(fact: AgencyEvent) -> str:
    return fact.agency_id


def _innovation(fact: InnovationEvent) -> str:
    return fact.innovation_id


def _replication(fact: ReplicationEvent) -> str:
    return fact.replication_id


def _dossier(fact: DossierEvent) -> str:
    return fact.dossier_id


def _verifier(fact: VerifierEvent) -> str:
    return verifier_key(fact.verifier_id)


def _quality(fact: QualityEvent) -> str:
    return fact.season_id


def _scorecard(fact: ScorecardEvent) -> str:
    return fact.scorecard_id


def _region(fact: RegionEvent) -> str:
    return region_key(fact.season_id, fact.region_id)


def _panel(fact: PanelEvent) -> str:
    return fact.panel_id


def _competition(fact: CompetitionEvent) -> str:
    return fact.competition_id


def _fund(fact: FundEvent) -> str:
    return fact.fund_id


def _tax(fact: TaxEvent) -> str:
    return fact.table_id


def _access(fact: Opening) -> str:
    return fact.sha256


KEY_OF: Mapping[str, KeyOf] = {
    "submission.season": _season,
    "submission.agency": _agency,
    "submission.innovation": _innovation,
    "submission.replication": _replication,
    "submission.access": _access,
    "verification.dossier": _dossier,
    "verification.verifier": _verifier,
    "verification.quality": _quality,
    "verification.access": _access,
    "scoring.scorecard": _scorecard,
    "scoring.region": _region,
    "scoring.panel": _panel,
    "awards.competition": _competition,
    "awards.fund": _fund,
    "awards.tax": _tax,
    "awards.access": _access,
}
"""The aggregate that a fact names in its body, which must be that of its subject."""
