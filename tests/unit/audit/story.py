"""A whole season in small: two innovations from draft to money, with everything that can happen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from services.awards.api.allocations import determined
from services.awards.domain import competition, fund
from services.awards.domain.allocation import lines
from services.awards.domain.known import KnownFund
from services.scoring.domain import panel, region
from services.scoring.domain.commitment import Opened
from services.submission.domain import agency, commands, season
from services.verification import domain as dossier
from shared.editions import load
from shared.events.awards import (
    COMPETITION,
    FUND,
    CategoryRule,
    CompetitionRules,
    Prize,
    RoundRule,
)
from shared.events.scoring import PANEL, REGION, Criterion, CriterionScore, GovernmentRow
from shared.events.submission import (
    AGENCY,
    INNOVATION,
    SEASON,
    Claim,
    EvidenceItem,
    FileEvidence,
    Letter,
    Profile,
)
from shared.events.verification import DOSSIER
from tests.unit.audit.past import Past
from tests.unit.audit.reviewing import NO_SAMPLE, OPENED, Reviewing

DEADLINE = datetime(2026, 8, 31, tzinfo=UTC)
EDITION = load("2026-r1")
PROFILE = Profile(
    title="SIP PUTIH",
    stage="implementation",
    initiator="perangkat_daerah",
    kind="digital",
    form="pelayanan_publik",
    main_affair="kesehatan",
    implemented_on=date(2024, 5, 1),
    design_narrative="kata " * 300,
    purpose="tujuan",
    benefit="manfaat",
    result="hasil",
)
NOVELTY = Criterion(code="kebaruan", name="Kebaruan", weight=60, scale=10)
BENEFIT = Criterion(code="manfaat", name="Kemanfaatan", weight=40, scale=10)
RULES = CompetitionRules(
    categories=(
        CategoryRule(
            code="skpd",
            name="Perangkat daerah",
            within="hss",
            initiators=(),
            minimum_maturity=Decimal(1),
            rounds=(
                RoundRule(
                    code="administrasi",
                    name="Administrasi",
                    scored_by="maturity",
                    weight=40,
                    advance=3,
                ),
                RoundRule(
                    code="presentasi",
                    name="Presentasi",
                    scored_by="panel",
                    weight=60,
                    criteria=(NOVELTY, BENEFIT),
                    judges=("judge-1", "judge-2"),
                ),
            ),
            prizes=(
                Prize(rank=1, label="Juara 1", fund_id="apbd-2026", amount_rupiah=5_000_000),
                Prize(rank=2, label="Juara 2", fund_id="apbd-2026", amount_rupiah=3_000_000),
            ),
        ),
    ),
    tie_breaks=("last_round", "verified_maturity"),
    objection_days=3,
)


@dataclass
class Story(Reviewing):
    """Tells a season fact by fact."""

    async def opened(self, key: str, **changes: Any) -> None:
        values: dict[str, Any] = {
            "by": "admin-1",
            "at": self.at,
            "season_id": key,
            "name": f"Musim {key}",
            "assessment_year": 2026,
            "edition_id": EDITION.id,
            "edition_digest": EDITION.digest,
            "opens_at": OPENED,
            "deadline": DEADLINE,
            "revision_days": 7,
            "training": False,
        }
        await self.past.give(SEASON, key, season.OpenSeason(**values | changes))

    async def season(self) -> None:
        await self.opened("2026")
        longer = season.ExtendDeadline("admin-1", self.at, DEADLINE + timedelta(days=3), "Banjir")
        await self.past.give(SEASON, "2026", longer)
        await self.agency("kalsel", "province", None)
        await self.agency("brida", "agency", "kalsel")
        await self.agency("hss", "regency", "kalsel")
        await self.agency("hss-dinkes", "agency", "hss")
        await self.agency("hss-disdag", "agency", "hss")
        promise = agency.SignCommitment("admin-1", self.at, "2026", 2, "188/1", date(2026, 1, 4))
        await self.past.give(AGENCY, "hss-dinkes", promise)
        renamed = agency.RenameAgency("admin-1", self.at, "Dinas Perdagangan", "Disdag")
        await self.past.give(AGENCY, "hss-disdag", renamed)
        await self.rule(NO_SAMPLE)

    async def agency(self, key: str, kind: Any, parent: str | None) -> None:
        above = None if parent is None else self.past.state(AGENCY, parent)
        command = agency.RegisterAgency(
            by="admin-1",
            at=self.at,
            agency_id=key,
            name=key,
            short_name="",
            kind=kind,
            parent=None if above is None else agency.Parent(above.path, above.region_id),
            source="",
            sample=True,
        )
        await self.past.give(AGENCY, key, command)

    async def innovation(self, key: str, owner: str, drafter: str) -> None:
        known = self.past.state(AGENCY, owner)
        await self.past.give(
            INNOVATION,
            key,
            commands.DraftInnovation(
                by=drafter,
                at=self.at,
                innovation_id=key,
                season_id="2026",
                edition=EDITION,
                training=False,
                opens_at=OPENED,
                deadline=DEADLINE,
                agency_id=owner,
                agency_kind=known.kind,
                agency_path=known.path,
                region_id=known.region_id,
                profile=PROFILE,
            ),
        )
        better = PROFILE.model_copy(update={"title": f"SIP PUTIH {key}"})
        await self.past.give(
            INNOVATION, key, commands.ReviseProfile(drafter, self.at, EDITION, better)
        )
        await self.evidence(key, drafter, f"ev-{key}", "1" * 64, "SID-01", "SID-02")
        for indicator, level in (("SID-01", 3), ("SID-02", 2)):
            claim = Claim(indicator=indicator, level=level)
            await self.past.give(
                INNOVATION, key, commands.ClaimLevel(drafter, self.at, EDITION, claim)
            )
        await self.submit(key, drafter)

    async def evidence(
        self, key: str, drafter: str, evidence_id: str, digest: str, *indicators: str
    ) -> None:
        content = FileEvidence(
            file_name="sk.pdf", sha256=digest, size_bytes=2048, media_type="application/pdf"
        )
        item = EvidenceItem(
            evidence_id=evidence_id,
            indicators=indicators,
            evidence_kind="decree",
            content=content,
            letter=Letter(number="188/1", signed_on=date(2024, 2, 1), subject="SIP PUTIH"),
        )
        declared = commands.DeclareEvidence(drafter, self.at, EDITION, item, 10_000_000)
        await self.past.give(INNOVATION, key, declared)
        accepted = commands.AcceptEvidence(
            drafter,
            self.at,
            evidence_id,
            digest,
            2048,
            "application/pdf",
            f"sha256/{digest}",
            "v1",
        )
        await self.past.give(INNOVATION, key, accepted)

    async def submit(self, key: str, drafter: str) -> None:
        await self.past.give(INNOVATION, key, commands.Submit(drafter, self.at, EDITION, DEADLINE))

    async def verified_after_a_revision(self, key: str, drafter: str) -> None:
        token = f"token-{key}"
        recuse = dossier.Recuse(
            by="verifier-9", at=self.at, agency=None, agency_path=(), reason="Keluarga."
        )
        await self.past.give(DOSSIER, key, recuse)
        await self.claimed(key, token)
        await self.admitted(key, token)
        await self.decided(key, token, "SID-01", 3)
        await self.asked_for_a_revision(key, token)
        await self.evidence(key, drafter, f"ev2-{key}", "2" * 64, "SID-02")
        await self.submit(key, drafter)
        await self.claimed(key, f"{token}-2")
        await self.decided(key, f"{token}-2", "SID-02", 1)
        await self.verified(key, f"{token}-2")

    async def aspect(self) -> None:
        rows = EDITION.spd
        assert isinstance(rows, tuple)
        entered = tuple(
            GovernmentRow(indicator=row.code, level=2, source="LKPD 2025") for row in rows
        )
        await self.past.give(
            REGION,
            "2026_hss",
            region.RecordGovernmentAspect("admin-1", self.at, EDITION, "2026", "hss", entered),
        )

    async def announced(self) -> None:
        await self.competition(
            competition.Announce(
                by="chair-1",
                at=self.at,
                competition_id="kia-2026",
                name="KIA",
                season_id="2026",
                rules=RULES,
                funds=self.known_funds(),
            )
        )

    def known_funds(self, *fund_ids: str) -> tuple[KnownFund, ...]:
        """The registered ones; the region's budget where none is named."""
        known = [(key, self.past.state(FUND, key)) for key in fund_ids or ("apbd-2026",)]
        return tuple(
            KnownFund(
                fund_id=key,
                fiscal_year=state.registered.fiscal_year,
                available_rupiah=state.available_rupiah,
            )
            for key, state in known
        )

    async def competition(self, command: competition.Command) -> None:
        await self.past.give(COMPETITION, "kia-2026", command)

    async def judged(self, *innovations: str) -> None:
        where = {"by": "chair-1", "category": "skpd"}
        first = {**where, "round": "administrasi"}
        await self.competition(competition.OpenRound(**first, at=self.at, panel_id="unused"))
        await self.competition(competition.CloseRound(**first, at=self.at))
        second = {**where, "round": "presentasi"}
        await self.competition(competition.OpenRound(**second, at=self.at, panel_id="panel-1"))
        opened: list[Opened] = []
        for number, innovation in enumerate(innovations):
            for judge in ("judge-1", "judge-2"):
                scores = (
                    CriterionScore(criterion="kebaruan", score=Decimal(9 - number)),
                    CriterionScore(criterion="manfaat", score=Decimal("7.5")),
                )
                nonce = f"nonce-{judge}-{innovation}"
                opened.append(Opened(judge, innovation, scores, nonce))
                seal = panel.SealScore(
                    judge, self.at, None, (), innovation, scores, nonce, "c2VhbGVk"
                )
                await self.past.give(PANEL, "panel-1", seal)
        await self.past.give(PANEL, "panel-1", panel.Reveal("chair-1", self.at, tuple(opened)))
        await self.competition(competition.DraftResults(by="chair-1", at=self.at))

    async def objected(self, innovation: str) -> None:
        await self.competition(competition.OpenObjectionWindow(by="chair-1", at=self.at, version=1))
        for number, (indicator, granted) in enumerate((("SID-01", True), ("SID-02", False))):
            filed = competition.FileObjection(
                by="drafter-2",
                at=self.at,
                agency="hss-disdag",
                objection_id=f"objection-{number}",
                innovation_id=innovation,
                indicator=indicator,
                granted_level=2,
                level_sought=3,
                reason="Buktinya ada.",
            )
            await self.competition(filed)
            decided = competition.DecideObjection(
                by=f"leader-{number + 1}",
                at=self.at,
                agency="inspektorat",
                agency_path=("inspektorat",),
                objection_id=f"objection-{number}",
                granted=granted,
                granted_level=2,
                level=3,
                reason="Sudah dilihat.",
            )
            await self.competition(decided)

    async def published(self) -> None:
        self.start += timedelta(days=4)
        decree = {"decree_number": "188.44/1", "decree_date": date(2026, 1, 20)}
        await self.competition(competition.Determine(by="leader-1", at=self.at, **decree))
        await self.competition(competition.Publish(by="chair-1", at=self.at))

    async def registered(self) -> None:
        register = fund.RegisterFund(
            by="treasurer-1",
            at=self.at,
            fund_id="apbd-2026",
            name="APBD",
            source_kind="apbd",
            account_code="5.1.02.05.01.0001",
            fiscal_year=2026,
            ceiling_rupiah=9_000_000,
        )
        await self.fund(register)

    async def paid(self) -> None:
        state = self.past.state(COMPETITION, "kia-2026")
        owed = lines(determined(state), lambda c, rank, n, i, r: f"alloc-{rank}", None)["apbd-2026"]
        await self.fund(fund.Allocate(by="chair-1", at=self.at, lines=owed))
        who = {"by": "leader-1", "agency": None, "agency_path": ()}
        await self.fund(fund.Approve(**who, at=self.at, allocation_id="alloc-1"))
        pay = fund.Pay(
            by="treasurer-1",
            at=self.at,
            allocation_id="alloc-1",
            reference="SP2D/1",
            paid_on=date(2026, 1, 9),
        )
        await self.fund(pay)
        back = fund.Reverse(by="chair-1", at=self.at, allocation_id="alloc-2", reason="Mundur.")
        await self.fund(back)

    async def fund(self, command: fund.Command) -> None:
        await self.past.give(FUND, "apbd-2026", command)


async def told() -> Past:
    """Opened, drafted, verified (one after a revision), scored, judged, objected to, paid."""
    story = Story(Past(), count())
    await story.season()
    await story.innovation("inov-1", "hss-dinkes", "drafter-1")
    await story.verified_after_a_revision("inov-1", "drafter-1")
    await story.registered()
    await story.announced()
    await story.innovation("inov-2", "hss-disdag", "drafter-2")
    await story.plainly_verified("inov-2")
    await story.innovation("inov-3", "hss-disdag", "drafter-2")
    gone = commands.Withdraw("drafter-2", story.at, "Digabung.")
    await story.past.give(INNOVATION, "inov-3", gone)
    await story.aspect()
    await story.judged("inov-1", "inov-2")
    await story.objected("inov-2")
    await story.published()
    await story.paid()
    return story.past
