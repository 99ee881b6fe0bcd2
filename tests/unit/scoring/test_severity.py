"""How strict each judge is beside the others on the same entries, exactly and in any order."""

from collections.abc import Mapping
from fractions import Fraction
from time import process_time

from hypothesis import given as every
from hypothesis import strategies as st

from services.scoring.domain.seats import Pair
from services.scoring.domain.severity import severities
from tests.builders.panels import fractions


def test_an_example_by_hand():
    """Three judges in a ring: ani - budi = 10, citra - budi = 6, ani - citra = 10.

    With severities that sum to zero the normal equations are 3/2 s = b, where b is half of each
    judge's differences: 10, -8 and -2.
    """
    ring = fractions(
        [
            ("ani", "one", "80"),
            ("budi", "one", "70"),
            ("budi", "two", "60"),
            ("citra", "two", "66"),
            ("ani", "three", "90"),
            ("citra", "three", "80"),
        ]
    )
    assert severities(ring) == {
        "ani": Fraction(20, 3),
        "budi": Fraction(-16, 3),
        "citra": Fraction(-4, 3),
    }


def test_where_the_model_fits_severity_is_what_was_added():
    """Worth 50, 60, 70; ani adds 3, budi takes 4, citra adds 1; nobody read everything."""
    chain = fractions(
        [
            ("ani", "one", "53"),
            ("budi", "one", "46"),
            ("budi", "two", "56"),
            ("citra", "two", "61"),
            ("citra", "three", "71"),
            ("ani", "three", "73"),
        ]
    )
    assert severities(chain) == {"ani": 3, "budi": -4, "citra": 1}


def test_judges_who_share_no_entry_are_not_compared():
    apart = fractions(
        [
            ("ani", "one", "80"),
            ("budi", "one", "70"),
            ("citra", "two", "20"),
            ("dewi", "two", "30"),
            ("eko", "three", "99"),
        ]
    )
    assert severities(apart) == {"ani": 5, "budi": -5, "citra": -5, "dewi": 5, "eko": 0}


def test_nobody_scored_nobody_is_strict():
    assert severities({}) == {}


names = st.sampled_from(["ani", "budi", "citra", "dewi", "eko"])
innovations = st.sampled_from([f"inov-{number}" for number in range(6)])
points = st.fractions(0, 100, max_denominator=300)
sparse = st.dictionaries(st.tuples(names, innovations), points, min_size=1, max_size=24)


@every(sparse, st.data())
def test_the_order_of_scores_does_not_matter(totals: dict[Pair, Fraction], data: st.DataObject):
    shuffled = dict(data.draw(st.permutations(list(totals.items()))))
    assert list(severities(shuffled).items()) == list(severities(totals).items())


@every(sparse)
def test_what_remains_is_in_balance_for_every_judge(totals: dict[Pair, Fraction]):
    """The mark of least squares: no judge's residuals lean to one side."""
    found = severities(totals)
    assert found.keys() == {judge for judge, _ in totals}
    assert sum(found.values()) == 0
    for judge in found:
        own = [pair for pair in totals if pair[0] == judge]
        assert sum(_residual(pair, totals, found) for pair in own) == 0


def _residual(
    pair: Pair, totals: Mapping[Pair, Fraction], found: Mapping[str, Fraction]
) -> Fraction:
    """A total less its severity, and less the mean of that over its entry."""
    net = {each: total - found[each[0]] for each, total in totals.items() if each[1] == pair[1]}
    return net[pair] - sum(net.values(), Fraction(0)) / len(net)


@every(st.lists(st.lists(points, min_size=3, max_size=3), min_size=1, max_size=6))
def test_where_everybody_read_everything_severity_is_the_mean_less_the_grand_mean(
    rows: list[list[Fraction]],
):
    judges = ("ani", "budi", "citra")
    totals = {
        (judge, f"inov-{number}"): total
        for number, row in enumerate(rows)
        for judge, total in zip(judges, row, strict=True)
    }
    grand = sum(totals.values(), Fraction(0)) / len(totals)
    means = {
        judge: sum((row[place] for row in rows), Fraction(0)) / len(rows)
        for place, judge in enumerate(judges)
    }
    assert severities(totals) == {judge: mean - grand for judge, mean in means.items()}


@every(st.sets(st.tuples(names, innovations), min_size=1), st.data())
def test_judges_who_agree_are_equally_strict(read: set[Pair], data: st.DataObject):
    worth = {innovation: data.draw(points) for innovation in sorted({i for _, i in read})}
    found = severities({pair: worth[pair[1]] for pair in read})
    assert set(found.values()) == {Fraction(0)}


def test_fifty_judges_and_five_hundred_entries_take_a_moment():
    """Each entry by seven judges, in thirds of a point; some seconds would be a fault."""
    totals = {
        (f"judge-{(entry * 3 + turn * 7) % 50}", f"inov-{entry}"): Fraction(
            (entry * 37 + turn * 53) % 300, 3
        )
        for entry in range(500)
        for turn in range(7)
    }
    began = process_time()
    assert len(severities(totals)) == 50
    assert process_time() - began < 5
