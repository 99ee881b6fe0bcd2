"""What a revision changed, told field by field, claim by claim, file by file."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.verification.domain import decider
from services.verification.projections import (
    ClaimChange,
    EvidenceChange,
    FieldChange,
    RoundChanges,
)
from shared.events.submission import Claim, LinkEvidence, Profile
from shared.events.verification import IndicatorDecided, RevisionReceived, Verdict
from tests.builders.verification import (
    ADMITTED,
    AT,
    CLAIMS,
    FIRST_DIGEST,
    INNOVATION,
    MANIFEST,
    OPENED,
    REQUESTED,
    SECOND_DIGEST,
    THIRD_DIGEST,
    TOKEN,
    VERIFIER,
    WITHDRAWN,
    about,
    evidence,
    lease_end,
    leased,
    receive,
    received,
    statement,
)
from tests.unit.verification.shown import seen


def changes(fact: RevisionReceived) -> RoundChanges:
    (told,) = seen(OPENED, leased(), REQUESTED, fact).changes
    return told


def test_a_round_that_is_like_the_one_before_changed_nothing() -> None:
    assert changes(received(manifest=MANIFEST)) == RoundChanges(
        round=2, received_at=AT, profile=(), claims=(), evidence=(), lapsed=()
    )


def test_a_changed_profile_is_told_field_by_field_as_it_is_written() -> None:
    profile = Profile(
        title="Posyandu Digital",
        main_affair="sosial",
        trial_on=date(2025, 1, 2),
        latitude=Decimal("-3.30"),
        related_affairs=("kesehatan",),
    )
    assert changes(received(about=about(profile=profile))).profile == (
        FieldChange(field="main_affair", before="kesehatan", after="sosial"),
        FieldChange(field="related_affairs", before=[], after=["kesehatan"]),
        FieldChange(field="trial_on", before=None, after="2025-01-02"),
        FieldChange(field="latitude", before=None, after="-3.30"),
    )


def test_claims_are_told_that_are_new_gone_or_different() -> None:
    kept, _, last, none = CLAIMS
    claims = (
        Claim(indicator="SID-05", level=2, subtype="app"),
        last.model_copy(update={"basis": "b"}),
        none,
        kept,
    )
    assert changes(received(claims=claims)).claims == (
        ClaimChange(indicator="SID-02", before_level=2, after_level=0),
        ClaimChange(indicator="SID-05", before_level=0, after_level=2, after_subtype="app"),
        ClaimChange(
            indicator="SID-18", before_level=1, after_level=1, before_basis="a", after_basis="b"
        ),
    )


def test_evidence_is_told_that_is_new_gone_or_shown_elsewhere() -> None:
    manifest = (
        evidence("ev-1", FIRST_DIGEST, "SID-02", "SID-18"),
        evidence("ev-9", THIRD_DIGEST, "SID-01"),
    )
    assert changes(received(manifest=manifest)).evidence == (
        EvidenceChange(
            kind="moved",
            sha256=FIRST_DIGEST,
            name="ev-1.pdf",
            before_indicators=("SID-01", "SID-02"),
            after_indicators=("SID-02", "SID-18"),
        ),
        EvidenceChange(
            kind="removed", sha256=SECOND_DIGEST, name="ev-2.pdf", before_indicators=("SID-01",)
        ),
        EvidenceChange(
            kind="added", sha256=THIRD_DIGEST, name="ev-9.pdf", after_indicators=("SID-01",)
        ),
    )


def test_the_same_bytes_under_other_names_are_the_same_evidence() -> None:
    manifest = (
        evidence("ev-7", SECOND_DIGEST, "SID-01"),
        evidence("ev-8", FIRST_DIGEST, "SID-02"),
        evidence("ev-9", FIRST_DIGEST, "SID-01"),
    )
    assert changes(received(manifest=manifest)).evidence == ()


def test_what_was_never_taken_in_is_no_evidence() -> None:
    pending = evidence("ev-9", THIRD_DIGEST, "SID-01", accepted=False)
    assert changes(received(manifest=(*MANIFEST, pending))).evidence == ()


def test_a_link_is_named_by_its_address_and_a_statement_by_the_body_behind_it() -> None:
    url = "https://video.example/1"
    content = LinkEvidence(url=url, sha256="a" * 64)
    link = evidence("ev-8", "a" * 64, "SID-02").model_copy(update={"content": content})
    manifest = (*MANIFEST, link, statement("ev-9", THIRD_DIGEST))
    assert [each.name for each in changes(received(manifest=manifest)).evidence] == [
        url,
        "Dinas Kesehatan Tapin",
    ]


def test_a_round_behind_an_empty_dossier_is_all_new() -> None:
    (told,) = seen(WITHDRAWN, received(manifest=MANIFEST)).changes
    assert told.profile == ()
    assert [each.kind for each in told.evidence] == ["added", "added"]


# --- one of twenty files ------------------------------------------------------------------

INDICATORS = tuple(f"SID-{number:02}" for number in range(1, 21))
TWENTY_CLAIMS = tuple(Claim(indicator=each, level=1) for each in INDICATORS)
TWENTY_FILES = tuple(
    evidence(f"ev-{number}", f"{number:064x}", each) for number, each in enumerate(INDICATORS)
)


def test_one_changed_file_of_twenty_leaves_exactly_one_indicator_undecided() -> None:
    opened = OPENED.model_copy(update={"claims": TWENTY_CLAIMS, "manifest": TWENTY_FILES})
    found = [_granted(item.indicators[0], item.content.sha256) for item in TWENTY_FILES]
    facts = (opened, leased(), ADMITTED, *found, REQUESTED)
    other = evidence("ev-6", "f" * 64, "SID-07")
    manifest = (*TWENTY_FILES[:6], other, *TWENTY_FILES[7:])
    command = receive(claims=TWENTY_CLAIMS, manifest=manifest)
    (fact,) = decider.decide(command, decider.replay(facts))
    view = seen(*facts, fact)
    assert (view.undecided, view.decided_count, view.claimed_count) == (("SID-07",), 19, 20)
    assert [row.carried for row in view.indicators] == [each != "SID-07" for each in INDICATORS]
    assert view.indicators[6].lapsed == found[6].verdict
    assert view.admissibility == ADMITTED.admissibility
    assert view.changes == (
        RoundChanges(
            round=2,
            received_at=AT,
            profile=(),
            claims=(),
            evidence=(
                EvidenceChange(
                    kind="removed",
                    sha256=f"{6:064x}",
                    name="ev-6.pdf",
                    before_indicators=("SID-07",),
                ),
                EvidenceChange(
                    kind="added",
                    sha256="f" * 64,
                    name="ev-6.pdf",
                    after_indicators=("SID-07",),
                ),
            ),
            lapsed=("SID-07",),
        ),
    )


def _granted(indicator: str, digest: str) -> Any:
    verdict = Verdict(
        indicator=indicator,
        claimed_level=1,
        granted_level=1,
        evidence=(digest,),
        round=1,
        decided_by=VERIFIER.by,
        decided_by_agency=VERIFIER.agency,
        decided_at=AT,
    )
    return IndicatorDecided(
        by=VERIFIER.by,
        at=AT,
        dossier_id=INNOVATION,
        verdict=verdict,
        token=TOKEN,
        lease_until=lease_end(AT),
    )
