"""Whatever people do to a dossier in whatever order: what is said is legal, and it ends."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.verification.domain import decider
from shared.events.submission import EvidenceItem, Profile
from shared.events.verification import (
    QualityRule,
)
from tests.builders.verification import (
    ALL_SAMPLED,
    COLLEAGUE,
    CRITERIA,
    FIRST_DIGEST,
    MANIFEST,
    NO_SAMPLE,
    OUTSIDER,
    RESOLVER,
    REVISED_MANIFEST,
    SECOND_DIGEST,
    SUPERVISOR,
    THIRD_DIGEST,
    VERIFIER,
    about,
    evidence,
)
from tests.unit.verification.hearing import CLAIMED, CONFLICTED
from tests.unit.verification.working import FRESH, Work

FREE = (VERIFIER, COLLEAGUE, OUTSIDER, RESOLVER, SUPERVISOR)
PEOPLE = st.sampled_from((*FREE * 4, *CONFLICTED))
INDICATORS = st.sampled_from((*CLAIMED, "SID-19", "SID-07"))
GRANTED = st.integers(-1, 4)
UNMET = st.sampled_from((*[()] * 12, *[(each,) for each in CRITERIA]))
HALF_SAMPLED = QualityRule(sample_permille=500, large_change=1)
RULES = st.sampled_from((ALL_SAMPLED, NO_SAMPLE, ALL_SAMPLED, HALF_SAMPLED))
MANIFESTS = st.sampled_from(
    (
        MANIFEST,
        REVISED_MANIFEST,
        MANIFEST[:1],
        (),
        (MANIFEST[0], evidence("ev-9", THIRD_DIGEST, "SID-01", accepted=False)),
    )
)
SEEN = st.sampled_from(
    ((), (FIRST_DIGEST,), (FIRST_DIGEST, SECOND_DIGEST), (THIRD_DIGEST,), None, None, None)
)
SUBJECTS = st.sampled_from((about(), about(profile=Profile(title="Posyandu Keliling"))))
STEPS = st.sampled_from([timedelta(seconds=20), timedelta(minutes=16), timedelta(minutes=31)])


@dataclass(frozen=True)
class Move:
    """What somebody does next: a method of `Work`, and with what."""

    name: str
    how: tuple[Any, ...]


def _move(name: str, *how: st.SearchStrategy[Any]) -> st.SearchStrategy[Move]:
    return st.builds(Move, st.just(name), st.tuples(*how))


CUTS = st.sampled_from((0, 0, 1, 3))
OFTEN = (
    *[_move("reviews_and_ends", PEOPLE, UNMET, CUTS, RULES)] * 12,
    *[_move("resolves", PEOPLE, GRANTED, UNMET)] * 4,
    *[_move("grants", PEOPLE, INDICATORS, GRANTED, SEEN)] * 2,
    *[_move("ends", PEOPLE, RULES)] * 2,
    *[_move("waits", STEPS)] * 4,
)
SELDOM = (
    _move("reviews_it_all", PEOPLE, UNMET, CUTS),
    _move("claims", PEOPLE),
    _move("renews", PEOPLE),
    _move("hands_back", PEOPLE),
    _move("hands_over", PEOPLE, PEOPLE),
    _move("takes_away", st.none() | PEOPLE),
    _move("answers_the_criteria", PEOPLE, UNMET),
    _move("accepts_two", PEOPLE, SEEN),
    _move("visits", PEOPLE, st.integers(1, 2)),
    _move("steps_aside", PEOPLE),
    _move("asks_for_a_revision", PEOPLE),
    _move("is_announced", st.integers(0, 2)),
    _move("comes_back", st.integers(-1, 2), MANIFESTS, SUBJECTS),
    _move("lapses"),
    _move("is_objected_to", st.sampled_from((*FREE, FRESH[0])), GRANTED),
)
MOVES = st.sampled_from((*OFTEN, *SELDOM)).flatmap(lambda move: move)
LAST = st.sampled_from((None, None, None, Move("is_withdrawn", ())))


@settings(max_examples=200, deadline=None)
@for_all(manifest=MANIFESTS, moves=st.lists(MOVES, min_size=6, max_size=30), last=LAST)
def test_every_path_is_legal_and_reaches_an_end(
    manifest: tuple[EvidenceItem, ...], moves: list[Move], last: Move | None
) -> None:
    work = Work()
    work.comes_in(manifest)
    for move in (*moves, *([last] if last else [])):
        getattr(work, move.name)(*move.how)
    assert decider.replay(work.said) == work.state
    work.comes_to_an_end()
