"""Which levels a sample innovation claims: a spread, so that maturity ranges widely. Pure."""

from collections.abc import Mapping, Sequence

from deploy.sample.chance import pick, shuffled
from shared.editions import Edition, SidRow
from shared.events.submission import Claim, Profile

LOWEST_MATURITY = 35
HIGHEST_MATURITY = 105
TOP_LEVEL = 3
# Bases of the benefit (SID-18) that suit a form or kind of innovation.
BASES_OF_KIND = {"digital": ("a", "b"), "non_digital": ("a", "b", "f")}
BASES_OF_FORM = {"tata_kelola": ("b", "c", "f"), "lainnya": ("d", "e")}


def targets(names: Sequence[str]) -> dict[str, int]:
    """The maturity that each innovation aims at, spread evenly from lowest to highest."""
    spread = HIGHEST_MATURITY - LOWEST_MATURITY
    last = max(len(names) - 1, 1)
    ordered = shuffled(names, "maturity")
    return {name: LOWEST_MATURITY + spread * place // last for place, name in enumerate(ordered)}


def claims_of(name: str, profile: Profile, target: int, edition: Edition) -> tuple[Claim, ...]:
    """The claims above level 0, by indicator; they add up to the target or just below it."""
    levels = _levels(name, target, edition)
    rows = (row for row in edition.sid if levels[row.code] > 0)
    return tuple(_claim(row, levels[row.code], name, profile) for row in rows)


def _levels(name: str, target: int, edition: Edition) -> Mapping[str, int]:
    """Mandatory indicators first, then one step here and one there as long as it fits."""
    rows = {row.code: row for row in edition.sid}
    steps = [f"{code}/{step}" for code in rows for step in range(TOP_LEVEL)]
    mandatory = [row.code for row in edition.sid if row.mandatory]
    rest = [step.split("/")[0] for step in shuffled(steps, name, "steps")]
    levels = dict.fromkeys(rows, 0)
    maturity = 0
    for code in (*mandatory, *rest):
        weight = int(rows[code].weight)
        if levels[code] < TOP_LEVEL and maturity + weight <= target:
            levels[code] += 1
            maturity += weight
    return levels


def _claim(row: SidRow, level: int, name: str, profile: Profile) -> Claim:
    return Claim(
        indicator=row.code,
        level=level,
        basis=_basis(name, profile) if row.bases else None,
        subtype=profile.kind if row.subtypes else None,
    )


def _basis(name: str, profile: Profile) -> str:
    form, kind = profile.form or "", profile.kind or "digital"
    return pick(BASES_OF_FORM.get(form, BASES_OF_KIND[kind]), name, "basis")
