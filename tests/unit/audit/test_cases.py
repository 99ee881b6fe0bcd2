"""Case files of a whole competition: proven offline, refused after any change, always the same."""

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncGenerator, Callable, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest

from services.audit.cases import BrokenCase, Case, Checked, checked
from services.audit.cases.making import found_in_log, packed
from services.audit.cases.sealed import Sealed, head_of
from services.audit.searching import entry_of
from shared.editions import load, parse
from shared.history.envelope import Message
from shared.transparency import (
    EMPTY_ROOT,
    BadProof,
    Checkpoint,
    FolderShelf,
    SigningKey,
    Tree,
    grown,
    leaf_of,
    root_of,
    signed,
)
from tests.unit.audit.past import Past, tampered
from tests.unit.audit.prize_rules import MAIN
from tests.unit.audit.prized import prized

ORIGIN = "test.inda/log"
KEY = SigningKey.made(ORIGIN)
OTHER = SigningKey.made(ORIGIN)
CASE = Case("competition", MAIN)


@pytest.fixture(scope="module")
async def told() -> Sequence[Message]:
    past: Past = await prized()
    return past.messages


def logged(messages: Sequence[Message], shelf: FolderShelf) -> None:
    """The log over these facts, signed."""
    for path, content in grown(Tree(shelf, 0), [leaf_of(each) for each in messages]):
        shelf.put(path, content)
    size = len(messages)
    root = root_of(size, Tree(shelf, size)) if size else EMPTY_ROOT
    note = signed(Checkpoint(ORIGIN, size, root), [KEY])
    shelf.put_newest("log/checkpoint", note.encode())
    shelf.put_newest("log/vkey", f"{KEY.verifier.text}\n".encode())


def mine(case: Case, messages: Sequence[Message]) -> list[int]:
    entries = [entry_of(each) for each in messages]
    return [each.sequence for each in entries if f"{case.kind}:{case.key}" in each.about]


async def made(
    case: Case, messages: Sequence[Message], shelf: FolderShelf, last: int | None = None
) -> bytes:
    """The archive as the service makes it, of a stream that has these facts."""

    async def messages_at(sequences: Sequence[int]) -> AsyncGenerator[Message]:
        for each in sequences:
            yield messages[each - 1]

    head = head_of(shelf)
    assert head is not None
    sequences = [each for each in mine(case, messages) if last is None or each <= last]
    found = await found_in_log(case, sequences, messages_at, Sealed(shelf, head))
    return b"".join([chunk async for chunk in packed(found, messages_at)])


@pytest.fixture
async def file(told: Sequence[Message], tmp_path: Path) -> Path:
    shelf = FolderShelf(tmp_path / "bucket")
    logged(told, shelf)
    target = tmp_path / "kasus.zip"
    target.write_bytes(await made(CASE, told, shelf))
    return target


