"""Why a scorecard says what it says: every row with its rule, its verdict and its source."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, Response

from services.scoring.api.citing import Source, sources_of_fact
from services.scoring.api.explaining import words
from services.scoring.api.explaining.rows import ExplainedRow, explained
from services.scoring.api.scorecards import card_for
from services.scoring.domain.instrument import require_edition
from services.scoring.projections.scorecard import ScorecardView
from shared.editions import Edition
from shared.events.base import Digest, Key, Score, Utc
from shared.findings import Language, language_of
from shared.http import Answer, Doors, show_version
from shared.identity import Access
from shared.views import Collection
from shared.wita import long_moment


class Difference(Answer):
    """An indicator where less was granted than claimed; the largest loss comes first."""

    indicator: str
    name: str
    points: Score
    reason: str | None


class Explanation(Answer):
    """The scorecard that holds. A maturity score has no official band, so none is shown.

    `highest` is the most that all rows can reach; `formula` is how they add up.
    """

    innovation_id: Key
    title: str
    season_id: str
    edition_id: str
    edition_digest: Digest
    number: int
    round: int
    claimed_maturity: Score
    verified_maturity: Score
    difference: Score
    highest: Score
    summary: str
    formula: str
    published_in: tuple[Source, ...]
    counts_for_index: bool
    scored_at: Utc
    scored_at_wita: str
    differences: tuple[Difference, ...]
    rows: tuple[ExplainedRow, ...]


def routes(doors: Doors, view: Collection, edition_of: Callable[[str], Edition]) -> APIRouter:
    router = APIRouter(prefix="/scorecards", tags=["scorecards"])

    @router.get("/{innovation_id}/explanation", name="explain_scorecard")
    async def explain_scorecard(
        innovation_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("explain_scorecard")],
        accept_language: Annotated[str | None, Header()] = None,
    ) -> Explanation:
        found = await card_for(view, innovation_id, access)
        show_version(response, found.version, found.sequence)
        edition = edition_of(found.card.edition_id)
        require_edition(edition, found.card.edition_id, found.card.edition_digest)
        return explanation_of(found.card, edition, language_of(accept_language))

    return router


def explanation_of(card: ScorecardView, edition: Edition, language: Language) -> Explanation:
    scored = {row.indicator: row for row in card.rows}
    rows = tuple(explained(edition, row, scored[row.code], language) for row in edition.sid)
    differences = _differences(rows)
    return Explanation(
        innovation_id=card.innovation_id,
        title=card.title,
        season_id=card.season_id,
        edition_id=card.edition_id,
        edition_digest=card.edition_digest,
        number=card.number,
        round=card.round,
        claimed_maturity=card.claimed_maturity,
        verified_maturity=card.verified_maturity,
        difference=card.claimed_maturity - card.verified_maturity,
        highest=edition.totals.sid_rows,
        summary=words.summary(
            card.claimed_maturity, card.verified_maturity, len(differences), language
        ),
        formula=words.TEXTS[language]["formula"],
        published_in=sources_of_fact(edition, "totals"),
        counts_for_index=card.counts_for_index,
        scored_at=card.scored_at,
        scored_at_wita=long_moment(card.scored_at, language),
        differences=differences,
        rows=rows,
    )


def _differences(rows: tuple[ExplainedRow, ...]) -> tuple[Difference, ...]:
    less = [row for row in rows if row.difference]
    return tuple(
        Difference(indicator=row.indicator, name=row.name, points=row.difference, reason=row.reason)
        for row in sorted(less, key=lambda row: (-row.difference, row.indicator))
    )
