"""Who answers for an innovation: names and contacts, kept where they can be erased.

They are no facts. The history never forgets, and a person may ask to be forgotten, so they lie in
a collection of their own that no projection writes and no rebuild can make: it is backed up, and
erasing is a plain delete. Nothing of it is logged, and nobody without a part in the innovation
reads it, auditors and leaders included.
"""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field, model_validator

from services.submission.api.desk import Desk
from services.submission.api.texts import Line
from shared.errors import NotFound
from shared.events.base import Key, Utc
from shared.http import Answer, Ask, Body, Doors
from shared.identity import Access
from shared.views import Collection

PersonName = Annotated[Line, Field(max_length=120)]
EmployeeNumber = Annotated[Line, Field(pattern=r"^([0-9]{18})?$")]
Phone = Annotated[Line, Field(pattern=r"^(\+?[0-9][0-9 ()-]{5,24})?$")]
Email = Annotated[Line, Field(max_length=254, pattern=r"^([^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,63})?$")]
KEPT = ("name", "employee_number", "phone", "email", "initiator_name")


class ContactBody(Body):
    """All of it at once; empty is not known. `employee_number` (NIP) has 18 digits."""

    name: PersonName = ""
    employee_number: EmployeeNumber = ""
    phone: Phone = ""
    email: Email = ""
    initiator_name: PersonName = ""

    @model_validator(mode="after")
    def says_something(self) -> "ContactBody":
        if not any(self.model_dump().values()):
            raise ValueError("Fill in at least one field; to remove the contact, delete it")
        return self


class ContactAnswer(Answer):
    """`training` as everywhere; `dry_run` where nothing was kept."""

    innovation_id: str
    name: str
    employee_number: str
    phone: str
    email: str
    initiator_name: str
    changed_at: Utc
    training: bool
    dry_run: bool = False


def routes(doors: Doors, desk: Desk, people: Collection) -> APIRouter:
    """`people` holds a document an innovation."""
    router = APIRouter(prefix="/innovations/{innovation_id}/contact", tags=["innovations"])

    @router.put("", name="change_contact")
    async def change_contact(
        innovation_id: Key,
        body: ContactBody,
        ask: Annotated[Ask, doors.writes("change_contact")],
    ) -> ContactAnswer:
        drafted = (await desk.content(ask, innovation_id)).drafted
        await desk.clock(ask.response, drafted.season_id, drafted.agency_path)
        answer = ContactAnswer(
            innovation_id=innovation_id,
            **body.model_dump(),
            changed_at=ask.at,
            training=drafted.training,
            dry_run=ask.dry_run,
        )
        if not ask.dry_run:
            kept = answer.model_dump(mode="json", include={*KEPT, "changed_at"})
            await people.put({"_id": innovation_id, **kept})
        return answer

    @router.get("", name="read_contact")
    async def read_contact(
        innovation_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_contact")],
    ) -> ContactAnswer:
        drafted = (await desk.content(access, innovation_id)).drafted
        found = await people.get(innovation_id)
        if found is None:
            raise NotFound("contact_unknown", "No contact is known for this innovation.")
        await desk.clock(response, drafted.season_id, drafted.agency_path)
        known = {name: found[name] for name in (*KEPT, "changed_at")}
        return ContactAnswer(innovation_id=innovation_id, **known, training=drafted.training)

    @router.delete("", name="erase_contact", status_code=204)
    async def erase_contact(
        innovation_id: Key, ask: Annotated[Ask, doors.writes("erase_contact")]
    ) -> None:
        drafted = (await desk.content(ask, innovation_id)).drafted
        await desk.clock(ask.response, drafted.season_id, drafted.agency_path)
        if not ask.dry_run:
            await people.delete(innovation_id)

    return router
