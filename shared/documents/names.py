"""Names of objects and files: checked before they reach the storage, quoted for a header. Pure."""

import re
import unicodedata
from urllib.parse import quote

from shared.errors import Invalid

LONGEST_FILE_NAME_BYTES = 150
LONGEST_ENDING = 16
DIGEST = re.compile(r"[0-9a-f]{64}")
EVIDENCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
PARTS = "_parts"
PART_DIGITS = 5
# Controls, unassigned, lone surrogates, line ends, and signs that turn the direction of writing.
UNSHOWABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Some scripts need these two between their letters.
JOINERS = frozenset("\u200c\u200d")


def quarantine_key(evidence_id: str) -> str:
    """Where the upload of this evidence lies until it is judged. Invalid for a malformed id."""
    return _checked(evidence_id, EVIDENCE_ID, "evidence_id")


def parts_of(evidence_id: str) -> str:
    """Under which prefix all parts of this evidence lie; no id can be part of another's prefix."""
    return f"{PARTS}/{quarantine_key(evidence_id)}/"


def part_key(evidence_id: str, part_bytes: int, number: int) -> str:
    """Where this part lies. The size is in its name: parts of two sizes make no whole."""
    return f"{parts_of(evidence_id)}{part_bytes}/{number:0{PART_DIGITS}d}"


def evidence_of(key: str) -> str:
    """Whose upload, or part of an upload, an object in quarantine is."""
    first, _, rest = key.partition("/")
    return rest.partition("/")[0] if first == PARTS else first


def digest(sha256: str) -> str:
    """The digest itself. Invalid unless it is 64 lower-case hexadecimal digits."""
    return _checked(sha256, DIGEST, "sha256")


def address(sha256: str) -> str:
    """The content address of these bytes. Invalid for a malformed digest."""
    return f"sha256/{digest(sha256)}"


def _checked(value: str, form: re.Pattern[str], name: str) -> str:
    if form.fullmatch(value) is None:
        raise Invalid("malformed", f"The {name} is malformed.", name=name)
    return value


def disposition(file_name: str) -> str:
    """An attachment under this name (RFC 6266), plain for old clients, exact for all others.

    Whatever the name is: the header is one line of ASCII and of bounded length.
    """
    name = _bounded(_showable(file_name)) or "file"
    plain = re.sub(r"[^ !#-&(-\[\]-~]|%", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _showable(file_name: str) -> str:
    """Without what cuts paths, what nobody sees, and what makes a name read backwards."""
    shown = "".join("_" if _is_unshowable(letter) else letter for letter in file_name)
    return re.sub(r"[/\\]+", "_", shown).strip(" .")


def _is_unshowable(letter: str) -> bool:
    return unicodedata.category(letter) in UNSHOWABLE and letter not in JOINERS


def _bounded(name: str) -> str:
    """A long name keeps its beginning and its ending, cut between letters."""
    if len(name.encode()) <= LONGEST_FILE_NAME_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LONGEST_FILE_NAME_BYTES - len(f"{dot}{ending}".encode())
    return f"{stem.encode()[:room].decode(errors='ignore')}{dot}{ending}"
