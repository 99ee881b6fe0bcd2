"""What is said to a witness, and what of its answer is believed."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from services.audit.witnessing import Witness, cosignatures_of, serve, served_note, witnesses_of
from services.audit.witnessing.cosignatures import keep
from services.audit.witnessing.faults import OddAnswer, OddClock, WitnessRefused
from services.audit.witnessing.protocol import (
    Behind,
    Cosignature,
    answer_of,
    cosignature_in,
    in_time,
    request_of,
)
from shared.transparency import (
    BadNote,
    Checkpoint,
    FolderShelf,
    SigningKey,
    Verifier,
    opened,
    signed,
)
from shared.transparency.notes import COSIGNATURE, COSIGNATURE_MLDSA, signature_line

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LOG_KEY = SigningKey.made("inda.test/log")
HEAD = Checkpoint("inda.test/log", 7, b"r" * 32)
NOTE = signed(HEAD, [LOG_KEY])
KEY = Ed25519PrivateKey.generate()
VERIFIER = Verifier("saksi.test/1", KEY.public_key().public_bytes_raw(), COSIGNATURE)
WITNESS = Witness(VERIFIER, "https://saksi.test")


def cosigned(body: str = HEAD.body, at: datetime = AT) -> str:
    seconds = int(at.timestamp())
    said = f"cosignature/v1\ntime {seconds}\n{body}".encode()
    return signature_line(VERIFIER, seconds.to_bytes(8, "big") + KEY.sign(said))


def test_a_request_says_the_old_size_the_proof_and_the_note():
    first, second = b"\x01" * 32, b"\x02" * 32
    assert request_of(3, (first, second), NOTE).decode() == (
        f"old 3\n{b64encode(first).decode()}\n{b64encode(second).decode()}\n\n{NOTE}"
    )
    assert request_of(0, (), NOTE).decode() == f"old 0\n\n{NOTE}"


def test_a_cosignature_is_found_among_those_of_strangers():
    stranger = signature_line(Verifier("saksi.test/1", b"k" * 32, COSIGNATURE), b"s" * 72)
    found = answer_of(200, "", f"{stranger}{cosigned()}".encode(), WITNESS, HEAD)
    assert found == Cosignature(cosigned(), AT)


def test_a_cosignature_with_ml_dsa_is_one():
    """The message is put together here from the specification's structure, byte by byte."""
    key = MLDSA44PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    verifier = Verifier.from_text(Verifier("saksi.test/1", public, COSIGNATURE_MLDSA).text)
    at = int(AT.timestamp()).to_bytes(8, "big")
    said = b"subtree/v1\n\x00" + b"\x0csaksi.test/1" + at
    said += b"\x0dinda.test/log" + bytes(8) + bytes(7) + b"\x07" + b"r" * 32
    line = signature_line(verifier, at + key.sign(said))
    assert cosignature_in(line, verifier, HEAD.body) == Cosignature(line, AT)
    assert opened(NOTE + line, [LOG_KEY.verifier, verifier]).cosigned == {
        "saksi.test/1": int(AT.timestamp())
    }
    other = Checkpoint(HEAD.origin, 8, HEAD.root)
    with pytest.raises(OddAnswer):
        cosignature_in(line, verifier, other.body)


def test_the_size_that_a_witness_saw_is_heard():
    assert answer_of(409, "text/x.tlog.size", b"5\n", WITNESS, HEAD) == Behind(5)


@pytest.mark.parametrize(
    ("status", "media_type", "body", "reason"),
    [
        (409, "text/plain", b"5\n", "refuses the checkpoint of 7 entries with status 409: 5"),
        (422, "text/plain", b"fork", "with status 422 (it saw another log under this name): fork"),
        (403, "text/plain", b"", "with status 403: it does not say why"),
        (500, "text/html", b"<p>\nno\x00</p>", "with status 500: <p> no </p>"),
    ],
    ids=["conflict-without-a-size", "fork", "forbidden", "broken"],
)
def test_a_no_is_told_with_its_status(status: int, media_type: str, body: bytes, reason: str):
    with pytest.raises(WitnessRefused) as refused:
        answer_of(status, media_type, body, WITNESS, HEAD)
    assert str(refused.value).endswith(reason)
    assert (refused.value.code, refused.value.place) == ("witness_refused", "saksi.test/1")


