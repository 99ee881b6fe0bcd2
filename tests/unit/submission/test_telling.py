"""The history of an innovation in sentences: each kind of fact, in both languages."""

from datetime import date
from typing import Any

import pytest

from services.submission.api.histories import entries_of
from services.submission.api.telling import Reader
from services.submission.api.telling.words import FIELDS, SENTENCES
from shared.events.submission import (
    INNOVATION,
    Claim,
    EvidenceWithdrawn,
    GrantedLevel,
    InnovationDeveloped,
    InnovationEvent,
    Letter,
    LevelClaimed,
    LinkEvidence,
    Profile,
    ProfileRevised,
)
from tests.builders.innovation import (
    accepted,
    completed,
    concluded,
    endorsed,
    refused,
    reopened,
    revise,
    revised,
    submitted,
    withdrawn,
)
from tests.builders.submission import (
    DEADLINE,
    DRAFTED,
    LATER,
    OPERATOR,
    PROFILE,
    declared,
    item,
    recorded,
)

LETTER = Letter(number="188/1", signed_on=date(2024, 2, 1), subject="SIP PUTIH")
WITA = "Asia/Makassar"


def told(tongue: Any, *facts: InnovationEvent) -> list[str]:
    """The sentences, the oldest first."""
    events = [recorded(fact, version) for version, fact in enumerate(facts, start=1)]
    return [entry.sentence for entry in entries_of(events, Reader(tongue, WITA))]


def claimed(level: int, **changes: Any) -> LevelClaimed:
    claim = Claim(indicator="SID-18", level=level, basis="a")
    return LevelClaimed(by=OPERATOR, at=LATER, innovation_id="inno-1", claim=claim, **changes)


def profile(**changes: Any) -> ProfileRevised:
    new = PROFILE.model_copy(update=changes)
    return ProfileRevised(by=OPERATOR, at=LATER, innovation_id="inno-1", profile=new)


LINK = LinkEvidence(url="https://hss.go.id/x", sha256="b" * 64)
EVERYTHING = (
    DRAFTED,
    profile(title="SIP", purpose="Rahasia."),
    declared(letter=LETTER),
    declared(evidence_id="ev-2", indicators=(), evidence_kind="budget"),
    declared(evidence_id="ev-3", content=LINK, indicators=("SID-04",)),
    revised(revise(("SID-01", "SID-02"))),
    accepted(),
    refused("ev-2", rule="encrypted", detail={}),
    EvidenceWithdrawn(
        by=OPERATOR, at=LATER, innovation_id="inno-1", evidence_id="ev-3", reason="Salah."
    ),
    claimed(1),
    claimed(3),
    endorsed("c" * 64),
    endorsed("d" * 64, capacity="acting", appointment=LETTER),
    submitted(pending=("ev-1",), complete_by=DEADLINE),
    completed(missing=("ev-1", "ev-9")),
    reopened(indicators=("SID-01",), fields=("purpose",), due=DEADLINE),
    submitted(round=2),
    completed(round=2),
    concluded(round=2, granted=(GrantedLevel(indicator="SID-01", level=2),)),
    InnovationDeveloped(
        by=OPERATOR,
        at=LATER,
        innovation_id="inno-1",
        successor_id="inno-2",
        successor_season_id="2027",
        successor_agency_id="hss-dinkes",
    ),
    withdrawn(reason="Ganda."),
)


