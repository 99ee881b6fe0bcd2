"""Explanations as scripts and people read them."""

import json
from datetime import UTC, datetime

import pytest

from services.audit.outcome.explained import (
    AGAIN,
    ExplainedTold,
    SaidTold,
    StepTold,
    lines,
    told_of,
)
from shared.events.awards import MoneyAllocated
from tests.unit.audit.explained import Told, explained, told_again
from tests.unit.audit.past import Past, sequence_of, tampered
from tests.unit.audit.test_replay import set_path


@pytest.fixture(scope="module")
def season(past: Past) -> Told:
    return told_again(past.messages)


def test_people_read_indented_lines(season: Told):
    assert lines(explained("inov-3", season), width=70) == [
        "- Inovasi SIP PUTIH inov-3 (inov-3) dari hss-disdag, dibuat oleh",
        "    drafter-2, ditarik kembali",
        "  #55 InnovationDrafted oleh drafter-2, 5 Januari 2026 pukul 09.48",
        "    WITA",
        "  - Pengajuan putaran 1 oleh drafter-2, 5 Januari 2026 pukul 09.54",
        "      WITA (penyusun: drafter-2)",
        "    #61 InnovationSubmitted oleh drafter-2, 5 Januari 2026 pukul 09.54",
        "      WITA",
    ]


def test_scripts_read_the_same_with_every_id(past: Past, season: Told):
    drafted, submitted = past.messages[54], past.messages[60]
    content_digest = json.loads(submitted.body)["content_digest"]
    assert told_of(explained("inov-3", season)) == ExplainedTold(
        thing="innovation/inov-3",
        step=StepTold(
            kind="innovation",
            title=(
                "Inovasi SIP PUTIH inov-3 (inov-3) dari hss-disdag, dibuat oleh drafter-2,"
                " ditarik kembali"
            ),
            about="innovation/inov-3",
            facts=(
                SaidTold(
                    sequence=55,
                    event_id=drafted.headers["ce-id"],
                    subject="inda.v1.submission.innovation.inov-3",
                    fact="InnovationDrafted",
                    by="drafter-2",
                    at=datetime(2026, 1, 5, 1, 48, tzinfo=UTC),
                ),
            ),
            values={
                "innovation_id": "inov-3",
                "season_id": "2026",
                "agency_id": "hss-disdag",
                "drafters": "drafter-2",
                "state": "withdrawn",
            },
            rule=None,
            because=(
                StepTold(
                    kind="submission",
                    title=(
                        "Pengajuan putaran 1 oleh drafter-2, 5 Januari 2026 pukul 09.54 WITA"
                        " (penyusun: drafter-2)"
                    ),
                    about="",
                    facts=(
                        SaidTold(
                            sequence=61,
                            event_id=submitted.headers["ce-id"],
                            subject="inda.v1.submission.innovation.inov-3",
                            fact="InnovationSubmitted",
                            by="drafter-2",
                            at=datetime(2026, 1, 5, 1, 54, tzinfo=UTC),
                        ),
                    ),
                    values={
                        "innovation_id": "inov-3",
                        "round": 1,
                        "by": "drafter-2",
                        "drafters": "drafter-2",
                        "endorsed_by": "",
                        "content_digest": content_digest,
                    },
                    rule=None,
                    because=(),
                ),
            ),
        ),
        findings=(),
    )


def test_what_several_steps_rest_on_is_spelled_out_once(season: Told):
    told = lines(explained("fund/apbd-2026", season))
    title = "Kartu skor 1 SIP PUTIH inov-1 (inov-1):"
    found = [number for number, line in enumerate(told) if title in line]
    assert len(found) == 2
    assert [AGAIN.split()[0] in "".join(told[each : each + 2]) for each in found] == [False, True]
    assert sum("Perbandingan 2 finalis" in each for each in told) == 2
    assert sum("indikator lain tidak diklaim" in each for each in told) == 2


def test_sources_are_named_in_full_once_at_the_end(season: Told):
    told = lines(explained("scorecard/inov-1", season))
    end = told.index("Sumber:")
    assert told[end - 1] == ""
    keys = [each.partition(":")[0] for each in told[end + 1 :] if not each.startswith(" ")]
    assert keys == ["S-01/sec", "S-02/sec", "S-03/sec", "S-04"]


@pytest.mark.parametrize("width", [60, 100])
def test_no_line_is_wider_than_asked_but_for_what_cannot_be_broken(season: Told, width: int):
    told = lines(explained("region/2026/hss", season), width)
    assert max(map(len, told)) <= width


def test_an_explanation_survives_json(season: Told):
    told = told_of(explained("alloc-1", season))
    assert ExplainedTold.model_validate_json(told.model_dump_json()) == told


def test_what_was_told_before_is_marked_for_scripts_too(season: Told):
    told = told_of(explained("alloc-1", season)).step
    (rank,) = [each for each in told.because if each.kind == "rank"]
    rounds = [each for each in rank.because if each.kind == "round"]
    (entry,) = [each for each in rank.because if each.kind == "entry"]
    (first,), (again,) = rounds[0].because, entry.because
    assert (first.about, first.is_told_before) == (again.about, not again.is_told_before)
    assert (len(first.because) > 20, again.because, again.values) == (True, (), first.values)


def test_findings_of_the_replay_are_told_with_what_rests_on_them(past: Past):
    at = sequence_of(past.messages, MoneyAllocated)
    forged = tampered(past.messages, at, set_path("amount_rupiah", 5_000_001))
    found = explained("alloc-1", told_again(forged))
    assert [each.at_sequence for each in told_of(found).findings][:1] == [at]
    (line,) = [each for each in lines(found, 200) if each.startswith(f"TEMUAN pada #{at} ")]
    assert "MoneyAllocated: amount_rupiah of Juara 1 to inov-1" in line
