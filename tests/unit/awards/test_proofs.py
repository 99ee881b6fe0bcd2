"""The public pages prove what they tell by the transparency log, or say that they cannot."""

from pathlib import Path

import pytest

from services.awards.api.verifying.finding import FactShown
from services.awards.api.verifying.proving import AMISS, EMPTY, Proofs
from shared.errors import NotFound, Unavailable
from shared.history.envelope import Message
from shared.transparency import (
    Checkpoint,
    FolderShelf,
    LogReader,
    SigningKey,
    TlogProof,
    Tree,
    grown,
    leaf_of,
    root_of,
    signed,
    verify,
)
from tests.unit.audit.story import told

ORIGIN = "inda.test/log"
KEY = SigningKey.made(ORIGIN)


async def logged(folder: Path, unsigned: int = 0, key: SigningKey = KEY) -> list[Message]:
    """A told season in a log; the last facts are not signed yet."""
    messages = (await told()).messages
    entries = [leaf_of(each) for each in messages[: len(messages) - unsigned]]
    shelf = FolderShelf(folder)
    for path, content in grown(Tree(shelf, 0), entries):
        shelf.put(path, content)
    size = len(entries)
    note = signed(Checkpoint(ORIGIN, size, root_of(size, Tree(shelf, size))), [key])
    shelf.put_newest("log/checkpoint", note.encode())
    return messages


def fact(message: Message) -> FactShown:
    headers = message.headers
    return FactShown(
        fact="ResultsDrafted",
        event_id=headers["ce-id"],
        sequence=message.sequence,
        at=headers["ce-time"],  # pyright: ignore[reportArgumentType]
    )


def proofs(folder: Path) -> Proofs:
    return Proofs(LogReader(FolderShelf(folder), [KEY.verifier]))


async def test_facts_are_proven_and_a_proof_can_be_kept(tmp_path: Path) -> None:
    messages = await logged(tmp_path)
    some = [fact(messages[each]) for each in (0, 40, -1)]
    told_of = await proofs(tmp_path).shown(some)
    assert told_of is not None and (told_of.proven, told_of.size) == (3, len(messages))
    assert told_of.sentence == (
        f"Semua fakta terbukti dalam log transparansi {ORIGIN}, ukuran {len(messages)}."
    )
    kept = (await proofs(tmp_path).proof(some[1])).text
    found = verify(TlogProof.from_text(kept), leaf_of(messages[40]), [KEY.verifier])
    assert found.checkpoint.root.hex() == told_of.root


async def test_what_is_not_signed_yet_is_said(tmp_path: Path) -> None:
    messages = await logged(tmp_path, unsigned=1)
    told_of = await proofs(tmp_path).shown([fact(messages[0]), fact(messages[-1])])
    assert told_of is not None and told_of.sentence.startswith("1 dari 2 fakta terbukti")
    with pytest.raises(NotFound) as refusal:
        await proofs(tmp_path).proof(fact(messages[-1]))
    assert refusal.value.code == "not_logged_yet"


async def test_a_log_that_is_empty_or_not_there_proves_nothing(tmp_path: Path) -> None:
    messages = (await told()).messages
    empty = await proofs(tmp_path).shown([fact(messages[0])])
    assert empty is not None and (empty.sentence, empty.size) == (EMPTY, None)
    assert await Proofs(None).shown([fact(messages[0])]) is None


def spoil(folder: Path, level: str) -> None:
    file = next(each for each in folder.glob(f"log/tile/{level}/**/*") if each.is_file())
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("fault", ["tile", "entry", "another event", "another key"])
async def test_a_log_that_is_amiss_proves_nothing_and_says_so(tmp_path: Path, fault: str) -> None:
    key = SigningKey.made(ORIGIN) if fault == "another key" else KEY
    messages = await logged(tmp_path, key=key)
    shown = fact(messages[0])
    if fault == "another event":
        shown = shown.model_copy(update={"event_id": messages[1].headers["ce-id"]})
    if fault in ("tile", "entry"):
        spoil(tmp_path, "entries" if fault == "entry" else "0")
    told_of = await proofs(tmp_path).shown([shown])
    assert told_of is not None and (told_of.sentence, told_of.proven) == (AMISS, 0)
    with pytest.raises(Unavailable) as refusal:
        await proofs(tmp_path).proof(shown)
    assert refusal.value.code == "log_amiss"
