"""Verified innovations of the health office, the region they count in, and a panel of judges."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from services.scoring.domain.commitment import Opened, commitment
from services.scoring.domain.panel import OpenPanel, Recuse, Reveal, SealScore
from services.scoring.domain.region import CountInnovation, RecordGovernmentAspect
from services.scoring.domain.scorecard import Score, decider
from shared.editions import Edition, load
from shared.events.awards import RoundOpened
from shared.events.base import Aggregate, Fact, Recorded
from shared.events.scoring import (
    Criterion,
    CriterionScore,
    GovernmentRow,
    InnovationScored,
    PanelEntry,
    PanelOpened,
    ScoreSealed,
)
from shared.events.submission import Claim, Profile
from shared.events.verification import DossierVerified, Subject, Verdict, VerdictCorrected

AT = datetime(2026, 8, 4, 1, tzinfo=UTC)
SYSTEM = "system:scoring"
INNOVATION = "inov-1"
SEASON, REGION_ID = "2026", "hss"
REGION_KEY = "2026_hss"
PATH = ("kalsel", "hss", "dinkes")
EVIDENCE = "1" * 64
LEVELS: Mapping[str, int] = {f"SID-{number:02d}": 3 for number in range(1, 21)}


@cache
def edition(edition_id: str = "2026-r1") -> Edition:
    return load(edition_id)


def profile(**changes: Any) -> Profile:
    values: dict[str, Any] = {
        "title": "Posyandu Keliling",
        "stage": "implementation",
        "initiator": "perangkat_daerah",
        "main_affair": "kesehatan",
        "implemented_on": date(2025, 3, 1),
    }
    return Profile(**{**values, **changes})


def subject(**changes: Any) -> Subject:
    instrument = edition(changes.pop("edition_id", "2026-r1"))
    values: dict[str, Any] = {
        "innovation_id": INNOVATION,
        "season_id": SEASON,
        "edition_id": instrument.id,
        "edition_digest": instrument.digest,
        "training": False,
        "agency_id": "dinkes",
        "agency_path": PATH,
        "region_id": REGION_ID,
        "profile": profile(),
        "drafters": ("person-drafter",),
    }
    return Subject(**{**values, **changes})


def claims(levels: Mapping[str, int]) -> tuple[Claim, ...]:
    return tuple(Claim(indicator=code, level=level) for code, level in levels.items())


def verdict(indicator: str, claimed: int, granted: int, **changes: Any) -> Verdict:
    values: dict[str, Any] = {
        "indicator": indicator,
        "claimed_level": claimed,
        "granted_level": granted,
        "reason_code": "lower_level_proven" if granted < claimed else None,
        "evidence": (EVIDENCE,),
        "round": 1,
        "decided_by": "person-verifier",
        "decided_by_agency": "brida",
        "decided_at": AT,
    }
    return Verdict(**{**values, **changes})


def verified(
    claimed: Mapping[str, int] = LEVELS, granted: Mapping[str, int] | None = None, **changes: Any
) -> DossierVerified:
    """A verified dossier; `granted` is what was claimed unless told otherwise."""
    reached = claimed if granted is None else granted
    verdicts = tuple(verdict(code, claimed.get(code, 0), level) for code, level in reached.items())
    values: dict[str, Any] = {
        "by": "person-verifier",
        "at": AT,
        "dossier_id": changes["about"].innovation_id if "about" in changes else INNOVATION,
        "about": subject(),
        "round": 1,
        "claims": claims(claimed),
        "verdicts": verdicts,
        "deciders": ("person-verifier",),
    }
    return DossierVerified(**{**values, **changes})


def corrected(
    before: DossierVerified, objection_id: str, indicator: str, level: int
) -> VerdictCorrected:
    """A granted objection to one indicator of what was verified."""
    claimed = {claim.indicator: claim.level for claim in before.claims}[indicator]
    correction = verdict(indicator, claimed, level, decided_by="person-committee")
    others = tuple(each for each in before.verdicts if each.indicator != indicator)
    return VerdictCorrected(
        by="person-committee",
        at=AT,
        dossier_id=before.dossier_id,
        competition_id="kia-2026",
        objection_id=objection_id,
        corrected=correction,
        about=before.about,
        round=before.round,
        claims=before.claims,
        verdicts=(*others, correction),
        deciders=(*before.deciders, "person-committee"),
    )


def score(fact: DossierVerified | VerdictCorrected) -> Score:
    return Score(SYSTEM, fact.at, edition(fact.about.edition_id), fact)


def scored(*sources: DossierVerified | VerdictCorrected) -> InnovationScored:
    """The scorecard after these sources, in this order."""
    facts: list[InnovationScored] = []
    for source in sources or (verified(),):
        facts += decider.decide(score(source), decider.replay(facts))
    return facts[-1]


def innovation(number: int, level: int = 3, **changes: Any) -> InnovationScored:
    """The first scorecard of one of many innovations, all rows at `level`."""
    about = subject(innovation_id=f"inov-{number}", **changes)
    return scored(verified(dict.fromkeys(LEVELS, level), about=about))


def count(fact: InnovationScored) -> CountInnovation:
    return CountInnovation(SYSTEM, fact.at, edition(fact.edition_id), fact)


def government_rows(level: int = 3) -> tuple[GovernmentRow, ...]:
    rows = edition().spd
    assert isinstance(rows, tuple)
    return tuple(GovernmentRow(indicator=r.code, level=level, source="LKPD 2025") for r in rows)


def record_aspect(**changes: Any) -> RecordGovernmentAspect:
    values: dict[str, Any] = {
        "by": "person-admin",
        "at": AT,
        "edition": edition(),
        "season_id": SEASON,
        "region_id": REGION_ID,
        "rows": government_rows(),
    }
    return RecordGovernmentAspect(**{**values, **changes})


# --- panel --------------------------------------------------------------------------------

PANEL_ID = "panel-1"
NOVELTY = Criterion(code="kebaruan", name="Kebaruan", weight=30, scale=100)
BENEFIT = Criterion(code="kemanfaatan", name="Kemanfaatan", weight=20, scale=10)
FIRST, SECOND = "inov-1", "inov-2"


@dataclass(frozen=True)
class Judge:
    id: str
    agency: str | None = None
    agency_path: tuple[str, ...] = ()


ANI, BUDI = Judge("judge-ani"), Judge("judge-budi", "brin", ("brin",))
ENTRIES = (
    PanelEntry(
        innovation_id=FIRST, title="Posyandu Keliling", agency_path=PATH, drafters=("drafter-1",)
    ),
    PanelEntry(
        innovation_id=SECOND,
        title="Pasar Daring",
        agency_path=("kalsel", "hss", "disdag"),
        drafters=("drafter-2",),
    ),
)


def round_opened(**changes: Any) -> RoundOpened:
    values: dict[str, Any] = {
        "by": "person-committee",
        "at": AT,
        "competition_id": "kia-2026",
        "category": "skpd",
        "round": "presentasi",
        "scored_by": "panel",
        "panel_id": PANEL_ID,
        "criteria": (NOVELTY, BENEFIT),
        "judges": (ANI.id, BUDI.id),
        "entries": ENTRIES,
    }
    return RoundOpened(**{**values, **changes})


def open_panel(**changes: Any) -> OpenPanel:
    return OpenPanel(SYSTEM, AT, round_opened(**changes))


def panel_opened(**changes: Any) -> PanelOpened:
    values: dict[str, Any] = {
        "by": SYSTEM,
        "at": AT,
        "panel_id": PANEL_ID,
        "competition_id": "kia-2026",
        "category": "skpd",
        "round": "presentasi",
        "criteria": (NOVELTY, BENEFIT),
        "judges": (ANI.id, BUDI.id),
        "entries": ENTRIES,
    }
    return PanelOpened(**{**values, **changes})


def given_scores(novelty: str = "80", benefit: str = "9") -> tuple[CriterionScore, ...]:
    return (
        CriterionScore(criterion=NOVELTY.code, score=Decimal(novelty)),
        CriterionScore(criterion=BENEFIT.code, score=Decimal(benefit)),
    )


def opened(judge: Judge, innovation_id: str, novelty: str = "80", benefit: str = "9") -> Opened:
    nonce = f"nonce-{judge.id}-{innovation_id}"
    return Opened(judge.id, innovation_id, given_scores(novelty, benefit), nonce)


def seal(judge: Judge, innovation_id: str, **changes: Any) -> SealScore:
    values: dict[str, Any] = {
        "by": judge.id,
        "at": AT,
        "agency": judge.agency,
        "agency_path": judge.agency_path,
        "innovation_id": innovation_id,
        "scores": given_scores(),
        "nonce": f"nonce-{judge.id}-{innovation_id}",
        "ciphertext": "c2VhbGVk",
    }
    return SealScore(**{**values, **changes})


def sealed(score_opened: Opened, by_agency: str | None = None) -> ScoreSealed:
    return ScoreSealed(
        by=score_opened.judge_id,
        at=AT,
        panel_id=PANEL_ID,
        judge_id=score_opened.judge_id,
        innovation_id=score_opened.innovation_id,
        commitment=commitment(PANEL_ID, score_opened),
        ciphertext="c2VhbGVk",
        by_agency=by_agency,
    )


def recuse(judge: Judge, innovation_id: str, **changes: Any) -> Recuse:
    values: dict[str, Any] = {
        "by": judge.id,
        "at": AT,
        "judge_id": judge.id,
        "innovation_id": innovation_id,
        "reason": "My sister leads it.",
    }
    return Recuse(**{**values, **changes})


def reveal(*scores: Opened) -> Reveal:
    return Reveal("person-committee", AT, scores)


def recorded(aggregate: Aggregate[Any], key: str, fact: Fact, version: int) -> Recorded[Any]:
    return Recorded(
        fact=fact,
        id=f"event-{version}",
        subject=aggregate.subject(key),
        sequence=100 + version,
        version=version,
        command_id=f"command-{version}",
        command_digest="",
        correlation_id="correlation",
        causation_id=None,
        traceparent=None,
    )
