"""Which row of the agencies' sheet must happen before which."""

from hypothesis import given
from hypothesis import strategies as st

from services.submission.api.imports.agency_aims import aims_of, code_of
from services.submission.api.imports.sheets import Row


def rows_of(parents: dict[str, str]) -> list[Row]:
    return [
        Row(number, {"kode": code, **({"induk": parent} if parent else {})})
        for number, (code, parent) in enumerate(parents.items(), start=2)
    ]


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=30))
def test_parents_come_before_their_children_and_every_circle_is_found(
    above: dict[int, int],
) -> None:
    parents = {f"a{code}": f"a{parent}" for code, parent in above.items()}
    rows = rows_of(parents)
    aims = aims_of(rows)
    order = [code_of(row) for wave in aims.waves(rows) for row in wave]
    assert sorted(order) == sorted(parents)
    circular = {code for code in parents if is_in_circle(code, parents)}
    assert {code_of(row) for row in rows if row.number in aims.faults} == circular
    for code, parent in parents.items():
        if parent in parents and code not in circular:
            assert order.index(parent) < order.index(code)


def is_in_circle(code: str, parents: dict[str, str]) -> bool:
    here = parents[code]
    for _ in parents:
        if here == code:
            return True
        if here not in parents:
            return False
        here = parents[here]
    return False


def test_a_long_chain_is_as_many_waves() -> None:
    parents = {f"a{number}": f"a{number - 1}" for number in range(2000, 0, -1)}
    rows = rows_of(parents)
    waves = aims_of(rows).waves(rows)
    assert [code_of(wave[0]) for wave in waves] == [f"a{number}" for number in range(1, 2001)]
