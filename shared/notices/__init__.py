"""Telling people and machines outside: a queue with retries and a log, webhooks, letters."""

from shared.notices.deliveries import End, Outcome, Parcel
from shared.notices.hearing import keep_hearing
from shared.notices.mail import MailSender, Post, Security, SmtpServer, by_smtp, into_folder
from shared.notices.queue import Queue, written
from shared.notices.sending import Courier
from shared.notices.targets import Targets
from shared.notices.webhooks import WebhookSender, secret_of

__all__ = [
    "Courier",
    "End",
    "MailSender",
    "Outcome",
    "Parcel",
    "Post",
    "Queue",
    "Security",
    "SmtpServer",
    "Targets",
    "WebhookSender",
    "by_smtp",
    "into_folder",
    "keep_hearing",
    "secret_of",
    "written",
]
