"""All rows of the government aspect as a form: what they ask for, and what is entered."""

from collections.abc import Mapping
from decimal import Decimal

from services.scoring.api.citing import Source, sources_of
from services.scoring.projections.region import AspectEntry, RegionView
from shared.editions import (
    Edition,
    SpdRow,
    Unpublished,
    UnpublishedConstant,
    plain,
    published,
    row_score,
)
from shared.errors import Refused
from shared.events.base import Level, PersonId, Score, Utc
from shared.events.scoring import GovernmentRow
from shared.findings import Language
from shared.http import Answer
from shared.wita import long_moment

OVERLAP = {
    "id": "Batas antarparameter tumpang tindih pada naskah cetak; putuskan dengan dokumen sumber.",
    "en": "The bounds of the levels overlap in print; decide by the source document.",
}


class LevelText(Answer):
    level: Level
    text: str


class GovernmentFormRow(Answer):
    """`mandatory` and `levels` are null where the edition does not publish them.

    `source` is null while nothing is entered: the row is at level 0 then. `flag` says what to
    mind about its bounds.
    """

    indicator: str
    iid_no: str
    name: str
    weight: Score
    mandatory: bool | None
    levels: tuple[LevelText, ...] | None
    bounds_overlap: bool
    flag: str | None
    level: Level
    score: Score
    source: str | None
    published_in: tuple[Source, ...]


class GovernmentForm(Answer):
    """`total` is out of `highest`. `recorded_at_wita` is the moment as people write it."""

    season_id: str
    region_id: str
    edition_id: str
    rows: tuple[GovernmentFormRow, ...]
    total: Score
    highest: Score
    recorded_by: PersonId | None
    recorded_at: Utc | None
    recorded_at_wita: str | None


def entry_of(region: RegionView) -> AspectEntry | None:
    """What was entered by another instrument than the season's is worth nothing in it."""
    entry = region.government_aspect
    return entry if entry is not None and entry.edition_id == region.edition_id else None


def form_of(
    season_id: str, region_id: str, edition: Edition, entry: AspectEntry | None, language: Language
) -> GovernmentForm:
    """Refused, naming them, where the edition publishes no rows."""
    rows = _rows(edition, entry, language)
    return GovernmentForm(
        season_id=season_id,
        region_id=region_id,
        edition_id=edition.id,
        rows=rows,
        total=_canonical(sum((row.score for row in rows), Decimal(0))),
        highest=edition.totals.spd,
        recorded_by=entry.recorded_by if entry else None,
        recorded_at=entry.recorded_at if entry else None,
        recorded_at_wita=long_moment(entry.recorded_at, language) if entry else None,
    )


def _rows(
    edition: Edition, entry: AspectEntry | None, language: Language
) -> tuple[GovernmentFormRow, ...]:
    entered = {row.indicator: row for row in entry.rows} if entry else {}
    try:
        rows = published(edition.spd, "spd_rows", edition)
    except UnpublishedConstant as missing:
        raise Refused(
            "constant_unpublished", str(missing), constant=missing.name, edition=edition.id
        ) from missing
    return tuple(_row(edition, row, entered, language) for row in rows)


def _row(
    edition: Edition, row: SpdRow, entered: Mapping[str, GovernmentRow], language: Language
) -> GovernmentFormRow:
    known = entered.get(row.code)
    level = known.level if known else 0
    return GovernmentFormRow(
        indicator=row.code,
        iid_no=row.iid_no,
        name=row.name_id,
        weight=row.weight,
        mandatory=None if isinstance(row.mandatory, Unpublished) else row.mandatory,
        levels=None if isinstance(row.levels, Unpublished) else _levels(row.levels),
        bounds_overlap=row.bounds_overlap,
        flag=OVERLAP[language] if row.bounds_overlap else None,
        level=level,
        score=_canonical(row_score(row, level)),
        source=known.source if known else None,
        published_in=sources_of(edition, row.source),
    )


def _levels(texts: tuple[str, ...]) -> tuple[LevelText, ...]:
    return tuple(LevelText(level=level, text=text) for level, text in enumerate(texts, start=1))


def _canonical(score: Decimal) -> Decimal:
    return Decimal(plain(score))