def changed(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same archive with other files in it."""
    with ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_STORED) as archive:
        for name, each in files.items():
            archive.writestr(ZipInfo(name), each)
    target = file.with_name("changed.zip")
    target.write_bytes(content.getvalue())
    return target


def found(file: Path, key: SigningKey | None = KEY) -> Checked:
    return asyncio.run(checked(file, () if key is None else (key.verifier,)))


def refusal(file: Path, key: SigningKey | None = KEY) -> tuple[str, str]:
    with pytest.raises(BrokenCase) as caught:
        found(file, key)
    return caught.value.place, str(caught.value)


def test_a_case_file_is_proven_without_any_server(file: Path, told: Sequence[Message]):
    assert found(file) == Checked(
        case=CASE,
        origin=ORIGIN,
        size=len(told),
        signers=(KEY.verifier.key_id.hex(),),
        facts=len(mine(CASE, told)),
        is_key_trusted=True,
        is_paper_checked=True,
    )
    assert not found(file, None).is_key_trusted


def test_a_case_file_holds_what_it_needs_to_stand_on_its_own(file: Path, told: Sequence[Message]):
    sequences = mine(CASE, told)
    with ZipFile(file) as archive:
        names = archive.namelist()
        contents = json.loads(archive.read("isi.json"))
        lines = archive.read("fakta.ndjson").splitlines()
        table = archive.read("aturan/pajak/2024-r1.yaml")
    small = ["BACA-SAYA.txt", "isi.json", "kasus.pdf", "checkpoint", "vkey"]
    rules = ["aturan/pajak/2024-r1.yaml"]
    proofs = [f"bukti/{each}.tlog-proof" for each in sequences]
    assert names == [*small, *rules, "fakta.ndjson", *proofs]
    assert (contents["sequences"], contents["unproven"]) == (sequences, [])
    assert contents["rules_missing"] == []
    assert [json.loads(each)["sequence"] for each in lines] == sequences
    assert sha256(table).hexdigest() == contents["rules"]["aturan/pajak/2024-r1.yaml"]


def test_the_steps_by_hand_of_the_readme_lead_to_the_entry(file: Path):
    with ZipFile(file) as archive:
        line = json.loads(archive.read("fakta.ndjson").splitlines()[0])
        proof = archive.read(f"bukti/{line['sequence']}.tlog-proof").decode().splitlines()
    extra = next(each.removeprefix("extra ") for each in proof if each.startswith("extra "))
    entry = json.loads(b64decode(extra))
    plain = json.dumps(line["headers"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert entry["body"] == sha256(line["body"].encode()).hexdigest()
    assert entry["headers"] == sha256(plain.encode()).hexdigest()
    assert f"index {line['sequence'] - 1}" in proof


async def test_the_edition_that_facts_name_lies_in_the_case_as_it_is(
    told: Sequence[Message], tmp_path: Path
):
    shelf = FolderShelf(tmp_path)
    logged(told, shelf)
    content = await made(Case("innovation", "inov-1"), told, shelf)
    with ZipFile(BytesIO(content)) as archive:
        names = [each for each in archive.namelist() if each.startswith("aturan/")]
        kept = archive.read(names[0])
    edition = load("2026-r1")
    assert names == ["aturan/2026-r1.yaml"]
    assert parse(kept.decode()) == edition


def test_pages_of_another_build_are_not_said_to_be_checked(file: Path):
    def another(files: dict[str, bytes]) -> None:
        contents = json.loads(files["isi.json"])
        contents["made_by"] = "typst 9.9, another"
        files["isi.json"] = json.dumps(contents, indent=1, ensure_ascii=False).encode() + b"\n"

    assert not found(changed(file, another)).is_paper_checked


async def test_the_same_facts_and_checkpoint_give_the_same_bytes(
    told: Sequence[Message], tmp_path: Path
):
    shelf = FolderShelf(tmp_path)
    logged(told, shelf)
    assert await made(CASE, told, shelf) == await made(CASE, told, shelf)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("innovation", "inov-1"),
        ("dossier", "inov-1"),
        ("fund", "apbd-2026"),
        ("person", "judge-1"),
        ("document", "1" * 64),
    ],
)
def test_every_kind_of_case_is_proven(kind: str, key: str, told: Sequence[Message], tmp_path: Path):
    shelf = FolderShelf(tmp_path / "bucket")
    logged(told, shelf)
    case = Case(kind, key)  # pyright: ignore[reportArgumentType]
    target = tmp_path / "kasus.zip"
    target.write_bytes(asyncio.run(made(case, told, shelf)))
    assert found(target).facts == len(mine(case, told)) > 1


def test_another_key_is_not_believed(file: Path):
    place, sentence = refusal(file, OTHER)
    assert place == "checkpoint"
    assert "signed by another key" in sentence


def test_a_changed_byte_of_any_file_is_found_and_named(file: Path):
    """One letter in the middle of every file in turn."""
    with ZipFile(file) as archive:
        names = archive.namelist()
    places: dict[str, str] = {}
    for name in (*(each for each in names if not each.startswith("bukti/")), names[-1]):

        def flip(files: dict[str, bytes], name: str = name) -> None:
            content = bytearray(files[name])
            content[len(content) // 2] ^= 1
            files[name] = bytes(content)

        places[name] = refusal(changed(file, flip))[0]
    lines, contents = places.pop("fakta.ndjson"), places.pop("isi.json")
    assert contents in ("isi.json", "fakta.ndjson")
    assert lines.startswith("bukti/") or lines == "fakta.ndjson"
    assert places == {name: name for name in places}


def test_a_bit_that_fell_over_in_the_archive_is_found(file: Path):
    content = bytearray(file.read_bytes())
    place = content.index(b'"sequence":') + 3
    content[place] ^= 1
    file.write_bytes(bytes(content))
    assert refusal(file)[0] == "fakta.ndjson"


def test_a_changed_fact_is_named_by_its_sequence(file: Path, told: Sequence[Message]):
    third = mine(CASE, told)[2]

    def change(files: dict[str, bytes]) -> None:
        lines = files["fakta.ndjson"].splitlines(keepends=True)
        line = json.loads(lines[2])
        line["body"] = line["body"].replace("2026", "2027", 1)
        lines[2] = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        files["fakta.ndjson"] = b"".join(lines)

    place, sentence = refusal(changed(file, change))
    assert place == f"bukti/{third}.tlog-proof"
    assert "does not prove its line" in sentence


def test_a_fact_left_out_is_missed_even_where_the_list_was_changed_too(
    file: Path, told: Sequence[Message]
):
    left_out = mine(CASE, told)[4]

    def drop(files: dict[str, bytes]) -> None:
        lines = files["fakta.ndjson"].splitlines(keepends=True)
        files["fakta.ndjson"] = b"".join([*lines[:4], *lines[5:]])
        del files[f"bukti/{left_out}.tlog-proof"]

    def drop_and_lie(files: dict[str, bytes]) -> None:
        drop(files)
        contents = json.loads(files["isi.json"])
        contents["sequences"].remove(left_out)
        files["isi.json"] = json.dumps(contents).encode()

    place, sentence = refusal(changed(file, drop))
    assert (place, f"differ at sequence {left_out}" in sentence) == ("fakta.ndjson", True)
    place, sentence = refusal(changed(file, drop_and_lie))
    assert place == str(mine(CASE, told)[5])
    assert f"of inda.v1.awards.competition.{MAIN} is missing" in sentence


def test_strangers_missing_proofs_and_doubled_files_are_named(file: Path, told: Sequence[Message]):
    proof = f"bukti/{mine(CASE, told)[0]}.tlog-proof"
    assert refusal(changed(file, lambda files: files.update({"x.txt": b""})))[0] == "x.txt"
    assert refusal(changed(file, lambda files: files.pop(proof) and None))[0] == proof

    def swap(files: dict[str, bytes]) -> None:
        other = f"bukti/{mine(CASE, told)[1]}.tlog-proof"
        files[proof], files[other] = files[other], files[proof]

    assert refusal(changed(file, swap))[0] == proof
    with ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("checkpoint", b"")
    assert refusal(file)[0] == "checkpoint"
    file.write_bytes(b"no archive")
    assert refusal(file)[0] == str(file)


def test_facts_behind_the_checkpoint_are_told_and_prove_nothing(
    told: Sequence[Message], tmp_path: Path
):
    shelf = FolderShelf(tmp_path / "bucket")
    logged(told[:-3], shelf)
    target = tmp_path / "kasus.zip"
    target.write_bytes(asyncio.run(made(CASE, told, shelf)))
    late = [each for each in mine(CASE, told) if each > len(told) - 3]
    with ZipFile(target) as archive:
        assert json.loads(archive.read("isi.json"))["unproven"] == late != []
    place, sentence = refusal(target)
    assert place == f"bukti/{late[0]}.tlog-proof"
    assert "newer than the checkpoint" in sentence


async def test_a_stream_that_says_something_else_than_the_log_makes_no_case(
    told: Sequence[Message], tmp_path: Path
):
    shelf = FolderShelf(tmp_path)
    logged(told, shelf)
    forged = mine(CASE, told)[3]
    other = tampered(told, forged, lambda body: body.update(by="somebody-else"))
    with pytest.raises(BadProof, match=f"another fact at sequence {forged}"):
        await made(CASE, other, shelf)
