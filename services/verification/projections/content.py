"""What came in with a round: the innovation, its claims beside their evidence. Pure."""

from collections.abc import Iterable

from services.verification.projections.leases import Change
from services.verification.projections.rows import IndicatorRow
from shared.events.submission import Claim, EvidenceItem, FileEvidence, Letter
from shared.events.verification import DossierOpened, RevisionReceived

CameIn = DossierOpened | RevisionReceived


def told(fact: CameIn, recused: Iterable[str] = ()) -> Change:
    """All that the round says of the innovation, and what duplicates of it are found by."""
    about = fact.about
    return {
        "about": about,
        "round": fact.round,
        "season_id": about.season_id,
        "agency_id": about.agency_id,
        "agency_path": about.agency_path,
        "region_id": about.region_id,
        "affair": about.profile.main_affair or "",
        "title": about.profile.title,
        "title_key": " ".join(about.profile.title.casefold().split()),
        "digests": _digests(fact.manifest),
        "letters": _letters(fact.manifest),
        "excluded": tuple(sorted({*about.drafters, *recused})),
        "manifest": fact.manifest,
    }


def rows_of(fact: CameIn, before: tuple[IndicatorRow, ...] = ()) -> tuple[IndicatorRow, ...]:
    """Every claim beside its evidence, and beside the verdict that still stands."""
    known = {row.indicator: row for row in before}
    claimed = sorted((each for each in fact.claims if each.level), key=lambda c: c.indicator)
    return tuple(_row(claim, fact, known.get(claim.indicator)) for claim in claimed)


def _row(claim: Claim, fact: CameIn, before: IndicatorRow | None) -> IndicatorRow:
    found = before.verdict if before else None
    has_lapsed = isinstance(fact, RevisionReceived) and claim.indicator in fact.lapsed
    verdict = None if has_lapsed else found
    return IndicatorRow(
        indicator=claim.indicator,
        claimed_level=claim.level,
        basis=claim.basis,
        subtype=claim.subtype,
        evidence=_shown_for(claim.indicator, fact.manifest),
        verdict=verdict,
        lapsed=found if has_lapsed else None,
        carried=verdict is not None and verdict.round < fact.round,
    )


def _shown_for(indicator: str, manifest: tuple[EvidenceItem, ...]) -> tuple[str, ...]:
    shown = {
        item.content.sha256 for item in manifest if item.accepted and indicator in item.indicators
    }
    return tuple(sorted(shown))


def _digests(manifest: tuple[EvidenceItem, ...]) -> tuple[str, ...]:
    contents = (item.content for item in manifest)
    return tuple(sorted({each.sha256 for each in contents if isinstance(each, FileEvidence)}))


def _letters(manifest: tuple[EvidenceItem, ...]) -> tuple[str, ...]:
    """A letter without a number is like no other."""
    letters = (item.letter for item in manifest)
    return tuple(sorted({letter_key(each) for each in letters if each and each.number.strip()}))


def letter_key(letter: Letter) -> str:
    """By which a letter that is used again is found, however its number is written."""
    number = "".join(letter.number.casefold().split())
    return f"{number} of {letter.signed_on.isoformat()}"
