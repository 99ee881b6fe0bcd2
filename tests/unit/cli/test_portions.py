"""What is still to be sent of a file."""

from pathlib import Path
from typing import Any

import pytest

from deploy.cli.evidence.portions import Missing, Portion, missing_of, opened

FIELDS = {"key": "a"}
FORM: dict[str, Any] = {"url": "http://storage/quarantine", "fields": FIELDS}
PARTS: dict[str, Any] = {
    "part_bytes": 10,
    "part_count": 3,
    "received": [1, 3],
    "missing": [{"number": 2, "offset": 10, "size_bytes": 10, **FORM}],
    "missing_count": 1,
}


@pytest.mark.parametrize(
    ("forms", "missing"),
    [
        (
            {"upload": FORM, "parts": None},
            Missing((Portion(FORM["url"], FORM["fields"], 0, 24),), True, 0),
        ),
        (
            {"state": "waiting", "upload": None, "parts": PARTS},
            Missing((Portion(FORM["url"], FORM["fields"], 10, 10),), True, 14),
        ),
        (
            {"upload": None, "parts": {**PARTS, "received": [], "missing_count": 3}},
            Missing((Portion(FORM["url"], FORM["fields"], 10, 10),), False, 0),
        ),
        ({"state": "received", "upload": FORM, "parts": None}, Missing((), True, 24)),
        ({"state": "accepted", "upload": None, "parts": None}, Missing((), True, 24)),
        ({"upload": None, "parts": None}, Missing((), True, 24)),
    ],
)
def test_only_what_has_not_come_is_missing(forms: dict[str, Any], missing: Missing) -> None:
    assert missing_of(forms, 24) == missing


def test_a_portion_is_a_stream_of_its_own_that_can_begin_again(tmp_path: Path) -> None:
    file = tmp_path / "video.mp4"
    file.write_bytes(bytes(range(24)))
    told: list[int] = []
    with opened(file, Portion("", {}, 10, 10), told.append) as stream:
        assert stream.seek(0, 2) == 10
        for _ in range(2):
            assert stream.seek(0) == 0
            assert stream.read() == bytes(range(10, 20))
    assert max(told) == 10


def test_a_file_that_became_shorter_ends_early(tmp_path: Path) -> None:
    file = tmp_path / "video.mp4"
    file.write_bytes(b"only this")
    with opened(file, Portion("", {}, 5, 10), lambda _: None) as stream:
        assert stream.read() == b"this"
