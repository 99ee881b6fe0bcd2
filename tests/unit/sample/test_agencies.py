"""The agencies of the sample season: codes, tree, sources."""

from collections import Counter

from pydantic import TypeAdapter

from deploy.sample import rows
from deploy.sample.agencies import (
    SAMPLE_HOME,
    Agency,
    agencies,
    home_of,
    path_of,
    tree_of,
)
from deploy.sample.plan import Script
from shared.events.base import Code

CODE = TypeAdapter(Code)


def test_every_code_is_valid_and_stands_once(script: Script):
    codes = [agency.code for agency in script.agencies]
    assert [CODE.validate_python(code) for code in codes] == codes
    assert len(set(codes)) == len(codes)


def test_every_agency_comes_after_the_one_above_it(script: Script):
    tree = tree_of(script.agencies)
    order = {agency.code: place for place, agency in enumerate(script.agencies)}
    for agency in script.agencies:
        path = path_of(agency.code, tree)
        assert path[0] == "kalsel" and path[-1] == agency.code
        assert [order[code] for code in path] == sorted(order[code] for code in path)


def test_the_region_of_an_agency_is_the_lowest_government_on_its_path(script: Script):
    tree = tree_of(script.agencies)
    for agency in script.agencies:
        above = [tree[code] for code in path_of(agency.code, tree)]
        governments = [each.code for each in above if each.kind in ("province", "regency", "city")]
        assert agency.region_code == governments[-1]


def test_every_published_unit_is_there_under_its_own_name(script: Script):
    published = Counter((row.name, row.kind, row.source) for row in rows.units())
    kept = Counter((each.name, each.kind, each.source) for each in script.agencies)
    assert published - kept == Counter()


def test_every_innovation_has_a_home(script: Script):
    tree = tree_of(script.agencies)
    assert [home_of(row) for row in rows.innovations() if home_of(row) not in tree] == []


def test_only_units_that_no_source_names_are_marked_as_sample(script: Script):
    marked = {each.code for each in script.agencies if each.sample}
    assert marked == {each.code for each in script.agencies if each.source == SAMPLE_HOME}
    assert marked == {
        "banjar-disdag",
        "banjar-dpmd",
        "banjarmasin-bkd",
        "tabalong-bapenda",
        "tabalong-dinsos",
        "tabalong-dispersip",
        "tapin-distan",
    }


def test_a_health_centre_stands_below_the_health_office_where_one_is_known(script: Script):
    tree = tree_of(script.agencies)
    assert path_of("banjar-pkm-gambut", tree) == (
        "kalsel",
        "banjar",
        "banjar-dinkes",
        "banjar-pkm-gambut",
    )
    assert path_of("balangan-pkm-uren", tree) == ("kalsel", "balangan", "balangan-pkm-uren")


def test_a_unit_that_two_lists_write_differently_is_one_unit(script: Script):
    tree = tree_of(script.agencies)
    assert tree["hss-rsud-hasan-basry"] == Agency(
        code="hss-rsud-hasan-basry",
        name="RSUD Brigjend H. Hasan Basry Kandangan",
        short_name="RSUD.HASANBASRY",
        kind="technical_unit",
        parent_code="hss-dinkes",
        region_code="hss",
        source="MasterSKPDSeeder.php, aplikasi Pemkab HSS",
    )
    homes = {home_of(row) for row in rows.innovations() if "Hasan Basry" in row.agency}
    assert homes == {"hss-rsud-hasan-basry"}


def test_what_is_registered_fits_the_api(script: Script):
    for agency in script.agencies:
        assert 1 <= len(agency.name) <= 250
        assert len(agency.short_name) <= 60
        assert 1 <= len(agency.source) <= 500


def test_the_tree_is_the_same_twice():
    assert agencies(rows.units(), rows.innovations()) == agencies(rows.units(), rows.innovations())
