"""What verification's facts and the passing of time make submission do."""

from datetime import UTC, datetime, timedelta

from services.submission import reactions
from services.submission.consumers import commands
from services.submission.domain.commands import (
    CompleteSubmission,
    ConcludeVerification,
    Reopen,
)
from shared.events.submission import INNOVATION, GrantedLevel
from shared.events.verification import (
    Admissibility,
    CriterionFinding,
    DossierRejected,
    DossierVerified,
    DossierWithdrawn,
    RevisionItem,
    RevisionRequested,
    Subject,
    Verdict,
    VerdictCorrected,
)
from shared.reactions import To
from tests.builders.submission import EDITION, PROFILE, SHA, recorded

AT = datetime(2026, 9, 5, 2, tzinfo=UTC)
ABOUT = Subject(
    innovation_id="inno-1",
    season_id="2026",
    edition_id=EDITION.id,
    edition_digest=EDITION.digest,
    training=False,
    agency_id="hss-dinkes",
    agency_path=("kalsel", "hss", "hss-dinkes"),
    region_id="hss",
    profile=PROFILE,
    drafters=("operator-dinkes",),
)
CONCLUDE = ConcludeVerification(
    by="system:submission",
    at=AT,
    round=2,
    granted=(
        GrantedLevel(indicator="SID-01", level=1),
        GrantedLevel(indicator="SID-09", level=0),
    ),
)


def verdict(indicator: str, level: int) -> Verdict:
    return Verdict(
        indicator=indicator,
        claimed_level=3,
        granted_level=level,
        reason_code="not_proven",
        note="Tidak terbukti.",
        evidence=(SHA,),
        round=1,
        decided_by="verifier",
        decided_by_agency=None,
        decided_at=AT,
    )


VERIFIED = DossierVerified(
    by="verifier",
    at=AT,
    dossier_id="inno-1",
    about=ABOUT,
    round=2,
    claims=(),
    verdicts=(verdict("SID-09", 0), verdict("SID-01", 1)),
    deciders=("verifier",),
)


async def test_a_revision_reopens_exactly_what_was_named() -> None:
    asked = RevisionRequested(
        by="verifier",
        at=AT,
        dossier_id="inno-1",
        innovation_id="inno-1",
        round=1,
        items=(
            RevisionItem(indicator="SID-09", message="Kurang jelas."),
            RevisionItem(indicator="SID-01", message="Tidak terbaca."),
        ),
        message="Mohon diperbaiki.",
        due=AT + timedelta(days=7),
        fields=("title", "purpose"),
    )
    command = Reopen(
        by="system:submission",
        at=AT,
        round=1,
        indicators=("SID-01", "SID-09"),
        due=AT + timedelta(days=7),
        fields=("purpose", "title"),
    )
    assert await commands(recorded(asked)) == (To("reopen", INNOVATION, "inno-1", command),)


async def test_a_verified_dossier_concludes_the_innovation() -> None:
    assert await commands(recorded(VERIFIED)) == (To("conclude", INNOVATION, "inno-1", CONCLUDE),)


async def test_a_corrected_verdict_concludes_it_again() -> None:
    corrected = VerdictCorrected(
        **{
            **{name: getattr(VERIFIED, name) for name in DossierVerified.model_fields},
            "competition_id": "kia-2026",
            "objection_id": "objection-1",
            "corrected": verdict("SID-01", 1),
        }
    )
    assert await commands(recorded(corrected)) == (To("conclude", INNOVATION, "inno-1", CONCLUDE),)


async def test_a_rejected_dossier_concludes_the_innovation_with_nothing_granted() -> None:
    burdens = CriterionFinding(criterion="no_burden", met=False, note="Menaikkan retribusi.")
    rejected = DossierRejected(
        by="verifier-2",
        at=AT,
        dossier_id="inno-1",
        about=ABOUT,
        round=2,
        admissibility=Admissibility(
            admissible=False,
            findings=(burdens,),
            profile_digest=SHA,
            round=2,
            decided_by="verifier",
            decided_by_agency=None,
            decided_at=AT,
        ),
        deciders=("verifier", "verifier-2"),
    )
    command = ConcludeVerification("system:submission", AT, 2, (), rejected=True)
    assert await commands(recorded(rejected)) == (To("conclude", INNOVATION, "inno-1", command),)


async def test_what_else_verification_says_asks_for_nothing() -> None:
    gone = DossierWithdrawn(by="verifier", at=AT, dossier_id="inno-1", reason="ganda")
    assert await commands(recorded(gone)) == ()


def test_time_that_has_run_out_completes_the_round() -> None:
    command = CompleteSubmission(by="system:submission", at=AT, round=2)
    assert reactions.on_time_run_out("inno-1", 2, AT) == To(
        "complete", INNOVATION, "inno-1", command
    )
