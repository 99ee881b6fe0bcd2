"""A third person decides what two have decided differently."""

import pytest

from services.verification.domain import decider
from services.verification.domain.commands import Granting
from tests.builders.verification import (
    ALL_SAMPLED,
    COLLEAGUE,
    NO_SAMPLE,
    NOT_ADMITTED,
    OPENED,
    OUTSIDER,
    REJECTED,
    REQUESTED,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    SUPERVISOR,
    THIRD_DIGEST,
    VERIFIED,
    VERIFIER,
    Person,
    admissibility,
    check_decided,
    drawn,
    findings,
    granting,
    leased,
    readmitted,
    rechecked,
    resolve,
    resolved,
    verdict,
)
from tests.spec import given

HELD = given(decider, OPENED, leased())
CHECKED = HELD.after(*REVIEWED, drawn(), leased(COLLEAGUE, SECOND_TOKEN))
SECOND = (rechecked("SID-01", 3), rechecked("SID-02", 1), rechecked("SID-18", 0))
LEVELS = CHECKED.after(readmitted(), *SECOND, check_decided("SID-01", "SID-02"))
ALL_THREE = (COLLEAGUE.by, RESOLVER.by, VERIFIER.by)

VERIFIED_BY_THREE = VERIFIED.model_copy(
    update={"by": RESOLVER.by, "deciders": ALL_THREE, "rule": ALL_SAMPLED}
)


# --- levels -------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [(3, 1), (2, 2), (1, 0)], ids=["second", "first", "neither"])
def test_the_third_decides_every_indicator_that_differs(levels: tuple[int, int]) -> None:
    asked = (granting("SID-01", levels[0]), granting("SID-02", levels[1]))
    found = (verdict("SID-01", levels[0], RESOLVER), verdict("SID-02", levels[1], RESOLVER))
    LEVELS.when(resolve(*asked)).then(
        resolved(*found),
        VERIFIED_BY_THREE.model_copy(update={"verdicts": (*found, VERIFIED.verdicts[2])}),
    )


def test_the_order_in_which_the_third_decides_does_not_matter() -> None:
    asked = (granting("SID-01", 3), granting("SID-02", 2))
    LEVELS.when(resolve(*reversed(asked))).then(*LEVELS.when(resolve(*asked)).run())


@pytest.mark.parametrize(
    "asked",
    [
        (),
        (granting("SID-01", 3),),
        (granting("SID-01", 3), granting("SID-02", 2), granting("SID-18", 0)),
        (granting("SID-01", 3), granting("SID-18", 0)),
        (granting("SID-01", 3), granting("SID-02", 2), granting("SID-02", 1)),
    ],
    ids=["nothing", "one of two", "one too many", "another", "one twice"],
)
def test_the_third_decides_exactly_what_differs(asked: tuple[Granting, ...]) -> None:
    LEVELS.when(resolve(*asked)).refused("resolution_incomplete")


def test_where_two_agree_on_the_criteria_the_third_does_not_decide_them() -> None:
    asked = (granting("SID-01", 3), granting("SID-02", 2))
    LEVELS.when(resolve(*asked, findings=findings())).refused("resolution_incomplete")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (granting("SID-02", 3), "level_above_claim"),
        (granting("SID-02", 2, evidence=()), "evidence_changed"),
        (granting("SID-02", 2, evidence=(THIRD_DIGEST,)), "evidence_unknown"),
        (granting("SID-02", 1, reason_code=None), "reason_unknown"),
        (granting("SID-02", 1, note=" "), "note_missing"),
        (granting("SID-02", 2, basis="a"), "basis_differs"),
    ],
    ids=["above the claim", "unseen", "unknown", "no reason", "no note", "another basis"],
)
def test_the_third_is_held_to_the_same_rules(changed: Granting, code: str) -> None:
    LEVELS.when(resolve(granting("SID-01", 3), changed)).refused(code)


# --- admissibility ------------------------------------------------------------------------

FIRST_REJECTS = HELD.after(NOT_ADMITTED, drawn("rejection"), leased(COLLEAGUE, SECOND_TOKEN)).after(
    readmitted(), *SECOND, check_decided("admissibility", compared=1)
)
SECOND_REJECTS = CHECKED.after(readmitted("benefit"), check_decided("admissibility", compared=1))


def test_where_the_third_finds_a_criterion_not_met_the_dossier_is_rejected() -> None:
    found = admissibility("replicable", person=RESOLVER)
    for disputed in (FIRST_REJECTS, SECOND_REJECTS):
        disputed.when(resolve(findings=findings("replicable"))).then(
            resolved(admissibility=found),
            REJECTED.model_copy(
                update={"by": RESOLVER.by, "admissibility": found, "deciders": ALL_THREE}
            ),
        )


