"""Who asks, and what the table of permissions lets them do to which thing."""

from shared.identity.callers import Caller, Role
from shared.identity.doors import Access, allow, bearer
from shared.identity.keys import PublishedKeys
from shared.identity.permissions import (
    Permissions,
    Relation,
    Thing,
    is_conflicted,
    may,
    require,
    role_allows,
)
from shared.identity.tokens import Verifier

__all__ = [
    "Access",
    "Caller",
    "Permissions",
    "PublishedKeys",
    "Relation",
    "Role",
    "Thing",
    "Verifier",
    "allow",
    "bearer",
    "is_conflicted",
    "may",
    "require",
    "role_allows",
]
