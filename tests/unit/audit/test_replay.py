"""A true history is replayed without a word; every forgery in it is found and named."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from services.audit.domain import Finding, FundTotals, Replay, Report, documents_of
from shared.editions import Edition, EditionError, load
from shared.events.awards import (
    AllocationApproved,
    CompetitionAnnounced,
    EntryEnrolled,
    MoneyAllocated,
    ObjectionDecided,
    ResultsDetermined,
    ResultsDrafted,
    RoundClosed,
)
from shared.events.base import Fact
from shared.events.scoring import (
    GovernmentAspectRecorded,
    InnovationCounted,
    InnovationScored,
    ScoreSealed,
    ScoresRevealed,
)
from shared.events.submission import (
    AgencyRegistered,
    EvidenceAccepted,
    InnovationSubmitted,
    LevelClaimed,
    SeasonOpened,
)
from shared.events.verification import (
    DossierLeased,
    DossierOpened,
    DossierVerified,
    IndicatorDecided,
    RevisionReceived,
    VerdictCorrected,
)
from shared.history.envelope import Message, event_id
from shared.views import document_digest
from tests.unit.audit.past import Past, sequence_of, tampered, with_header

Change = Callable[[Any], None]


def replayed(messages: Sequence[Message], edition_of: Callable[[str], Edition] = load) -> Report:
    replay = Replay(edition_of)
    for message in messages:
        replay.take(message)
    return replay.finished(messages[-1].sequence)


def first_at(report: Report, sequence: int) -> Finding:
    return next(each for each in report.findings if each.sequence == sequence)


def newest(past: Past, kind: type[Fact]) -> Finding:
    """What is found at the newest fact of the kind."""
    return first_at(replayed(past.messages), sequence_of(past.messages, kind, -1))


def test_a_true_history_is_identical(past: Past):
    report = replayed(past.messages)
    assert report.findings == ()
    assert report.outstanding == ()
    assert (report.events, report.last_sequence) == (len(past.messages), len(past.messages))
    assert report.aggregates == len({each.subject for each in past.messages})
    assert report.funds == (
        FundTotals("apbd-2026", 9_000_000, allocated_rupiah=5_000_000, paid_rupiah=5_000_000),
    )
    assert report.editions == (("2026-r1", load("2026-r1").digest),)
    assert [(c.version, [p[1:3] for p in c.places]) for c in report.competitions] == [
        (2, [(1, "inov-1"), (2, "inov-2")])
    ]


def test_a_digest_is_that_of_the_canonical_document(past: Past):
    replay = Replay(load)
    for message in past.messages:
        replay.take(message)
    digests = {(e.service, e.view, e.key): e.digest for e in replay.finished().documents}
    canonical = {
        (service, view, standing.key): document_digest(document)
        for standing in replay.world.standings.values()
        for service, view, document in documents_of(standing)
    }
    assert digests == canonical


def test_two_replays_give_the_same_digests(past: Past):
    assert replayed(past.messages) == replayed(past.messages)


def test_every_document_has_its_digest_and_one_changed_word_changes_it(past: Past):
    at = sequence_of(past.messages, LevelClaimed, 4)
    before = replayed(past.messages)
    after = replayed(tampered(past.messages, at, set_path("claim.level", 1)))
    assert len({each.digest for each in before.documents}) == len(before.documents)
    assert before.digest != after.digest


def test_a_history_that_ends_anywhere_is_clean_as_far_as_it_goes(past: Past):
    for end in range(1, len(past.messages)):
        replay = Replay(load)
        for message in past.messages[:end]:
            replay.take(message)
        assert replay.finished(is_cut=True).findings == ()


def set_path(path: str, value: object) -> Change:
    """Sets `a.0.b` in a body."""

    def change(body: Any) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        for part in way:
            body = body[part]
        assert body[last] != value
        body[last] = value

    return change


FORGERIES: dict[str, tuple[type[Fact], int, str, object, str, str]] = {
    "a flipped level in a verified dossier": (
        *(DossierVerified, 0, "verdicts.1.granted_level", 2),
        *("differs", "DossierVerified: verdicts[1].granted_level"),
    ),
    "a flipped level on a scorecard": (
        *(InnovationScored, 0, "rows.0.granted_level", 2),
        *("differs", "InnovationScored: rows[0].granted_level"),
    ),
    "another maturity": (
        *(InnovationScored, 1, "verified_maturity", "111"),
        *("differs", "InnovationScored: verified_maturity"),
    ),
    "another index": (
        *(InnovationCounted, 0, "figures.index", "99.00"),
        *("differs", "InnovationCounted: figures.index"),
    ),
    "another government aspect": (
        *(GovernmentAspectRecorded, 0, "figures.government_aspect", "63"),
        *("differs", "GovernmentAspectRecorded: figures.government_aspect"),
    ),
    "a changed mean": (
        *(ScoresRevealed, 0, "means.0.mean", "99.99"),
        *("differs", "ScoresRevealed: means[0].mean"),
    ),
    "another score than the sealed one": (
        *(ScoresRevealed, 0, "scores.0.scores.0.score", "10"),
        *("refused", "The rules refuse this: An opened score is not the one that was sealed."),
    ),
    "a loser who goes on": (
        *(RoundClosed, 0, "scores.1.advanced", False),
        *("differs", "RoundClosed: scores[1].advanced"),
    ),
    "means that scoring never said": (
        *(RoundClosed, 1, "means.0.mean", "1.00"),
        *("differs", "RoundClosed: means[0].mean"),
    ),
    "another ranking": (
        *(ResultsDrafted, 0, "ranking.0.innovation_id", "inov-2"),
        *("differs", "ResultsDrafted: ranking[0].innovation_id"),
    ),
    "another final score in version 2": (
        *(ResultsDrafted, 1, "ranking.0.final_score", "100.00"),
        *("differs", "ResultsDrafted: ranking[0].final_score"),
    ),
    "an entry with another maturity": (
        *(EntryEnrolled, 0, "entry.verified_maturity", "111"),
        *("differs", "EntryEnrolled: entry.verified_maturity"),
    ),
    "other rules than the digest says": (
        *(CompetitionAnnounced, 0, "rules.objection_days", 30),
        *("differs", "CompetitionAnnounced: rules_digest"),
    ),
    "a gross that is not its net": (
        *(MoneyAllocated, 1, "amount_rupiah", 9_000_000),
        *("differs", "MoneyAllocated: amount_rupiah of Juara 2 to inov-2"),
    ),
    "a wrong running total": (
        *(MoneyAllocated, 1, "allocated_rupiah", 1),
        *("differs", "MoneyAllocated: allocated_rupiah"),
    ),
    "money that no prize owes": (
        *(MoneyAllocated, 0, "label", "Juara harapan"),
        *("differs", "Juara harapan, Rp 5000000 to inov-1, is not what the results owe."),
    ),
    "approved by who allocated": (
        *(AllocationApproved, 0, "by", "chair-1"),
        *("conflict", "chair-1 allocated the money and approved it."),
    ),
    "a verdict by a drafter": (
        *(IndicatorDecided, 0, "verdict.decided_by", "drafter-1"),
        *("conflict", "drafter-1 drafted the innovation and decided on it."),
    ),
    "a verdict by a recused verifier": (
        *(IndicatorDecided, 0, "verdict.decided_by", "verifier-9"),
        *("conflict", "verifier-9 is recused and decided all the same."),
    ),
    "a verdict by the own agency": (
        *(IndicatorDecided, 0, "verdict.decided_by_agency", "hss"),
        *("conflict", "verifier-1 decided on an innovation of their own agency hss"),
    ),
    "a claim by an agency below": (
        *(DossierLeased, 0, "verifier_agency", "hss-dinkes"),
        *("conflict", "verifier-1 decided on an innovation of their own agency hss-dinkes"),
    ),
    "a score by a drafter": (
        *(ScoreSealed, 0, "judge_id", "drafter-1"),
        *("conflict", "drafter-1 drafted the innovation and scored it."),
    ),
    "a score by no judge": (
        *(ScoreSealed, 0, "judge_id", "judge-9"),
        *("refused", "judge-9 is no judge of this panel"),
    ),
    "an objection decided by who filed it": (
        *(ObjectionDecided, 0, "by", "drafter-2"),
        *("conflict", "drafter-2 filed the objection and decided it."),
    ),
    "an objection decided by a verifier of the case": (
        *(ObjectionDecided, 0, "by", "verifier-1"),
        *("conflict", "verifier-1 gave a verdict or verified before"),
    ),
    "more granted than claimed": (
        *(IndicatorDecided, 1, "verdict.granted_level", 3),
        *("refused", "The rules refuse this: Grant at most the level that was claimed."),
    ),
    "evidence that was never handed in": (
        *(IndicatorDecided, 0, "verdict.evidence.0", "f" * 64),
        *("refused", "A verdict rests on accepted evidence of this indicator only."),
    ),
    "evidence that was never declared": (
        *(EvidenceAccepted, 0, "sha256", "e" * 64),
        *("refused", "The rules refuse this: The file is not the one that was declared."),
    ),
    "a claim smuggled into a submission": (
        *(InnovationSubmitted, 0, "claims.0.level", 1),
        *("differs", "InnovationSubmitted: claims[0].level"),
    ),
    "a drafter left out": (
        *(InnovationSubmitted, 0, "drafters", []),
        *("differs", "InnovationSubmitted: drafters[0]"),
    ),
    "a dossier of another content": (
        *(DossierOpened, 0, "claims.0.level", 1),
        *("differs", "DossierOpened: claims[0].level"),
    ),
    "a verdict kept that had lapsed": (
        *(RevisionReceived, 0, "lapsed", ["SID-01"]),
        *("differs", "RevisionReceived: lapsed[0]"),
    ),
    "more corrected than granted": (
        *(VerdictCorrected, 0, "corrected.granted_level", 2),
        *("differs", "VerdictCorrected: corrected.granted_level"),
    ),
    "determined before the window closed": (
        *(ResultsDetermined, 0, "at", "2026-01-05T02:50:00.000000Z"),
        *("refused", "The rules refuse this: Objections may still be filed."),
    ),
    "an agency in another place of the tree": (
        *(AgencyRegistered, 3, "path", ["kalsel", "hss-dinkes"]),
        *("differs", "AgencyRegistered: path[1]"),
    ),
    "an edition that is another": (
        *(SeasonOpened, 0, "edition_digest", "d" * 64),
        *("edition", "The edition 2026-r1 of this build is not the one that was used."),
    ),
    "a fact about another aggregate": (
        *(SeasonOpened, 0, "season_id", "2027"),
        *("envelope", "The fact names another aggregate than its subject."),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_fact_is_found(past: Past, name: str):
    kind, number, path, value, finding, what = FORGERIES[name]
    at = sequence_of(past.messages, kind, number)
    report = replayed(tampered(past.messages, at, set_path(path, value)))
    found = [each for each in report.findings if each.kind == finding and what in each.what]
    first = sequence_of(past.messages, kind, number - number % 2) if number else at
    assert found, report.findings
    assert first <= found[0].sequence <= at + 1, found


def test_a_missing_sequence_is_a_gap(past: Past):
    at = sequence_of(past.messages, LevelClaimed)
    report = replayed([each for each in past.messages if each.sequence != at])
    found = {each.kind for each in report.findings if each.sequence == at + 1}
    assert found == {"gap", "version"}


def test_an_end_that_is_missing_is_a_gap(past: Past):
    replay = Replay(load)
    for message in past.messages[:-3]:
        replay.take(message)
    last = len(past.messages)
    assert [(each.kind, each.what) for each in replay.finished(last).findings] == [
        ("gap", f"Sequences {last - 2}..{last} are missing.")
    ]


def test_a_version_that_was_skipped_is_found(past: Past):
    at = sequence_of(past.messages, LevelClaimed)
    report = replayed(with_header(past.messages, at, "ce-aggregateversion", "9"))
    assert [(each.kind, each.expected, each.found) for each in report.findings][:1] == [
        ("version", "5", "9")
    ]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("ce-id", "00000000-0000-0000-0000-000000000000"),
        ("ce-source", "/inda/awards"),
        ("ce-subject", "innovation/inov-9"),
        ("ce-time", "2026-01-01T00:00:00.000000Z"),
        ("ce-specversion", "0.3"),
        ("content-type", "text/plain"),
    ],
)
def test_a_header_that_does_not_fit_is_found(past: Past, header: str, value: str):
    at = sequence_of(past.messages, EvidenceAccepted)
    found = first_at(replayed(with_header(past.messages, at, header, value)), at)
    assert (found.kind, found.what, found.found) == (
        "envelope",
        f"The header {header} does not fit the fact.",
        value,
    )


def test_a_type_that_belongs_elsewhere_is_found(past: Past):
    at = sequence_of(past.messages, EvidenceAccepted)
    report = replayed(with_header(past.messages, at, "ce-type", "inda.submission.nonsense.v1"))
    assert first_at(report, at).kind == "unreadable"


def test_a_reaction_that_nobody_asked_for_is_found(past: Past):
    at = sequence_of(past.messages, DossierOpened)
    message = past.messages[at - 1]
    command = "11111111-1111-5111-8111-111111111111"
    headers = {
        **message.headers,
        "ce-commandid": command,
        "ce-id": event_id(command, message.subject, 0),
    }
    forged = [replace(m, headers=headers) if m.sequence == at else m for m in past.messages]
    found = first_at(replayed(forged), at)
    assert (found.kind, found.what) == ("cause", "No fact before asked for this.")


def test_a_service_that_speaks_without_a_cause_is_found(past: Past):
    at = sequence_of(past.messages, InnovationScored)
    message = past.messages[at - 1]
    headers = {k: v for k, v in message.headers.items() if k != "ce-causationid"}
    forged = [replace(m, headers=headers) if m.sequence == at else m for m in past.messages]
    assert first_at(replayed(forged), at).kind == "cause"


def test_an_answer_that_was_left_out_is_outstanding(past: Past):
    at = sequence_of(past.messages, DossierOpened)
    report = replayed(past.messages[: at - 1])
    assert [(each.reaction, each.cause_sequence) for each in report.outstanding] == [
        ("take-in", at - 1)
    ]


def test_an_edition_that_this_build_lacks_is_found(past: Past):
    def none(edition_id: str) -> Edition:
        raise EditionError(f"There is no edition {edition_id}.")

    found = replayed(past.messages, none).findings[0]
    assert (found.kind, found.what) == ("edition", "There is no edition 2026-r1.")


def test_bytes_that_are_no_fact_are_named_and_the_rest_goes_on(past: Past):
    at = sequence_of(past.messages, LevelClaimed)
    broken = [replace(m, body=b"{") if m.sequence == at else m for m in past.messages]
    report = replayed(broken)
    assert (first_at(report, at).kind, report.events) == ("unreadable", len(past.messages))


def test_a_subject_of_no_aggregate_is_named(past: Past):
    broken = [
        replace(m, subject="inda.v1.portal.page.x") if m.sequence == 3 else m for m in past.messages
    ]
    found = [each.what for each in replayed(broken).findings if each.sequence == 3]
    assert "No aggregate speaks on this subject." in found
