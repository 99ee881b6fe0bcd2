"""How a dossier is reviewed, told command by command; the clock moves a minute at each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from services.verification import domain as dossier
from services.verification.domain import quality, verifier
from services.verification.domain.sampling import rule_at
from services.verification.domain.states import Live
from services.verification.domain.verdicts import shown_for
from shared.events.verification import (
    DOSSIER,
    QUALITY,
    VERIFIER,
    Criterion,
    CriterionFinding,
    QualityRule,
    RevisionItem,
    verifier_key,
)
from tests.unit.audit.past import Past

OPENED = datetime(2026, 1, 5, 1, tzinfo=UTC)
LEASE = 1800
NO_SAMPLE = QualityRule(sample_permille=0, large_change=2)
ALL_SAMPLED = QualityRule(sample_permille=1000, large_change=2)
FIRST, SECOND, THIRD = "verifier-1", "verifier-2", "controller-1"
SEASON_ID = "2026"


@dataclass
class Reviewing:
    """`start` is where the clock began."""

    past: Past
    minutes: Iterator[int]
    start: datetime = OPENED

    @property
    def at(self) -> datetime:
        return self.start + timedelta(minutes=next(self.minutes))

    def who(self, person: str = FIRST) -> dict[str, Any]:
        return {"by": person, "agency": "brida", "agency_path": ("kalsel", "brida")}

    async def rule(self, rule: QualityRule) -> None:
        """Published, and in force with the next command."""
        at = self.at
        publish = quality.PublishQualityRule(
            by="admin-1",
            at=at,
            season_id=SEASON_ID,
            rule=rule,
            effective_from=at + timedelta(minutes=5),
        )
        await self.past.give(QUALITY, SEASON_ID, publish)
        self.start += timedelta(minutes=5)

    def rule_now(self, at: datetime) -> QualityRule:
        return rule_at(self.past.state(QUALITY, SEASON_ID).rules, at)

    async def described(self, person: str) -> None:
        command = verifier.DescribeVerifier(
            by=person,
            at=self.at,
            verifier_id=person,
            home=verifier.Home("brida", ("kalsel", "brida")),
            affairs=("kesehatan",),
            capacity=5,
            active=True,
        )
        await self.past.give(VERIFIER, verifier_key(person), command)

    async def tied(self, person: str, agency_id: str) -> None:
        command = verifier.DeclareConflict(
            by=person, at=self.at, agency_id=agency_id, reason="Saudara kandung kepala dinas."
        )
        await self.past.give(VERIFIER, verifier_key(person), command)

    async def untied(self, person: str, agency_id: str) -> None:
        command = verifier.EndConflict(
            by=person, at=self.at, agency_id=agency_id, reason="Kepala dinas diganti."
        )
        await self.past.give(VERIFIER, verifier_key(person), command)

    async def claimed(self, key: str, token: str, person: str = FIRST) -> None:
        who = self.who(person)
        claim = dossier.ClaimDossier(**who, at=self.at, token=token, lease_seconds=LEASE)
        await self.past.give(DOSSIER, key, claim)

    async def admitted(
        self, key: str, token: str, person: str = FIRST, unmet: Criterion | None = None
    ) -> None:
        command = dossier.DecideAdmissibility(
            **self.who(person),
            at=self.at,
            token=token,
            lease_seconds=LEASE,
            findings=answers(unmet),
        )
        await self.past.give(DOSSIER, key, command)

    async def decided(
        self, key: str, token: str, indicator: str, level: int, person: str = FIRST
    ) -> None:
        command = dossier.DecideIndicator(
            **self.who(person),
            at=self.at,
            token=token,
            lease_seconds=LEASE,
            verdict=self.granting(key, indicator, level),
        )
        await self.past.give(DOSSIER, key, command)

    def granting(self, key: str, indicator: str, level: int) -> dossier.Granting:
        """A verdict on what the dossier shows now, with a reason where it is below the claim."""
        state = self.past.state(DOSSIER, key)
        assert isinstance(state, Live)
        claim = state.case.claim(indicator)
        assert claim is not None
        is_less = level < claim.level
        return dossier.Granting(
            indicator=indicator,
            granted_level=level,
            evidence=shown_for(indicator, state.case.manifest),
            basis=claim.basis,
            reason_code="lower_level_proven" if is_less else None,
            note="Hanya itu." if is_less else "",
        )

    async def verified(self, key: str, token: str, person: str = FIRST) -> None:
        at = self.at
        rule = self.rule_now(at)
        command = dossier.VerifyDossier(**self.who(person), at=at, token=token, rule=rule)
        await self.past.give(DOSSIER, key, command)

    async def asked_for_a_revision(self, key: str, token: str) -> datetime:
        """Until when the agency must answer."""
        due = self.at + timedelta(days=7)
        ask = dossier.RequestRevision(
            **self.who(),
            at=self.at,
            token=token,
            items=(RevisionItem(indicator="SID-02", message="Tahun 2025."),),
            message="Lengkapi.",
            due=due,
            max_revisions=1,
        )
        await self.past.give(DOSSIER, key, ask)
        return due

    async def plainly_verified(self, key: str) -> None:
        token = f"token-{key}"
        await self.claimed(key, token)
        await self.admitted(key, token)
        await self.decided(key, token, "SID-01", 2)
        await self.decided(key, token, "SID-02", 2)
        await self.verified(key, token)


def answers(unmet: Criterion | None = None) -> tuple[CriterionFinding, ...]:
    return tuple(
        CriterionFinding(
            criterion=each, met=each != unmet, note="Tidak terpenuhi." if each == unmet else ""
        )
        for each in dossier.CRITERIA
    )
