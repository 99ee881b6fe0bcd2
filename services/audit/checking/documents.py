"""Kept files against the facts that name them: there, the same bytes, locked. Calls block."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from services.audit.checking.difference import Differs, Tally, Unasked, ahead
from services.audit.checking.named import DOCUMENTS, EVIDENCE, NamedFile
from shared.documents.names import address
from shared.documents.storage import Place, Storage
from shared.errors import Unavailable

UNLOCKED = frozenset(
    {"InvalidRequest", "NoSuchObjectLockConfiguration", "ObjectLockConfigurationNotFoundError"}
)
"""What a storage answers of an object in a bucket that locks nothing."""
USUAL_BUCKETS: Mapping[str, str] = {EVIDENCE: "evidence", DOCUMENTS: "documents"}


@dataclass(frozen=True, slots=True)
class Vault:
    """`buckets` by what they keep; `now` is the true time, by which locks hold."""

    storage: Storage
    buckets: Mapping[str, str]
    now: Callable[[], datetime]


def check_documents(vault: Vault, named: Sequence[NamedFile], tally: Tally) -> None:
    """Reads every file once. Raises `Differs` for the first, in the order of the facts, `Unasked`
    where locks cannot be read, and `Unavailable`.
    """
    files, unread = _each_once(named), ""
    for found in ahead(lambda each: _checked(vault, each), files):
        if isinstance(found, Differs):
            raise found
        tally.checked += 1
        tally.watch(tally.checked, len(files))
        unread = found or unread
    for kind, bucket in vault.buckets.items():
        known = {address(each.sha256) for each in files if each.kind == kind}
        strange = sum(place.key not in known for place in vault.storage.listed(bucket))
        if strange:
            tally.note(f"{strange} objects in the bucket {bucket} are named by no fact.")
    if unread:
        raise Unasked(unread)


def _each_once(named: Sequence[NamedFile]) -> list[NamedFile]:
    """By the first fact that names it; a size that any fact tells is held against it."""
    found: dict[tuple[str, str], NamedFile] = {}
    for each in named:
        known = found.setdefault((each.kind, each.sha256), each)
        if known.size_bytes is None and each.size_bytes is not None:
            found[each.kind, each.sha256] = each
    return sorted(found.values(), key=lambda each: each.sequence)


def _checked(vault: Vault, file: NamedFile) -> Differs | str:
    """Why the lock cannot be read; empty where all is well."""
    bucket, key = vault.buckets[file.kind], address(file.sha256)
    place = vault.storage.found(bucket, key)
    if place is None:
        return _differs(file, bucket, "document_missing", "is not there")
    if file.size_bytes is not None and place.size_bytes != file.size_bytes:
        sizes = str(file.size_bytes), str(place.size_bytes)
        return _differs(file, bucket, "document_changed", "has another size", *sizes)
    digest = _digest(vault.storage, place)
    if digest is None:
        return _differs(file, bucket, "document_unreadable", "cannot be read to its end")
    if digest != file.sha256:
        what = "has other bytes"
        return _differs(file, bucket, "document_changed", what, file.sha256, digest)
    return _unlocked(vault, file, place)


def _digest(storage: Storage, place: Place) -> str | None:
    """None for what the storage knows and cannot give. Raises `Unavailable` where it is silent."""
    digest = sha256()
    try:
        for chunk in storage.chunks(place):
            digest.update(chunk)
    except Unavailable:
        storage.found(place.bucket, place.key)
        return None
    return digest.hexdigest()


def _unlocked(vault: Vault, file: NamedFile, place: Place) -> Differs | str:
    try:
        lock = vault.storage.lock_of(place.bucket, place.key, place.version_id)
    except Unavailable as error:
        reason = str(error.params.get("reason", "unknown"))
        if reason not in UNLOCKED:
            return f"The locks in the bucket {place.bucket} cannot be read ({reason})."
        lock = None
    if lock is None:
        return _differs(file, place.bucket, "document_unlocked", "is under no lock")
    if lock.until <= vault.now():
        until = lock.until.isoformat()
        return _differs(file, place.bucket, "document_unlocked", "is locked no more", "", until)
    return ""


def _differs(
    file: NamedFile, bucket: str, code: str, what: str, expected: str = "", found: str = ""
) -> Differs:
    place = f"{bucket}/{address(file.sha256)}"
    sentence = f"{place}, which fact {file.sequence} names, {what}."
    return Differs(code, place, sentence, sequence=file.sequence, expected=expected, found=found)
