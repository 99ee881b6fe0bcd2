"""The stories that a release writes down, and what a build makes of a history."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from services.audit.domain import Replay, by_aggregate, by_projection
from shared.editions import load
from shared.editions.taxes import load_table
from shared.history.envelope import Message
from tests.unit.audit.checked import checked
from tests.unit.audit.contested import contested
from tests.unit.audit.past import Past
from tests.unit.audit.prized import prized
from tests.unit.audit.remaining import remaining
from tests.unit.audit.sequel import sequel
from tests.unit.audit.story import told

HERE = Path(__file__).parent
DIGESTS = "digests.json"
CHANGES = HERE / "changes.json"

STORIES: Mapping[str, Callable[[], Awaitable[Past]]] = {
    "story": told,
    "sequel": sequel,
    "checked": checked,
    "prized": prized,
    "contested": contested,
    "remaining": remaining,
}


def folded(messages: Iterable[Message]) -> dict[str, Any]:
    """What today's build makes of them, as `digests.json` has it."""
    replay = Replay(load, load_table)
    for message in messages:
        replay.take(message)
    report = replay.finished()
    return {
        "events": report.events,
        "aggregates": report.aggregates,
        "digest": report.digest,
        "projections": {each.of: each.digest for each in by_projection(report.documents)},
        "kinds": {each.of: each.digest for each in by_aggregate(report.documents)},
        "funds": [asdict(each) for each in report.funds],
        "places": [
            [each.competition_id, category, rank, innovation, str(score)]
            for each in report.competitions
            for category, rank, innovation, score in each.places
        ],
        "findings": [f"{each.kind} {each.sequence}: {each.what}" for each in report.findings],
        "outstanding": [f"{each.reaction} {each.subject}" for each in report.outstanding],
    }
