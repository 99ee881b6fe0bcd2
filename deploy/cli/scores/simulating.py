"""`inda region simulate`: a region as it would be, by the scoring engine itself."""

from deploy.cli.arguments import BodyFile, body_of
from deploy.cli.output import Column, detailed, listed
from deploy.cli.scores.regions import RegionId, SeasonId, region
from deploy.cli.session import Session, reading

FIGURES: tuple[Column, ...] = (
    ("", "name"),
    ("Index", "index"),
    ("Band", "band"),
    ("Government aspect", "government_aspect"),
    ("Innovations", "innovations"),
    ("Sum of maturity", "maturity_sum"),
    ("Divided by", "divisor"),
    ("Basic services", "basic_service_affairs"),
)
EFFECT: tuple[Column, ...] = (
    ("Change", "kind"),
    ("Of", "subject"),
    ("By itself", "alone"),
    ("On top of the others", "on_top"),
)


@region.command("simulate")
@reading
def simulate_region(
    session: Session, season_id: SeasonId, region_id: RegionId, file: BodyFile
) -> None:
    """Show a region's index before and after some changes; nothing is stored.

    The JSON file: {"government_aspect": {"SPD-12": 3}, "added": [{"maturity" or "levels",
    "affair"?, "count"?}], "changed": [{"innovation_id", "maturity" or "levels"}],
    "removed": ["id"]}.
    """
    path = f"/regions/{season_id}/{region_id}/simulation"
    found = session.api("scoring").query(path, body_of(file))
    before_and_after = [{"name": name, **found[name]} for name in ("before", "after")]
    tables = [listed(before_and_after, *FIGURES), detailed(found, ("Gain", "gain"))]
    if found["effects"]:
        tables.append(listed(found["effects"], *EFFECT, title="What each change does"))
    session.out.answer(found, *tables)
