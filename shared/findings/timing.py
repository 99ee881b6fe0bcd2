"""What the clock advises: a deadline that is near, files that may still finish. Pure."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from shared.findings.case import Case
from shared.findings.model import Hit, Rule

NEAR: Final = timedelta(hours=48)
CLOCK: Final = "Season: deadline and grace"


def _deadline_near(case: Case) -> Iterator[Hit]:
    handover = case.handover
    if handover and timedelta(0) <= handover.deadline - handover.at <= NEAR:
        hours = int((handover.deadline - handover.at) / timedelta(hours=1))
        yield Hit(params={"deadline": handover.deadline, "hours": hours})


def _files_may_finish(case: Case) -> Iterator[Hit]:
    handover = case.handover
    if handover and handover.grace_minutes > 0 and case.pending:
        until = handover.deadline + timedelta(minutes=handover.grace_minutes)
        yield Hit(params={"files": len(case.pending), "until": until})


ABOUT_TIME: Final = (
    Rule("deadline_near", "advises", CLOCK, _deadline_near),
    Rule("files_may_finish", "advises", CLOCK, _files_may_finish),
)
