"""What would raise a region's index, over HTTP: every number is the scoring engine's own."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Response

from services.scoring.domain.instrument import require_edition
from services.scoring.domain.region import region_key
from services.scoring.projections.region import RegionView
from shared.editions import Edition, Option, RegionOutlook, UnpublishedConstant, outlook, plain
from shared.errors import NotFound, Refused
from shared.events.base import Code, Score
from shared.events.scoring import Band
from shared.findings import Language, language_of
from shared.http import Answer, Doors, show_version
from shared.projector import bare
from shared.views import Collection

Texts = Mapping[str, str]
TEXTS: Mapping[Language, Texts] = {
    "id": {
        "one_more_innovation": "Satu inovasi lagi dengan kematangan {maturity}",
        "missing_affair": "Satu inovasi dengan kematangan {maturity} pada urusan {affairs}",
        "enough_affairs": "{count} inovasi dengan kematangan {maturity} pada urusan {affairs}",
        "divisor_floor": "{count} inovasi lagi dengan kematangan {maturity}, sampai pembagi penuh",
        "raise_lowest": "Inovasi yang paling rendah dinaikkan kematangannya menjadi {maturity}",
        "then": "{what}: indeks menjadi {index} ({gain}).",
    },
    "en": {
        "one_more_innovation": "One more innovation with a maturity of {maturity}",
        "missing_affair": "One innovation with a maturity of {maturity} in the affair {affairs}",
        "enough_affairs": "{count} innovations with a maturity of {maturity} in {affairs}",
        "divisor_floor": "{count} more innovations with a maturity of {maturity}, which fills the"
        " divisor",
        "raise_lowest": "The innovation with the lowest maturity is raised to {maturity}",
        "then": "{what}: the index becomes {index} ({gain}).",
    },
}


class BasicServiceAffair(Answer):
    """One of the basic-service affairs, and whether a counted innovation has it as main affair."""

    affair: str
    name: str
    is_covered: bool


class RegionOption(Answer):
    """Something the region could do. `gain` may be negative: an immature innovation costs.

    `band` is null where the edition publishes no bands.
    """

    kind: Literal[
        "one_more_innovation", "missing_affair", "enough_affairs", "divisor_floor", "raise_lowest"
    ]
    innovations: int
    maturity: Score
    affairs: tuple[str, ...]
    index: Score
    band: Band | None
    gain: Score
    sentence: str


class RegionCoach(Answer):
    """The index as it stands, and the options, the best first."""

    season_id: str
    region_id: str
    edition_id: str
    index: Score
    band: Band | None
    innovations: int
    divisor: int
    affairs_needed: int | None
    affairs: tuple[BasicServiceAffair, ...]
    options: tuple[RegionOption, ...]


def routes(doors: Doors, view: Collection, edition_of: Callable[[str], Edition]) -> APIRouter:
    router = APIRouter(prefix="/regions", tags=["regions"])

    @router.get(
        "/{season_id}/{region_id}/coach",
        name="read_region_coach",
        dependencies=[doors.reads("read_region_coach")],
    )
    async def read_region_coach(
        season_id: Code,
        region_id: Code,
        response: Response,
        accept_language: Annotated[str | None, Header()] = None,
    ) -> RegionCoach:
        """Refused, naming it, where the edition lacks a constant of the formula."""
        found = await view.get(region_key(season_id, region_id))
        if found is None:
            raise NotFound("region_unknown", "Nothing was scored in this region and season.")
        show_version(response, found["version"], found["sequence"])
        region = RegionView.model_validate(bare(found))
        edition = edition_of(region.edition_id)
        require_edition(edition, region.edition_id, region.edition_digest)
        return _answer(region, edition, _outlook(region, edition), language_of(accept_language))

    return router


def _outlook(region: RegionView, edition: Edition) -> RegionOutlook:
    counting = [each for each in region.contributions if each.counts]
    try:
        return outlook(
            edition,
            region.figures.government_aspect,
            [each.verified_maturity for each in counting],
            _covered(region),
        )
    except UnpublishedConstant as missing:
        raise Refused(
            "constant_unpublished", str(missing), constant=missing.name, edition=edition.id
        ) from missing


def _covered(region: RegionView) -> frozenset[str]:
    affairs = (each.main_affair for each in region.contributions if each.counts)
    return frozenset(affair for affair in affairs if affair is not None)


def _answer(
    region: RegionView, edition: Edition, found: RegionOutlook, language: Language
) -> RegionCoach:
    names = {affair.id: affair.name_id for affair in edition.affairs}
    covered = _covered(region)
    affairs = tuple(
        BasicServiceAffair(affair=each, name=names[each], is_covered=each in covered)
        for each in edition.basic_service_affairs
    )
    return RegionCoach(
        season_id=region.season_id,
        region_id=region.region_id,
        edition_id=edition.id,
        index=found.now.index,
        band=found.now.band,
        innovations=region.figures.innovations,
        divisor=found.now.divisor,
        affairs_needed=edition.min_basic_service_affairs or None,
        affairs=affairs,
        options=tuple(_option(option, names, TEXTS[language]) for option in found.options),
    )


def _option(option: Option, names: Mapping[str, str], texts: Texts) -> RegionOption:
    what = texts[option.kind].format(
        maturity=plain(option.maturity),
        count=option.innovations,
        affairs=", ".join(names[each] for each in option.affairs),
    )
    index = option.after.index
    return RegionOption(
        kind=option.kind,
        innovations=option.innovations,
        maturity=option.maturity,
        affairs=option.affairs,
        index=index,
        band=option.after.band,
        gain=option.gain,
        sentence=texts["then"].format(what=what, index=index, gain=_signed(option.gain)),
    )


def _signed(gain: Decimal) -> str:
    return f"{gain:+f}"
