"""The files in a case file, and how those are made that follow from facts and checkpoint."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from services.audit.cases import briefs, labels, readme, results, telling
from services.audit.cases.readme import readme_of
from services.audit.cases.telling import Rule, Telling
from shared.papers import typeset
from shared.transparency import Head

README: Final = "BACA-SAYA.txt"
CONTENTS: Final = "isi.json"
PAPER: Final = "kasus.pdf"
CHECKPOINT: Final = "checkpoint"
VKEY: Final = "vkey"
RULES: Final = "aturan/"
TAXES: Final = f"{RULES}pajak/"
FACTS: Final = "fakta.ndjson"
PROOFS: Final = "bukti/"
ENDING: Final = ".tlog-proof"
TEMPLATE: Final = Path(__file__).parent / "template.typ"


@dataclass(frozen=True, slots=True)
class Sealing:
    """The checkpoint over a case, the keys said to be the log's, and the rules that were found."""

    head: Head
    vkey: bytes
    rules: Mapping[Rule, bytes]


def proof_path(sequence: int) -> str:
    return f"{PROOFS}{sequence}{ENDING}"


def rule_path(rule: Rule) -> str:
    return f"{TAXES if rule.is_tax else RULES}{rule.id}.yaml"


async def paper_of(told: Telling, head: Head) -> bytes:
    """The same facts under the same checkpoint give the same bytes."""
    return await typeset(TEMPLATE.read_text(encoding="utf-8"), told.told(head.opened))


async def small_files(told: Telling, sealing: Sealing) -> dict[str, bytes]:
    """All but the facts and their proofs, in the order in which they are packed."""
    return {
        README: readme_of(told.case),
        CONTENTS: contents_of(told, sealing, made_by()),
        PAPER: await paper_of(told, sealing.head),
        CHECKPOINT: sealing.head.note.encode(),
        VKEY: sealing.vkey,
        **{rule_path(rule): sealing.rules[rule] for rule in sorted(sealing.rules)},
    }


def contents_of(told: Telling, sealing: Sealing, maker: str) -> bytes:
    """`isi.json`: what a machine wants to know first. `maker` made the paper."""
    case, head = told.case, sealing.head.checkpoint
    document: dict[str, Any] = {
        "kind": case.kind,
        "id": case.key,
        "first": case.first,
        "last": case.last,
        "made_by": maker,
        "checkpoint": {"origin": head.origin, "size": head.size, "root": head.root.hex()},
        "sequences": told.sequences,
        "sequences_sha256": told.list_digest,
        "unproven": told.unproven(head.size),
        "rules": {rule_path(each): each.digest for each in sorted(told.rules)},
        "rules_missing": [rule_path(each) for each in sorted(told.rules - {*sealing.rules})],
    }
    return json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"


@cache
def made_by() -> str:
    """Names all that makes the paper: only the same makes the same bytes of it again."""
    sources = (briefs, labels, readme, results, telling)
    seen = sha256(TEMPLATE.read_bytes())
    for source in sources:
        seen.update(inspect.getsource(source).encode())
    return f"typst {version('typst')}, {seen.hexdigest()}"
