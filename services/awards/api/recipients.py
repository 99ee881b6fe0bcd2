"""Who receives what an entry wins, over HTTP: ids and parts; names lie with the payees."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from services.awards.api.reading import Competitions, entry_in, thing_of
from services.awards.domain.competition import NameRecipients
from services.awards.domain.competition.questions import category_of, judged
from services.awards.domain.recipients import recipients_of
from shared.errors import Refused
from shared.events.awards import Recipient, RecipientKind, TaxedAs
from shared.events.base import Code, Key
from shared.http import Answer, Ask, Body, Doors, Written
from shared.identity import Access
from shared.views import Collection


class RecipientBody(Body):
    """`recipient_id` of a person or body is that of a payee; `parts` of the sum of all parts.

    `payroll` is an employee whom the organiser itself pays.
    """

    recipient_id: Key
    kind: Literal["person", "agency", "village", "body", "region"]
    taxed_as: TaxedAs
    parts: Annotated[int, Field(ge=1, le=100_000)] = 1


class RecipientsRequest(Body):
    recipients: Annotated[tuple[RecipientBody, ...], Field(min_length=1, max_length=50)]


class RecipientAnswer(Recipient):
    """`has_payee` says whether a name and an account are kept under this id."""

    has_payee: bool


class RecipientsAnswer(Answer):
    """`are_named` is false where the entry's agency or region receives it by itself; nobody does
    while somebody is still to be named.
    """

    competition_id: str
    innovation_id: str
    category: str
    recipient: RecipientKind
    are_named: bool
    recipients: tuple[RecipientAnswer, ...]


def routes(doors: Doors, competitions: Competitions, payees: Collection) -> APIRouter:
    router = APIRouter(
        prefix="/competitions/{competition_id}/recipients/{innovation_id}", tags=["recipients"]
    )

    @router.put("", name="name_recipients")
    async def name_recipients(
        competition_id: Code,
        innovation_id: Key,
        body: RecipientsRequest,
        ask: Annotated[Ask, doors.writes("name_recipients")],
    ) -> Written:
        ask.require(thing_of(await entry_in(competitions, competition_id, innovation_id)))
        command = NameRecipients(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            innovation_id=innovation_id,
            recipients=tuple(Recipient(**each.model_dump()) for each in body.recipients),
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.get("", name="read_recipients")
    async def read_recipients(
        competition_id: Code,
        innovation_id: Key,
        access: Annotated[Access, doors.reads("read_recipients")],
    ) -> RecipientsAnswer:
        entry = await entry_in(competitions, competition_id, innovation_id)
        access.require(thing_of(entry))
        state = judged((await competitions.state(competition_id)).state)
        category = category_of(state, entry.category)
        try:
            found = recipients_of(category, entry, state.recipients)
        except Refused:
            found = ()
        known = await payees.get_many([each.recipient_id for each in found])
        return RecipientsAnswer(
            competition_id=competition_id,
            innovation_id=innovation_id,
            category=category.code,
            recipient=category.recipient,
            are_named=innovation_id in state.recipients,
            recipients=tuple(
                RecipientAnswer(**each.model_dump(), has_payee=each.recipient_id in known)
                for each in found
            ),
        )

    return router
