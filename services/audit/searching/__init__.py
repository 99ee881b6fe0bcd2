"""Searching the history: one entry a fact, found by who, when, what, and what it names."""

from services.audit.searching.asking import Asked, Found
from services.audit.searching.entries import FACTS, LABELS, SERVICES, Entry, entry_of
from services.audit.searching.index import Extent, Index
from services.audit.searching.linking import Kind, everything
from services.audit.searching.naming import KINDS, named_in
from services.audit.searching.stored import messages_at, messages_on, stored_at

__all__ = [
    "FACTS",
    "KINDS",
    "LABELS",
    "SERVICES",
    "Asked",
    "Entry",
    "Extent",
    "Found",
    "Index",
    "Kind",
    "entry_of",
    "everything",
    "messages_at",
    "messages_on",
    "named_in",
    "stored_at",
]
