"""When a level may be granted, and which evidence a verdict is bound to."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from services.verification.domain.commands import CorrectVerdict, Granting, Reviewing
from services.verification.domain.states import Case
from shared.errors import Refused
from shared.events.submission import Claim, EvidenceItem, FileProperties
from shared.events.verification import Place, Verdict

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "evidence_missing": "No evidence is shown for what is claimed.",
        "evidence_unreadable": "The evidence cannot be read or played.",
        "evidence_of_wrong_kind": "The evidence is not of the kind that the indicator asks for.",
        "evidence_incomplete": "Part of what the indicator asks for is not shown.",
        "innovation_not_named": "The evidence does not name this innovation.",
        "year_not_valid": "The evidence is not of a year that counts, or no longer in force.",
        "not_signed": "The document is not signed, or not by somebody who may sign it.",
        "lower_level_proven": "The evidence proves a lower level than the one claimed.",
        "basis_not_proven": "The evidence does not show the basis or sub-type that was chosen.",
        "other": "Another reason, told in the note.",
    }
)
"""Why less may be granted than was claimed.

After the requirements of the instrument (evidence column of the 20 SID indicators, 2026).
"""
OBJECTION_GRANTED = "objection_granted"


def shown_for(indicator: str, manifest: tuple[EvidenceItem, ...]) -> tuple[str, ...]:
    """The digests, sorted, of the accepted evidence shown for the indicator."""
    shown = {
        item.content.sha256 for item in manifest if item.accepted and indicator in item.indicators
    }
    return tuple(sorted(shown))


def verdict_of(asked: Granting, command: Reviewing, case: Case) -> Verdict:
    """The verdict that a person asks for. Refused if no rule lets it stand."""
    claim = _claimed(asked.indicator, case)
    evidence = shown_for(asked.indicator, case.manifest)
    _check_seen(asked, evidence)
    _check_level(claim, asked.granted_level, evidence)
    _check_basis(claim, asked)
    _check_reason(claim, asked)
    _check_place(asked, case.manifest)
    return _verdict(
        claim,
        asked.granted_level,
        reason_code=asked.reason_code,
        note=asked.note,
        evidence=evidence,
        round=case.round,
        decided_by=command.by,
        decided_by_agency=command.agency,
        decided_at=command.at,
        place=asked.place,
    )


def corrected(command: CorrectVerdict, case: Case) -> Verdict:
    """The verdict after a granted objection: another level on the same evidence."""
    claim = _claimed(command.indicator, case)
    before = case.verdict(command.indicator)
    if before is None:
        raise Refused(
            "verdict_missing",
            "There is no verdict on this indicator to correct.",
            indicator=command.indicator,
        )
    _check_level(claim, command.level, before.evidence)
    return _verdict(
        claim,
        command.level,
        reason_code=OBJECTION_GRANTED if command.level < claim.level else None,
        note=command.reason,
        evidence=before.evidence,
        round=before.round,
        decided_by=command.decided_by,
        decided_by_agency=command.decided_by_agency,
        decided_at=command.at,
    )


def stands(verdict: Verdict, claims: tuple[Claim, ...], manifest: tuple[EvidenceItem, ...]) -> bool:
    """Whether neither the claim nor the evidence under a verdict has changed."""
    claim = next((each for each in claims if each.indicator == verdict.indicator), None)
    return (
        claim is not None
        and (claim.level, claim.basis, claim.subtype)
        == (verdict.claimed_level, verdict.basis, verdict.subtype)
        and shown_for(verdict.indicator, manifest) == verdict.evidence
    )


def says_the_same(verdict: Verdict, standing: Verdict | None) -> bool:
    """Whether the same person has already said this, be it in an earlier round or moment."""
    if standing is None:
        return False
    when = {"round": verdict.round, "decided_at": verdict.decided_at}
    return standing.model_copy(update=when) == verdict


def _verdict(
    claim: Claim,
    level: int,
    *,
    reason_code: str | None,
    note: str,
    evidence: tuple[str, ...],
    round: int,
    decided_by: str,
    decided_by_agency: str | None,
    decided_at: datetime,
    place: Place | None = None,
) -> Verdict:
    return Verdict(
        indicator=claim.indicator,
        claimed_level=claim.level,
        granted_level=level,
        basis=claim.basis,
        subtype=claim.subtype,
        reason_code=reason_code,
        note=note,
        evidence=evidence,
        round=round,
        decided_by=decided_by,
        decided_by_agency=decided_by_agency,
        decided_at=decided_at,
        place=place,
    )


def _claimed(indicator: str, case: Case) -> Claim:
    claim = case.claim(indicator)
    if claim is None:
        raise Refused(
            "indicator_not_claimed",
            "Nothing is claimed for this indicator, so there is nothing to decide.",
            indicator=indicator,
        )
    return claim


def _check_level(claim: Claim, level: int, evidence: tuple[str, ...]) -> None:
    if not 0 <= level <= claim.level:
        raise Refused(
            "level_above_claim",
            "Grant at most the level that was claimed.",
            indicator=claim.indicator,
            claimed_level=claim.level,
        )
    if level and not evidence:
        raise Refused(
            "evidence_missing",
            "Without accepted evidence only level 0 can be granted.",
            indicator=claim.indicator,
        )


def _check_seen(asked: Granting, evidence: tuple[str, ...]) -> None:
    """A verdict binds what was seen; what came or went meanwhile must be looked at first."""
    seen = tuple(sorted(set(asked.evidence)))
    unknown = tuple(each for each in seen if each not in evidence)
    if unknown:
        raise Refused(
            "evidence_unknown",
            "A verdict rests on accepted evidence of this indicator only.",
            indicator=asked.indicator,
            unknown=unknown,
            shown=evidence,
        )
    if seen != evidence:
        raise Refused(
            "evidence_changed",
            "The indicator shows other evidence than you have seen; look at all of it.",
            indicator=asked.indicator,
            shown=evidence,
        )


def _check_basis(claim: Claim, asked: Granting) -> None:
    """A level means nothing without its basis (S-01/sec, indicator 33)."""
    if asked.basis is not None and asked.basis != claim.basis:
        raise Refused(
            "basis_differs",
            "The agency has claimed another basis; grant on that one, or ask for a revision.",
            indicator=claim.indicator,
            claimed=claim.basis,
        )
    if asked.granted_level and claim.basis is not None and asked.basis is None:
        raise Refused(
            "basis_missing",
            "Name the basis on which you grant the level.",
            indicator=claim.indicator,
            claimed=claim.basis,
        )


def _check_place(asked: Granting, manifest: tuple[EvidenceItem, ...]) -> None:
    place = asked.place
    if place is None:
        return
    known = [item for item in manifest if item.content.sha256 == place.sha256]
    is_shown = place.sha256 in asked.evidence
    if not is_shown or any(_is_beyond(place, item.properties) for item in known):
        raise Refused(
            "place_unknown",
            "Name a page or second inside one of the files that the indicator shows.",
            indicator=asked.indicator,
        )


def _is_beyond(place: Place, measured: FileProperties | None) -> bool:
    """What intake did not measure has no known end."""
    if measured is None:
        return False
    pages, seconds = measured.pages, measured.duration_seconds
    is_past_pages = None not in (place.page, pages) and (place.page or 0) > (pages or 0)
    is_past_end = None not in (place.second, seconds) and (place.second or 0) > (seconds or 0)
    return is_past_pages or is_past_end


def _check_reason(claim: Claim, command: Granting) -> None:
    if command.granted_level == claim.level:
        if command.reason_code is not None:
            raise Refused(
                "reason_without_cut",
                "A reason is given only where less is granted than was claimed.",
                indicator=claim.indicator,
            )
        return
    if command.reason_code not in REASONS:
        raise Refused(
            "reason_unknown",
            "Choose a reason from the catalogue for granting less than was claimed.",
            indicator=claim.indicator,
            allowed=tuple(REASONS),
        )
    if not command.note.strip():
        raise Refused(
            "note_missing",
            "Tell the agency in a note why less is granted than was claimed.",
            indicator=claim.indicator,
        )
