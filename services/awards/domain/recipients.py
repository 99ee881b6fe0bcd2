"""Who receives what an entry of a category wins: by itself, or as somebody named them. Pure."""

from collections.abc import Mapping, Sequence

from shared.errors import Refused
from shared.events.awards import CategoryRule, Entry, Recipient

MOST_RECIPIENTS = 50
NAMED_BY_HAND = frozenset({"person", "team", "body"})
ALLOWED: Mapping[str, frozenset[str]] = {
    "person": frozenset({"person"}),
    "team": frozenset({"person"}),
    "agency": frozenset({"agency"}),
    "village": frozenset({"village", "agency"}),
    "body": frozenset({"body"}),
    "region": frozenset({"region"}),
}
TAXED: Mapping[str, frozenset[str]] = {
    "person": frozenset({"person", "payroll"}),
    "body": frozenset({"body"}),
    "agency": frozenset({"agency"}),
    "village": frozenset({"agency"}),
    "region": frozenset({"agency"}),
}


def recipients_of(
    category: CategoryRule, entry: Entry, named: Mapping[str, tuple[Recipient, ...]]
) -> tuple[Recipient, ...]:
    """Who receives what the entry wins. Raises `Refused` where somebody must be named first."""
    found = named.get(entry.innovation_id)
    if found is not None:
        return found
    match category.recipient:
        case "agency":
            return (Recipient(recipient_id=entry.agency_id, kind="agency", taxed_as="agency"),)
        case "village":
            return (Recipient(recipient_id=entry.agency_id, kind="village", taxed_as="agency"),)
        case "region" if entry.region_id is not None:
            return (Recipient(recipient_id=entry.region_id, kind="region", taxed_as="agency"),)
        case _:
            raise Refused(
                "recipients_missing",
                "Name who receives what this innovation wins.",
                innovation_id=entry.innovation_id,
                category=category.code,
            )


def check_recipients(category: CategoryRule, entry: Entry, recipients: Sequence[Recipient]) -> None:
    """Raises `Refused` where these cannot be the recipients of an entry of the category."""
    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise Refused(
            "recipients_count", "One to fifty recipients share what an innovation wins.", most=50
        )
    if category.recipient != "team" and len(recipients) > 1:
        raise Refused("not_a_team", "Only a team shares what it wins.", category=category.code)
    ids = [each.recipient_id for each in recipients]
    if len(set(ids)) != len(ids):
        raise Refused("recipient_repeated", "A recipient is there twice.")
    for each in recipients:
        _check(category, entry, each)


def _check(category: CategoryRule, entry: Entry, recipient: Recipient) -> None:
    if recipient.parts < 1:
        raise Refused("parts_missing", "Every recipient has a part of one or more.")
    if recipient.kind not in ALLOWED[category.recipient]:
        raise Refused(
            "recipient_kind",
            f"What category {category.code} gives is for a {category.recipient}.",
            category=category.code,
            recipient=category.recipient,
        )
    if recipient.taxed_as not in TAXED[recipient.kind]:
        raise Refused(
            "taxed_otherwise",
            f"A {recipient.kind} is not taxed as {recipient.taxed_as}.",
            kind=recipient.kind,
        )
    own = {"agency": entry.agency_id, "village": entry.agency_id, "region": entry.region_id}
    if recipient.kind in own and recipient.recipient_id != own[recipient.kind]:
        raise Refused(
            "other_agency",
            "An agency or region receives only what its own innovation wins.",
            innovation_id=entry.innovation_id,
        )
