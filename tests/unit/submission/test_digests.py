"""The digests of what is handed in are those of RFC 8785, whatever people write."""

from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    FileProperties,
    IntellectualProperty,
    Letter,
    LinkEvidence,
    Profile,
    ReplicationEvidence,
    content_digest,
    statement_digest,
)

LARGEST = 2**53 - 1
ESCAPED = '\x00\x08\t\n\x0b\x0c\r\x1f"\\/\x7f\x80\u2028\u2029\ufeff\U0001f600'
TEXT = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from(ESCAPED))
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NUMBER = st.integers(0, LARGEST)
DAY = st.dates()
KEY = st.from_regex(r"[A-Za-z0-9_-]{1,130}", fullmatch=True)
CODE = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?", fullmatch=True)
DIGEST = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
INDICATOR = st.sampled_from([f"SID-{number:02}" for number in range(1, 21)])
INDICATORS = st.lists(INDICATOR, max_size=3).map(tuple)
PLACE = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
MAYBE = st.none() | TEXT

LETTERS = st.builds(Letter, number=TEXT, signed_on=DAY, subject=TEXT)
RIGHTS = st.builds(
    IntellectualProperty,
    kind=st.sampled_from(["copyright", "patent", "other"]),
    number=TEXT,
    registered_on=st.none() | DAY,
)
PROFILES: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("initiator", "kind", "form", "theme", "main_affair", "classification"), MAYBE),
    **dict.fromkeys(("title", "development_note", "design_narrative", "purpose"), TEXT),
    **dict.fromkeys(("benefit", "result", "source", "priority_program"), TEXT),
    **dict.fromkeys(("related_affairs", "sample_fields", "priority_goals", "collaborators"), TEXTS),
    **dict.fromkeys(("trial_on", "implemented_on", "developed_on"), st.none() | DAY),
    **dict.fromkeys(("latitude", "longitude"), PLACE),
    "stage": st.sampled_from([None, "initiative", "trial", "implementation"]),
    "budget_rupiah": st.none() | NUMBER,
    "change_project": st.sampled_from([None, "pka", "pkp"]),
    "intellectual_property": st.lists(RIGHTS, max_size=2).map(tuple),
}
CLAIMS: dict[str, st.SearchStrategy[Any]] = {
    "indicator": INDICATOR,
    "level": st.integers(0, 3),
    "basis": MAYBE,
    "subtype": MAYBE,
}
CONTENTS = st.one_of(
    st.builds(FileEvidence, file_name=TEXT, sha256=DIGEST, size_bytes=NUMBER, media_type=TEXT),
    st.builds(LinkEvidence, url=TEXT, sha256=DIGEST),
    st.builds(
        ReplicationEvidence,
        replication_id=KEY,
        agency_id=CODE,
        region_id=CODE,
        started_on=DAY,
        contact_body=TEXT,
        sha256=DIGEST,
    ),
)
ITEMS: dict[str, st.SearchStrategy[Any]] = {
    "evidence_id": KEY,
    "indicators": INDICATORS,
    "evidence_kind": TEXT,
    "content": CONTENTS,
    "letter": st.none() | LETTERS,
    "accepted": st.booleans(),
    "declared_by": st.none() | TEXT.filter(lambda text: 0 < len(text) <= 128),
    "properties": st.none() | st.builds(FileProperties, pages=NUMBER),
    "carried_from": st.none() | KEY,
}
PROFILE = st.builds(Profile, **PROFILES)
CLAIM = st.builds(Claim, **CLAIMS)
ITEM = st.builds(EvidenceItem, **ITEMS)


@pytest.mark.parametrize(
    ("kind", "fields"), [(Profile, PROFILES), (Claim, CLAIMS), (EvidenceItem, ITEMS)]
)
def test_every_field_is_made_up(kind: type[BaseModel], fields: dict[str, object]) -> None:
    assert fields.keys() == kind.model_fields.keys()


@settings(deadline=None)
@given(
    PROFILE,
    st.lists(CLAIM, max_size=3, unique_by=lambda claim: claim.indicator),
    st.lists(ITEM, max_size=3, unique_by=lambda item: item.evidence_id),
)
def test_a_content_digest_is_that_of_rfc_8785(
    profile: Profile, claims: list[Claim], evidence: list[EvidenceItem]
) -> None:
    claims.sort(key=lambda claim: claim.indicator)
    evidence.sort(key=lambda item: item.evidence_id)
    expected = {
        "profile": profile.model_dump(mode="json"),
        "claims": [claim.model_dump(mode="json") for claim in claims],
        "evidence": [
            item.model_dump(mode="json", exclude={"accepted", "properties"}) for item in evidence
        ],
    }
    assert content_digest(profile, reversed(claims), reversed(evidence)) == _digest(expected)


NOTHING: dict[str, Any] = {"claims": [], "evidence": []}
DECIMALS = [name for name, made in Profile.model_fields.items() if "Decimal" in repr(made)]


@pytest.mark.parametrize("name", DECIMALS)
def test_equal_decimals_are_digested_as_they_are_written(name: str) -> None:
    for text in ("-3.50", "-3.5"):
        profile = Profile.model_validate({"title": "SIP PUTIH", name: text})
        expected = {"profile": profile.model_dump(mode="json"), **NOTHING}
        assert content_digest(profile, (), ()) == _digest(expected)


@given(KEY, CODE, LETTERS, DAY, TEXT)
def test_a_statement_digest_is_that_of_rfc_8785(
    innovation_id: str, agency_id: str, letter: Letter, started_on: Any, contact_body: str
) -> None:
    expected = {
        "innovation_id": innovation_id,
        "agency_id": agency_id,
        "letter": letter.model_dump(mode="json"),
        "started_on": started_on.isoformat(),
        "contact_body": contact_body,
    }
    found = statement_digest(innovation_id, agency_id, letter, started_on, contact_body)
    assert found == _digest(expected)


@given(PROFILE, ITEM, CLAIM, st.booleans())
def test_what_intake_says_changes_no_digest(
    profile: Profile, item: EvidenceItem, claim: Claim, accepted: bool
) -> None:
    said = {"accepted": accepted, "properties": FileProperties(pages=7)}
    taken_in = item.model_copy(update=said)
    before = content_digest(profile, (claim,), (item,))
    assert content_digest(profile, (claim,), (taken_in,)) == before


def _digest(body: dict[str, Any]) -> str:
    return sha256(rfc8785.dumps(body)).hexdigest()
