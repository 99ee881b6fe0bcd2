"""The agencies of the sample season as a tree, from the published lists and innovations. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from deploy.sample.naming import REGIONS, unit_code, unit_name
from deploy.sample.rows import InnovationRow, UnitRow
from shared.events.submission import AgencyKind

ROOT = "kalsel"
HOSPITALS = ("RSUD ", "RSJ ", "BLUD RSUD ", "Rumah Sakit ")
# Where no source names a home: the unit that usually carries the affair.
HOMES = {
    "pmd": "Dinas Pemberdayaan Masyarakat dan Desa",
    "perdagangan": "Dinas Perdagangan",
    "perkim": "Dinas Perumahan Rakyat, Kawasan Pemukiman dan Lingkungan Hidup",
    "sosial": "Dinas Sosial",
    "keuangan": "Badan Pendapatan Daerah",
    "perpustakaan": "Dinas Perpustakaan dan Kearsipan",
    "pertanian": "Dinas Pertanian",
    "kepegawaian": "Badan Kepegawaian Daerah",
}
SAMPLE_HOME = "Unit contoh: sumber tidak menyebut perangkat daerah pengampu."


@dataclass(frozen=True, slots=True)
class Agency:
    """A unit and the one above it. `sample` marks a unit that no source names."""

    code: str
    name: str
    short_name: str
    kind: AgencyKind
    parent_code: str | None
    region_code: str
    source: str
    sample: bool = False


Tree = Mapping[str, Agency]


def agencies(units: Sequence[UnitRow], innovations: Sequence[InnovationRow]) -> tuple[Agency, ...]:
    """All units, each after the one above it: the province, its regions, then what is below."""
    listed = [*units, *(_home(row) for row in innovations)]
    governments = _governments((row.region, row.source) for row in (*units, *innovations))
    codes = {_code(unit): unit for unit in reversed(listed)}
    below = (_unit(code, unit, codes) for code, unit in codes.items())
    tree = {agency.code: agency for agency in (*governments, *below)}
    return tuple(sorted(tree.values(), key=lambda each: (len(path_of(each.code, tree)), each.code)))


def tree_of(agencies: Iterable[Agency]) -> Tree:
    return {agency.code: agency for agency in agencies}


def path_of(code: str, tree: Tree) -> tuple[str, ...]:
    """Codes from the province down to the agency itself. Raises `KeyError` for an unknown one."""
    parent = tree[code].parent_code
    return (code,) if parent is None else (*path_of(parent, tree), code)


def home_of(row: InnovationRow) -> str:
    """The code of the agency that an innovation belongs to."""
    return _code(_home(row))


def _home(row: InnovationRow) -> UnitRow:
    if row.agency:
        return UnitRow(row.region, unit_name(row.agency), "", row.agency_kind, row.source)
    return UnitRow(row.region, HOMES[row.affair], "", "agency", SAMPLE_HOME)


def _code(unit: UnitRow) -> str:
    return unit_code(unit.region, unit.name)


def _governments(named: Iterable[tuple[str, str]]) -> Iterator[Agency]:
    """A government for each region, with the first source that names it."""
    first = dict(reversed([*named]))
    for region, source in first.items():
        code = REGIONS[region]
        is_root = code == ROOT
        kind = "province" if is_root else "city" if region.startswith("Kota ") else "regency"
        above = None if is_root else ROOT
        yield Agency(code, region, code.upper(), kind, above, code, source)


def _unit(code: str, unit: UnitRow, codes: Mapping[str, UnitRow]) -> Agency:
    region = REGIONS[unit.region]
    return Agency(
        code=code,
        name=unit.name,
        short_name=unit.short_name or code.removeprefix(f"{region}-").upper().replace("-", " "),
        kind=cast(AgencyKind, unit.kind),
        parent_code=_above(unit, region, codes),
        region_code=region,
        source=unit.source,
        sample=unit.source == SAMPLE_HOME,
    )


def _above(unit: UnitRow, region: str, codes: Mapping[str, UnitRow]) -> str:
    """The code of the unit above; the region where no closer one is known."""
    match unit.kind:
        case "health_centre":
            above = f"{region}-dinkes"
        case "technical_unit" if unit.name.startswith(HOSPITALS):
            above = f"{region}-dinkes"
        case "technical_unit" if unit.name.endswith("(Dinas Perdagangan)"):
            above = f"{region}-disdag"
        case "urban_village":
            # Kandangan Kota lies in Kecamatan Kandangan: the name says so.
            above = f"{region}-kec-{unit.name.split()[1].lower()}"
        case _:
            above = region
    return above if above in codes else region
