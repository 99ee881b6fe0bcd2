"""A person as the services know them: an opaque id, roles, and a place in the tree of agencies."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of the process; `admin`, `operator` and `head` carry whose they are in the id."""

    SKPD_OPERATOR = "skpd_operator"
    SKPD_HEAD = "skpd_head"
    COMPANION = "companion"
    VERIFIER = "verifier"
    QUALITY_CONTROLLER = "quality_controller"
    PEMDA_ADMIN = "pemda_admin"
    JUDGE = "judge"
    COMMITTEE = "committee"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `agency` is None for people from outside, such as a judge of a university.

    `agency_path` names the agency and all above it, root first and own last; () without an agency.
    """

    id: str
    roles: frozenset[Role]
    agency: str | None = None
    agency_path: tuple[str, ...] = ()
