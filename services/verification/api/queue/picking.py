"""Which dossier a verifier should take next. Pure."""

from collections.abc import Iterable
from datetime import datetime

from services.verification.projections import QueueView, VerifierView
from shared.errors import Refused

TAKEABLE = ("open", "in_review", "checking")


def check_may_take(verifier: VerifierView, load: int) -> None:
    """Raises `Refused` for who takes none at present, or holds as many as they can bear."""
    if not verifier.active:
        raise Refused("verifier_inactive", "You are entered as somebody who takes no dossiers.")
    if load >= verifier.capacity:
        raise Refused(
            "capacity_reached",
            "You hold as many dossiers as you can take; finish one or give one back.",
            capacity=verifier.capacity,
            held=load,
        )


def pick(
    candidates: Iterable[QueueView], verifier: VerifierView, now: datetime
) -> tuple[QueueView, ...]:
    """Those that this person may take, the best first.

    What is kept for them, then what they know well, then what was looked at least, then what waits
    longest and so is due first; the id decides what is left. Whoever decided in a first review
    never looks a second time.
    """
    by = verifier.verifier_id
    free = (each for each in candidates if _is_free(each, by, now))

    def preference(row: QueueView) -> tuple[bool, bool, int, datetime, str]:
        return (
            not _is_kept_for(row, by, now),
            row.affair not in verifier.affairs,
            row.times_leased,
            row.waiting_since,
            row.dossier_id,
        )

    return tuple(sorted(free, key=preference))


def _is_free(row: QueueView, by: str, now: datetime) -> bool:
    is_held = row.lease_until is not None and row.lease_until > now
    is_kept = row.reserved_until is not None and row.reserved_until > now
    return (
        row.state in TAKEABLE
        and not is_held
        and not (is_kept and row.reserved_for != by)
        and by not in row.first
    )


def _is_kept_for(row: QueueView, by: str, now: datetime) -> bool:
    return row.reserved_for == by and row.reserved_until is not None and row.reserved_until > now
