"""Last year's innovation goes on as this year's: at most twice, and never both at once."""

from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.submission.domain.commands import (
    ClaimLevel,
    ConcludeVerification,
    DeclareEvidence,
    Develop,
    Endorse,
    Original,
    Reopen,
    ReviseEvidence,
    ReviseProfile,
    Withdraw,
    WithdrawEvidence,
)
from services.submission.domain.innovation import decider
from services.submission.domain.states import Draft
from shared.editions import load
from shared.errors import Refused
from shared.events.submission import (
    Claim,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEvent,
    LinkEvidence,
)
from tests.builders.innovation import accepted, concluded, reopened, submit, submitted, withdrawn
from tests.builders.submission import (
    DEADLINE,
    DRAFTED,
    EDITION,
    LATER,
    OPERATOR,
    PROFILE,
    SYSTEM,
    declared,
    draft,
    item,
)
from tests.spec import given

LINK = item(
    evidence_id="ev-2",
    content=LinkEvidence(url="https://contoh.go.id", sha256="b" * 64),
    accepted=True,
)
CLAIM = Claim(indicator="SID-01", level=2)
ORIGINAL = Original("inno-0", (), (CLAIM,), (item(accepted=True), item(evidence_id="ev-3"), LINK))
CARRIED = (
    item(accepted=True, carried_from="inno-0"),
    LINK.model_copy(update={"carried_from": "inno-0"}),
)
SENT = (DRAFTED, declared(), accepted(), submitted())
DEVELOP = Develop(OPERATOR, LATER, "inno-2", "2027", "hss-dinkes")
DEVELOPED = InnovationDeveloped(
    by=OPERATOR,
    at=LATER,
    innovation_id="inno-1",
    successor_id="inno-2",
    successor_season_id="2027",
    successor_agency_id="hss-dinkes",
)


def developed_draft(**changes: Any) -> InnovationDrafted:
    told = {
        "developed_from": "inno-0",
        "lineage": ("inno-0",),
        "claims": (CLAIM,),
        "carried": CARRIED,
    }
    return DRAFTED.model_copy(update={**told, **changes})


def test_a_draft_carries_claims_and_accepted_evidence_of_its_original() -> None:
    given(decider).when(draft(original=ORIGINAL)).then(developed_draft())
    state = decider.replay((developed_draft(),))
    assert isinstance(state, Draft)
    assert state.content.claims == {"SID-01": CLAIM}
    assert state.content.evidence == {each.evidence_id: each for each in CARRIED}


def test_a_claim_that_the_new_edition_cannot_measure_is_claimed_anew() -> None:
    old_basis = Claim(indicator="SID-18", level=2)
    assert not load("2023-r1").sid_row("SID-18").bases
    original = Original("inno-0", (), (old_basis, CLAIM), ())
    given(decider).when(draft(original=original)).then(developed_draft(carried=()))


def test_a_third_edition_of_the_same_innovation_is_refused() -> None:
    original = Original("inno-1", ("inno-0",), (), ())
    given(decider).when(draft(original=original)).refused("lineage_full")
    second = developed_draft(profile=PROFILE, carried=())
    given(decider, second, submitted()).when(DEVELOP).refused("lineage_full")


def test_a_developed_innovation_is_submitted_once_it_says_what_is_new() -> None:
    with pytest.raises(Refused) as refusal:
        given(decider, developed_draft()).when(submit()).run()
    assert refusal.value.params == {"missing": ("development_note",)}
    told = PROFILE.model_copy(update={"development_note": "Diperluas ke seluruh desa."})
    given(decider, developed_draft(profile=told)).when(submit()).then(
        submitted(profile=told, claims=(CLAIM,), manifest=CARRIED, lineage=("inno-0",))
    )


@pytest.mark.parametrize("end", [(), (concluded(),)])
def test_a_submitted_or_verified_innovation_is_developed_once(end: tuple[Any, ...]) -> None:
    given(decider, *SENT, *end).when(DEVELOP).then(DEVELOPED)
    given(decider, *SENT, *end, DEVELOPED).when(DEVELOP).nothing()


