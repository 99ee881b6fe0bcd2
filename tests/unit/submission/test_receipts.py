"""A receipt follows from its fact and its place in the history, and from nothing else."""

import json
from datetime import UTC, datetime

from joserfc.jwk import OKPKey

from services.submission.api.receipts import Place, Receipts
from shared.events.submission import (
    Claim,
    InnovationSubmitted,
    LinkEvidence,
    ReplicationEvidence,
    SubmissionCompleted,
)
from shared.seals import Seal, public_keys, verified
from tests.builders.innovation import completed, submitted
from tests.builders.submission import HEAD, NOW, item, recorded

SEAL = Seal(OKPKey.generate_key("Ed25519").as_pem(private=True))
KEYS = public_keys(json.dumps({"keys": SEAL.published()}).encode())
RECEIPTS = Receipts("Provinsi Kalimantan Selatan", SEAL)
PLACE = Place("event-9", 9, 109)
EVENING = datetime(2026, 8, 31, 15, 59, 3, 999_999, tzinfo=UTC)
UNTIL = datetime(2026, 8, 31, 16, 59, 59, tzinfo=UTC)

FILE = item(accepted=True)
WAITED_FOR = item(evidence_id="ev-2", indicators=())
LINK = item(
    evidence_id="ev-3",
    evidence_kind="video_link",
    content=LinkEvidence(url="https://example.go.id/v", sha256="b" * 64),
    accepted=True,
)
STATEMENT = item(
    evidence_id="ev-4",
    evidence_kind="replication_statement",
    content=ReplicationEvidence(
        replication_id="replication-1",
        agency_id="balangan-dinkes",
        region_id="balangan",
        started_on=NOW.date(),
        contact_body="Dinas Kesehatan",
        sha256="c" * 64,
    ),
    accepted=True,
)
LATE: InnovationSubmitted = submitted(
    at=EVENING,
    manifest=(FILE, WAITED_FOR, LINK, STATEMENT),
    pending=("ev-2",),
    complete_by=UNTIL,
    claims=(Claim(indicator="SID-01", level=2),),
    endorsed_by=HEAD,
)


def signed(document: dict[str, object]) -> dict[str, object]:
    return verified(json.dumps(document).encode(), KEYS)


def test_a_receipt_names_everything_that_was_handed_in_and_what_of_it_was_here() -> None:
    told = RECEIPTS.submitted(LATE, PLACE).model_dump(mode="json")
    fact = LATE.model_dump(mode="json")
    assert signed(told) == {
        "document": "inda.receipt.v1",
        "issuer": "Provinsi Kalimantan Selatan",
        "receipt_id": told["receipt_id"],
        "innovation_id": "inno-1",
        "title": "SIP PUTIH",
        "agency_id": "hss-dinkes",
        "agency_path": ["kalsel", "hss", "hss-dinkes"],
        "region_id": "hss",
        "season_id": "2026",
        "training": False,
        "round": 1,
        "submitted_at": "2026-08-31T15:59:03.999999Z",
        "submitted_at_wita": "2026-08-31 23:59:03 WITA",
        "submitted_by": HEAD,
        "version": 9,
        "sequence": 109,
        "event_id": "event-9",
        "edition_id": "2026-r1",
        "edition_digest": fact["edition_digest"],
        "content_digest": fact["content_digest"],
        "endorsed_by": HEAD,
        "complete_by": "2026-08-31T16:59:59.000000Z",
        "claims": [{"indicator": "SID-01", "level": 2, "basis": None, "subtype": None}],
        "manifest": [
            {
                "evidence_id": "ev-1",
                "name": "sk.pdf",
                "kind": "file",
                "evidence_kind": "decree",
                "sha256": "a" * 64,
                "size_bytes": 100,
                "indicators": ["SID-01"],
                "taken_in": True,
            },
            {
                "evidence_id": "ev-2",
                "name": "sk.pdf",
                "kind": "file",
                "evidence_kind": "decree",
                "sha256": "a" * 64,
                "size_bytes": 100,
                "indicators": [],
                "taken_in": False,
            },
            {
                "evidence_id": "ev-3",
                "name": "https://example.go.id/v",
                "kind": "link",
                "evidence_kind": "video_link",
                "sha256": "b" * 64,
                "size_bytes": None,
                "indicators": ["SID-01"],
                "taken_in": True,
            },
            {
                "evidence_id": "ev-4",
                "name": "replication-1",
                "kind": "replication",
                "evidence_kind": "replication_statement",
                "sha256": "c" * 64,
                "size_bytes": None,
                "indicators": ["SID-01"],
                "taken_in": True,
            },
        ],
        "statement": {
            "id": "Pada 2026-08-31 23:59:03 WITA perangkat daerah hss-dinkes mengajukan inovasi"
            " “SIP PUTIH” untuk musim 2026 (putaran 1) dengan 1 klaim dan 4 bukti. 3 bukti sudah"
            " diterima utuh menurut SHA-256 dalam daftar; 1 masih dalam pengiriman dan harus tiba"
            " paling lambat 2026-09-01 00:59:59 WITA. Tercatat dalam riwayat pada urutan 109.",
            "en": "On 2026-08-31 23:59:03 WITA the agency hss-dinkes handed in the innovation"
            " “SIP PUTIH” for season 2026 (round 1) with 1 claims and 4 pieces of evidence. 3 had"
            " been taken in whole, by the SHA-256 in the manifest; 1 were on their way and had to"
            " arrive by 2026-09-01 00:59:59 WITA. It is recorded in the history at sequence 109.",
        },
        "dry_run": False,
    }


