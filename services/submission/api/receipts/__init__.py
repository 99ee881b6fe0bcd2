"""Signed receipts: what was handed in when, checkable by anybody who has the public keys."""

from services.submission.api.receipts.documents import (
    CompletionReceipt,
    Place,
    ReceiptItem,
    SubmissionReceipt,
)
from services.submission.api.receipts.routes import Receipts, routes

__all__ = [
    "CompletionReceipt",
    "Place",
    "ReceiptItem",
    "Receipts",
    "SubmissionReceipt",
    "routes",
]
