"""Names of objects and files: checked before they reach the storage, quoted for a header. Pure."""

import re
from urllib.parse import quote

from shared.errors import Invalid

LONGEST_FILE_NAME = 120
DIGEST = re.compile(r"[0-9a-f]{64}")
EVIDENCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def quarantine_key(evidence_id: str) -> str:
    """Where the upload of this evidence lies until it is judged. Invalid for a malformed id."""
    return _checked(evidence_id, EVIDENCE_ID, "evidence_id")


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
    """An attachment under this name (RFC 6266), plain for old clients, exact for all others."""
    name = re.sub(r"[\x00-\x1f\x7f/\\]+", "_", file_name).strip(" .")[-LONGEST_FILE_NAME:] or "file"
    plain = re.sub(r"[^ !#-&(-\[\]-~]|%", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