def test_each_kind_of_fact_is_told_in_indonesian() -> None:
    assert {type(fact) for fact in EVERYTHING} == set(INNOVATION.facts)
    sentences = told("id", *EVERYTHING)
    assert sentences[7].startswith("Berkas sk.pdf ditolak. ")
    assert sentences[:7] + sentences[8:] == [
        "Draf dibuat.",
        "Profil diubah: nama inovasi, tujuan.",
        "Bukti sk.pdf didaftarkan untuk SID-01, surat nomor 188/1.",
        "Bukti sk.pdf didaftarkan untuk profil.",
        "Bukti https://hss.go.id/x didaftarkan untuk SID-04.",
        "Keterangan bukti sk.pdf diubah: untuk SID-01, SID-02.",
        "Berkas sk.pdf diterima dan dikunci.",
        "Bukti https://hss.go.id/x ditarik: Salah.",
        "SID-18 diklaim pada level 1 (a).",
        "SID-18 diubah dari level 1 ke level 3 (a).",
        "Disahkan oleh kepala perangkat daerah (isi cccccccccccc).",
        "Disahkan oleh pelaksana tugas kepala perangkat daerah (isi dddddddddddd), surat nomor"
        " 188/1.",
        "Diajukan, putaran 1, dengan 0 klaim dan 1 bukti; 1 berkas boleh menyusul sampai Senin 31"
        " Agustus 2026 pukul 23.59 WITA.",
        "Pengajuan putaran 1 ditutup tanpa sk.pdf, ev-9.",
        "Dibuka kembali untuk perbaikan sampai Senin 31 Agustus 2026 pukul 23.59 WITA: SID-01,"
        " tujuan.",
        "Diajukan, putaran 2, dengan 0 klaim dan 1 bukti.",
        "Pengajuan putaran 2 lengkap: semua berkas sudah masuk.",
        "Hasil verifikasi putaran 2: SID-01 level 2.",
        "Dikembangkan menjadi inovasi inno-2 untuk musim 2027; sejak itu hanya dapat dibaca.",
        "Inovasi ditarik: Ganda.",
    ]


def test_english_says_the_same_in_other_words() -> None:
    sentences = told("en", *EVERYTHING)
    assert sentences[1] == "The profile was changed: title, purpose."
    assert sentences[9:11] == [
        "SID-18 was claimed at level 1 (a).",
        "SID-18 was changed from level 1 to level 3 (a).",
    ]
    assert not set(sentences) & set(told("id", *EVERYTHING))


def test_what_was_carried_over_is_counted_and_known_by_its_name() -> None:
    drafted = DRAFTED.model_copy(
        update={
            "developed_from": "inno-0",
            "claims": (Claim(indicator="SID-01", level=2),),
            "carried": (item(accepted=True),),
        }
    )
    withdrawal = EvidenceWithdrawn(
        by=OPERATOR, at=LATER, innovation_id="inno-1", evidence_id="ev-1", reason="Usang."
    )
    assert told("id", drafted, withdrawal) == [
        "Draf dibuat sebagai pengembangan dari inovasi inno-0, dengan 1 klaim dan 1 bukti bawaan.",
        "Bukti sk.pdf ditarik: Usang.",
    ]


def test_nothing_granted_is_told_too() -> None:
    assert told("id", DRAFTED, submitted(), concluded())[-1] == (
        "Hasil verifikasi putaran 1: tidak ada level yang diberikan."
    )


def test_a_rejection_is_told_in_both_languages() -> None:
    facts = (DRAFTED, submitted(), concluded(rejected=True))
    assert [told(tongue, *facts)[-1] for tongue in ("id", "en")] == [
        "Hasil verifikasi putaran 1: ditolak, karena tidak memenuhi kriteria inovasi daerah.",
        "Verification of round 1 rejected it: it does not meet the criteria of a regional"
        " innovation.",
    ]


def test_the_fields_that_changed_are_named_and_their_text_is_not() -> None:
    events = [recorded(DRAFTED, 1), recorded(profile(purpose="Rahasia."), 2)]
    drafted, changed = entries_of(events, Reader("id", WITA))
    assert (drafted.fields, changed.fields) == ((), ("purpose",))
    assert "Rahasia" not in changed.model_dump_json()


def test_a_text_with_braces_is_told_as_it_was_written() -> None:
    assert told("id", DRAFTED, withdrawn(reason="{reason} {0} {}"))[-1] == (
        "Inovasi ditarik: {reason} {0} {}"
    )


@pytest.mark.parametrize("table", [SENTENCES, FIELDS])
def test_both_languages_have_the_same_words(table: Any) -> None:
    assert set(table["id"]) == set(table["en"])


def test_every_field_of_the_profile_has_a_name() -> None:
    assert set(FIELDS["id"]) == set(Profile.model_fields)
