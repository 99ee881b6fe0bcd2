"""An innovation in the shape of the national form: profile, twenty rows, files. Pure."""

from collections.abc import Iterable, Mapping

from services.submission.api.imports.sheets import TRAINING
from services.submission.projections.innovations import InnovationView
from shared.editions import Edition, SidRow
from shared.events.base import Score, Utc
from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    GrantedLevel,
    LinkEvidence,
    Profile,
)
from shared.http import Answer


class IndicatorRow(Answer):
    """One of the twenty rows. `verified_level` is null until verification has granted levels."""

    number: int
    indicator: str
    name: str
    weight: Score
    claimed_level: int
    claimed: str
    basis: str | None
    subtype: str | None
    verified_level: int | None
    verified: str | None
    evidence: tuple[str, ...]


class InnovationForm(Answer):
    """`label` is LATIHAN for training. Profile, claims and evidence are as the history has them:
    `content_digest` can be computed from them again.
    """

    innovation_id: str
    label: str | None
    training: bool
    season_id: str
    edition_id: str
    agency_id: str
    agency_name: str
    agency_path: tuple[str, ...]
    region_id: str
    state: str
    round: int
    drafted_at: Utc
    changed_at: Utc
    content_digest: str
    profile: Profile
    claims: tuple[Claim, ...]
    evidence: tuple[EvidenceItem, ...]
    indicators: tuple[IndicatorRow, ...]


def form_of(
    view: InnovationView, edition: Edition, agency_names: Mapping[str, str]
) -> InnovationForm:
    """`agency_names` are by code; an agency that is not among them is called by its code."""
    return InnovationForm(
        innovation_id=view.innovation_id,
        label=TRAINING if view.training else None,
        training=view.training,
        season_id=view.season_id,
        edition_id=view.edition_id,
        agency_id=view.agency_id,
        agency_name=agency_names.get(view.agency_id, view.agency_id),
        agency_path=view.agency_path,
        region_id=view.region_id,
        state=view.state,
        round=view.round,
        drafted_at=view.drafted_at,
        changed_at=view.changed_at,
        content_digest=view.content_digest,
        profile=view.profile,
        claims=view.claims,
        evidence=view.evidence,
        indicators=tuple(_rows(view, edition)),
    )


def shown_name(item: EvidenceItem) -> str:
    """What people know the item by."""
    match item.content:
        case FileEvidence() as file:
            return file.file_name
        case LinkEvidence() as link:
            return link.url
        case statement:
            return statement.contact_body


def _rows(view: InnovationView, edition: Edition) -> Iterable[IndicatorRow]:
    claims = {claim.indicator: claim for claim in view.claims}
    granted = {each.indicator: each for each in view.granted}
    is_verified = bool(view.granted) or view.state == "verified"
    for row in edition.sid:
        claim = claims.get(row.code) or Claim(indicator=row.code, level=0)
        verified = granted.get(row.code) or GrantedLevel(indicator=row.code, level=0)
        yield IndicatorRow(
            number=row.iid_no,
            indicator=row.code,
            name=row.name_id,
            weight=row.weight,
            claimed_level=claim.level,
            claimed=_level(row, claim.level, claim.basis),
            basis=claim.basis,
            subtype=claim.subtype,
            verified_level=verified.level if is_verified else None,
            verified=_level(row, verified.level, claim.basis) if is_verified else None,
            evidence=tuple(
                shown_name(item) for item in view.evidence if row.code in item.indicators
            ),
        )


def _level(row: SidRow, level: int, basis: str | None) -> str:
    """The text of a level; where it is measured by a basis, that of the basis."""
    if level == 0:
        return "-"
    chosen = next((each for each in row.bases if each.id == basis), None)
    levels = row.levels if chosen is None else chosen.levels
    return levels[level - 1]
