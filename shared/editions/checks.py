"""What must hold inside an edition before anybody may be scored by it. Pure.

Sources: the totals 37 / 111 / 63 / 76 / 250 and 20 rows are declared in the edition's own
`totals` and its rows must reach them, so an instrument of other size needs data, not code.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from shared.editions.errors import EditionError
from shared.editions.model import Edition, SidRow, SpdRow, Unpublished

TOP_LEVEL = 3
BASIC_SERVICE_AFFAIRS = 6
HUNDREDTH = Decimal("0.01")


def check(edition: Edition) -> None:
    """Raises `EditionError` with the first contradiction."""
    contradiction = next(_contradictions(edition), None)
    if contradiction:
        raise EditionError(f"Edition {edition.id} is inconsistent: {contradiction}.")


def _contradictions(edition: Edition) -> Iterator[str]:
    if edition.id != f"{edition.year}-r{edition.revision}":
        yield f"its id does not name year {edition.year} and revision {edition.revision}"
    yield from _totals(edition)
    yield from _sid_rows(edition)
    yield from _bands(edition)
    yield from _affairs(edition)
    yield from _vocabularies(edition)
    yield from _window(edition)
    yield from _sources(edition)


def _totals(edition: Edition) -> Iterator[str]:
    totals = edition.totals
    if not isinstance(edition.sid_rows, Unpublished):
        yield from _differ("SID rows", len(edition.sid_rows), totals.sid_row_count)
        yield from _differ("SID weights", _weight(edition.sid_rows), totals.sid_weight)
    yield from _differ("SID maximum", totals.sid_weight * TOP_LEVEL, totals.sid_rows)
    if not isinstance(edition.spd, Unpublished):
        yield from _differ("SPD rows", len(edition.spd), totals.spd_row_count)
        yield from _differ("SPD maximum", _weight(edition.spd) * TOP_LEVEL, totals.spd)
    count = edition.innovation_count.weight * edition.innovation_count.cap
    yield from _differ("innovation count maximum", count, totals.innovation_count)
    parts = totals.sid_rows + totals.spd + totals.innovation_count
    yield from _differ("total", parts, totals.total)


def _differ(name: str, found: Decimal | int, declared: Decimal | int) -> Iterator[str]:
    if found != declared:
        yield f"{name}: {found} found but {declared} declared"


def _weight(rows: Sequence[SidRow] | Sequence[SpdRow]) -> Decimal:
    return sum((row.weight for row in rows), Decimal(0))


def _sid_rows(edition: Edition) -> Iterator[str]:
    rows, variables = edition.sid_rows or (), edition.sid_variables or ()
    for place, row in enumerate(rows, start=1):
        if row.code != f"SID-{place:02}":
            yield f"row {place} of the innovation aspect is {row.code}"
        if row.variable not in variables:
            yield f"{row.code} belongs to the unknown variable {row.variable}"
        if bool(row.bases) != ("basis_required" in row.rules):
            yield f"{row.code} must have bases exactly when it requires a basis"
        if bool(row.subtypes) != ("subtype_required" in row.rules):
            yield f"{row.code} must have subtypes exactly when it requires one"
        if any(last is not None and last < first for first, last in row.count or ()):
            yield f"{row.code} has a count that ends before it begins"
    yield from _repeated("number", (str(row.iid_no) for row in rows))
    if not isinstance(edition.spd, Unpublished):
        yield from _repeated("row", (row.code for row in edition.spd))


def _bands(edition: Edition) -> Iterator[str]:
    if isinstance(edition.bands, Unpublished):
        return
    bounds = [band.minimum for band in edition.bands]
    if any(lower >= higher for higher, lower in pairwise(bounds)):
        yield "its bands do not descend strictly"
    if bounds[-1] != 0 or bounds[0] > 100:
        yield "its bands do not cover 0 to 100"
    if any(bound % HUNDREDTH for bound in bounds):
        yield "a band begins between two hundredths"
    yield from _repeated("band", (band.id for band in edition.bands))


def _affairs(edition: Edition) -> Iterator[str]:
    basic = edition.basic_service_affairs
    if len(set(basic)) != BASIC_SERVICE_AFFAIRS:
        yield f"it names {len(set(basic))} basic-service affairs, not {BASIC_SERVICE_AFFAIRS}"
    grouped = {affair.id for affair in edition.affairs if affair.group == "basic_service"}
    if grouped != set(basic):
        yield "its list of affairs does not hold exactly the basic-service affairs it names"
    needed = edition.min_basic_service_affairs
    if not isinstance(needed, Unpublished) and needed > len(basic):
        yield f"it asks for {needed} basic-service affairs of {len(basic)}"


def _vocabularies(edition: Edition) -> Iterator[str]:
    lists = (edition.affairs, edition.forms, edition.kinds, edition.stages, edition.initiators)
    for terms in (*lists, edition.classifications or (), edition.themes or ()):
        yield from _repeated("term", (term.id for term in terms))


def _window(edition: Edition) -> Iterator[str]:
    first, last = date(edition.year - 2, 1, 1), date(edition.year - 1, 12, 31)
    if (edition.window.first_day, edition.window.last_day) != (first, last):
        yield f"its window is not {first} to {last}"


def _sources(edition: Edition) -> Iterator[str]:
    known = {reference.key for reference in edition.references}
    for cited in (*edition.citations, *(edition.spd or ()), *(edition.sid_rows or ())):
        missing = [key for key in cited.source if key.removesuffix("/sec") not in known]
        if missing:
            yield f"source {missing[0]} is cited but not listed"


def _repeated(what: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"{what} {name} appears twice"
        seen.add(name)
