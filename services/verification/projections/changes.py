"""What a revision changed: the profile, the claims, the evidence. Pure."""

from services.verification.projections.rows import (
    ClaimChange,
    EvidenceChange,
    FieldChange,
    IndicatorRow,
    RoundChanges,
)
from services.verification.projections.views import DossierView
from shared.events.submission import (
    Content,
    EvidenceItem,
    FileEvidence,
    LinkEvidence,
    Profile,
)
from shared.events.verification import RevisionReceived

NOTHING = (0, None, None)


def changes_of(
    view: DossierView, fact: RevisionReceived, rows: tuple[IndicatorRow, ...]
) -> RoundChanges:
    """The round that came in beside the one before; `rows` are the claims of the new one."""
    return RoundChanges(
        round=fact.round,
        received_at=fact.at,
        profile=_fields(view.about.profile, fact.about.profile) if view.about else (),
        claims=_claims(view.indicators, rows),
        evidence=_evidence(view.manifest, fact.manifest),
        lapsed=fact.lapsed,
    )


def _fields(before: Profile, after: Profile) -> tuple[FieldChange, ...]:
    then, now = before.model_dump(mode="json"), after.model_dump(mode="json")
    return tuple(
        FieldChange(field=field, before=then[field], after=now[field])
        for field in now
        if then[field] != now[field]
    )


def _claims(
    before: tuple[IndicatorRow, ...], after: tuple[IndicatorRow, ...]
) -> tuple[ClaimChange, ...]:
    then, now = _claimed(before), _claimed(after)
    return tuple(
        _claim(indicator, then.get(indicator, NOTHING), now.get(indicator, NOTHING))
        for indicator in sorted({*then, *now})
        if then.get(indicator) != now.get(indicator)
    )


Claimed = tuple[int, str | None, str | None]


def _claimed(rows: tuple[IndicatorRow, ...]) -> dict[str, Claimed]:
    return {row.indicator: (row.claimed_level, row.basis, row.subtype) for row in rows}


def _claim(indicator: str, before: Claimed, after: Claimed) -> ClaimChange:
    return ClaimChange(
        indicator=indicator,
        before_level=before[0],
        before_basis=before[1],
        before_subtype=before[2],
        after_level=after[0],
        after_basis=after[1],
        after_subtype=after[2],
    )


Shown = tuple[str, tuple[str, ...]]


def _evidence(
    before: tuple[EvidenceItem, ...], after: tuple[EvidenceItem, ...]
) -> tuple[EvidenceChange, ...]:
    """By what the bytes are: a file under another name is the same file."""
    then, now = _shown(before), _shown(after)
    found = (_piece(digest, then.get(digest), now.get(digest)) for digest in {**then, **now})
    return tuple(each for each in found if each)


def _piece(digest: str, before: Shown | None, after: Shown | None) -> EvidenceChange | None:
    match before, after:
        case None, (name, indicators):
            return EvidenceChange(
                kind="added", sha256=digest, name=name, after_indicators=indicators
            )
        case (name, indicators), None:
            return EvidenceChange(
                kind="removed", sha256=digest, name=name, before_indicators=indicators
            )
        case (_, then), (name, now) if then != now:
            return EvidenceChange(
                kind="moved",
                sha256=digest,
                name=name,
                before_indicators=then,
                after_indicators=now,
            )
        case _:
            return None


def _shown(manifest: tuple[EvidenceItem, ...]) -> dict[str, Shown]:
    """What was taken in, by digest: its name, and all the indicators it is shown for."""
    shown: dict[str, Shown] = {}
    for item in manifest:
        if item.accepted:
            name, others = shown.get(item.content.sha256, (_name(item.content), ()))
            indicators = tuple(sorted({*others, *item.indicators}))
            shown[item.content.sha256] = (name, indicators)
    return shown


def _name(content: Content) -> str:
    if isinstance(content, FileEvidence):
        return content.file_name
    return content.url if isinstance(content, LinkEvidence) else content.contact_body
