"""A replay against what the services serve, or a replay alone: the first thing that differs."""

from services.audit.auditing import audited
from services.audit.checking.difference import Differs, Tally
from services.audit.domain import Comparison
from services.audit.domain.findings import Finding
from services.audit.reading import Progress, Reading, Source, Until
from services.audit.served import Services


async def check_views(source: Source, services: Services | None, tally: Tally) -> None:
    """Raises `Differs`; `Unavailable` and `Forbidden` where the services do not show their views.

    Without services the history alone must hold together.
    """

    def watch(step: Progress) -> None:
        tally.checked = step.events
        tally.watch(step.sequence, step.last)

    audit = await audited(Reading(source), Until(), watch, services)
    tally.checked = audit.report.events if audit.compared is None else audit.compared
    if audit.report.findings:
        raise _in_history(audit.report.findings[0])
    if audit.differences:
        raise _served(audit.differences[0])


def _in_history(finding: Finding) -> Differs:
    return Differs(
        f"history_{finding.kind}",
        finding.subject,
        finding.what,
        sequence=finding.sequence,
        expected=finding.expected,
        found=finding.found,
    )


def _served(found: Comparison) -> Differs:
    place = f"{found.service}/{found.view}/{found.key}"
    return Differs(f"view_{found.mismatch}", place, f"{found.what}.")