def test_the_same_fact_gives_the_same_text_also_after_it_was_stored() -> None:
    stored = InnovationSubmitted.model_validate_json(LATE.model_dump_json())
    first, again = (RECEIPTS.submitted(fact, PLACE) for fact in (LATE, stored))
    assert first.model_dump_json() == again.model_dump_json()
    elsewhere = RECEIPTS.submitted(LATE, Place("event-8", 9, 109))
    assert elsewhere.receipt_id != first.receipt_id


def test_where_nothing_was_on_its_way_the_receipt_says_so() -> None:
    told = RECEIPTS.submitted(submitted(), PLACE).statement
    assert "Semua bukti sudah diterima utuh" in told.id
    assert "All evidence had been taken in whole" in told.en


def test_a_receipt_of_training_cannot_be_mistaken_for_a_real_one() -> None:
    receipt = RECEIPTS.submitted(submitted(training=True), PLACE)
    assert receipt.training
    assert receipt.statement.id.startswith("LATIHAN, bukan pengajuan resmi. ")
    assert receipt.statement.en.startswith("LATIHAN: training, not a real submission. ")
    ended = completion(submitted(training=True), completed(training=True))
    assert ended["training"]
    assert ended["statement"]["id"].startswith("LATIHAN, bukan pengajuan resmi. ")


def test_a_rehearsal_is_not_signed_and_says_so() -> None:
    told = RECEIPTS.submitted(LATE, None)
    assert (told.signature, told.dry_run, told.receipt_id, told.sequence) == (
        *(None, True, None, None),
    )
    assert told.statement.id.startswith("UJI COBA, belum ada yang diajukan. ")
    assert told.statement.en.startswith("Dry run, nothing was handed in. ")
    assert "urutan" not in told.statement.id


def test_a_title_cannot_change_what_the_statement_says() -> None:
    profile = LATE.profile.model_copy(update={"title": "{sequence} {at.__class__}"})
    told = RECEIPTS.submitted(LATE.model_copy(update={"profile": profile}), PLACE)
    assert "“{sequence} {at.__class__}”" in told.statement.id


def completion(before: InnovationSubmitted, after: SubmissionCompleted, **refused: str) -> dict:
    told = RECEIPTS.completed(
        recorded(before, 8),
        recorded(after, 9),
        {k.replace("_", "-"): v for k, v in refused.items()},
    )
    return told.model_dump(mode="json")


def test_a_completion_says_what_came_in_and_what_is_missing_and_why() -> None:
    before = submitted(
        manifest=(FILE, WAITED_FOR, item(evidence_id="ev-5")),
        pending=("ev-2", "ev-5"),
        complete_by=UNTIL,
    )
    after = completed(at=UNTIL, manifest=(FILE,), missing=("ev-2", "ev-5"))
    told = completion(before, after, ev_5="encrypted", ev_1="malware")
    assert signed(told) == {key: value for key, value in told.items() if key != "signature"}
    receipt = RECEIPTS.submitted(before, Place("event-8", 8, 108))
    assert (told["receipt_id"], told["sequence"], told["completed_at_wita"]) == (
        *(receipt.receipt_id, 109, "2026-09-01 00:59:59 WITA"),
    )
    assert [each["evidence_id"] for each in told["manifest"]] == ["ev-1"]
    assert [(m["evidence_id"], m["because"], m["rule"]) for m in told["missing"]] == [
        ("ev-2", "never_came", None),
        ("ev-5", "refused", "encrypted"),
    ]
    assert told["statement"]["id"].endswith(
        "menjadi lengkap: 1 bukti diterima. Tidak termasuk, karena ditolak atau tidak pernah"
        " tiba: sk.pdf, sk.pdf."
    )


def test_a_completion_without_loss_says_so() -> None:
    told = completion(LATE, completed())
    assert (told["missing"], told["statement"]["en"].endswith("Nothing is missing.")) == ([], True)
