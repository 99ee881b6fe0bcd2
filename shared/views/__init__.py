"""Read models in MongoDB, one database a service."""

from shared.views.asking import (
    MAX_GROUPS,
    MAX_INTEGER,
    MAX_PAGE,
    Document,
    Group,
    Order,
    Page,
    document_digest,
)
from shared.views.collections import Collection, Database
from shared.views.trouble import STALE

__all__ = [
    "MAX_GROUPS",
    "MAX_INTEGER",
    "MAX_PAGE",
    "STALE",
    "Collection",
    "Database",
    "Document",
    "Group",
    "Order",
    "Page",
    "document_digest",
]
