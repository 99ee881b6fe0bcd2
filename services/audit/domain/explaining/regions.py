"""The index of a region, from its levels and its innovations to the band. Pure."""

from collections.abc import Iterator

from services.audit.domain.explaining.history import History, cited_for, edition_rule
from services.audit.domain.explaining.steps import Rule, Step, Value, said
from services.audit.domain.explaining.words import BANDS, exact, shown
from services.scoring.domain.region import region_key
from shared.editions import Edition, Unpublished
from shared.events.base import Recorded
from shared.events.scoring import (
    REGION,
    SCORECARD,
    GovernmentAspectRecorded,
    GovernmentRow,
    IndexFigures,
    InnovationCounted,
    InnovationScored,
    RegionEvent,
)


def region_step(season_id: str, region_id: str, history: History) -> Step:
    """As the newest fact of the region has it."""
    subject = REGION.subject(region_key(season_id, region_id))
    about = f"region/{season_id}/{region_id}"
    events = list(history.trail.on(subject))
    if not events:
        return Step("region", f"Daerah {region_id} tidak pernah dihitung pada {season_id}.", about)
    fact: RegionEvent = events[-1].fact
    edition = history.edition(fact.edition_id, fact.edition_digest)
    figures = fact.figures
    return Step(
        kind="region",
        title=_title(region_id, season_id, figures),
        about=about,
        facts=said(events[-1:]),
        values={"season_id": season_id, "region_id": region_id, **_values(figures, edition)},
        rule=_rule(fact, edition),
        because=(
            *_aspect(subject, edition, history),
            *_count(figures, edition),
            *_counted(subject, history),
        ),
    )


def _title(region_id: str, season_id: str, figures: IndexFigures) -> str:
    if figures.index is None:
        return (
            f"Daerah {region_id} musim {season_id}: indeks tidak dapat dihitung, edisi tidak"
            f" memuat {figures.unpublished}"
        )
    band = "" if figures.band is None else f", {BANDS[figures.band]}"
    return f"Daerah {region_id} musim {season_id}: indeks {shown(figures.index)}{band}"


def _values(figures: IndexFigures, edition: Edition | None) -> dict[str, Value]:
    values: dict[str, Value] = {
        "government_aspect": exact(figures.government_aspect),
        "innovations": figures.innovations,
        "maturity_sum": exact(figures.maturity_sum),
        "basic_service_affairs": figures.basic_service_affairs,
        "band": figures.band or "",
        "unpublished": figures.unpublished or "",
    }
    if figures.divisor is not None:
        values["divisor"] = figures.divisor
    if figures.innovation_count_score is not None:
        values["innovation_count_score"] = exact(figures.innovation_count_score)
    if figures.index is not None:
        values["index"] = exact(figures.index)
    if edition is not None:
        values["highest"] = exact(edition.totals.total)
    return values


def _rule(fact: RegionEvent, edition: Edition | None) -> Rule:
    what = (
        "Indeks = (SPD + jumlah kematangan / pembagi + skor jumlah inovasi) x 100 / nilai tertinggi"
    )
    if edition is None:
        return Rule(what, f"edisi {fact.edition_id}", fact.edition_digest)
    floor = edition.divisor_floor
    if not isinstance(floor, Unpublished):
        what += f"; pembagi = jumlah inovasi, paling sedikit {floor}"
    return edition_rule(what, edition, cited_for("divisor_floor", edition))


def _aspect(subject: str, edition: Edition | None, history: History) -> Iterator[Step]:
    """The levels as they were entered last, each with its points."""
    for event in history.trail.last(subject, GovernmentAspectRecorded):
        fact = event.fact
        aspect = fact.figures.government_aspect
        yield Step(
            kind="government_aspect",
            title=f"Aspek satuan pemerintah daerah {shown(aspect)}, dimasukkan oleh {fact.by}",
            facts=said((event,)),
            values={"government_aspect": exact(aspect)},
            because=tuple(_spd(row, edition) for row in fact.rows),
        )


def _spd(row: GovernmentRow, edition: Edition | None) -> Step:
    known = None
    if edition is not None and not isinstance(edition.spd, Unpublished):
        known = next((each for each in edition.spd if each.code == row.indicator), None)
    values: dict[str, Value] = {"indicator": row.indicator, "level": row.level}
    if known is None or edition is None:
        return Step("spd_row", f"{row.indicator}: tingkat {row.level}", values=values)
    points = known.weight * row.level
    return Step(
        kind="spd_row",
        title=(
            f"{row.indicator} {known.name_id}: tingkat {row.level} x bobot {shown(known.weight)} ="
            f" {shown(points)} poin, dari {row.source}"
        ),
        values={**values, "weight": exact(known.weight), "points": exact(points)},
        rule=edition_rule(f"Bobot {row.indicator}", edition, known.source),
    )


def _count(figures: IndexFigures, edition: Edition | None) -> Iterator[Step]:
    """The score for how many innovations there are, if enough basic services are among them."""
    if edition is None or figures.innovation_count_score is None:
        return
    rule, needed = edition.innovation_count, edition.min_basic_service_affairs
    least = "" if isinstance(needed, Unpublished) else f", paling sedikit {needed} urusan dasar"
    what = f"min(jumlah, {rule.cap}) x {shown(rule.weight)}{least}, jika kurang 0"
    values: dict[str, Value] = {
        "innovations": figures.innovations,
        "cap": rule.cap,
        "weight": exact(rule.weight),
        "basic_service_affairs": figures.basic_service_affairs,
        "innovation_count_score": exact(figures.innovation_count_score),
    }
    if not isinstance(needed, Unpublished):
        values["min_basic_service_affairs"] = needed
    yield Step(
        kind="innovation_count",
        title=(
            f"Skor jumlah inovasi {shown(figures.innovation_count_score)}: {figures.innovations}"
            f" inovasi, {figures.basic_service_affairs} urusan pelayanan dasar"
        ),
        values=values,
        rule=edition_rule(what, edition, cited_for("innovation_count", edition)),
    )


def _counted(subject: str, history: History) -> tuple[Step, ...]:
    """The newest word on each innovation; its scorecard may be asked for by itself."""
    counted = history.trail.of(subject, InnovationCounted)
    newest = {event.fact.innovation_id: event for event in counted}
    return tuple(_one(newest[key], history) for key in sorted(newest))


def _one(event: Recorded[InnovationCounted], history: History) -> Step:
    fact = event.fact
    scored = history.trail.last(
        SCORECARD.subject(fact.innovation_id),
        InnovationScored,
        lambda each: each.number == fact.scorecard_number,
    )
    counts = "dihitung" if fact.counts else "tidak dihitung"
    return Step(
        kind="counted",
        title=f"{fact.innovation_id}: kematangan {shown(fact.verified_maturity)}, {counts}",
        about=f"scorecard/{fact.innovation_id}/{fact.scorecard_number}",
        facts=said((*scored, event)),
        values={
            "innovation_id": fact.innovation_id,
            "verified_maturity": exact(fact.verified_maturity),
            "main_affair": fact.main_affair or "",
            "counts": "yes" if fact.counts else "no",
        },
    )
