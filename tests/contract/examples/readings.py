"""Examples of a panel that grows, shrinks and asks for a third reading."""

from shared.events.scoring import PANEL, JudgeSeated, JudgeUnseated, Reading, ThirdReadingAsked
from tests.contract.examples import base
from tests.contract.examples.base import Example, on

PANEL_KEY = "kia-2026_puskesmas_proposal"
FACTS = (
    JudgeUnseated(
        by=base.COMMITTEE,
        at=on(7, 29),
        panel_id=PANEL_KEY,
        judge_id="p-juri-media",
        reason="Tidak menjawab selama sepuluh hari.",
    ),
    JudgeSeated(
        by=base.COMMITTEE,
        at=on(7, 29, 2),
        panel_id=PANEL_KEY,
        judge_id="p-juri-uin",
        innovations=(base.INNOVATION, base.SECOND),
        reason="Pengganti juri dari media.",
    ),
    ThirdReadingAsked(
        by=base.COMMITTEE,
        at=on(7, 31),
        panel_id=PANEL_KEY,
        readings=(Reading(judge_id="p-juri-politeknik", innovation_id=base.SECOND),),
    ),
)
EXAMPLES = tuple(Example(PANEL, PANEL_KEY, version, fact) for version, fact in enumerate(FACTS, 5))
