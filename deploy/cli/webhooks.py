"""`inda webhook`: servers that are told of an agency's dossiers, and what became of each notice."""

from typing import Annotated

import typer

from deploy.cli.client import Document
from deploy.cli.notices import Kinds
from deploy.cli.output import Column, Record, detailed, line
from deploy.cli.session import Session, listing, writing
from deploy.cli.written import show_page

webhook = typer.Typer(no_args_is_help=True, help="Servers that are told what happens, signed.")

WebhookId = Annotated[str, typer.Argument(metavar="WEBHOOK", help="Its id, as the list shows it.")]
DeliveryId = Annotated[
    str, typer.Argument(metavar="DELIVERY", help="Its id, as `inda webhook deliveries` shows it.")
]
WEBHOOK: tuple[Column, ...] = (
    ("Webhook", "webhook_id"),
    ("Agency", "agency_id"),
    ("Address", "url"),
    ("Only of", "kinds"),
    ("Registered", "registered_at"),
    ("By", "registered_by"),
)
SECRET: tuple[Column, ...] = (*WEBHOOK, ("Secret", "secret"))
UNTRIED = "It would be accepted; nothing was changed."


def _last(row: Record) -> str | None:
    """How the last try ended."""
    if not row["attempts"]:
        return None
    last = row["attempts"][-1]
    return last["error"] or f"status {last['status']}"


DELIVERY: tuple[Column, ...] = (
    ("Delivery", "delivery_id"),
    ("Kind", "kind"),
    ("State", "state"),
    ("Made", "created_at"),
    ("Tries", lambda row: len(row["attempts"])),
    ("Last", _last),
    ("Next try", "due"),
)


@webhook.command("add")
@writing
def add_webhook(
    session: Session,
    url: Annotated[str, typer.Argument(metavar="URL", help="An https address of your server.")],
    kind: Kinds = None,
    agency: Annotated[
        str | None, typer.Option("--agency", help="Of this agency and below; else your own.")
    ] = None,
) -> None:
    """Register a server that is told; its secret, by which it knows us, is shown once."""
    body = {"url": url, "kinds": kind or [], "agency_id": agency}
    found = session.api("verification").post("/webhooks", body)
    if found["dry_run"]:
        session.out.answer(found, line(UNTRIED))
        return
    session.out.answer(found, detailed(found, *SECRET))
    session.out.tell("Keep the secret now: it is not shown again.")


@webhook.command("list")
@listing
def list_webhooks(session: Session) -> None:
    """List the servers that are told of your agency's dossiers."""
    found = session.api("verification").pages("/webhooks", every=session.every_page)
    show_page(session, found, *WEBHOOK)


@webhook.command("remove")
@writing
def remove_webhook(session: Session, webhook_id: WebhookId) -> None:
    """Tell this server no more."""
    session.api("verification").delete(f"/webhooks/{webhook_id}")
    answer: Document = {"webhook_id": webhook_id, "dry_run": session.is_dry_run}
    done = UNTRIED if session.is_dry_run else f"{webhook_id} is told no more."
    session.out.answer(answer, line(done))


@webhook.command("test")
@writing
def test_webhook(session: Session, webhook_id: WebhookId) -> None:
    """Send this server a notice of nothing; `inda webhook deliveries` tells how it went."""
    found = session.api("verification").post(f"/webhooks/{webhook_id}/test")
    done = UNTRIED if found["dry_run"] else f"A test is on its way as {found['delivery_id']}."
    session.out.answer(found, line(done))


@webhook.command("deliveries")
@listing
def list_deliveries(session: Session, webhook_id: WebhookId) -> None:
    """List what was sent to this server, the newest first, and how the last try of each ended."""
    path = f"/webhooks/{webhook_id}/deliveries"
    found = session.api("verification").pages(path, every=session.every_page)
    show_page(session, found, *DELIVERY)


@webhook.command("retry")
@writing
def retry_delivery(session: Session, webhook_id: WebhookId, delivery_id: DeliveryId) -> None:
    """Send something again that did not arrive."""
    path = f"/webhooks/{webhook_id}/deliveries/{delivery_id}/retry"
    found = session.api("verification").post(path)
    session.out.answer(found, line(UNTRIED) if found["dry_run"] else detailed(found, *DELIVERY))
