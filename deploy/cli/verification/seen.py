"""What a person was shown of a dossier: verdicts stand on that, and on nothing else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.session import Session

WHOLE = re.compile(r"[0-9a-f]{64}")
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """The claims by indicator, each with its `evidence` and `basis`; the digests of all files."""

    claims: Mapping[str, Document]
    digests: tuple[str, ...]

    def evidence(self, indicator: str) -> tuple[str, ...]:
        """Nothing for what is not claimed, which the service refuses with the right sentence."""
        return tuple(self.claims.get(indicator, {}).get("evidence", ()))

    def basis(self, indicator: str) -> str | None:
        return self.claims.get(indicator, {}).get("basis")


def keep(session: Session, dossier_id: str, found: Document) -> None:
    claims = {
        row["indicator"]: {"evidence": row["evidence"], "basis": row["basis"]}
        for row in found["indicators"]
    }
    digests = sorted({item["content"]["sha256"] for item in found["manifest"]})
    session.drawer.keep_shown(_thing(dossier_id), {"claims": claims, "digests": digests})


def shown(session: Session, dossier_id: str) -> Shown:
    """Raises `Misuse` where this person has not looked at the dossier here."""
    known = _known(session, dossier_id)
    if known is None:
        raise Misuse(
            "dossier_not_shown",
            "A decision stands on what you have seen; look at it first:"
            f" `inda dossier show {dossier_id}`.",
        )
    return known


def digest(session: Session, dossier_id: str, text: str) -> str:
    """The digest that begins so among those shown. Raises `Misuse`."""
    known = _known(session, dossier_id)
    return whole_digest(text, () if known is None else known.digests)


def whole_digest(text: str, known: Sequence[str]) -> str:
    """A whole digest as it is; of a shorter text, the only known digest that begins with it."""
    wanted = text.strip().lower()
    if WHOLE.fullmatch(wanted):
        return wanted
    found = [each for each in known if len(wanted) >= SHORTEST and each.startswith(wanted)]
    if len(found) != 1:
        raise Misuse(
            "digest_unknown",
            f"{text} is not the SHA-256 of a file that you were shown, nor the beginning of only"
            " one; `inda dossier show` lists them.",
        )
    return found[0]


def _known(session: Session, dossier_id: str) -> Shown | None:
    kept = session.drawer.shown(_thing(dossier_id))
    return None if kept is None else Shown(kept["claims"], tuple(kept["digests"]))


def _thing(dossier_id: str) -> str:
    return f"dossiers/{dossier_id}"
