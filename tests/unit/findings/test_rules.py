"""Each rule's yes: one spoilt thing gives one finding, and the good innovation gives none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.events.submission import Claim, FileProperties, LinkEvidence
from shared.findings import RULES, Case, Earlier, Handover, Neighbour, examine
from tests.unit.findings.cases import (
    DEADLINE,
    EVERYTHING,
    GOOD,
    HINTS,
    NOW,
    PROFILE,
    TITLE,
    changed,
    claiming,
    digest,
    letter,
    link,
    new_places,
    paper,
    picture,
    profiled,
    saying,
    statement,
    unread,
    video,
    with_items,
    without,
)

Place = tuple[str, str, str | None]


def handed_over(**changes: object) -> Case:
    given: dict[str, object] = {"at": NOW, "deadline": DEADLINE}
    return replace(GOOD, handover=Handover(**{**given, **changes}))  # pyright: ignore


def beside(**changes: object) -> Case:
    given: dict[str, object] = {"innovation_id": "lain", "title": "Tidak Serupa"}
    return replace(GOOD, neighbours=(Neighbour(**{**given, **changes}),))  # pyright: ignore


PENDING = changed("sop", accepted=False)
GRACE = replace(PENDING, handover=replace(GOOD.handover or handed_over(), grace_minutes=60))
NO_NAME = "Keputusan tentang hal lain sama sekali, tanpa menyebut program apa pun."
ONLY_DECREE = claiming(case=without("perda"), SID_01=1)
CARRIED = changed("sop", carried_from="edisi-lama", letter=letter("2022-02-02"))
OLD_EDITION = Earlier("edisi-lama", PROFILE.model_copy(update={"design_narrative": "dulu"}), {})

FOUND: dict[str, tuple[Case, set[Place]]] = {
    "season_closed": (handed_over(is_season_open=False), {("blocks", "season_closed", None)}),
    "deadline_passed": (
        handed_over(at=DEADLINE + timedelta(seconds=1)),
        {("blocks", "deadline_passed", None)},
    ),
    "field_missing": (
        profiled(kind=None, result=" "),
        {("blocks", "field_missing", "kind"), ("blocks", "field_missing", "result")},
    ),
    "implementation without a day": (
        profiled(implemented_on=None),
        {("blocks", "field_missing", "implemented_on")},
    ),
    "design_narrative_too_short": (
        profiled(design_narrative="Dasar hukum singkat."),
        {("blocks", "design_narrative_too_short", "design_narrative")},
    ),
    "dates_out_of_order": (
        profiled(trial_on=date(2024, 6, 1)),
        {("blocks", "dates_out_of_order", "implemented_on")},
    ),
    "outside_window": (
        profiled(implemented_on=date(2023, 12, 31), trial_on=None),
        {("blocks", "outside_window", "implemented_on")},
    ),
    "development_note_missing": (
        profiled(implemented_on=date(2023, 5, 1), trial_on=None, developed_on=date(2024, 5, 1)),
        {("blocks", "development_note_missing", "development_note")},
    ),
    "a developed edition that does not say what is new": (
        replace(GOOD, lineage=("edisi-lama",)),
        {("blocks", "development_note_missing", "development_note")},
    ),
    "lineage_full": (
        replace(profiled(development_note="Baru."), lineage=("satu", "dua")),
        {("blocks", "lineage_full", None)},
    ),
    "evidence_pending": (
        PENDING,
        {
            ("blocks", "evidence_pending", "sop"),
            ("costs", "claim_rests_on_pending", "SID-13"),
        },
    ),
    "endorsement_missing": (
        handed_over(is_endorsement_required=True),
        {("blocks", "endorsement_missing", None)},
    ),
    "endorsement_lapsed": (
        handed_over(is_endorsement_required=True, endorsement="lapsed"),
        {("blocks", "endorsement_lapsed", None)},
    ),
    "claim_without_evidence": (without("sop"), {("costs", "claim_without_evidence", "SID-13")}),
    "claim_rests_on_pending and files_may_finish": (
        GRACE,
        {
            ("costs", "claim_rests_on_pending", "SID-13"),
            ("advises", "files_may_finish", None),
        },
    ),
    "mandatory_unclaimed": (
        claiming(SID_17=None),
        {
            ("costs", "mandatory_unclaimed", "SID-17"),
            ("advises", "evidence_unclaimed", "SID-17"),
        },
    ),
    "an indicator that is not mandatory": (
        claiming(case=without("sop"), SID_13=0),
        set(),
    ),
    "basis_missing": (
        replace(
            GOOD,
            claims=(
                *(claim for claim in EVERYTHING if claim.indicator != "SID-18"),
                Claim(indicator="SID-18", level=2),
            ),
        ),
        {("costs", "basis_missing", "SID-18")},
    ),
    "subtype_missing": (
        replace(
            GOOD,
            claims=(
                *(claim for claim in EVERYTHING if claim.indicator != "SID-15"),
                Claim(indicator="SID-15", level=2),
            ),
        ),
        {("costs", "subtype_missing", "SID-15")},
    ),
    "basis_without_document": (
        changed("manfaat", evidence_kind="financial_report"),
        {("costs", "basis_without_document", "SID-18")},
    ),
    "evidence_carries_less": (
        without("perda"),
        {("costs", "evidence_carries_less", "SID-01")},
    ),
    "a decree for the level of a decree": (ONLY_DECREE, set()),
    "a report of the wrong kind": (
        changed("kajian", evidence_kind="satisfaction_survey_report"),
        {("costs", "evidence_carries_less", "SID-19")},
    ),
    "a photo for the level of the press": (
        changed("berita", evidence_kind="activity_photo"),
        {("costs", "evidence_carries_less", "SID-10")},
    ),
    "nothing_claimed": (
        replace(
            GOOD,
            profile=PROFILE,
            claims=(),
            evidence=(),
        ),
        {
            *(("costs", "mandatory_unclaimed", f"SID-{n}") for n in ("01", "02", "17", "18", "20")),
            ("advises", "nothing_claimed", None),
            ("advises", "no_evidence", None),
        },
    ),
    "letter_incomplete": (
        changed("sop", letter=letter("2024-06-10", number=" ")),
        {("costs", "letter_incomplete", "SID-13")},
    ),
    "no letter at all": (
        changed("pks", letter=None),
        {("costs", "letter_incomplete", "SID-07")},
    ),
    "link_missing": (
        with_items(paper("pedoman", "manual_book", ("SID-11",)), case=saying("pedoman", TITLE)),
        {("costs", "link_missing", "SID-11")},
    ),
    "video_missing": (without("video"), {("costs", "video_missing", "SID-20")}),
    "video_too_long": (
        with_items(video("video", 301)),
        {("costs", "video_too_long", "SID-20")},
    ),
    "a video of exactly five minutes": (with_items(video("video", 300)), set()),
    "a link to a video": (
        with_items(link("video", "video_link", ("SID-20",))),
        set(),
    ),
    "thumbnail_missing": (without("sampul"), {("costs", "thumbnail_missing", "SID-20")}),
    "events_missing": (
        without("tugas-3", "hadir-3", "sertifikat-3"),
        {("costs", "events_missing", "SID-05")},
    ),
    "a set without its attendance list": (
        without("hadir-3"),
        {("costs", "events_missing", "SID-05")},
    ),
    "certificate_missing": (
        without("sertifikat-1", "sertifikat-2", "sertifikat-3"),
        {("costs", "certificate_missing", "SID-05")},
    ),
    "one certificate for three trainings": (without("sertifikat-1", "sertifikat-2"), set()),
    "methods_missing": (without("metode-2"), {("costs", "methods_missing", "SID-12")}),
    "one screenshot shown three times": (
        with_items(
            *(
                picture("metode-1", "screenshot", ("SID-12",)).model_copy(
                    update={"evidence_id": name}
                )
                for name in ("metode-2", "metode-3")
            )
        ),
        {("costs", "methods_missing", "SID-12")},
    ),
    "replications_missing": (
        with_items(statement("replika-tapin", "hst")),
        {("costs", "replications_missing", "SID-16")},
    ),
    "years_missing": (without("dpa-2025"), {("costs", "years_missing", "SID-03")}),
    "a document that speaks of the other year": (
        saying("dpa-2024", f"{TITLE} tahun 2024 dan 2025", case=without("dpa-2025")),
        set(),
    ),
    "years_unread": (
        saying("dpa-2024", None, case=without("dpa-2025")),
        {("advises", "years_unread", "SID-03")},
    ),
    "a document that was not read yet": (
        unread("dpa-2026", case=without("dpa-2025")),
        {("advises", "years_unread", "SID-03")},
    ),
    "no_letter_in_years": (
        changed("sk-tim", letter=letter("2023-12-31")),
        {("costs", "no_letter_in_years", "SID-02")},
    ),
    "letter_outside_years": (
        with_items(paper("tugas-lama", "assignment_letter", ("SID-02",), "2022-01-01")),
        {("advises", "letter_outside_years", "SID-02")},
    ),
    "decree_of_another_year": (
        changed("sk-daftar", letter=letter("2023-05-02"), case=ONLY_DECREE),
        {("costs", "decree_of_another_year", "SID-01")},
    ),
    "regulation_too_new": (
        changed("perda", letter=letter("2026-01-01")),
        {("costs", "regulation_too_new", "SID-01")},
    ),
    "innovation_not_named": (
        saying("perda", NO_NAME, case=saying("sk-daftar", NO_NAME)),
        {("costs", "innovation_not_named", "SID-01")},
    ),
    "named in one of two": (saying("perda", NO_NAME), set()),
    "naming_unread": (
        saying("perda", None, case=saying("sk-daftar", None)),
        {("advises", "naming_unread", "SID-01")},
    ),
    "not read yet is not unnamed": (unread("perda", "sk-daftar"), set()),
    "not_named_in_document": (
        saying("pks", NO_NAME),
        {("advises", "not_named_in_document", "pks")},
    ),
    "bylaw_alone": (
        saying("perda", NO_NAME, case=without("sk-daftar")),
        {
            ("costs", "innovation_not_named", "SID-01"),
            ("advises", "bylaw_alone", "SID-01"),
        },
    ),
    "a bylaw that names the innovation itself": (without("sk-daftar"), set()),
    "photo_small": (
        changed("alat", properties=FileProperties(width_pixels=639, height_pixels=480)),
        {("advises", "photo_small", "alat")},
    ),
    "few_pages": (
        changed("kajian", properties=FileProperties(pages=4)),
        {("advises", "few_pages", "kajian")},
    ),
    "narrative_part_missing": (
        profiled(design_narrative="Uraian panjang tanpa bagian apa pun. " * 60),
        {("advises", "narrative_part_missing", "design_narrative")},
    ),
    "narrative_long": (
        profiled(design_narrative=f"{PROFILE.design_narrative} {'tambahan ' * 300}"),
        {("advises", "narrative_long", "design_narrative")},
    ),
    "stage_not_counted": (
        profiled(stage="trial"),
        {("advises", "stage_not_counted", "stage")},
    ),
    "narrative_unchanged": (
        replace(
            profiled(development_note="Lebih luas."),
            lineage=("edisi-lama",),
            earlier=replace(OLD_EDITION, profile=PROFILE),
        ),
        {("advises", "narrative_unchanged", "design_narrative")},
    ),
    "granted_less_before": (
        replace(
            changed("sop", carried_from="edisi-lama"),
            earlier=replace(OLD_EDITION, granted={"SID-13": 1, "SID-14": 1}),
        ),
        {("advises", "granted_less_before", "SID-13")},
    ),
    "carried_stale": (CARRIED, {("advises", "carried_stale", "sop")}),
    "file_elsewhere": (
        beside(same_files=frozenset({digest("sop")})),
        {("advises", "file_elsewhere", "sop")},
    ),
    "near_copy_elsewhere": (
        beside(near_files=frozenset({digest("sop")})),
        {("advises", "near_copy_elsewhere", "sop")},
    ),
    "title_taken": (
        beside(title=TITLE.upper()),
        {("advises", "title_taken", "title")},
    ),
    "title_similar": (
        beside(title="SIP PUTIH (Sistem Informasi Posyandu Tumbuh Sehat) 2"),
        {("advises", "title_similar", "title")},
    ),
    "an earlier edition of the same": (
        replace(
            beside(title=TITLE, same_files=frozenset({digest("sop")})),
            lineage=("lain",),
            profile=PROFILE.model_copy(update={"development_note": "Lebih luas."}),
        ),
        set(),
    ),
    "deadline_near": (
        handed_over(at=DEADLINE - timedelta(hours=48)),
        {("advises", "deadline_near", None)},
    ),
    "two days and a second before the deadline": (
        handed_over(at=DEADLINE - timedelta(hours=48, seconds=1)),
        set(),
    ),
}


def test_the_good_innovation_gets_two_hints_and_nothing_else():
    found = [(each.severity, each.code) for each in examine(GOOD)]
    assert found == [("advises", "video_parts"), ("advises", "file_shared")]


@pytest.mark.parametrize("name", FOUND)
def test_what_is_spoilt_is_found_and_nothing_beside_it(name: str):
    case, expected = FOUND[name]
    assert new_places(case) == expected


def test_every_rule_is_met_by_one_of_the_cases():
    found = {code for case, _ in FOUND.values() for _, code, _ in new_places(case)}
    assert found | {code for _, code, _ in HINTS} == {rule.code for rule in RULES}


def test_no_two_rules_share_a_code():
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == sorted(set(codes))


def test_a_verifier_hears_nothing_of_the_clock():
    late = replace(PENDING, handover=None)
    assert new_places(late) == {("costs", "claim_rests_on_pending", "SID-13")}


def test_of_what_one_may_not_see_only_its_being_is_told():
    hidden, shown = beside(title=TITLE), beside(title=TITLE, is_visible=True)

    def told(case: Case) -> object:
        return next(each.params for each in examine(case) if each.code == "title_taken")

    assert told(hidden) == {"other": ""}
    assert told(shown) == {"other": TITLE, "other_id": "lain"}


def test_a_link_of_the_register_is_evidence_like_any_other():
    assert isinstance(link("x", "public_link", ("SID-11",)).content, LinkEvidence)
    assert new_places(with_items(link("pedoman-2", "public_link", ("SID-11",)))) == set()


spoilers: st.SearchStrategy[Callable[[Case], Case]] = st.sampled_from(
    [item.evidence_id for item in GOOD.evidence]
).flatmap(
    lambda name: st.sampled_from(
        [
            lambda case: without(name, case=case),
            lambda case: saying(name, None, case=case),
            lambda case: saying(name, NO_NAME, case=case),
            lambda case: unread(name, case=case),
        ]
    )
)


@given(st.lists(spoilers, max_size=8))
@settings(deadline=None, max_examples=60)
def test_evidence_alone_never_blocks_and_the_order_is_always_the_same(
    spoilt: list[Callable[[Case], Case]],
):
    case = GOOD
    for spoil in spoilt:
        case = spoil(case)
    found = examine(case)
    assert [each.code for each in found if each.severity == "blocks"] == []
    assert examine(case) == found
    assert [each.severity for each in found] == sorted(
        (each.severity for each in found), key=("blocks", "costs", "advises").index
    )