@pytest.mark.parametrize(
    ("status", "media_type", "body"),
    [
        (200, "", b""),
        (200, "", b"\xff"),
        (200, "", signature_line(Verifier("saksi.test/1", b"k" * 32), b"s" * 72).encode()),
        (200, "", cosigned("inda.test/log\n8\nAAAA\n").encode()),
        (200, "", cosigned()[:60].encode()),
        (409, "text/x.tlog.size", b"-5\n"),
        (409, "text/x.tlog.size", b"9" * 20 + b"\n"),
    ],
    ids=["empty", "no-text", "stranger", "other-head", "cut", "negative-size", "huge-size"],
)
def test_an_answer_that_is_no_cosignature_is_refused(status: int, media_type: str, body: bytes):
    with pytest.raises(OddAnswer):
        answer_of(status, media_type, body, WITNESS, HEAD)


@pytest.mark.parametrize("minutes", [-6, 6], ids=["long-ago", "ahead"])
def test_a_cosignature_of_another_time_is_refused(minutes: int):
    found = cosignature_in(cosigned(at=AT + timedelta(minutes=minutes)), VERIFIER, HEAD.body)
    with pytest.raises(OddClock):
        in_time(found, AT, WITNESS)


def test_a_moment_that_does_not_exist_is_refused():
    said = f"cosignature/v1\ntime {2**62}\n{HEAD.body}".encode()
    line = signature_line(VERIFIER, (2**62).to_bytes(8, "big") + KEY.sign(said))
    with pytest.raises(OddClock):
        cosignature_in(line, VERIFIER, HEAD.body)


def test_a_kept_cosignature_is_served_once_under_the_log_s_own_signature(tmp_path: Path):
    shelf = FolderShelf(tmp_path)
    keep(shelf, 7, VERIFIER, cosigned())
    keep(shelf, 7, VERIFIER, cosigned(at=AT + timedelta(minutes=1)))
    keep(shelf, 8, VERIFIER, cosigned())
    assert cosignatures_of(shelf, 7) == (cosigned(),)
    note = served_note(NOTE, cosignatures_of(shelf, 7))
    assert served_note(note, cosignatures_of(shelf, 7)) == note
    found = opened(note, [LOG_KEY.verifier, VERIFIER])
    assert (found.checkpoint, found.cosigned) == (HEAD, {"saksi.test/1": int(AT.timestamp())})


def test_a_larger_checkpoint_is_never_replaced_by_a_cosigned_smaller_one(tmp_path: Path):
    shelf = FolderShelf(tmp_path)
    larger = signed(Checkpoint(HEAD.origin, 9, b"s" * 32), [LOG_KEY]).encode()
    keep(shelf, 7, VERIFIER, cosigned())
    serve(shelf, HEAD, NOTE)
    assert shelf.get("log/checkpoint") == f"{NOTE}{cosigned()}".encode()
    shelf.put_newest("log/checkpoint", larger)
    serve(shelf, HEAD, NOTE)
    assert shelf.get("log/checkpoint") == larger


def test_witnesses_are_written_as_their_key_and_their_address():
    other = Verifier("saksi.test/2", b"\x09" * 32, COSIGNATURE)
    text = f"{VERIFIER.text} https://saksi.test/ , {other.text}  http://lain.test/w"
    assert witnesses_of(text) == (WITNESS, Witness(other, "http://lain.test/w"))
    assert WITNESS.address == "https://saksi.test/add-checkpoint"
    assert witnesses_of("") == ()


@pytest.mark.parametrize(
    "text",
    [
        VERIFIER.text,
        f"{VERIFIER.text} ftp://saksi.test",
        f"{LOG_KEY.verifier.text} https://saksi.test",
        f"{VERIFIER.text} https://saksi.test,{VERIFIER.text} https://lain.test",
        "saksi https://saksi.test",
    ],
    ids=["no-address", "no-web-address", "a-log-s-key", "twice", "no-key"],
)
def test_what_names_no_witness_is_refused(text: str):
    with pytest.raises(BadNote):
        witnesses_of(text)
