"""When a level may be granted, and which evidence a verdict is bound to."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from services.verification.domain.commands import CorrectVerdict, DecideIndicator
from services.verification.domain.states import Case
from shared.errors import Refused
from shared.events.submission import Claim, EvidenceItem
from shared.events.verification import Verdict

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


def verdict_of(command: DecideIndicator, case: Case) -> Verdict:
    """The verdict that the command asks for. Refused if no rule lets it stand."""
    claim = _claimed(command.indicator, case)
    evidence = shown_for(command.indicator, case.manifest)
    _check_level(claim, command.granted_level, evidence)
    _check_reason(claim, command)
    return _verdict(
        claim,
        command.granted_level,
        reason_code=command.reason_code,
        note=command.note,
        evidence=evidence,
        round=case.round,
        decided_by=command.by,
        decided_by_agency=command.agency,
        decided_at=command.at,
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


def _check_reason(claim: Claim, command: DecideIndicator) -> None:
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
