"""What the agency is told of its dossier, fact by fact. Pure.

A verdict is told when it is final, never before: a second look may still change it. Nobody who
decided is named.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, assert_never

from pydantic import BaseModel, ConfigDict, Field

from shared.events.base import Recorded, Utc
from shared.events.verification import (
    CriterionFinding,
    DossierOpened,
    DossierRejected,
    DossierVerified,
    DossierWithdrawn,
    RevisionItem,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
    Subject,
    Verdict,
    VerdictCorrected,
)

NoticeKind = Literal[
    "received",
    "revision_requested",
    "revision_lapsed",
    "verified",
    "rejected",
    "corrected",
    "withdrawn",
]
Told = (
    DossierOpened
    | RevisionReceived
    | RevisionRequested
    | RevisionLapsed
    | DossierVerified
    | DossierRejected
    | VerdictCorrected
    | DossierWithdrawn
)
KnowsItself = (
    DossierOpened | RevisionReceived | DossierVerified | DossierRejected | VerdictCorrected
)
"""The facts that say themselves which innovation they are about."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LevelTold(_Part):
    """What became of one claim. `reason_code` and `note` say why less was granted."""

    indicator: str
    claimed_level: int
    granted_level: int
    reason_code: str | None
    note: str


class CriterionTold(_Part):
    criterion: str
    note: str


class Received(_Part):
    """`lapsed` are the indicators that are judged anew after a revision."""

    kind: Literal["received"] = "received"
    round: int
    lapsed: tuple[str, ...] = ()


class RevisionAsked(_Part):
    kind: Literal["revision_requested"] = "revision_requested"
    round: int
    items: tuple[RevisionItem, ...]
    fields: tuple[str, ...]
    message: str
    due: Utc


class Lapsed(_Part):
    kind: Literal["revision_lapsed"] = "revision_lapsed"
    round: int


class Verified(_Part):
    kind: Literal["verified"] = "verified"
    round: int
    indicators: tuple[LevelTold, ...]


class Rejected(_Part):
    """The criteria that are not met."""

    kind: Literal["rejected"] = "rejected"
    round: int
    criteria: tuple[CriterionTold, ...]


class Corrected(_Part):
    kind: Literal["corrected"] = "corrected"
    round: int
    competition_id: str
    objection_id: str
    corrected: LevelTold
    indicators: tuple[LevelTold, ...]


class Withdrawn(_Part):
    kind: Literal["withdrawn"] = "withdrawn"
    reason: str


Params = Received | RevisionAsked | Lapsed | Verified | Rejected | Corrected | Withdrawn


class Notice(_Part):
    """One fact of a dossier as its agency hears of it; `notice_id` is the fact's own id."""

    notice_id: str
    sequence: int
    kind: NoticeKind
    at: Utc
    innovation_id: str
    title: str
    season_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    training: bool
    params: Annotated[Params, Field(discriminator="kind")]


def is_told(fact: object) -> bool:
    """Whether the agency hears of such a fact at all."""
    return isinstance(fact, Told)


def subject_in(facts: Iterable[Recorded[Any]], version: int) -> Subject | None:
    """The innovation as the dossier's fact of this version found it; None if it was never sent."""
    known = [
        each.fact.about
        for each in facts
        if each.version <= version and isinstance(each.fact, KnowsItself)
    ]
    return known[-1] if known else None


def notice_of(event: Recorded[Any], about: Subject | None) -> Notice | None:
    """`about` is asked of those facts only that do not say it themselves.

    None for what nobody is told of: work in progress, and a withdrawal before anything came in.
    """
    fact = event.fact
    if not isinstance(fact, Told):
        return None
    subject = fact.about if isinstance(fact, KnowsItself) else about
    if subject is None:
        return None
    params = _params(fact)
    return Notice(
        notice_id=event.id,
        sequence=event.sequence,
        kind=params.kind,
        at=fact.at,
        innovation_id=subject.innovation_id,
        title=subject.profile.title,
        season_id=subject.season_id,
        agency_id=subject.agency_id,
        agency_path=subject.agency_path,
        training=subject.training,
        params=params,
    )


def _params(fact: Told) -> Params:
    match fact:
        case DossierOpened():
            return Received(round=fact.round)
        case RevisionReceived():
            return Received(round=fact.round, lapsed=fact.lapsed)
        case RevisionRequested():
            return RevisionAsked(
                round=fact.round,
                items=fact.items,
                fields=fact.fields,
                message=fact.message,
                due=fact.due,
            )
        case RevisionLapsed():
            return Lapsed(round=fact.round)
        case DossierVerified():
            return Verified(round=fact.round, indicators=_levels(fact.verdicts))
        case DossierRejected():
            return Rejected(round=fact.round, criteria=_unmet(fact.admissibility.findings))
        case VerdictCorrected():
            return Corrected(
                round=fact.round,
                competition_id=fact.competition_id,
                objection_id=fact.objection_id,
                corrected=_level(fact.corrected),
                indicators=_levels(fact.verdicts),
            )
        case DossierWithdrawn():
            return Withdrawn(reason=fact.reason)
        case _:
            assert_never(fact)


def _levels(verdicts: tuple[Verdict, ...]) -> tuple[LevelTold, ...]:
    return tuple(_level(each) for each in sorted(verdicts, key=lambda one: one.indicator))


def _level(verdict: Verdict) -> LevelTold:
    return LevelTold(
        indicator=verdict.indicator,
        claimed_level=verdict.claimed_level,
        granted_level=verdict.granted_level,
        reason_code=verdict.reason_code,
        note=verdict.note,
    )


def _unmet(findings: tuple[CriterionFinding, ...]) -> tuple[CriterionTold, ...]:
    return tuple(
        CriterionTold(criterion=each.criterion, note=each.note) for each in findings if not each.met
    )
