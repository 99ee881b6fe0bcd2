"""Names inside an archive: whatever agencies call their files, nobody's disk is harmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.submission.api.exports.paths import Names, safe

ANY_NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sk.pdf", "sk.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Windows\\sk.pdf", "C_Windows_sk.pdf"),
        ("laporan\u202efdp.exe", "laporan_fdp.exe"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        (" . ", "berkas"),
        ("a\x00b\nc?.pdf", "a_b_c_.pdf"),
        ("é" * 200 + ".pdf", "é" * 48 + ".pdf"),
        ("a." + "b" * 200, "a." + "b" * 98),
    ],
)
def test_names_are_made_safe(name: str, expected: str) -> None:
    assert safe(name) == expected


@given(ANY_NAME)
def test_no_name_leaves_its_folder_or_hides(name: str) -> None:
    found = safe(name)
    assert found
    assert found not in (".", "..")
    assert not set(found) & set('/\\:*?"<>|\0\n\r\u202e')
    assert len(found.encode()) <= 101
    assert found == safe(found)


@given(st.lists(ANY_NAME.map(safe), max_size=20))
def test_no_two_files_of_a_folder_have_the_same_name(names: list[str]) -> None:
    folder = Names()
    found = [folder.unique(f"map/{name}") for name in names]
    assert len({name.casefold() for name in found}) == len(names)
