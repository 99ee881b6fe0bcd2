"""The edition a command is decided by must be the very one the facts name. Pure."""

from shared.editions import Edition
from shared.errors import Refused


def require_edition(edition: Edition, edition_id: str, digest: str) -> None:
    """Refused unless the edition at hand is, byte for byte, the one that was frozen."""
    if edition.digest == digest:
        return
    raise Refused(
        "edition_differs",
        f"The edition at hand is not the one that {edition_id} was frozen as.",
        edition=edition_id,
        expected=digest,
        found=edition.digest,
    )
