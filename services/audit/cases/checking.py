"""A case file checked without any server: by a key that its reader trusts, down to each byte."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile, ZipFile

from services.audit.archive import messages_of
from services.audit.cases.files import (
    CHECKPOINT,
    CONTENTS,
    FACTS,
    PAPER,
    README,
    RULES,
    VKEY,
    Sealing,
    contents_of,
    made_by,
    proof_path,
    rule_path,
    small_files,
)
from services.audit.cases.telling import Case, Rule, Telling
from services.audit.cases.unpacking import BrokenCase, Files
from shared.editions import EditionError, parse
from shared.history.envelope import Message
from shared.transparency import (
    Amiss,
    BadProof,
    Head,
    TlogProof,
    Verifier,
    leaf_of,
    opened,
    verify,
)

WHOLE = {
    "innovation": ("submission.innovation", "verification.dossier"),
    "dossier": ("verification.dossier",),
    "competition": ("awards.competition",),
    "fund": ("awards.fund",),
}
"""The aggregates of which a case of that kind has every fact."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found to be so. `is_paper_checked`: its pages were made again from the facts;
    a build that makes other pages cannot tell.
    """

    case: Case
    origin: str
    size: int
    signers: tuple[str, ...]
    facts: int
    is_key_trusted: bool
    is_paper_checked: bool


async def checked(file: Path, trusted: Sequence[Verifier]) -> Checked:
    """Without a trusted key it is taken at its own word. Raises `Amiss` for the first thing that
    is not as it must be.
    """
    try:
        with ZipFile(file) as archive:
            return await _checked(Files(archive), trusted)
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BrokenCase(f"{file} cannot be read: {error}.", str(file)) from None


async def _checked(files: Files, trusted: Sequence[Verifier]) -> Checked:
    contents = _contents(files.read(CONTENTS))
    own = _own_keys(files)
    head = _head(files, trusted or own)
    if not {each.key_id.hex() for each in own}.intersection(head.opened.signers):
        raise BrokenCase(f"{VKEY} is not the key that signed the checkpoint.", VKEY)
    telling = Telling(_case(contents))
    messages = list(messages_of(files.read(FACTS), FACTS))
    for message in messages:
        _prove(message, files, head, trusted or own)
        telling.add(message)
    _check_list(telling, contents, files)
    _check_versions(telling.case, messages)
    rules = {each: _rule(each, files) for each in telling.rules if rule_path(each) in files.names}
    sealing = Sealing(head, files.read(VKEY), rules)
    maker = str(contents.get("made_by"))
    _check_same(CONTENTS, contents_of(telling, sealing, maker), files)
    if maker == made_by():
        for name, content in (await small_files(telling, sealing)).items():
            _check_same(name, content, files)
    return Checked(
        case=telling.case,
        origin=head.checkpoint.origin,
        size=head.checkpoint.size,
        signers=head.opened.signers,
        facts=len(messages),
        is_key_trusted=bool(trusted),
        is_paper_checked=maker == made_by(),
    )


def _contents(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BrokenCase(f"{CONTENTS} cannot be read.", CONTENTS)
    return cast("dict[str, Any]", found)


def _case(contents: Mapping[str, Any]) -> Case:
    kind, key = contents.get("kind"), contents.get("id")
    first, last = contents.get("first"), contents.get("last")
    kinds = ("innovation", "dossier", "competition", "fund", "person", "document")
    is_span = isinstance(first, int) and (last is None or isinstance(last, int))
    if kind not in kinds or not isinstance(key, str) or not is_span:
        raise BrokenCase(f"{CONTENTS} does not say what the case is about.", CONTENTS)
    return Case(kind, key, cast("int", first), last)


def _own_keys(files: Files) -> list[Verifier]:
    lines = files.read(VKEY).decode(errors="replace").splitlines()
    try:
        return [Verifier.from_text(each) for each in lines if each.strip()]
    except Amiss as error:
        raise BrokenCase(f"{VKEY}: {error}", VKEY) from None


def _head(files: Files, keys: Sequence[Verifier]) -> Head:
    note = files.read(CHECKPOINT).decode(errors="replace")
    try:
        return Head(note, opened(note, keys))
    except Amiss as error:
        raise BrokenCase(f"{CHECKPOINT}: {error}", CHECKPOINT) from None


def _prove(message: Message, files: Files, head: Head, verifiers: Sequence[Verifier]) -> None:
    place = proof_path(message.sequence)
    if message.sequence > head.checkpoint.size:
        raise BrokenCase(
            f"The fact at sequence {message.sequence} is newer than the checkpoint of"
            f" {head.checkpoint.size} facts, so nothing proves it. Export the case again.",
            place,
        )
    try:
        proof = TlogProof.from_text(files.read(place).decode(errors="replace"))
        if (proof.note, proof.index) != (head.note, message.sequence - 1):
            raise BadProof("It is about another entry, or under another checkpoint.")
        leaf = leaf_of(message)
        verify(proof, leaf, verifiers)
        if proof.extra != leaf:
            raise BadProof("The entry that it shows is not the one of the fact.")
    except Amiss as error:
        raise BrokenCase(f"{place} does not prove its line of {FACTS}: {error}", place) from None


def _check_list(telling: Telling, contents: Mapping[str, Any], files: Files) -> None:
    found = telling.sequences
    if not found:
        raise BrokenCase(f"{FACTS} is empty.", FACTS)
    if found != sorted(set(found)):
        raise BrokenCase(f"The facts in {FACTS} are not in order, or doubled.", FACTS)
    listed = contents.get("sequences")
    if listed != found:
        missing = sorted({*cast("list[int]", listed)} ^ {*found}) if _is_list(listed) else []
        named = f" at sequence {missing[0]}" if missing else ""
        raise BrokenCase(f"{FACTS} and the list in {CONTENTS} differ{named}.", FACTS)
    case = telling.case
    if found[0] < case.first or (case.last is not None and found[-1] > case.last):
        raise BrokenCase(f"{FACTS} goes beyond the part that {CONTENTS} names.", FACTS)
    expected = {README, CONTENTS, PAPER, CHECKPOINT, VKEY, FACTS, *map(proof_path, found)}
    for name in files.names:
        is_known_rule = name in {rule_path(each) for each in telling.rules}
        if name not in expected and not (name.startswith(RULES) and is_known_rule):
            raise BrokenCase(f"{name} does not belong in this case file.", name)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, int) for each in cast("list[object]", value)
    )


def _check_versions(case: Case, messages: Sequence[Message]) -> None:
    """Of aggregates that are wholly in the case, no fact may be left out."""
    subjects = {f"inda.v1.{label}.{case.key}" for label in WHOLE.get(case.kind, ())}
    expected = dict.fromkeys(subjects, 1 if case.first == 1 else 0)
    for message in messages:
        if message.subject not in subjects:
            continue
        version = int(message.headers.get("ce-aggregateversion", "0"))
        due = expected[message.subject] or version
        if version != due:
            raise BrokenCase(
                f"Version {due} of {message.subject} is missing before sequence"
                f" {message.sequence}.",
                str(message.sequence),
            )
        expected[message.subject] = version + 1


def _rule(rule: Rule, files: Files) -> bytes:
    name = rule_path(rule)
    content = files.read(name)
    if rule.is_tax:
        found = sha256(content).hexdigest()
    else:
        try:
            found = parse(content.decode(errors="replace")).digest
        except EditionError as error:
            raise BrokenCase(f"{name}: {error}", name) from None
    if found != rule.digest:
        raise BrokenCase(f"{name} is not the rule that the facts name.", name)
    return content


def _check_same(name: str, content: bytes, files: Files) -> None:
    if files.read(name) != content:
        raise BrokenCase(f"{name} is not what the facts give.", name)
