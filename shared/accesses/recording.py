"""Records that a person is given a document. Whoever shows one asks here first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.accesses.deciding import WINDOW, Lately, OpenEvidence
from shared.events.access import How
from shared.history import Cause, Handler, derived_id, digest_of
from shared.identity import Access
from shared.telemetry import current_traceparent


@dataclass(frozen=True, slots=True)
class Openings:
    """`now` dates the facts, as it dates commands."""

    handler: Handler[OpenEvidence, Lately, Any]
    now: Callable[[], datetime]

    async def record(self, access: Access, sha256: str, about: str, how: How) -> None:
        """Returns once the history says that this person opened the document, now or less than
        a quarter of an hour ago. Raises `Unavailable`: then it must not be shown.
        """
        caller, at = access.caller, self.now()
        command = OpenEvidence(
            by=caller.id,
            at=at,
            sha256=sha256,
            about=about,
            how=how,
            agency=caller.agency,
            roles=tuple(sorted(role.value for role in caller.roles)),
        )
        await self.handler(sha256, command, _cause(caller.id, sha256, at))


def _cause(person: str, sha256: str, at: datetime) -> Cause:
    """The same for all that a person asks of a document in one window, whatever they ask."""
    window = str(int(at.timestamp() // WINDOW.total_seconds()))
    return Cause(
        command_id=derived_id("opening", person, sha256, window),
        digest=digest_of(None),
        traceparent=current_traceparent(),
    )