def test_another_successor_is_refused_unless_the_first_was_withdrawn() -> None:
    history = given(decider, *SENT, DEVELOPED)
    other = Develop(OPERATOR, LATER, "inno-3", "2027", "hss-dinkes")
    with pytest.raises(Refused) as refusal:
        history.when(other).run()
    assert (refusal.value.code, refusal.value.params) == (
        "innovation_developed",
        {"successor_id": "inno-2"},
    )
    freed = Develop(OPERATOR, LATER, "inno-3", "2027", "hss-dinkes", freed=True)
    news = DEVELOPED.model_copy(update={"successor_id": "inno-3"})
    history.when(freed).then(news)
    history.after(news).when(freed).nothing()
    history.after(news).when(DEVELOP).refused("innovation_developed")


def test_what_was_never_submitted_or_was_withdrawn_is_not_developed() -> None:
    for history in ((DRAFTED,), (*SENT, reopened()), (*SENT, withdrawn()), (DRAFTED, withdrawn())):
        given(decider, *history).when(DEVELOP).refused("nothing_to_develop")


def test_an_innovation_is_not_developed_within_its_season_or_while_files_come_in() -> None:
    same = Develop(OPERATOR, LATER, "inno-2", "2026", "hss-dinkes")
    given(decider, *SENT).when(same).refused("same_season")
    waiting = submitted(pending=("ev-1",), complete_by=DEADLINE)
    given(decider, DRAFTED, declared(), waiting).when(DEVELOP).refused("submission_pending")


@pytest.mark.parametrize("end", [(), (concluded(),)])
def test_a_developed_innovation_refuses_every_change(end: tuple[Any, ...]) -> None:
    history = given(decider, *SENT, *end, DEVELOPED)
    for command in (
        ReviseProfile(OPERATOR, LATER, EDITION, PROFILE),
        ClaimLevel(OPERATOR, LATER, EDITION, CLAIM),
        DeclareEvidence(OPERATOR, LATER, EDITION, item(evidence_id="ev-9"), 1000),
        ReviseEvidence(OPERATOR, LATER, EDITION, "ev-1", ("SID-02",), "decree", None),
        WithdrawEvidence(OPERATOR, LATER, "ev-1", "x"),
        Endorse("head", LATER, "a" * 64, "head", None),
        submit(),
        Reopen(SYSTEM, LATER, 1, ("SID-01",), DEADLINE),
        Withdraw("head", LATER, "ganda"),
    ):
        history.when(command).refused("innovation_developed")


def test_what_verification_granted_is_still_said_of_a_developed_innovation() -> None:
    history = given(decider, *SENT, DEVELOPED)
    history.when(ConcludeVerification(SYSTEM, LATER, 1, ())).then(concluded())


KEYS = st.sampled_from([f"inno-{number}" for number in range(6)])


@for_all(st.lists(st.tuples(KEYS, KEYS), max_size=20))
def test_no_innovation_is_ever_reported_more_than_twice(attempts: list[tuple[str, str]]) -> None:
    """Each attempt does as the route does: it ends the original, then drafts the successor.

    Whatever is tried in whatever order, lineages are of two at most, nobody has two successors,
    and no original is ended for a successor that cannot be drafted.
    """
    histories: dict[str, tuple[InnovationEvent, ...]] = {"inno-0": _told("inno-0", "2026")}
    for number, (original, successor) in enumerate(attempts, start=2027):
        if original in histories and successor not in histories:
            _develop(histories, original, successor, str(number))
    drafts = {key: _drafted(history) for key, history in histories.items()}
    origins = [each.developed_from for each in drafts.values() if each.developed_from]
    assert all(len(each.lineage) <= 1 for each in drafts.values())
    assert len(set(origins)) == len(origins)
    assert all(drafts[each].lineage == () for each in origins)


def _told(key: str, season: str) -> tuple[InnovationEvent, ...]:
    ids = {"innovation_id": key, "season_id": season}
    return (DRAFTED.model_copy(update=ids), submitted(**ids))


def _drafted(history: tuple[InnovationEvent, ...]) -> InnovationDrafted:
    assert isinstance(history[0], InnovationDrafted)
    return history[0]


def _develop(
    histories: dict[str, tuple[InnovationEvent, ...]], original: str, successor: str, season: str
) -> None:
    before = histories[original]
    try:
        ended = decider.decide(
            Develop(OPERATOR, LATER, successor, season, "hss-dinkes"), decider.replay(before)
        )
    except Refused:
        return
    known = Original(original, _drafted(before).lineage, (), ())
    command = draft(innovation_id=successor, season_id=season, original=known)
    histories[original] = (*before, *ended)
    histories[successor] = (
        *decider.decide(command, decider.initial),
        submitted(innovation_id=successor, season_id=season),
    )
