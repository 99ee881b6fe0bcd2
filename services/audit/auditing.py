"""A whole audit: replay the stream, then hold what the services serve against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.audit.domain import (
    Comparison,
    DocumentDigest,
    Report,
    Served,
    compared,
    differing_field,
)
from services.audit.reading import Reading, Until, Watch
from services.audit.served import Services
from shared.errors import NotFound

ROUNDS = 4
TO_THE_END = Until()


@dataclass(frozen=True, slots=True)
class Audit:
    """`compared` documents were held against the report; None where none was asked for."""

    report: Report
    differences: tuple[Comparison, ...] = ()
    compared: int | None = None

    @property
    def is_identical(self) -> bool:
        return self.report.is_clean and not self.differences


async def audited(reading: Reading, until: Until, watch: Watch, services: Services | None) -> Audit:
    """Raises `Unavailable`, and `Forbidden` where the services do not show their views.

    Only the whole history is compared: the services serve nothing older.
    """
    report = await reading.read(until, watch)
    if services is None or until != TO_THE_END:
        return Audit(report)
    listed = await _listed(report, services)
    for _ in range(ROUNDS):
        seen = report.last_sequence
        if all(each.sequence <= seen for each in listed.served):
            return await _compared(reading, report, listed, services)
        # Something has happened since, unless a document only says that it is newer.
        report = await reading.read(until, watch)
        if report.last_sequence == seen:
            return await _compared(reading, report, listed, services)
        listed = await _listed(report, services)
    settled = replace(listed, settled=report.last_sequence)
    return await _compared(reading, await reading.read(until, watch), settled, services)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What was listed. `settled` leaves out documents that changed behind that sequence."""

    served: Sequence[Served]
    lagging: frozenset[str]
    settled: int | None = None


async def _listed(report: Report, services: Services) -> _Listed:
    lagging = await services.lagging(report.last_sequence)
    return _Listed(await services.documents(), lagging)


async def _compared(reading: Reading, report: Report, listed: _Listed, services: Services) -> Audit:
    mine = [each for each in report.documents if each.service in services.names]
    theirs = listed.served
    if listed.settled is not None:
        moving = _moving(mine, theirs, listed.settled)
        mine = [each for each in mine if _place(each) not in moving]
        theirs = [each for each in theirs if _place(each) not in moving]
    found = [
        await _named(each, reading, services, listed.lagging) for each in compared(mine, theirs)
    ]
    return Audit(report, tuple(found), len(theirs))


def _moving(
    mine: Sequence[DocumentDigest], theirs: Sequence[Served], settled: int
) -> frozenset[tuple[str, str, str]]:
    return frozenset(_place(each) for each in (*mine, *theirs) if each.sequence > settled)


def _place(each: DocumentDigest | Served) -> tuple[str, str, str]:
    return each.service, each.view, each.key


async def _named(
    found: Comparison, reading: Reading, services: Services, lagging: frozenset[str]
) -> Comparison:
    """The difference with the first differing field, or as what it is: not caught up."""
    if found.mismatch in ("missing", "behind") and found.service in lagging:
        return replace(found, mismatch="lagging", what=f"{found.what} (not caught up)")
    if found.mismatch != "digest":
        return found
    try:
        served = await services.document(found.service, found.view, found.key)
    except NotFound:
        return found
    for service, view, document in reading.documents(found.key):
        if (service, view) == (found.service, found.view):
            what = f"{found.service} {found.view} {found.key}: "
            return replace(found, what=what + differing_field(document, served))
    return found
