"""Fields of a profile as people type them."""

from pathlib import Path
from typing import Any

import pytest

from deploy.cli.failures import Misuse
from deploy.cli.innovation.fields import profile_change


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("title=SIP = PUTIH", {"title": "SIP = PUTIH"}),
        ("purpose=", {"purpose": None}),
        ("benefit=  ", {"benefit": None}),
        ("title=@@rumah", {"title": "@rumah"}),
        ("budget_rupiah=Rp 25.000.000", {"budget_rupiah": 25_000_000}),
        ("budget_rupiah=banyak", {"budget_rupiah": "banyak"}),
        ("latitude=-2.7814", {"latitude": "-2.7814"}),
        ("priority_goals=4, 6", {"priority_goals": ["4", "6"]}),
        ("collaborators=Dinas A, B; Camat", {"collaborators": ["Dinas A, B", "Camat"]}),
        ('collaborators=["A; B"]', {"collaborators": ["A; B"]}),
        (
            'intellectual_property=[{"kind": "copyright", "number": "1"}]',
            {"intellectual_property": [{"kind": "copyright", "number": "1"}]},
        ),
    ],
)
def test_a_field_is_what_was_typed(typed: str, change: dict[str, Any]) -> None:
    assert profile_change([typed]) == change


def test_a_text_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rancang.txt"
    file.write_text("Baris satu\nBaris dua\n", encoding="utf-8-sig")
    typed = [f"design_narrative=@{file}", "stage=trial"]
    assert profile_change(typed) == {
        "design_narrative": "Baris satu\nBaris dua\n",
        "stage": "trial",
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["title"], "pair_unreadable"),
        (["title=a", "title=b"], "pair_unreadable"),
        (["judul=a"], "field_unknown"),
        (["design_narrative=@/nowhere/at/all"], "file_unreadable"),
        (["intellectual_property=copyright"], "field_unreadable"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
    typed: list[str], code: str
) -> None:
    with pytest.raises(Misuse) as refused:
        profile_change(typed)
    assert refused.value.code == code


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rancang.docx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(Misuse, match="not UTF-8 text"):
        profile_change([f"design_narrative=@{file}"])
