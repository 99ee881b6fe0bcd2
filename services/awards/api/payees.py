"""Names, tax ids and accounts of recipients, kept where they can be erased.

They are no facts. The history never forgets, and a person may ask to be forgotten, so they lie in
a collection of their own that no projection writes and no rebuild can make: it is backed up, and
erasing is a plain delete. Nothing of it is logged. Only the treasurer, who pays, reads the numbers
whole.
"""

from re import compile as pattern
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BeforeValidator, Field, StringConstraints

from services.awards.api.reading import not_found
from shared.events.base import Key, Utc
from shared.http import Answer, Ask, Body, Doors
from shared.identity import Access, Caller, Relation, Role, Thing
from shared.views import Collection
from shared.views.asking import Document

SEPARATORS = pattern(r"[ .\-]")
SHOWN_DIGITS = 4
KEPT = ("name", "tax_id", "bank", "account_number", "account_holder")


def digits(value: Any) -> Any:
    """Without the separators that people write into long numbers."""
    return SEPARATORS.sub("", value) if isinstance(value, str) else value


NameLine = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f-\x9f]+$"
    ),
]
TaxId = Annotated[str, BeforeValidator(digits), Field(pattern=r"^[0-9]{15,16}$")]
AccountNumber = Annotated[str, BeforeValidator(digits), Field(pattern=r"^[0-9]{5,20}$")]


class PayeeBody(Body):
    """All of it at once. `tax_id` is the NIK or NPWP, of 15 or 16 digits."""

    name: NameLine
    tax_id: TaxId
    bank: NameLine
    account_number: AccountNumber
    account_holder: NameLine


class PayeeAnswer(Answer):
    """`is_masked` where of the numbers only the last digits are shown.

    `agency_id` is the agency that named the payee; none where committee or treasurer did.
    `changed_by` and `changed_at` tell of the last change: an account that changed is looked at
    again before money goes there.
    """

    payee_id: str
    name: str
    tax_id: str
    bank: str
    account_number: str
    account_holder: str
    is_masked: bool
    agency_id: str | None
    changed_by: str
    changed_at: Utc
    dry_run: bool = False


def routes(doors: Doors, payees: Collection) -> APIRouter:
    """`payees` holds a document a payee."""
    router = APIRouter(prefix="/payees/{payee_id}", tags=["recipients"])

    async def seen(payee_id: str, access: Access | Ask) -> Document:
        """Raises `NotFound`, also for one of another agency."""
        found = await payees.get(payee_id)
        if found is None:
            raise not_found()
        access.require(Thing(tuple(found["agency_path"])))
        return found

    @router.put("", name="keep_payee")
    async def keep_payee(
        payee_id: Key, body: PayeeBody, ask: Annotated[Ask, doors.writes("keep_payee")]
    ) -> PayeeAnswer:
        is_known = await payees.get(payee_id) is not None
        path = (await seen(payee_id, ask))["agency_path"] if is_known else _named_by(ask)
        document: Document = {
            "_id": payee_id,
            **body.model_dump(),
            "agency_path": list(path),
            "changed_by": ask.by,
            "changed_at": ask.at.isoformat(),
        }
        if not ask.dry_run:
            await payees.put(document)
        return _shown(document, ask.caller, dry_run=ask.dry_run)

    @router.get("", name="read_payee")
    async def read_payee(
        payee_id: Key, access: Annotated[Access, doors.reads("read_payee")]
    ) -> PayeeAnswer:
        return _shown(await seen(payee_id, access), access.caller, dry_run=False)

    @router.delete("", name="erase_payee", status_code=204)
    async def erase_payee(payee_id: Key, ask: Annotated[Ask, doors.writes("erase_payee")]) -> None:
        await seen(payee_id, ask)
        if not ask.dry_run:
            await payees.delete(payee_id)

    return router


def _named_by(ask: Ask) -> tuple[str, ...]:
    """Whose a new payee is. Who may keep every agency's keeps none for their own.

    Raises `NotFound` for people of no agency.
    """
    if Relation.ANY in ask.access.relations:
        return ()
    ask.require(Thing(ask.caller.agency_path))
    return ask.caller.agency_path


def _shown(document: Document, caller: Caller, *, dry_run: bool) -> PayeeAnswer:
    is_masked = Role.TREASURER not in caller.roles
    told = {name: document[name] for name in KEPT}
    if is_masked:
        told |= {name: _masked(told[name]) for name in ("tax_id", "account_number")}
    path = document["agency_path"]
    return PayeeAnswer(
        payee_id=document["_id"],
        **told,
        is_masked=is_masked,
        agency_id=path[-1] if path else None,
        changed_by=document["changed_by"],
        changed_at=document["changed_at"],
        dry_run=dry_run,
    )


def _masked(number: str) -> str:
    hidden = max(len(number) - SHOWN_DIGITS, 0)
    return "*" * hidden + number[hidden:]
