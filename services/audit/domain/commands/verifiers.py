"""The commands behind the facts of verifiers and of the rules of quality control. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.verification.domain import quality, verifier
from shared.events.base import Fact
from shared.events.verification import (
    ConflictDeclared,
    ConflictEnded,
    QualityRulePublished,
    VerifierDescribed,
)


def verifier_command(
    facts: Sequence[Fact], before: verifier.State, world: World
) -> verifier.Command | None:
    match facts:
        case [VerifierDescribed() as fact]:
            return _describe(fact)
        case [ConflictDeclared() as fact]:
            return verifier.DeclareConflict(
                by=fact.by, at=fact.at, agency_id=fact.agency_id, reason=fact.reason
            )
        case [ConflictEnded() as fact]:
            return verifier.EndConflict(
                by=fact.by, at=fact.at, agency_id=fact.agency_id, reason=fact.reason
            )
        case _:
            return None


def _describe(fact: VerifierDescribed) -> verifier.DescribeVerifier:
    """Of where they belong people speak for themselves only."""
    home = verifier.Home(fact.agency_id, fact.agency_path)
    return verifier.DescribeVerifier(
        by=fact.by,
        at=fact.at,
        verifier_id=fact.verifier_id,
        home=home if fact.by == fact.verifier_id else None,
        affairs=fact.affairs,
        capacity=fact.capacity,
        active=fact.active,
    )


def quality_command(
    facts: Sequence[Fact], before: quality.State, world: World
) -> quality.Command | None:
    match facts:
        case [QualityRulePublished() as fact]:
            return quality.PublishQualityRule(
                by=fact.by,
                at=fact.at,
                season_id=fact.season_id,
                rule=fact.rule,
                effective_from=fact.effective_from,
            )
        case _:
            return None
