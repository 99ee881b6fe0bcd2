"""How strict each judge is beside those who read the same entries: an additive model. Pure.

Every total is taken as what its entry is worth plus its judge's severity, by least squares. Only
differences between judges who share entries can be known, so that the severities of each group of
judges that shared entries connect add up to zero. All of it is exact, and solved over integers.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from services.scoring.domain.seats import Pair

Ballot = Mapping[str, Fraction]
"""The totals of one entry, by judge."""


def severities(totals: Mapping[Pair, Fraction]) -> Mapping[str, Fraction]:
    """The severity of every judge with a total; the order of the totals does not matter."""
    by_entry: dict[str, dict[str, Fraction]] = {}
    for (judge, innovation), total in sorted(totals.items()):
        by_entry.setdefault(innovation, {})[judge] = total
    found: dict[str, Fraction] = {}
    for judges in _groups(by_entry.values()):
        ballots = [ballot for ballot in by_entry.values() if not judges.isdisjoint(ballot)]
        found |= _of_group(sorted(judges), ballots)
    return dict(sorted(found.items()))


def _groups(ballots: Iterable[Ballot]) -> list[frozenset[str]]:
    """The judges, grouped so that whoever shares an entry is in one group."""
    groups: list[frozenset[str]] = []
    for ballot in ballots:
        judges = frozenset(ballot)
        apart = [group for group in groups if judges.isdisjoint(group)]
        joined = [group for group in groups if not judges.isdisjoint(group)]
        groups = [*apart, judges.union(*joined)]
    return groups


def _of_group(judges: Sequence[str], ballots: Sequence[Ballot]) -> Mapping[str, Fraction]:
    """The normal equations after the entries' own effects are taken out.

    A one is added to each coefficient: it makes the equations definite, and the sum zero.
    """
    place = {judge: number for number, judge in enumerate(judges)}
    scale = lcm(*(len(ballot) for ballot in ballots))
    fine = lcm(*(total.denominator for ballot in ballots for total in ballot.values()))
    rows = [[1] * len(judges) + [0] for _ in judges]
    for ballot in ballots:
        _add_ballot([place[judge] for judge in ballot], ballot, rows, scale, fine)
    solved = _solved(rows)
    return {judge: solved[place[judge]] / fine for judge in judges}


def _add_ballot(
    places: Sequence[int], ballot: Ballot, rows: list[list[int]], scale: int, fine: int
) -> None:
    """`scale` and `fine` clear the denominators of shares and of totals."""
    share = scale // len(places)
    whole = [int(total * fine) for total in ballot.values()]
    mean = share * sum(whole)
    for here, total in zip(places, whole, strict=True):
        rows[here][here] += scale
        rows[here][-1] += scale * total - mean
        for there in places:
            rows[here][there] -= share


def _solved(rows: list[list[int]]) -> list[Fraction]:
    """The solution of definite equations, right side last, without a fraction on the way (Bareiss).

    The leading minors of such equations are above zero, so that no pivot is ever zero.
    """
    size, before = len(rows), 1
    for step, pivot in enumerate(rows):
        for row in rows[step + 1 :]:
            factor = row[step]
            for column in range(step, size + 1):
                row[column] = (pivot[step] * row[column] - factor * pivot[column]) // before
        before = pivot[step]
    found = [Fraction(0)] * size
    for step in reversed(range(size)):
        row = rows[step]
        known = sum((row[c] * found[c] for c in range(step + 1, size)), Fraction(0))
        found[step] = (row[size] - known) / row[step]
    return found
