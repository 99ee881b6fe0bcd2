"""Names of folders and files inside an archive: safe on every system, and never the same. Pure."""

import re
from dataclasses import dataclass, field
from unicodedata import category, normalize

from services.submission.api.imports.sheets import TRAINING
from services.submission.projections.innovations import InnovationView

FORBIDDEN = re.compile(r'[/\\:*?"<>|]+')
UNSHOWABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST_BYTES = 100
LONGEST_TITLE = 40
LONGEST_ENDING = 10


def safe(name: str, otherwise: str = "berkas") -> str:
    """The name without what cuts paths, hides, reads backwards, or means something to a system."""
    shown = "".join(
        "_" if category(each) in UNSHOWABLE else each for each in normalize("NFC", name)
    )
    found = _shortened(FORBIDDEN.sub("_", shown).strip(" .")) or otherwise
    return f"_{found}" if RESERVED.fullmatch(found) else found


def folder_of(view: InnovationView) -> str:
    """One for each innovation, readable first; training says so before anything else."""
    title = safe(view.title, "inovasi")[:LONGEST_TITLE].strip(" .")
    mark = f"{TRAINING}-" if view.training else ""
    return f"{mark}{title}-{view.innovation_id}"


@dataclass(slots=True)
class Names:
    """The names given in one folder; on some systems capital letters make no difference."""

    given: set[str] = field(default_factory=set[str])

    def unique(self, path: str) -> str:
        stem, dot, ending = path.rpartition(".")
        if not dot or "/" in ending:
            stem, dot, ending = path, "", ""
        found, number = path, 1
        while found.casefold() in self.given:
            number += 1
            found = f"{stem}-{number}{dot}{ending}"
        self.given.add(found.casefold())
        return found


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LONGEST_BYTES - len(f"{dot}{ending}".encode())
    return f"{stem.encode()[:room].decode(errors='ignore').strip()}{dot}{ending}"
