"""A failure tells what is wrong, the particulars, and how to mend it, in one line."""

from typing import Any

import pytest

from deploy.cli.failures import answered
from deploy.cli.mending import HINTS, told


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ({"detail": "No.", "code": "unknown_here"}, "No. [unknown_here]"),
        ({"detail": "It\nfailed."}, "It failed."),
        (
            {"detail": "Not so.", "code": "x", "params": {"allowed": ["a", "b"], "other": 1}},
            "Not so. Allowed: a, b. [x]",
        ),
        (
            {
                "detail": "The deadline has passed.",
                "code": "deadline_passed",
                "params": {"deadline": "2026-08-31T15:59:00+00:00"},
            },
            "The deadline has passed. Deadline: 2026-08-31 23:59 WITA."
            f" {HINTS['deadline_passed']} [deadline_passed]",
        ),
    ],
)
def test_a_failure_is_one_line_that_says_what_to_do(problem: dict[str, Any], line: str) -> None:
    assert told(answered(409, problem)) == line
