"""The commands behind the facts of regions and panels. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.scoring.domain import panel, region, scorecard
from services.scoring.domain.commitment import Opened
from shared.events.base import Fact
from shared.events.scoring import (
    GovernmentAspectRecorded,
    JudgeRecused,
    JudgeSeated,
    JudgeUnseated,
    ScoresRevealed,
    ThirdReadingAsked,
)


def scorecard_command(
    facts: Sequence[Fact], before: scorecard.State, world: World
) -> scorecard.Score | None:
    """Every scorecard follows from a verified dossier; people make none."""
    return None


def region_command(
    facts: Sequence[Fact], before: region.Region, world: World
) -> region.Command | None:
    match facts:
        case [GovernmentAspectRecorded() as fact]:
            return region.RecordGovernmentAspect(
                by=fact.by,
                at=fact.at,
                edition=world.edition(fact.edition_id, fact.edition_digest),
                season_id=fact.season_id,
                region_id=fact.region_id,
                rows=fact.rows,
                replaces=True,
            )
        case _:
            return None


def panel_command(facts: Sequence[Fact], before: panel.State, world: World) -> panel.Command | None:
    """Sealed scores stay hidden until they are revealed, and are judged then."""
    match facts:
        case [JudgeRecused() as fact]:
            return panel.Recuse(fact.by, fact.at, fact.judge_id, fact.innovation_id, fact.reason)
        case [JudgeSeated() as fact]:
            return panel.SeatJudge(fact.by, fact.at, fact.judge_id, fact.innovations, fact.reason)
        case [JudgeUnseated() as fact]:
            return panel.UnseatJudge(fact.by, fact.at, fact.judge_id, fact.reason)
        case [ThirdReadingAsked() as fact]:
            return panel.AskThirdReading(fact.by, fact.at, fact.readings)
        case [ScoresRevealed() as fact]:
            return panel.Reveal(fact.by, fact.at, opened_in(fact))
        case _:
            return None


def opened_in(fact: ScoresRevealed) -> tuple[Opened, ...]:
    """The scores in clear, as they were read back from the seals."""
    return tuple(
        Opened(each.judge_id, each.innovation_id, each.scores, each.nonce) for each in fact.scores
    )
