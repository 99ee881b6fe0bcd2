"""Every kind of aggregate: how it decides, what is shown of it, and how its commands come back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.audit.domain import commands
from services.awards.domain import competition, fund, taxation
from services.awards.projections import PROJECTIONS as AWARDS_VIEWS
from services.scoring.domain import panel, region, scorecard
from services.scoring.projections import PROJECTIONS as SCORING_VIEWS
from services.submission.domain import agency, innovation, replication, season
from services.submission.projections import PROJECTIONS as SUBMISSION_VIEWS
from services.verification import domain as dossier
from services.verification.domain import quality, verifier
from services.verification.projections import PROJECTIONS as VERIFICATION_VIEWS
from shared.accesses import opening
from shared.decider import Decider
from shared.events import awards, submission, verification
from shared.events.access import Opening
from shared.events.awards import COMPETITION, FUND, TAX
from shared.events.base import Aggregate
from shared.events.scoring import PANEL, REGION, SCORECARD
from shared.events.submission import AGENCY, INNOVATION, REPLICATION, SEASON
from shared.events.verification import DOSSIER, QUALITY, VERIFIER
from shared.projector import Projection

VIEWS: Mapping[str, tuple[Projection[Any], ...]] = {
    "submission": SUBMISSION_VIEWS,
    "verification": VERIFICATION_VIEWS,
    "scoring": SCORING_VIEWS,
    "awards": AWARDS_VIEWS,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A projection of the aggregate, and the service that serves it."""

    service: str
    projection: Projection[Any]


@dataclass(frozen=True, slots=True)
class KindOfAggregate:
    """`command_of(facts, state before, world)` answers the command behind recorded facts."""

    aggregate: Aggregate[Any]
    decider: Decider[Any, Any, Any]
    command_of: Callable[..., Any]
    shown: tuple[Shown, ...]


def _kind(
    aggregate: Aggregate[Any], decider: Decider[Any, Any, Any], command_of: Callable[..., Any]
) -> KindOfAggregate:
    """The views of its own service come first."""
    shown = [
        Shown(service, projection)
        for service, projections in VIEWS.items()
        for projection in projections
        if projection.aggregate.label == aggregate.label
    ]
    shown.sort(key=lambda each: each.service != aggregate.service)
    return KindOfAggregate(aggregate, decider, command_of, tuple(shown))


def _opened(aggregate: Aggregate[Any], said: type[Opening]) -> KindOfAggregate:
    return _kind(aggregate, opening(said), commands.access_command)


KINDS: Mapping[str, KindOfAggregate] = {
    kind.aggregate.label: kind
    for kind in (
        _kind(SEASON, season.decider, commands.season_command),
        _kind(AGENCY, agency.decider, commands.agency_command),
        _kind(INNOVATION, innovation.decider, commands.innovation_command),
        _kind(REPLICATION, replication.decider, commands.replication_command),
        _opened(submission.ACCESS, submission.EvidenceOpened),
        _kind(DOSSIER, dossier.decider, commands.dossier_command),
        _kind(VERIFIER, verifier.decider, commands.verifier_command),
        _kind(QUALITY, quality.decider, commands.quality_command),
        _opened(verification.ACCESS, verification.EvidenceOpened),
        _kind(SCORECARD, scorecard.decider, commands.scorecard_command),
        _kind(REGION, region.decider, commands.region_command),
        _kind(PANEL, panel.decider, commands.panel_command),
        _kind(COMPETITION, competition.decider, commands.competition_command),
        _kind(FUND, fund.decider, commands.fund_command),
        _kind(TAX, taxation.decider, commands.tax_command),
        _opened(awards.ACCESS, awards.EvidenceOpened),
    )
}
