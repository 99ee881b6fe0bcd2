"""The view of an innovation after facts that follow its draft."""

from typing import Any

from services.submission.projections.innovations import InnovationView
from services.submission.projections.innovations.folding import fold
from shared.events.submission import content_digest
from tests.builders.submission import DRAFTED, LATER, PROFILE, recorded


def view(*facts: Any) -> InnovationView:
    shown: InnovationView | None = None
    for version, fact in enumerate((DRAFTED, *facts), start=1):
        shown = fold(shown, recorded(fact, version))
    assert shown is not None
    return shown


def changed(before: InnovationView, **changes: object) -> InnovationView:
    return before.model_copy(update={"changed_at": LATER, **changes})


def digest(*items: Any) -> str:
    return content_digest(PROFILE, (), items)
