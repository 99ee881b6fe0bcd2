"""What blocks is what the submission is refused for: neither more nor less."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.submission.domain import innovation
from services.submission.domain.commands import Endorse, Submit
from services.submission.domain.endorsing import digest_of
from services.submission.domain.states import Content, Draft
from shared.errors import Refused
from shared.events.submission import EvidenceItem, InnovationDrafted, InnovationEndorsed, Profile
from shared.findings import Case, Handover, examine, missing_for_submission
from tests.unit.findings.cases import DEADLINE, EDITION, GOOD, NOW, PROFILE

TEXTS = st.sampled_from(["", "  ", "Ada isinya."])
NARRATIVES = st.sampled_from(["", "<p>kata</p>" * 299, "kata " * 299, "kata " * 300, "<b>" * 400])
DAYS = st.none() | st.dates(date(2022, 11, 1), date(2026, 3, 1))
profiles = st.builds(
    Profile,
    title=st.just("SIP PUTIH"),
    stage=st.sampled_from([None, "initiative", "trial", "implementation"]),
    initiator=st.sampled_from([None, "asn"]),
    kind=st.sampled_from([None, "digital"]),
    form=st.sampled_from([None, "lainnya"]),
    main_affair=st.sampled_from([None, "sosial"]),
    trial_on=DAYS,
    implemented_on=DAYS,
    developed_on=DAYS,
    development_note=TEXTS,
    design_narrative=NARRATIVES,
    purpose=TEXTS,
    benefit=TEXTS,
    result=TEXTS,
)
nearly_complete = st.builds(
    lambda change, whole: whole.model_copy(update=change),
    st.fixed_dictionaries(
        {},
        optional={
            "implemented_on": DAYS,
            "developed_on": DAYS,
            "trial_on": DAYS,
            "development_note": TEXTS,
        },
    ),
    st.just(PROFILE),
)


CODES = {
    "design_narrative_too_short": "design_narrative_too_short",
    "dates_out_of_order": "dates_out_of_order",
    "outside_window": "outside_window",
    "development_note": "development_note_missing",
}


@given(profiles | nearly_complete, st.booleans())
@settings(deadline=None, max_examples=200)
def test_each_missing_thing_of_a_profile_is_one_blocking_finding(profile: Profile, developed: bool):
    case = Case(EDITION, profile, lineage=("edisi-lama",) if developed else ())
    found = [each for each in examine(case) if each.severity == "blocks"]
    named = [each.field if each.code == "field_missing" else each.code for each in found]
    missing = missing_for_submission(profile, EDITION, developed=developed)
    assert sorted(map(str, named)) == sorted(CODES.get(each, each) for each in missing)


moments = st.sampled_from([NOW, DEADLINE, DEADLINE + timedelta(seconds=1)])
endorsements = st.sampled_from(["missing", "lapsed", "current"])


@given(
    profile=st.just(PROFILE) | nearly_complete,
    pending=st.booleans(),
    at=moments,
    grace=st.sampled_from([0, 60]),
    required=st.booleans(),
    endorsement=endorsements,
)
@settings(deadline=None, max_examples=300)
def test_a_submission_is_refused_exactly_when_something_blocks(
    profile: Profile, pending: bool, at: datetime, grace: int, required: bool, endorsement: str
):
    evidence = tuple(
        item.model_copy(update={"accepted": not pending}) for item in GOOD.evidence[:2]
    )
    case = replace(
        GOOD,
        profile=profile,
        evidence=evidence,
        handover=Handover(
            at=at,
            deadline=DEADLINE,
            grace_minutes=grace,
            is_endorsement_required=required,
            endorsement=endorsement,  # pyright: ignore[reportArgumentType]
        ),
    )
    blocks = [each for each in examine(case) if each.severity == "blocks"]
    command = Submit("operator", at, EDITION, DEADLINE, grace, required)
    assert _is_refused(command, _draft(profile, evidence, endorsement)) == bool(blocks), blocks


def _is_refused(command: Submit, state: Draft) -> bool:
    try:
        innovation.decider.decide(command, state)
    except Refused:
        return True
    return False


def _draft(profile: Profile, evidence: tuple[EvidenceItem, ...], endorsement: str) -> Draft:
    drafted = InnovationDrafted(
        by="operator",
        at=NOW,
        innovation_id="inno-1",
        season_id="2026",
        edition_id=EDITION.id,
        edition_digest=EDITION.digest,
        training=False,
        agency_id="hss-dinkes",
        agency_path=("kalsel", "hss", "hss-dinkes"),
        region_id="hss",
        profile=profile,
    )
    content = Content(
        drafted=drafted,
        profile=profile,
        latest=NOW,
        claims={claim.indicator: claim for claim in GOOD.claims},
        evidence={item.evidence_id: item for item in evidence},
    )
    if endorsement == "missing":
        return Draft(content)
    return Draft(replace(content, endorsement=_endorsed(content, endorsement)))


def _endorsed(content: Content, endorsement: str) -> InnovationEndorsed:
    digest = digest_of(content) if endorsement == "current" else "0" * 64
    command = Endorse("head", NOW, digest_of(content), "head", None)
    (said,) = innovation.decider.decide(command, Draft(content))
    assert isinstance(said, InnovationEndorsed)
    return said.model_copy(update={"content_digest": digest})
