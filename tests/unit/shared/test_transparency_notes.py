"""Signed notes and proofs in files: what is genuine is opened, all else is refused by name."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.history.envelope import Message
from shared.transparency import (
    BadNote,
    BadProof,
    Checkpoint,
    FolderShelf,
    SigningKey,
    TlogProof,
    Tree,
    UnknownKey,
    Verifier,
    grown,
    leaf_of,
    opened,
    proof_of,
    root_of,
    signed,
    verify,
)

ORIGIN = "inda.test/log"
KEY, OTHER = SigningKey.made(ORIGIN), SigningKey.made(ORIGIN)
POINT = Checkpoint(ORIGIN, 7, bytes(range(32)))
NOTE = signed(POINT, [KEY])

# A key and a note from the documentation of the format (C2SP signed-note, as Go's sumdb writes it).
PUBLISHED = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_a_checkpoint_is_three_lines_under_a_signature() -> None:
    body, _, signature = NOTE.partition("\n\n")
    assert body == f"{ORIGIN}\n7\n{b64encode(POINT.root).decode()}"
    assert signature.startswith(f"— {ORIGIN} ")
    assert opened(NOTE, [KEY.verifier]).checkpoint == POINT


def test_keys_are_written_as_others_write_them() -> None:
    assert Verifier.from_text(PUBLISHED).text == PUBLISHED
    assert SigningKey.from_text(f"  {KEY.text}\n").verifier == KEY.verifier
    assert Verifier.from_text(KEY.verifier.text) == KEY.verifier


def test_a_secret_is_shown_by_no_representation_and_no_error() -> None:
    secret = KEY.text.rsplit("+", 1)[1]
    assert secret not in repr(KEY)
    with pytest.raises(BadNote) as refused:
        SigningKey.from_text(KEY.text.replace(KEY.verifier.key_id.hex(), "00000000"))
    assert secret not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+AA==",
        PUBLISHED.replace("c74f20a3", "c74f20a4"),
        PUBLISHED.replace("PeterNeumann", "Peter Neumann"),
        PUBLISHED + "=",
        PUBLISHED[:-4],
    ],
    ids=["nothing", "no key", "short", "id", "space", "padding", "cut"],
)
def test_a_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.from_text(text)


def test_a_note_of_two_keys_is_opened_with_either() -> None:
    both = signed(POINT, [KEY, OTHER])
    ids = [key.verifier.key_id.hex() for key in (KEY, OTHER)]
    assert opened(both, [KEY.verifier, OTHER.verifier]).signers == (ids[0], ids[1])
    assert [opened(both, [key.verifier]).signers for key in (KEY, OTHER)] == [(i,) for i in ids]


def test_a_note_of_another_key_is_not_trusted() -> None:
    with pytest.raises(UnknownKey):
        opened(NOTE, [OTHER.verifier])
    with pytest.raises(UnknownKey):
        opened(NOTE, [])


def test_a_key_of_another_name_signs_nothing_for_the_log() -> None:
    stranger = SigningKey.made("someone.else/log")
    with pytest.raises(UnknownKey):
        opened(signed(POINT, [stranger]), [stranger.verifier])


@given(st.integers(0, len(POINT.body) - 1))
def test_a_note_stands_no_other_text(place: int) -> None:
    changed = "x" if NOTE[place] != "x" else "y"
    with pytest.raises(BadNote):
        opened(NOTE[:place] + changed + NOTE[place + 1 :], [KEY.verifier])


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("\n7\n", "\n07\n"),
        NOTE.replace("\n7\n", "\n+7\n"),
        NOTE.replace("\n7\n", "\n٧\n"),
        NOTE.replace("\n\n", "\n"),
        NOTE.rstrip("\n"),
        NOTE + "\n",
        NOTE.replace("— ", "- "),
        NOTE.rstrip("\n") + "=\n",
        POINT.body + "\n",
        "",
    ],
    ids=["zero", "sign", "digit", "no gap", "no end", "gap", "dash", "padding", "bare", "empty"],
)
def test_a_note_that_is_not_written_as_it_must_be_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        opened(note, [KEY.verifier])


def test_base64_with_stray_bits_is_refused() -> None:
    line = NOTE.rstrip("\n").rsplit(" ", 1)[1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    root = b64encode(POINT.root).decode()
    last = alphabet[alphabet.index(root[-2]) ^ 1]
    assert line
    with pytest.raises(BadNote):
        opened(NOTE.replace(root, f"{root[:-2]}{last}="), [KEY.verifier])


def fact(sequence: int) -> Message:
    headers = {
        "ce-id": f"event-{sequence}",
        "ce-time": "2026-05-20T03:00:30Z",
        "Nats-Msg-Id": "what the broker was told",
    }
    return Message("inda.v1.awards.fund.f1", sequence, headers, b'{"a":1}')


def test_a_leaf_says_no_more_than_digests_and_names() -> None:
    headers = b'{"ce-id":"event-3","ce-time":"2026-05-20T03:00:30Z"}'
    assert leaf_of(fact(3)).decode() == (
        f'{{"body":"{sha256(fact(3).body).hexdigest()}","headers":"{sha256(headers).hexdigest()}",'
        '"id":"event-3","sequence":3,"subject":"inda.v1.awards.fund.f1",'
        '"time":"2026-05-20T03:00:30Z"}'
    )


def test_what_a_broker_adds_changes_no_leaf() -> None:
    bare = fact(3)
    added = {**bare.headers, "Nats-Stream": "INDA", "Nats-Time-Stamp": "2026-05-20T03:00:31Z"}
    assert leaf_of(Message(bare.subject, 3, added, bare.body)) == leaf_of(bare)
    other = {**bare.headers, "ce-type": "x"}
    assert leaf_of(Message(bare.subject, 3, other, bare.body)) != leaf_of(bare)


@pytest.fixture
def proof(tmp_path: Path) -> TlogProof:
    shelf = FolderShelf(tmp_path)
    leaves = [leaf_of(fact(each)) for each in range(1, 301)]
    for path, content in grown(Tree(shelf, 0), leaves):
        shelf.put(path, content)
    tree = Tree(shelf, 300)
    note = signed(Checkpoint(ORIGIN, 300, root_of(300, tree)), [KEY])
    return proof_of(122, tree, note)


def test_a_proof_in_a_file_is_all_that_is_needed(proof: TlogProof) -> None:
    read = TlogProof.from_text(proof.text)
    assert read == proof
    assert read.extra == leaf_of(fact(123))
    assert verify(read, leaf_of(fact(123)), [KEY.verifier]).checkpoint.size == 300


def test_a_proof_is_of_one_fact_and_one_log(proof: TlogProof) -> None:
    with pytest.raises(BadProof):
        verify(proof, leaf_of(fact(124)), [KEY.verifier])
    with pytest.raises(UnknownKey):
        verify(proof, leaf_of(fact(123)), [OTHER.verifier])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("index 122", "index 0122"),
        ("index 122", "index -1"),
        ("index 122\n", ""),
        ("\n\n", "\n"),
        ("extra ", "extra !"),
    ],
)
def test_a_file_that_is_no_proof_is_refused(proof: TlogProof, old: str, new: str) -> None:
    with pytest.raises(BadProof):
        TlogProof.from_text(proof.text.replace(old, new, 1))


def test_a_proof_with_another_index_proves_nothing(proof: TlogProof) -> None:
    moved = TlogProof.from_text(proof.text.replace("index 122", "index 121"))
    with pytest.raises(BadProof):
        verify(moved, leaf_of(fact(123)), [KEY.verifier])
