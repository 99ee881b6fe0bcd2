"""What somebody who only hears the facts of a dossier can check of them."""

from datetime import datetime
from typing import Any

from services.verification.domain import State
from services.verification.domain.states import (
    Disputed,
    InReview,
    Missing,
    Rejected,
    UnderCheck,
    Verified,
    WaitingForRevision,
)
from shared.events.submission import EvidenceItem
from shared.events.verification import (
    AdmissibilityDecided,
    AdmissibilityRechecked,
    DiscrepancyResolved,
    DossierEvent,
    DossierHandedOver,
    DossierLeased,
    DossierOpened,
    DossierRejected,
    DossierReleased,
    DossierVerified,
    DossierWithdrawn,
    FieldVisitRecorded,
    IndicatorDecided,
    IndicatorRechecked,
    LeaseRenewed,
    LeaseRevoked,
    QualityCheckDecided,
    QualityCheckDrawn,
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
    Verdict,
    VerdictCorrected,
    VerifierRecused,
)
from tests.builders.verification import (
    CLAIMS,
    DRAFTER,
    FROM_ABOVE,
    FROM_BELOW,
    OF_THE_AGENCY,
    TIED,
)

CONFLICTED = (DRAFTER, OF_THE_AGENCY, FROM_ABOVE, FROM_BELOW, TIED)
CLAIMED = {each.indicator: each.level for each in CLAIMS if each.level}

IN_HAND = (InReview, UnderCheck)
OPEN = (InReview, WaitingForRevision, UnderCheck, Disputed)
LIVE = (*OPEN, Verified, Rejected)
LEGAL: dict[type[Any], tuple[type[Any], ...]] = {
    DossierOpened: (Missing,),
    RevisionReceived: OPEN,
    DossierLeased: IN_HAND,
    LeaseRenewed: IN_HAND,
    DossierReleased: IN_HAND,
    DossierHandedOver: IN_HAND,
    LeaseRevoked: IN_HAND,
    AdmissibilityDecided: (InReview,),
    IndicatorDecided: (InReview,),
    RevisionRequested: (InReview,),
    RevisionAnnounced: OPEN,
    RevisionLapsed: (WaitingForRevision,),
    FieldVisitRecorded: OPEN,
    QualityCheckDrawn: (InReview,),
    AdmissibilityRechecked: (UnderCheck,),
    IndicatorRechecked: (UnderCheck,),
    QualityCheckDecided: (UnderCheck,),
    DiscrepancyResolved: (Disputed,),
    DossierVerified: (InReview, UnderCheck, Disputed),
    DossierRejected: (UnderCheck, Disputed),
    DossierWithdrawn: (Missing, *LIVE),
    VerifierRecused: LIVE,
    VerdictCorrected: (Verified,),
}
"""In which states what may be said."""


class Heard:
    """What somebody who only hears the facts knows: a model much smaller than the dossier."""

    def __init__(self) -> None:
        self.manifest: tuple[EvidenceItem, ...] = ()
        self.recused: set[str] = set()
        self.first: set[str] = set()
        self.second: set[str] = set()
        self.draws: list[int] = []
        self.holder: tuple[str, str, datetime] | None = None

    def shown(self, indicator: str) -> tuple[str, ...]:
        shown = {
            item.content.sha256
            for item in self.manifest
            if item.accepted and indicator in item.indicators
        }
        return tuple(sorted(shown))

    def hear(self, fact: DossierEvent, before: State, after: State) -> None:
        assert isinstance(before, LEGAL[type(fact)]), (type(fact).__name__, before)
        match fact:
            case DossierOpened():
                self.manifest = fact.manifest
            case RevisionReceived():
                self._came_back(fact, after)
            case DossierLeased():
                self._taken(fact)
            case DossierReleased() | DossierHandedOver() | LeaseRevoked() | RevisionRequested():
                self.holder = None
            case LeaseRenewed():
                self._saved(fact.by, fact.token, fact.at, fact.until)
            case VerifierRecused():
                self.recused.add(fact.by)
                if self.holder and self.holder[0] == fact.by:
                    self.holder = None
            case RevisionAnnounced():
                self.holder = None
            case _:
                self._found(fact)

    def _found(self, fact: DossierEvent) -> None:
        match fact:
            case AdmissibilityDecided() | IndicatorDecided():
                self._saved(fact.by, fact.token, fact.at, fact.lease_until)
                self.first.add(fact.by)
            case AdmissibilityRechecked() | IndicatorRechecked():
                self._saved(fact.by, fact.token, fact.at, fact.lease_until)
                self.second.add(fact.by)
            case QualityCheckDrawn():
                self._may_decide(fact.by)
                self.holder = None
                self.first.add(fact.by)
                self.draws.append(fact.round)
                assert len(set(self.draws)) == len(self.draws), "one draw a round"
            case QualityCheckDecided():
                self._may_decide(fact.by)
                self.second.add(fact.by)
            case DiscrepancyResolved():
                self._may_decide(fact.by)
                assert fact.by not in self.first | self.second
            case _:
                pass
        assert not self.first & self.second
        self._check_verdicts(fact)

    def _check_verdicts(self, fact: DossierEvent) -> None:
        match fact:
            case IndicatorDecided(verdict=verdict) | IndicatorRechecked(verdict=verdict):
                self._stands(verdict)
            case DiscrepancyResolved(verdicts=verdicts) | VerdictCorrected(verdicts=verdicts):
                for each in verdicts:
                    self._stands(each)
            case DossierVerified():
                assert {each.indicator for each in fact.verdicts} == set(CLAIMED)
                assert {each.decided_by for each in fact.verdicts} <= set(fact.deciders)
                assert fact.admissibility is not None and fact.admissibility.admissible
                for each in fact.verdicts:
                    self._stands(each)
            case DossierRejected():
                assert not fact.admissibility.admissible
                assert len(fact.deciders) > 1
            case _:
                pass

    def _stands(self, verdict: Verdict) -> None:
        assert verdict.evidence == self.shown(verdict.indicator)
        assert verdict.granted_level == 0 or verdict.evidence
        assert 0 <= verdict.granted_level <= CLAIMED[verdict.indicator]
        if verdict.reason_code != "objection_granted":
            self._may_decide(verdict.decided_by)

    def _may_decide(self, person: str) -> None:
        assert person not in {each.by for each in CONFLICTED}
        assert person not in self.recused

    def _came_back(self, fact: RevisionReceived, after: State) -> None:
        """Who decided what still stands has looked already; all others are new to it."""
        assert isinstance(after, InReview)
        self.manifest = fact.manifest
        self.first, self.second = {each.decided_by for each in after.case.verdicts}, set()
        if after.case.admissibility:
            self.first.add(after.case.admissibility.decided_by)
        self.holder = None

    def _taken(self, fact: DossierLeased) -> None:
        self._may_decide(fact.by)
        if self.holder:
            assert self.holder[0] == fact.by or fact.at >= self.holder[2]
        self.holder = (fact.by, fact.token, fact.until)

    def _saved(self, by: str, token: str, at: datetime, until: datetime) -> None:
        assert self.holder is not None
        assert self.holder[:2] == (by, token)
        assert at < self.holder[2]
        self._may_decide(by)
        self.holder = (by, token, until)
