"""An innovation as its agency sees it: each fact changes what it should, and nothing else."""

from datetime import date

import pytest

from services.submission.projections.innovations import (
    INNOVATIONS,
    Endorsement,
    InnovationView,
    Refusal,
    title_key,
)
from services.submission.projections.innovations.folding import fold
from shared.events.submission import (
    Claim,
    EvidenceRevised,
    EvidenceWithdrawn,
    FileProperties,
    Letter,
    LevelClaimed,
    LinkEvidence,
    ProfileRevised,
    SeasonClosed,
    content_digest,
)
from tests.builders.innovation import accepted, endorsed, refused, reopened, submitted
from tests.builders.submission import (
    DRAFTED,
    EDITION,
    HEAD,
    LATER,
    NOW,
    OPERATOR,
    PROFILE,
    SHA,
    declared,
    item,
    recorded,
)
from tests.unit.submission.shown import changed, digest, view

IDS = {"by": OPERATOR, "at": LATER, "innovation_id": "inno-1"}
CLAIM = Claim(indicator="SID-02", level=2)
LETTER = Letter(number="1", signed_on=date(2024, 3, 1), subject="SK")


def test_a_draft_shows_what_was_drafted() -> None:
    assert view() == InnovationView(
        innovation_id="inno-1",
        title="SIP PUTIH",
        title_key="sip putih",
        state="draft",
        season_id="2026",
        edition_id=EDITION.id,
        training=False,
        agency_id="hss-dinkes",
        agency_kind="agency",
        agency_path=("kalsel", "hss", "hss-dinkes"),
        region_id="hss",
        drafted_at=NOW,
        changed_at=NOW,
        round=0,
        profile=PROFILE,
        claims=(),
        evidence=(),
        digests=(),
        content_digest=digest(),
        pending=(),
    )


def test_a_developed_draft_shows_what_it_carries() -> None:
    carried = item(accepted=True, carried_from="inno-0")
    news = {
        "developed_from": "inno-0",
        "lineage": ("inno-0",),
        "claims": (CLAIM,),
        "carried": (carried,),
    }
    shown = fold(None, recorded(DRAFTED.model_copy(update=news)))
    assert shown == view().model_copy(
        update={
            "developed_from": "inno-0",
            "lineage": ("inno-0",),
            "claims": (CLAIM,),
            "evidence": (carried,),
            "digests": (SHA,),
            "content_digest": content_digest(PROFILE, (CLAIM,), (carried,)),
        }
    )


def test_a_revised_profile_has_another_title_to_be_found_by() -> None:
    profile = PROFILE.model_copy(update={"title": "  Si-Cepat 2!  "})
    shown = view(ProfileRevised(**IDS, profile=profile))
    assert shown == changed(
        view(),
        profile=profile,
        title="  Si-Cepat 2!  ",
        title_key="si cepat 2",
        content_digest=content_digest(profile, (), ()),
    )


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("SIP  PUTIH", "sip putih"),
        ("sip-putih.", "sip putih"),
        ("ＳＩＰ ＰＵＴＩＨ", "sip putih"),
        ("Straße №1", "strasse no1"),
        ("…", ""),
        ("ꦄꦏ꧀ꦱꦫ", "ꦄꦏꦱꦫ"),
    ],
)
def test_titles_that_differ_only_in_dress_have_one_key(title: str, key: str) -> None:
    assert title_key(title) == key


def test_a_claim_replaces_the_one_before_and_all_are_sorted() -> None:
    first = Claim(indicator="SID-09", level=1)
    again = CLAIM.model_copy(update={"level": 3})
    told = (LevelClaimed(**IDS, claim=each) for each in (first, CLAIM, again))
    assert view(*told).claims == (again, first)


def test_evidence_is_pending_until_it_is_taken_in() -> None:
    one = view(declared(at=LATER))
    assert one == changed(
        view(),
        evidence=(item(),),
        digests=(SHA,),
        pending=("ev-1",),
        content_digest=digest(item()),
    )
    measured = FileProperties(pages=2)
    there = item(accepted=True, properties=measured)
    assert view(declared(at=LATER), accepted(at=LATER, properties=measured)) == changed(
        one, evidence=(there,), pending=()
    )


def test_a_link_is_no_file_to_be_found_again() -> None:
    link = LinkEvidence(url="https://contoh.go.id", sha256="b" * 64)
    shown = view(declared(content=link, accepted=True))
    assert (shown.digests, shown.pending) == ((), ())


def test_a_refused_file_leaves_its_refusal() -> None:
    assert view(declared(), refused(at=LATER)) == changed(
        view(),
        refusals=(Refusal(evidence_id="ev-1", rule="encrypted", detail={"page": "1"}, at=LATER),),
    )


def test_withdrawn_evidence_leaves_no_trace() -> None:
    gone = EvidenceWithdrawn(**IDS, evidence_id="ev-1", reason="salah")
    assert view(declared(), accepted(), gone) == changed(view())


def test_evidence_told_anew_keeps_its_bytes() -> None:
    told = EvidenceRevised(
        **IDS,
        evidence_id="ev-1",
        indicators=("SID-02", "SID-08"),
        evidence_kind="assignment_letter",
        letter=LETTER,
    )
    shown = view(declared(), accepted(), declared(evidence_id="ev-2"), told)
    assert shown.evidence == (
        item(
            accepted=True,
            indicators=("SID-02", "SID-08"),
            evidence_kind="assignment_letter",
            letter=LETTER,
        ),
        item(evidence_id="ev-2"),
    )


def test_an_endorsement_is_current_until_the_content_changes_and_when_it_is_back() -> None:
    given = endorsed(digest(), at=LATER)
    current = Endorsement(
        content_digest=digest(), by=HEAD, at=LATER, capacity="head", is_current=True
    )
    lapsed = current.model_copy(update={"is_current": False})
    assert view(given) == changed(view(), endorsement=current)
    assert view(given, declared()).endorsement == lapsed
    assert view(given, declared(), refused()).endorsement == current
    assert view(declared(), given).endorsement == lapsed


def test_a_view_is_stored_and_read_back_as_it_is() -> None:
    facts = (DRAFTED, declared(), accepted(), endorsed(digest(item())), submitted(), reopened())
    events = [recorded(fact, version) for version, fact in enumerate(facts, start=1)]
    document = None
    for event in events:
        document = INNOVATIONS.document(document, event)
    assert document == INNOVATIONS.document(None, *events)
    assert document is not None
    fields = {field for index in INNOVATIONS.indexes for field in index}
    assert fields <= document.keys()


def test_what_belongs_to_no_innovation_is_not_folded() -> None:
    closed = SeasonClosed(by=OPERATOR, at=NOW, season_id="2026")
    with pytest.raises(ValueError, match="cannot begin with"):
        fold(None, recorded(declared()))
    with pytest.raises(ValueError, match="does not belong"):
        fold(view(), recorded(closed, 2))