def test_where_the_third_admits_the_verdicts_of_the_only_one_who_has_them_stand() -> None:
    found = admissibility(person=RESOLVER)
    ended = {"by": RESOLVER.by, "deciders": ALL_THREE, "admissibility": found}
    SECOND_REJECTS.when(resolve(findings=findings())).then(
        resolved(admissibility=found), VERIFIED_BY_THREE.model_copy(update=ended)
    )
    of_second = {"verdicts": tuple(each.verdict for each in SECOND), "rule": NO_SAMPLE}
    FIRST_REJECTS.when(resolve(findings=findings())).then(
        resolved(admissibility=found), VERIFIED_BY_THREE.model_copy(update=ended | of_second)
    )


def test_verdicts_from_before_a_no_do_not_come_back() -> None:
    """The first granted levels, then found a criterion not met: only the second's count."""
    turned = HELD.after(
        *REVIEWED,
        NOT_ADMITTED,
        drawn("rejection"),
        leased(COLLEAGUE, SECOND_TOKEN),
        readmitted(),
        *SECOND,
        check_decided("admissibility", compared=1),
    )
    found = admissibility(person=RESOLVER)
    turned.when(resolve(findings=findings())).then(
        resolved(admissibility=found),
        VERIFIED_BY_THREE.model_copy(
            update={
                "admissibility": found,
                "verdicts": tuple(each.verdict for each in SECOND),
                "rule": NO_SAMPLE,
            }
        ),
    )


def test_a_difference_on_admissibility_is_decided_by_all_five_criteria_alone() -> None:
    SECOND_REJECTS.when(resolve()).refused("resolution_incomplete")
    SECOND_REJECTS.when(resolve(granting("SID-01", 3))).refused("resolution_incomplete")
    SECOND_REJECTS.when(resolve(granting("SID-01", 3), findings=findings())).refused(
        "resolution_incomplete"
    )
    SECOND_REJECTS.when(resolve(findings=findings()[:4])).refused("criteria_incomplete")
    silent = tuple(each.model_copy(update={"note": ""}) for each in findings("benefit"))
    SECOND_REJECTS.when(resolve(findings=silent)).refused("note_missing")


# --- who, and when ------------------------------------------------------------------------


@pytest.mark.parametrize("person", [VERIFIER, COLLEAGUE], ids=["first", "second"])
def test_neither_of_the_two_resolves(person: Person) -> None:
    asked = (granting("SID-01", 3), granting("SID-02", 2))
    LEVELS.when(resolve(*asked, person=person)).refused("resolver_not_independent")


def test_who_ended_either_look_does_not_resolve() -> None:
    asked = (granting("SID-01", 3), granting("SID-02", 2))
    ended = HELD.after(
        *REVIEWED,
        drawn(by=OUTSIDER.by, reviewed_by=OUTSIDER.by),
        leased(COLLEAGUE, SECOND_TOKEN),
        readmitted(),
        *SECOND,
        check_decided("SID-01", "SID-02", by=SUPERVISOR.by, checked_by=SUPERVISOR.by),
    )
    for person in (OUTSIDER, SUPERVISOR):
        ended.when(resolve(*asked, person=person)).refused("resolver_not_independent")
    assert len(ended.when(resolve(*asked)).run()) == 2


def test_whose_finding_a_colleague_replaced_does_not_resolve() -> None:
    asked = (granting("SID-01", 3), granting("SID-02", 2))
    replaced = CHECKED.after(
        readmitted(person=OUTSIDER),
        rechecked("SID-01", 1, OUTSIDER),
        readmitted(),
        *SECOND,
        check_decided("SID-01", "SID-02"),
    )
    replaced.when(resolve(*asked, person=OUTSIDER)).refused("resolver_not_independent")


def test_there_is_nothing_to_resolve_unless_two_differ() -> None:
    given(decider).when(resolve()).refused("not_found")
    HELD.when(resolve(granting("SID-01", 3))).refused("nothing_to_resolve")
    CHECKED.when(resolve(granting("SID-01", 3))).refused("nothing_to_resolve")
    HELD.after(REQUESTED).when(resolve()).refused("waiting_for_revision")


def test_resolving_twice_is_already_so() -> None:
    resolution = resolve(granting("SID-01", 3), granting("SID-02", 2))
    LEVELS.after(*LEVELS.when(resolution).run()).when(resolution).nothing()
    rejection = resolve(findings=findings("benefit"))
    SECOND_REJECTS.after(*SECOND_REJECTS.when(rejection).run()).when(rejection).nothing()
