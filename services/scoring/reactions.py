"""What the facts of verification, awards and our own scorecards ask of us. Pure.

Every reaction follows from its event and from the edition that the event names.
"""

from collections.abc import Callable

from services.scoring.domain.panel import OpenPanel
from services.scoring.domain.region import CountInnovation, region_key
from services.scoring.domain.scorecard import Score
from shared.editions import Edition
from shared.events.awards import RoundOpened
from shared.events.base import Recorded
from shared.events.scoring import PANEL, REGION, SCORECARD, InnovationScored
from shared.events.verification import DossierVerified, VerdictCorrected
from shared.reactions import To

SYSTEM = "system:scoring"

EditionOf = Callable[[str], Edition]
"""The edition of an id; `decide` then compares its digest with the one in the fact."""

Command = Score | CountInnovation | OpenPanel


def on_dossier_verified(
    event: Recorded[DossierVerified] | Recorded[VerdictCorrected], edition_of: EditionOf
) -> tuple[To[Score], ...]:
    """A verified dossier, and one with a corrected verdict, are scored alike."""
    fact = event.fact
    edition = edition_of(fact.about.edition_id)
    score = Score(by=SYSTEM, at=fact.at, edition=edition, verified=fact)
    return (To("score", SCORECARD, fact.about.innovation_id, score),)


def on_innovation_scored(
    event: Recorded[InnovationScored], edition_of: EditionOf
) -> tuple[To[CountInnovation], ...]:
    fact = event.fact
    count = CountInnovation(SYSTEM, fact.at, edition_of(fact.edition_id), fact)
    return (To("count", REGION, region_key(fact.season_id, fact.region_id), count),)


def on_round_opened(event: Recorded[RoundOpened]) -> tuple[To[OpenPanel], ...]:
    """Only a round that judges score needs a panel."""
    fact = event.fact
    if fact.scored_by != "panel" or fact.panel_id is None:
        return ()
    return (To("open-panel", PANEL, fact.panel_id, OpenPanel(SYSTEM, fact.at, fact)),)
