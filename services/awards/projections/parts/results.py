"""The parts of a competition's view that are about its results. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from services.awards.projections.parts.acts import Act, Part, Proven
from shared.events.awards import DocumentKind, RankedEntry

Cause = Literal["first", "objection", "disqualification", "vote", "doubt"]
Because = Literal["corrected", "out", "entered", "voted", "moved"]


class Change(Part):
    """What a version of the results changed for one entry; None where it had, or has, no place.

    `because` says why: its score was `corrected`; it is `out`, or `entered`; the committee `voted`
    on its tie; or it only `moved`, since others did.
    """

    innovation_id: str
    category: str
    rank_before: int | None
    rank: int | None
    score_before: str | None
    score: str | None
    because: Because


class About(Part):
    """What led to a version: `dispute_id` of an objection or a doubt, `indicator` of the former."""

    dispute_id: str | None
    innovation_id: str
    indicator: str | None


class ResultsView(Part):
    """`changes` compares with the version before; empty for the first, which is `about` nothing."""

    version: int
    cause: Cause
    cause_id: str | None
    about: About | None
    drafted: Proven
    ranking: tuple[RankedEntry, ...]
    changes: tuple[Change, ...]


class SignatureView(Act):
    """Under the minutes of exactly this version; `function` as on the paper."""

    version: int
    function: str
    ranking_digest: str


class VoteView(Act):
    category: str
    order: tuple[str, ...]
    reason: str


class Determination(Proven):
    version: int
    decree_number: str
    decree_date: date


class DocumentView(Part):
    """A paper that was issued; `about` an innovation or an allocation, None for all of it."""

    document_id: str
    kind: DocumentKind
    media_type: str
    version: int
    about: str | None
    sha256: str
    size: int
    content_digest: str
    template: str
    verify_url: str
    has_names: bool
    issued: Proven


def changes(
    before: Sequence[RankedEntry], after: Sequence[RankedEntry], cause: Cause
) -> tuple[Change, ...]:
    """Every entry whose rank or final score differs, in the order of category and innovation."""
    old = {(each.category, each.innovation_id): each for each in before}
    new = {(each.category, each.innovation_id): each for each in after}
    compared = [_change(key, old.get(key), new.get(key), cause) for key in sorted({*old, *new})]
    return tuple(each for each in compared if each is not None)


def _change(
    key: tuple[str, str], before: RankedEntry | None, after: RankedEntry | None, cause: Cause
) -> Change | None:
    category, innovation = key
    was = (before.rank, before.final_score) if before else None
    now = (after.rank, after.final_score) if after else None
    if was == now:
        return None
    return Change(
        innovation_id=innovation,
        category=category,
        rank_before=was[0] if was else None,
        rank=now[0] if now else None,
        score_before=f"{was[1]:f}" if was else None,
        score=f"{now[1]:f}" if now else None,
        because=_because(before, after, cause),
    )


def _because(before: RankedEntry | None, after: RankedEntry | None, cause: Cause) -> Because:
    if after is None:
        return "out"
    if before is None:
        return "entered"
    if before.final_score != after.final_score:
        return "corrected"
    return "voted" if cause == "vote" else "moved"
