"""From the past to a paper: what it tells, by which template, and its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal, assert_never

from services.awards.api.papers import (
    annex,
    books,
    certificate,
    evidence,
    minutes,
    payments,
    slip,
)
from services.awards.api.papers.contest import Contest, Names, is_agency
from services.awards.api.papers.past import Past
from shared.errors import Invalid, Refused
from shared.events.awards import DocumentKind
from shared.papers import as_kept_workbook, as_svg, digest_of, typeset

Format = Literal["pdf", "xlsx"]
MEDIA_TYPES: Final[Mapping[Format, str]] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS: Final[Mapping[str, Format]] = {
    media_type: ending for ending, media_type in MEDIA_TYPES.items()
}
NEEDS_ABOUT: Final = frozenset({"certificate", "tax_slip"})
ORGANISERS: Final = "Panitia penyelenggara"
FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Asked:
    """Which paper: `about` is the innovation of a certificate, the allocation of a tax slip."""

    competition_id: str
    kind: DocumentKind
    format: Format
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper tells, before it has a number of its own."""

    told: Mapping[str, Any]
    digest: str
    has_names: bool
    version: int


def named_in(past: Past, asked: Asked) -> tuple[str, ...]:
    """The recipients whose names a paper shows, where anybody gave them."""
    contest = Contest(past, asked.competition_id)
    match asked.kind:
        case "certificate":
            found = [each.recipient_id for each in contest.recipients(asked.about or "")]
        case "payment_list":
            found = [each.recipient_id for each in contest.living]
        case "tax_slip":
            mine = [each for each in contest.living if each.money.allocation_id == asked.about]
            found = [each.recipient_id for each in mine]
        case "minutes" | "decree_annex" | "spd_12_evidence":
            return ()
        case _:
            assert_never(asked.kind)
    return tuple(dict.fromkeys(found))


def agencies_in(past: Past, asked: Asked) -> tuple[str, ...]:
    """The agencies that a paper may name, with all above them: one of these runs it."""
    contest = Contest(past, asked.competition_id)
    about = (asked.about or "",) if asked.kind == "certificate" else contest.ever_placed
    entries = [contest.entries[key] for key in about if key in contest.entries]
    named = [each for key in about for each in contest.recipients(key)]
    found = (
        *(each.within for each in contest.categories),
        *(code for each in entries for code in (*each.agency_path, each.agency_id)),
        *(each.recipient_id for each in named if is_agency(each)),
        *(each.recipient_id for each in contest.payments if each.is_to_agency),
    )
    return tuple(dict.fromkeys(found))


def content_of(past: Past, names: Names, asked: Asked) -> Content:
    """`names` are those of `named_in`, as far as they are known.

    Raises `Invalid`, `NotFound` or `Refused` where the past has no such paper.
    """
    _check(asked)
    contest = Contest(past, asked.competition_id)
    version = contest.results.fact.version
    told = {**_told(contest, names, asked), "head": _head(contest)}
    return Content(told, digest_of(told), bool(names), version)


async def made(content: Content, asked: Asked, document_id: str, verify_url: str) -> bytes:
    """The file. The same arguments give the same bytes."""
    seal = {
        "document_id": document_id,
        "verify_url": verify_url,
        "content_digest": content.digest,
    }
    if asked.format == "xlsx":
        return as_kept_workbook(books.tables_of(asked.kind, content.told, seal))
    drawn = {**seal, "qr": as_svg(verify_url)}
    return await typeset(source_of(asked), {**content.told, "seal": drawn})


def source_of(asked: Asked) -> str:
    """What lays the paper out: a template, or the code that makes sheets of it."""
    if asked.format == "xlsx":
        return Path(books.__file__).read_text(encoding="utf-8")
    parts = (FOLDER / "templates" / f"{name}.typ" for name in ("common", asked.kind))
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def template_of(asked: Asked) -> str:
    """The name of a template with the digest of its bytes."""
    return f"{asked.kind}.{asked.format}@{sha256(source_of(asked).encode()).hexdigest()}"


def _check(asked: Asked) -> None:
    if asked.format == "xlsx" and asked.kind not in books.TABLES:
        raise Refused("format_unknown", "This document is made as PDF only.", kind=asked.kind)
    if (asked.about is not None) != (asked.kind in NEEDS_ABOUT):
        raise Invalid(
            "about_wrong",
            "Say which innovation a certificate, which allocation a tax slip is about; no other"
            " document is about a single one.",
            kind=asked.kind,
        )


def _told(contest: Contest, names: Names, asked: Asked) -> dict[str, Any]:
    about = asked.about or ""
    match asked.kind:
        case "minutes":
            return minutes.told(contest)
        case "decree_annex":
            return annex.told(contest)
        case "certificate":
            return certificate.told(contest, names, about)
        case "payment_list":
            return payments.told(contest, names)
        case "tax_slip":
            return slip.told(contest, names, about)
        case "spd_12_evidence":
            return evidence.told(contest)
        case _:
            assert_never(asked.kind)


def _head(contest: Contest) -> list[str]:
    fact = contest.fact
    return [contest.government or ORGANISERS, fact.name, f"Musim penilaian {fact.season_id}"]
