"""The choices that an edition offers, and the shape that evidence and claims must have.

Sources: domain sections 2.4, 2.5 and 4. What a submission still lacks is in shared.findings, where
the pre-flight and the verifiers ask for it too.
"""

from urllib.parse import urlsplit

from shared.editions import Edition, SidRow, Unpublished, ids
from shared.errors import Refused
from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    LinkEvidence,
    Profile,
    ReplicationEvidence,
)

LISTS = {
    "initiator": "initiators",
    "kind": "kinds",
    "form": "forms",
    "theme": "themes",
    "classification": "classifications",
    "main_affair": "affairs",
    "related_affairs": "affairs",
    "priority_goals": "asta_cita",
}
FILE_TYPE_OF = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "video/mp4": "mp4",
}
ATTACHMENTS = {
    "budget": ("pdf",),
    "business_profile": ("pdf",),
    "intellectual_property": ("pdf",),
    "award": ("pdf", "jpg", "png"),
}
"""Kinds of evidence that belong to the profile and prove no claim, with their file types."""

REPLICATION = ("SID-16", "replication_statement")
MAX_URL_LENGTH = 2000


def check_choices(profile: Profile, edition: Edition) -> None:
    """Refuses an id that the edition's lists do not have, so that a typing error shows at once."""
    for name, listed in LISTS.items():
        known = _known(edition, listed)
        chosen: str | tuple[str, ...] | None = getattr(profile, name)
        for value in chosen if isinstance(chosen, tuple) else (chosen,):
            if value is not None and known is not None and value not in known:
                raise Refused(
                    "choice_unknown",
                    f"The edition has no {name.replace('_', ' ')} with this id.",
                    field=name,
                    value=value,
                )


def _known(edition: Edition, listed: str) -> frozenset[str] | None:
    """The ids of a list of the edition; None where the list is not published."""
    found = getattr(edition, listed)
    if isinstance(found, Unpublished):
        return None
    return frozenset(found) if listed == "asta_cita" else ids(found)


def _row(edition: Edition, indicator: str) -> SidRow:
    found = edition.sid_row(indicator)
    if found is None:
        raise Refused("indicator_unknown", "The edition has no such indicator.", value=indicator)
    return found


def check_claim(claim: Claim, edition: Edition) -> None:
    """A level without the basis or sub-type it is measured by means nothing (section 2.5)."""
    row = _row(edition, claim.indicator)
    if claim.level == 0:
        return
    if row.bases and claim.basis not in {basis.id for basis in row.bases}:
        raise Refused(
            "basis_missing",
            "Choose the basis that the level is measured by.",
            indicator=claim.indicator,
            allowed=tuple(basis.id for basis in row.bases),
        )
    if row.subtypes and claim.subtype not in row.subtypes:
        raise Refused(
            "subtype_missing",
            "Choose the sub-type that the level is measured by.",
            indicator=claim.indicator,
            allowed=row.subtypes,
        )


def check_evidence(item: EvidenceItem, edition: Edition, max_bytes: int | None) -> None:
    """The kind, file type and size that the edition and the settings allow.

    `max_bytes` is None where the bytes are known already.
    """
    _check_kind(item, edition)
    match item.content:
        case FileEvidence() as file:
            if max_bytes is not None:
                _check_size(file.size_bytes, max_bytes)
        case LinkEvidence() as link:
            _check_url(link.url)
        case ReplicationEvidence():
            if (*item.indicators, item.evidence_kind) != REPLICATION:
                raise Refused(
                    "replication_misplaced",
                    "A statement of replication is shown for the indicator of replication only.",
                    indicator=REPLICATION[0],
                    evidence_kind=REPLICATION[1],
                )


def _check_kind(item: EvidenceItem, edition: Edition) -> None:
    if item.evidence_kind in ATTACHMENTS:
        _check_attachment(item)
        return
    rows = [_row(edition, code) for code in item.indicators]
    if not rows:
        raise Refused("indicator_missing", "Say for which indicator the evidence is shown.")
    kinds = sorted({kind for row in rows for kind in row.evidence})
    if item.evidence_kind not in kinds:
        raise Refused(
            "evidence_kind_unknown",
            "This kind of evidence is not among those asked for.",
            allowed=tuple(kinds),
        )
    for row in rows:
        _check_type(item, row.code, row.files)


def _check_attachment(item: EvidenceItem) -> None:
    if item.indicators:
        raise Refused(
            "attachment_proves_nothing",
            "It belongs to the profile and cannot be shown for an indicator.",
            evidence_kind=item.evidence_kind,
        )
    if not isinstance(item.content, FileEvidence):
        raise Refused(
            "attachment_not_a_file",
            "What belongs to the profile is attached as a file.",
            evidence_kind=item.evidence_kind,
        )
    _check_type(item, item.evidence_kind, ATTACHMENTS[item.evidence_kind])


def _check_type(item: EvidenceItem, asker: str, allowed: tuple[str, ...]) -> None:
    """Links and statements are welcome wherever evidence is."""
    if not isinstance(item.content, FileEvidence):
        return
    media_type = item.content.media_type
    if FILE_TYPE_OF.get(media_type, media_type) not in allowed:
        raise Refused(
            "file_type_not_allowed",
            f"{asker} asks for files of type {', '.join(allowed)}.",
            indicator=asker,
            allowed=allowed,
        )


def _check_url(url: str) -> None:
    """An address that anybody can open: no other scheme, no name and password in it."""
    try:
        parts = urlsplit(url)
        is_public = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_public = is_public and parts.username is None and parts.password is None
    except ValueError:
        is_public = False
    is_written = url.isprintable() and not any(map(str.isspace, url))
    if not is_public or not is_written or len(url) > MAX_URL_LENGTH:
        raise Refused(
            "link_not_public",
            f"A link is a public http or https address of at most {MAX_URL_LENGTH} characters.",
        )


def _check_size(size_bytes: int, max_bytes: int) -> None:
    if size_bytes <= 0:
        raise Refused("file_empty", "The file is empty.")
    if size_bytes > max_bytes:
        raise Refused(
            "file_too_large",
            f"The file has {size_bytes} bytes; {max_bytes} are allowed.",
            size_bytes=size_bytes,
            max_bytes=max_bytes,
        )
