"""What an agency is told, and in which words."""

from typing import Any, get_args

import pytest

from services.verification.domain import CRITERIA, REASONS
from services.verification.reactions import Notice, NoticeKind, notice_of, subject_in, told
from services.verification.reactions.notices import (
    Corrected,
    CriterionTold,
    Lapsed,
    LevelTold,
    Received,
    Rejected,
    RevisionAsked,
    Verified,
    Withdrawn,
)
from services.verification.reactions.words import NAMES, TEXTS
from shared.events.base import Fact
from shared.events.verification import DossierEvent, RevisionLapsed, VerdictCorrected
from tests.builders.verification import (
    ADMITTED,
    AT,
    CLAIMS,
    COLLEAGUE,
    DUE,
    INNOVATION,
    ITEMS,
    OPENED,
    REJECTED,
    REQUESTED,
    SYSTEM,
    VERIFIED,
    VERIFIER,
    WITHDRAWN,
    about,
    check_decided,
    decided,
    drawn,
    leased,
    received,
    recorded,
    recused,
    verdict,
)

LAPSED = RevisionLapsed(by=SYSTEM, at=AT, dossier_id=INNOVATION, round=2)
CORRECTED = VerdictCorrected(
    by=COLLEAGUE.by,
    at=AT,
    dossier_id=INNOVATION,
    competition_id="lomba-2026",
    objection_id="objection-1",
    corrected=verdict("SID-18", 1, COLLEAGUE),
    about=about(),
    round=1,
    claims=CLAIMS,
    verdicts=(verdict("SID-18", 1, COLLEAGUE), verdict("SID-01", 2)),
    deciders=(COLLEAGUE.by, VERIFIER.by),
)
CUT = {"reason_code": "lower_level_proven", "note": "Only the decree is shown."}
FULL = {"reason_code": None, "note": ""}
FIRST, SECOND, LAST = (
    LevelTold(indicator="SID-01", claimed_level=3, granted_level=2, **CUT),
    LevelTold(indicator="SID-02", claimed_level=2, granted_level=2, **FULL),
    LevelTold(indicator="SID-18", claimed_level=1, granted_level=0, **CUT),
)
GRANTED = LAST.model_copy(update={"granted_level": 1, **FULL})
TOLD: dict[NoticeKind, tuple[Fact, Any]] = {
    "received": (OPENED, Received(round=1)),
    "revision_requested": (
        REQUESTED,
        RevisionAsked(
            round=1,
            items=ITEMS,
            fields=(),
            message="Please complete the evidence of benefit.",
            due=DUE,
        ),
    ),
    "revision_lapsed": (LAPSED, Lapsed(round=2)),
    "verified": (VERIFIED, Verified(round=1, indicators=(FIRST, SECOND, LAST))),
    "rejected": (
        REJECTED,
        Rejected(
            round=1,
            criteria=(CriterionTold(criterion="renewal", note="The same was done in 2019."),),
        ),
    ),
    "corrected": (
        CORRECTED,
        Corrected(
            round=1,
            competition_id="lomba-2026",
            objection_id="objection-1",
            corrected=GRANTED,
            indicators=(FIRST, GRANTED),
        ),
    ),
    "withdrawn": (WITHDRAWN, Withdrawn(reason="Filed twice.")),
}
KINDS = tuple(TOLD)


def told_of(fact: Fact, **changes: Any) -> Notice:
    notice = notice_of(recorded(fact, 5), about(**changes))
    assert notice is not None
    return notice


