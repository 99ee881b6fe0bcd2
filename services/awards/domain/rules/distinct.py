"""What may stand in rules only once. Pure."""

from collections.abc import Iterable

from shared.errors import Refused


def require_distinct(code: str, what: str, names: Iterable[str], **where: str) -> None:
    """Raises `Refused` with the first name that is there twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Refused(code, f"The {what} {name} is there twice.", name=name, **where)
        seen.add(name)
