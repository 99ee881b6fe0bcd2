"""Who receives what an entry wins: by itself or by name, and never somebody else's."""

from collections.abc import Mapping

import pytest

from services.awards.domain.competition import NameRecipients, decider
from services.awards.domain.entries import entry_of
from services.awards.domain.recipients import recipients_of
from shared.errors import Refused
from shared.events.awards import CategoryRule, Recipient, RecipientsNamed
from tests.builders.awards import (
    AT,
    COMPETITION_ID,
    announce,
    category,
    enrol,
    happened,
    scored,
)
from tests.spec import given

ENTRY = entry_of(scored(), "skpd")
NOBODY: Mapping[str, tuple[Recipient, ...]] = {}


def person(key: str = "payee-1", parts: int = 1, **changes: object) -> Recipient:
    values = {"recipient_id": key, "kind": "person", "taxed_as": "person", "parts": parts}
    return Recipient(**{**values, **changes})  # type: ignore[arg-type]


def entered(kind: str) -> tuple[object, ...]:
    return happened(decider, announce(category(recipient=kind)), enrol(scored()))


def name(*recipients: Recipient) -> NameRecipients:
    return NameRecipients(
        by="person-head", at=AT, agency="dinkes", innovation_id="inov-1", recipients=recipients
    )


@pytest.mark.parametrize(
    ("kind", "recipient_id"), [("agency", "dinkes"), ("village", "dinkes"), ("region", "hss")]
)
def test_agencies_villages_and_regions_receive_by_themselves(kind: str, recipient_id: str) -> None:
    rule = category(recipient=kind)
    expected = Recipient(recipient_id=recipient_id, kind=kind, taxed_as="agency")  # type: ignore[arg-type]
    assert recipients_of(rule, ENTRY, NOBODY) == (expected,)


@pytest.mark.parametrize("kind", ["person", "team", "body"])
def test_people_and_bodies_are_named_first(kind: str) -> None:
    with pytest.raises(Refused) as caught:
        recipients_of(category(recipient=kind), ENTRY, NOBODY)
    assert caught.value.code == "recipients_missing"
    named = (person(),)
    assert recipients_of(category(recipient=kind), ENTRY, {"inov-1": named}) == named


def test_a_team_is_named_with_its_parts() -> None:
    team = (person("payee-1", 3), person("payee-2", 2, taxed_as="payroll"))
    named = RecipientsNamed(
        by="person-head",
        at=AT,
        competition_id=COMPETITION_ID,
        innovation_id="inov-1",
        recipients=team,
        by_agency="dinkes",
    )
    given(decider, *entered("team")).when(name(*team)).then(named)  # type: ignore[arg-type]
    given(decider, *entered("team"), named).when(name(*team)).nothing()  # type: ignore[arg-type]


AGENCY = Recipient(recipient_id="dinkes", kind="agency", taxed_as="agency")


@pytest.mark.parametrize(
    ("rule", "recipients", "code"),
    [
        ("team", (), "recipients_count"),
        ("team", tuple(person(f"payee-{n}") for n in range(51)), "recipients_count"),
        ("person", (person("payee-1"), person("payee-2")), "not_a_team"),
        ("team", (person(), person(parts=2)), "recipient_repeated"),
        ("team", (person(parts=0),), "parts_missing"),
        ("agency", (person(),), "recipient_kind"),
        ("person", (AGENCY,), "recipient_kind"),
        ("person", (person(taxed_as="agency"),), "taxed_otherwise"),
        ("body", (person(kind="body"),), "taxed_otherwise"),
        ("agency", (AGENCY.model_copy(update={"recipient_id": "bpbd"}),), "other_agency"),
    ],
)
def test_recipients_that_cannot_be_are_refused(
    rule: str, recipients: tuple[Recipient, ...], code: str
) -> None:
    given(decider, *entered(rule)).when(name(*recipients)).refused(code)  # type: ignore[arg-type]


def test_category_rules_know_every_kind_of_recipient() -> None:
    kinds = CategoryRule.model_fields["recipient"].annotation
    assert set(kinds.__args__) == {"person", "team", "agency", "village", "body", "region"}  # type: ignore[union-attr]
