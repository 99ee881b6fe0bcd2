"""Receipts over HTTP: given again from the history, byte for byte, with the keys to check them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path
from pydantic import Field

from services.submission.api.desk import Desk
from services.submission.api.histories import Facts
from services.submission.api.receipts.documents import (
    CompletionReceipt,
    Place,
    SubmissionReceipt,
    completion_of,
    receipt_of,
)
from shared.errors import NotFound
from shared.events.base import Key, Recorded
from shared.events.submission import (
    INNOVATION,
    EvidenceRefused,
    InnovationEvent,
    InnovationSubmitted,
    SubmissionCompleted,
)
from shared.http import Answer, Doors
from shared.identity import Access
from shared.seals import Seal

Round = Annotated[int, Path(ge=1, le=1_000_000)]
FactT = TypeVar("FactT", InnovationSubmitted, SubmissionCompleted)


class ReceiptKeys(Answer):
    """A JWKS (RFC 7517): the key that signs now, then earlier ones."""

    keys: Annotated[tuple[Mapping[str, str], ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Receipts:
    """Makes receipts from facts. `issuer` names who gives them."""

    issuer: str
    seal: Seal

    def submitted(self, fact: InnovationSubmitted, place: Place | None) -> SubmissionReceipt:
        """Signed, but for that of a rehearsal, which has no place."""
        receipt = receipt_of(self.issuer, fact, place)
        return receipt if place is None else receipt.model_copy(update=self._signature(receipt))

    def completed(
        self,
        submitted: Recorded[InnovationSubmitted],
        completed: Recorded[SubmissionCompleted],
        refused: Mapping[str, str],
    ) -> CompletionReceipt:
        """`refused` are the rules that refused items of the round, by id."""
        before, after = (submitted.fact, _place(submitted)), (completed.fact, _place(completed))
        told = completion_of(self.issuer, before, after, refused)
        return told.model_copy(update=self._signature(told))

    def _signature(self, told: SubmissionReceipt | CompletionReceipt) -> dict[str, str]:
        return {"signature": self.seal.signed(told.model_dump(mode="json", exclude={"signature"}))}


def routes(doors: Doors, desk: Desk, receipts: Receipts, facts: Facts) -> APIRouter:
    router = APIRouter(tags=["receipts"])
    published = ReceiptKeys(keys=tuple(receipts.seal.published()))

    @router.get("/receipts/keys", name="list_receipt_keys")
    async def list_receipt_keys() -> ReceiptKeys:
        """The public keys that receipts are checked with: for anybody, without a token."""
        return published

    @router.get("/innovations/{innovation_id}/receipts/{number}", name="read_receipt")
    async def read_receipt(
        innovation_id: Key, number: Round, access: Annotated[Access, doors.reads("read_receipt")]
    ) -> SubmissionReceipt:
        """The receipt of a round, as the submission itself answered it."""
        await desk.held(access, innovation_id)
        submitted = _submitted(await facts(INNOVATION.subject(innovation_id)), number)
        return receipts.submitted(submitted.fact, _place(submitted))

    @router.get("/innovations/{innovation_id}/receipts/{number}/completion", name="read_receipt")
    async def read_completion(
        innovation_id: Key, number: Round, access: Annotated[Access, doors.reads("read_receipt")]
    ) -> CompletionReceipt:
        """What came in of a round that was submitted with files on their way."""
        await desk.held(access, innovation_id)
        told = await facts(INNOVATION.subject(innovation_id))
        submitted = _submitted(told, number)
        completed = _of_round(told, SubmissionCompleted, number)
        if completed is None:
            raise _not_completed(submitted.fact)
        refused = {
            each.fact.evidence_id: each.fact.rule
            for each in told
            if isinstance(each.fact, EvidenceRefused)
        }
        return receipts.completed(submitted, completed, refused)

    return router


def _submitted(
    facts: Sequence[Recorded[InnovationEvent]], number: int
) -> Recorded[InnovationSubmitted]:
    found = _of_round(facts, InnovationSubmitted, number)
    if found is None:
        raise NotFound("receipt_unknown", "Nothing was submitted in this round.", round=number)
    return found


def _of_round(
    facts: Sequence[Recorded[Any]], kind: type[FactT], number: int
) -> Recorded[FactT] | None:
    of_kind = (each for each in facts if isinstance(each.fact, kind))
    return next((each for each in of_kind if each.fact.round == number), None)


def _not_completed(fact: InnovationSubmitted) -> NotFound:
    if fact.complete_by is None:
        return NotFound(
            "completion_not_needed",
            "Everything had come in when it was submitted: the receipt itself says so.",
            round=fact.round,
        )
    return NotFound(
        "completion_not_yet",
        "Some files may still come in.",
        round=fact.round,
        complete_by=fact.complete_by.isoformat(),
    )


def _place(event: Recorded[Any]) -> Place:
    return Place(event.id, event.version, event.sequence)
