"""Which rule of quality control holds in a season, and publishing the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, Field

from services.verification.domain.quality import Command, PublishQualityRule, State
from services.verification.domain.sampling import DEFAULT_RULE, Effective, rule_at
from services.verification.projections import QualityView, RuleRow
from shared.events.base import Code
from shared.events.verification import QualityEvent, QualityRule
from shared.history import Handler
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.projector import bare
from shared.views import Collection

Qualities = Handler[Command, State, QualityEvent]


@dataclass(frozen=True, slots=True)
class Rules:
    """The published rules, asked on the history itself."""

    qualities: Qualities

    async def at(self, season_id: str, at: datetime) -> QualityRule:
        """The rule that holds at a moment; the default where the season has none by then."""
        known = await self.qualities.state(season_id)
        return rule_at(known.state.rules, at)


class RulesAnswer(Answer):
    """`effective` holds now; it `is_default` until the first of `rules` does."""

    season_id: str
    effective: QualityRule
    is_default: bool
    default: QualityRule
    rules: tuple[RuleRow, ...]


class RuleRequest(Body):
    """`sample_permille` of reviews are drawn; a verdict `large_change` levels or more below its
    claim is always checked. `effective_from` lies at least five minutes ahead.
    """

    sample_permille: Annotated[int, Field(ge=0, le=1000)]
    large_change: Annotated[int, Field(ge=1, le=3)]
    effective_from: AwareDatetime


def routes(
    doors: Doors, qualities: Qualities, view: Collection, now: Callable[[], datetime]
) -> APIRouter:
    router = APIRouter(prefix="/quality-rules/{season_id}", tags=["quality"])

    @router.get("", name="read_quality", dependencies=[doors.reads("read_quality")])
    async def read_rules(season_id: Code, response: Response) -> RulesAnswer:
        """The rule that holds now, and all that were published for the season."""
        document = await view.get(season_id)
        if document is None:
            return _told(QualityView(season_id=season_id), now())
        show_version(response, document["version"], document["sequence"])
        return _told(QualityView.model_validate(bare(document)), now())

    @router.post("", name="publish_quality_rule", status_code=201)
    async def publish_quality_rule(
        season_id: Code,
        body: RuleRequest,
        ask: Annotated[Ask, doors.writes("publish_quality_rule")],
    ) -> Written:
        """From `effective_from` on; a published rule is never changed or taken back."""
        command = PublishQualityRule(
            by=ask.by,
            at=ask.at,
            season_id=season_id,
            rule=QualityRule(sample_permille=body.sample_permille, large_change=body.large_change),
            effective_from=body.effective_from,
        )
        return ask.written(await ask.send(qualities, season_id, command))

    return router


def _told(view: QualityView, now: datetime) -> RulesAnswer:
    known = [Effective(row.rule, row.effective_from) for row in view.rules]
    return RulesAnswer(
        season_id=view.season_id,
        effective=rule_at(known, now),
        is_default=all(each.effective_from > now for each in known),
        default=DEFAULT_RULE,
        rules=view.rules,
    )