def test_there_is_a_notice_for_every_kind() -> None:
    assert set(KINDS) == set(get_args(NoticeKind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_says_what_the_fact_says(kind: NoticeKind) -> None:
    fact, params = TOLD[kind]
    assert told_of(fact) == Notice(
        notice_id="event-5",
        sequence=105,
        kind=kind,
        at=fact.at,
        innovation_id=INNOVATION,
        title="Posyandu Digital",
        season_id="2026",
        agency_id="dinkes",
        agency_path=("kalsel", "dinkes"),
        training=False,
        params=params,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_survives_being_stored(kind: NoticeKind) -> None:
    notice = told_of(TOLD[kind][0])
    assert Notice.model_validate(notice.model_dump(mode="json")) == notice


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_who_decided_is_named(kind: NoticeKind) -> None:
    notice = told_of(TOLD[kind][0])
    words = [told(notice, language).text for language in ("id", "en")]
    for person in (VERIFIER.by, COLLEAGUE.by):
        assert person not in f"{notice.model_dump_json()} {words}"


WORK = (leased(), ADMITTED, decided("SID-01", 2), drawn(), check_decided("SID-01"), recused())


@pytest.mark.parametrize("fact", WORK, ids=lambda fact: type(fact).__name__)
def test_work_in_progress_is_told_to_nobody(fact: Fact) -> None:
    assert notice_of(recorded(fact), about()) is None


def test_every_fact_of_a_dossier_is_told_or_work() -> None:
    told_facts = {type(fact) for fact, _ in TOLD.values()} | {type(received())}
    assert told_facts < set(get_args(DossierEvent))


def test_who_withdrew_before_anything_came_in_is_told_nothing() -> None:
    assert notice_of(recorded(WITHDRAWN), None) is None


def test_the_subject_is_the_one_that_held_when_the_fact_was_said() -> None:
    renamed = about(profile=about().profile.model_copy(update={"title": "Posyandu Digital 2"}))
    facts = [
        recorded(OPENED, 1),
        recorded(REQUESTED, 2),
        recorded(received(about=renamed), 3),
        recorded(LAPSED, 4),
    ]
    assert [subject_in(facts, version) for version in (2, 4)] == [about(), renamed]
    assert subject_in(facts[1:2], 2) is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_and_criterion_has_a_name(language: Any) -> None:
    assert {*REASONS, *CRITERIA, "objection_granted"} == set(NAMES[language])


def test_both_languages_tell_the_same() -> None:
    assert set(TEXTS["id"]) == set(TEXTS["en"])


def test_a_revision_is_told_with_its_date_and_every_point() -> None:
    asked = REQUESTED.model_copy(update={"fields": ("title", "main_affair")})
    words = told(told_of(asked), "id")
    assert words.subject == "Perlu diperbaiki: Posyandu Digital"
    assert words.sentence == (
        "Verifikator meminta perbaikan inovasi “Posyandu Digital” pada 1 indikator."
        " Kirim kembali paling lambat 11 Agustus 2026 pukul 09.00 WITA."
    )
    assert words.points == (
        "Please complete the evidence of benefit.",
        "SID-18: Show the list of beneficiaries.",
        "Isian profil yang boleh diubah: nama inovasi, urusan utama.",
    )


def test_a_verified_innovation_is_told_level_by_level() -> None:
    words = told(told_of(VERIFIED), "en")
    assert words.sentence == (
        "The innovation “Posyandu Digital” is verified: 1 of 3 indicators were granted as claimed."
    )
    why = "The evidence proves a lower level than the one claimed. Only the decree is shown."
    assert words.points == (
        f"SID-01: claimed 3, granted 2. {why}",
        "SID-02: claimed 2, granted 2.",
        f"SID-18: claimed 1, granted 0. {why}",
    )


def test_one_without_claims_is_not_counted() -> None:
    words = told(told_of(VERIFIED.model_copy(update={"verdicts": ()})), "id")
    assert words.sentence == (
        "Inovasi “Posyandu Digital” selesai diverifikasi; tidak ada indikator yang diklaim."
    )
    assert words.text == f"{words.sentence}\n"


def test_a_rejection_is_told_with_the_criterion() -> None:
    words = told(told_of(REJECTED), "id")
    assert words.points == ("Mengandung pembaharuan: The same was done in 2019.",)


def test_a_second_round_is_received_in_other_words() -> None:
    words = told(told_of(received(lapsed=("SID-18",))), "en")
    assert words.sentence.startswith("The revision of the innovation “Posyandu Digital”")
    assert words.points == ("Judged anew because it changed: SID-18.",)


def test_practice_is_called_practice() -> None:
    training = OPENED.model_copy(update={"about": about(training=True)})
    words = told(told_of(training), "id")
    assert words.subject == "[LATIHAN] Diterima untuk verifikasi: Posyandu Digital"
    assert words.sentence.startswith("[LATIHAN] ")


def test_what_people_typed_stays_on_its_line() -> None:
    odd = about(profile=about().profile.model_copy(update={"title": "Satu\r\nBcc: {due} x"}))
    words = told(told_of(OPENED.model_copy(update={"about": odd})), "id")
    assert words.subject == "Diterima untuk verifikasi: Satu Bcc: {due} x"
