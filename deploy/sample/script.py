"""The sample season as a whole: all of it for the demo, a small one to look around in. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from deploy.sample import rows
from deploy.sample.agencies import Agency, agencies, path_of, tree_of
from deploy.sample.chance import draw
from deploy.sample.competition import competition
from deploy.sample.innovations import innovations
from deploy.sample.people import PEOPLE
from deploy.sample.plan import (
    CommitmentPlan,
    GovernmentPlan,
    InnovationPlan,
    Script,
    SeasonPlan,
)
from shared.editions import Edition, load, published

EDITION_ID = "2026-r1"
FILES_PER_INNOVATION = 15
FEW_FILES = 6
# For `make run`: several regions and initiators, every flaw, a revision and both conflicts.
SMALL = (
    "kia-lapis",
    "katuyung",
    "sidatan",
    "silapat",
    "weitkawa",
    "silangkarr",
    "yan-taro",
    "peta-baper",
    "la-lisa",
    "podkes",
    "singasakti",
    "detak-detik",
    "puspaga-berkarakter",
    "gerakan-revolusi-hijau",
)
SEASON = SeasonPlan(
    season_id="2026",
    name="Penilaian Inovasi Daerah 2026 (contoh)",
    assessment_year=2026,
    edition_id=EDITION_ID,
    opened_days_ago=30,
    days_to_deadline=60,
    revision_days=14,
)


def whole_season(
    files_per_innovation: int = FILES_PER_INNOVATION, fiscal_year: int = SEASON.assessment_year
) -> Script:
    """All 108 innovations and all units, with the competition.

    `fiscal_year` is the one in which its prizes are paid, for whoever plays it that far.
    """
    edition = load(EDITION_ID)
    units = agencies(rows.units(), rows.innovations())
    plans = innovations(rows.innovations(), tree_of(units), edition, files_per_innovation)
    return _script(units, plans, edition, fiscal_year)


def small_season(
    files_per_innovation: int = FEW_FILES, fiscal_year: int = SEASON.assessment_year
) -> Script:
    """A few innovations of the whole season, with the units that they and the people need."""
    whole = whole_season(files_per_innovation)
    plans = tuple(plan for plan in whole.innovations if plan.code in SMALL)
    people = (person.agency for person in PEOPLE if person.agency is not None)
    units = _with_those_above((*people, *(plan.agency_code for plan in plans)), whole.agencies)
    return _script(units, plans, load(EDITION_ID), fiscal_year)


def _script(
    units: tuple[Agency, ...],
    plans: tuple[InnovationPlan, ...],
    edition: Edition,
    fiscal_year: int,
) -> Script:
    return Script(
        agencies=units,
        season=SEASON,
        commitments=tuple(_commitments(units, plans)),
        innovations=plans,
        governments=tuple(_governments(units, edition)),
        competition=competition({plan.code for plan in plans}, fiscal_year),
    )


def _with_those_above(codes: Iterable[str], units: Sequence[Agency]) -> tuple[Agency, ...]:
    tree = tree_of(units)
    needed = {above for code in codes for above in path_of(code, tree)}
    return tuple(unit for unit in units if unit.code in needed)


def _commitments(
    units: Sequence[Agency], plans: Sequence[InnovationPlan]
) -> Iterator[CommitmentPlan]:
    """Every SKPD owes one innovation a year, whether it brings one or not; who has more, more."""
    brought = Counter(plan.agency_code for plan in plans)
    owing = (unit for unit in units if unit.kind == "agency" or unit.code in brought)
    for number, unit in enumerate(owing, start=1):
        yield CommitmentPlan(
            agency_code=unit.code,
            innovations_promised=max(brought[unit.code], 1),
            letter_number=f"CONTOH/{number:03d}/KOMITMEN/2026",
            signed_on=date(2026, 3, 2),
        )


def _governments(units: Sequence[Agency], edition: Edition) -> Iterator[GovernmentPlan]:
    spd = published(edition.spd, "spd", edition)
    for unit in units:
        if unit.code == unit.region_code:
            levels = {row.code: 1 + draw(3, unit.code, row.code) for row in spd}
            yield GovernmentPlan(unit.code, levels, "[CONTOH] Data SPD contoh")
