"""The log checked against itself: notes, roots, every tile and every entry. Calls block."""

from collections.abc import Sequence

from services.audit.checking.difference import Tally
from services.audit.checking.log.heads import Kept, head_of, heads_of
from services.audit.checking.log.judging import judge
from services.audit.checking.log.walking import Walk
from shared.transparency import Shelf, Verifier

__all__ = ["Kept", "check_log", "head_of"]


def check_log(shelf: Shelf, verifiers: Sequence[Verifier], kept: Kept | None, tally: Tally) -> None:
    """Reads every file of the log. Raises `Differs` for the first thing that is wrong.

    A note that an auditor kept must be of a beginning of this log.
    """
    heads = heads_of(shelf, verifiers, kept)
    walk = Walk(shelf, heads.latest.size, tuple(heads.roots), tally)
    judge(heads, walk.all())
