"""A letter's number, date and subject as declared, and what was found of them in the file."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Response

from services.verification.api.machine.letters.days import check_day, days_in
from services.verification.api.machine.letters.numbers import (
    check_number,
    is_same_number,
    numbers_in,
)
from services.verification.api.machine.letters.spots import Check, Page, Spot, pages_of
from services.verification.api.machine.letters.subjects import check_subject
from services.verification.api.sight import Sight, shown_file
from shared.contents import Content, Readings
from shared.events.base import Digest, Key
from shared.events.submission import EvidenceItem, Letter
from shared.findings import is_paper
from shared.http import Answer, Doors
from shared.identity import Access

MOST_OTHERS = 10
Outcome = Literal["exact", "similar", "not_found", "unread"]


class Seen(Answer):
    """What the file says, on a page counted from 1, with a little of what is around it."""

    text: str
    page: int
    excerpt: str


class PartCheck(Answer):
    """What was declared, and the best that was found of it; `unread` where nothing can be read."""

    declared: str
    outcome: Outcome
    similarity: float
    seen: Seen | None


class LetterCheck(Answer):
    """The parts are None where no letter was declared. `is_cut` where the file says more than was
    read here. The others are numbers and dates that may be those of the letter's head.
    """

    sha256: Digest
    evidence_id: Key
    status: Literal["read", "nothing_to_read"]
    is_cut: bool
    number: PartCheck | None
    signed_on: PartCheck | None
    subject: PartCheck | None
    other_numbers: tuple[Seen, ...]
    other_dates: tuple[Seen, ...]


def routes(doors: Doors, sight: Sight, readings: Readings) -> APIRouter:
    router = APIRouter(tags=["machine checks"])

    @router.get("/dossiers/{dossier_id}/evidence/{sha256}/letter", name="read_evidence")
    async def read_letter(
        dossier_id: Key,
        sha256: Digest,
        response: Response,
        access: Annotated[Access, doors.reads("read_evidence")],
    ) -> LetterCheck:
        """A hint: a stamp or a scan says nothing to a machine."""
        view = await sight.found(dossier_id, access, response)
        item, _ = shown_file(view, sha256)
        content = await readings.one(item) if is_paper(item) else Content(sha256, None, None)
        check = await asyncio.to_thread(letter_check, item, content)
        if content.text is not None:
            await sight.opened(view, sha256, access, "text")
        return check

    return router


def letter_check(item: EvidenceItem, content: Content) -> LetterCheck:
    """What was declared held against what the file says. Pure."""
    pages, letter = pages_of(content.page_texts), item.letter
    return LetterCheck(
        sha256=content.sha256,
        evidence_id=item.evidence_id,
        status="nothing_to_read" if content.text is None else "read",
        is_cut=content.is_cut,
        number=letter and _part(letter.number, check_number(letter.number, pages), pages),
        signed_on=letter
        and _part(letter.signed_on.isoformat(), check_day(letter.signed_on, pages), pages),
        subject=letter and _part(letter.subject, check_subject(letter.subject, pages), pages),
        other_numbers=_other_numbers(letter, pages),
        other_dates=_other_days(letter, pages),
    )


def _part(declared: str, check: Check, pages: Sequence[Page]) -> PartCheck:
    return PartCheck(
        declared=declared,
        outcome=check.outcome if pages else "unread",
        similarity=check.similarity,
        seen=None if check.spot is None else _seen(check.spot),
    )


def _other_numbers(letter: Letter | None, pages: Sequence[Page]) -> tuple[Seen, ...]:
    known = "" if letter is None else letter.number
    others = (each for each in numbers_in(pages) if not is_same_number(known, each.text))
    return tuple(map(_seen, list(others)[:MOST_OTHERS]))


def _other_days(letter: Letter | None, pages: Sequence[Page]) -> tuple[Seen, ...]:
    known = None if letter is None else letter.signed_on
    others = [spot for day, spot in days_in(pages) if day != known]
    return tuple(map(_seen, others[:MOST_OTHERS]))


def _seen(spot: Spot) -> Seen:
    return Seen(text=spot.text, page=spot.page, excerpt=spot.excerpt)
