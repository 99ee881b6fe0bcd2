"""What comes before a review, and a review as short as it can be, by `inda` alone."""

from datetime import timedelta
from typing import Any

from tests.component.cli.test_submitting import drafted, with_evidence
from tests.component.cli.world import Stack

LOWER = "--level 1 --reason lower_level_proven --note 'Baru keputusan kepala dinas.'"


def submitted(inda: Stack) -> str:
    innovation = drafted(inda)
    with_evidence(inda, innovation)
    inda(f"innovation claim {innovation} SID-01 2").fine()
    inda(f"submit {innovation}").fine()
    return innovation


def second_looks(inda: Stack, *, sample: str) -> None:
    """From now on so many reviews get one: all, or none by chance."""
    start = (inda.clock() + timedelta(minutes=6)).isoformat()
    publish = f"quality publish 2026 --sample {sample} --large-change 3 --from {start}"
    inda(f"--as admin {publish}").fine()
    inda.clock.ahead += timedelta(minutes=7)


def waiting(inda: Stack) -> Any:
    """The only dossier in the queue of who acts, as soon as it is there."""
    return inda.eventually("queue", lambda found: len(found["items"]) == 1)["items"][0]


def looked_at(inda: Stack, user: str, dossier: str, *, level: str) -> Any:
    """Taken, found admissible, decided and ended; what the end has led to."""
    inda.log_in(user)
    waiting(inda)
    inda(f"dossier claim {dossier}").fine()
    inda(f"dossier show {dossier}").fine()
    inda(f"dossier admit {dossier}").fine()
    inda(f"decide {dossier} SID-01 {level}").fine()
    return inda.answer(f"dossier verify {dossier}")["happened"]
