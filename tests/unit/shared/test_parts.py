"""Copies of facts and views, made quickly: those that pydantic makes."""

from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from shared.events.submission import EvidenceItem, FileEvidence
from shared.history.envelope import name_based

FILE = FileEvidence(file_name="sk.pdf", sha256="0" * 64, size_bytes=1, media_type="application/pdf")
ITEM = EvidenceItem(
    evidence_id="SID-01-x", indicators=("SID-01",), evidence_kind="regulation", content=FILE
)


def parts(item: BaseModel) -> tuple[Any, ...]:
    extra, private = item.__pydantic_extra__, item.__pydantic_private__
    return type(item), item.__dict__, item.model_fields_set, extra, private


def test_a_copy_is_the_one_that_pydantic_makes():
    for update in (None, {}, {"accepted": True, "evidence_kind": "decree"}):
        mine, theirs = ITEM.model_copy(update=update), BaseModel.model_copy(ITEM, update=update)
        assert parts(mine) == parts(theirs)
        assert mine.content is theirs.content is FILE


def test_a_copy_leaves_the_original_as_it_was():
    before = parts(ITEM)
    ITEM.model_copy(update={"accepted": True}).model_copy(update={"evidence_kind": "decree"})
    assert parts(ITEM) == before
    assert "accepted" not in ITEM.model_fields_set


def test_a_deep_copy_shares_nothing():
    copied = ITEM.model_copy(update={"accepted": True}, deep=True)
    assert copied.content == FILE
    assert copied.content is not FILE


@given(st.text())
def test_a_name_makes_the_id_that_the_standard_library_makes(name: str):
    assert name_based(NAMESPACE_DNS, name) == str(uuid5(NAMESPACE_DNS, name))
