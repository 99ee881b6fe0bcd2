"""By the guide for auditors: fetched, checked, replayed, explained, and verified by strangers."""

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.component.cli.contest import Season
from tests.component.cli.guided import GUIDES, Reader, blocks
from tests.component.cli.test_submitting import PDF
from tests.component.cli.told import NOBODY
from tests.component.cli.world import Ran, inda
from tests.outside.environment import Environment, alone

GUIDE = "auditor.md"
QUESTION = re.compile(r"^\| [^|]+ \| `(inda audit [^`]+)` \|$", re.MULTILINE)
ALONE = re.compile(r"^audit (verify|verify-case) |--folder ")
NOWHERE = Path("no-such-folder") / "context.json"
SPARE = "fund register cadangan-2026 --name Cadangan --source apbd --ceiling 1000000"
DIGESTS = "Digests of projections"


@dataclass
class Inspector(Reader):
    """What needs no server by the guide is typed where there is none, and no account."""

    typed_alone: list[str] = field(default_factory=list[str])

    def type(self, line: str) -> Ran:
        words = self.filled(line.removeprefix("inda "))
        if not ALONE.search(words):
            return super().type(line)
        self.typed_alone.append(words)
        return inda(words, context=NOWHERE)


def inspected(found: Season, outsiders: Environment) -> None:
    """With nothing in hand but the key that stands in a letter, and the auditor's own rights."""
    auditor = Inspector(found.inda, GUIDE, "auditor", dict(found.names))
    size = fetched(found, auditor)
    checked(auditor, size)
    explained(found, auditor)
    searched(found, auditor)
    taken_along(auditor)
    verified_by_strangers(auditor, outsiders)
    (watched,) = auditor.block()
    assert "0 of 0 cosigned" in watched.out
    anybody = Inspector(found.inda, GUIDE, NOBODY, auditor.names, auditor.done)
    results, _, document = anybody.block()
    assert ["SIP PUTIH" in each for each in (results.out, Path("hasil.csv").read_text())] == (
        [True, True]
    )
    assert sha256(Path("lampiran-sk.pdf").read_bytes()).hexdigest() in document.out
    assert (anybody.is_over(), len(auditor.typed_alone)) == (True, 6)


def fetched(found: Season, auditor: Inspector) -> int:
    """Today, and next week, when something has happened. How many facts there are then."""
    _, kept, first = auditor.block()
    assert Path("arsip/log/vkey").read_text() == Path("kunci.txt").read_text()
    assert Path("titik-lama").read_text() == kept.out
    before = int(kept.out.splitlines()[1])
    assert first.out == f"fetched: {before} facts ({before} new), verified\n"
    year = f"--year {found.today.year} --account 5.1.02.05.01.0002"
    found.inda(f"--as chair {SPARE} {year}").fine()
    found.inda.eventually("audit checkpoint", lambda told: told["size"] == before + 1)
    second, consistent, _ = auditor.block()
    assert second.out == f"fetched: {before + 1} facts (1 new), verified\n"
    assert consistent.out == f"consistent: the {before + 1} facts begin with the {before}\n"
    return before + 1


def checked(auditor: Inspector, size: int) -> None:
    whole, folder = auditor.block()
    assert whole.out == "fsck sound: stream, log, archive, documents, views\n"
    assert folder.out == "fsck sound: log, archive, views\n"
    served, archived = auditor.block()
    assert served.out.startswith(f"replay identical: {size} events, ")
    assert archived.out == served.out
    ledger = ("apbd-2026", "Rp50.000.000", "Rp40.000.000")
    assert [each in archived.err for each in ledger] == [True] * 3
    digests = [each.err.partition(DIGESTS)[2].partition("\n└")[0] for each in (served, archived)]
    assert ("awards/funds" in digests[0], digests[0] == digests[1]) == (True, True)


def explained(found: Season, auditor: Inspector) -> None:
    auditor.knows(INOVASI=found.first)
    rank, fund = auditor.block()
    assert rank.out.startswith("- Peringkat 1 kategori Perangkat daerah (skpd): SIP PUTIH")
    assert sha256(PDF).hexdigest() in rank.out, "down to the file that a verifier saw"
    assert "dialokasikan Rp 40.000.000" in " ".join(fund.out.split())


def searched(found: Season, auditor: Inspector) -> None:
    """Every question of the table has an answer."""
    money = found.inda.answer("--as auditor audit search --fact MoneyAllocated")["items"][0]
    place = int(money["sequence"])
    auditor.names |= {"SHA256": sha256(PDF).hexdigest(), "5000": str(place), "4999": str(place - 1)}
    questions = QUESTION.findall((GUIDES / GUIDE).read_text())
    assert len(questions) == 8
    for line in questions:
        auditor.knows(ORANG="person-judge" if "--named" in line else "person-chair")
        assert "│" in auditor.type(line).fine().out, f"no answer to {line}"


def taken_along(auditor: Inspector) -> None:
    _, case = auditor.block()
    assert f"facts about innovation {auditor.names['INOVASI']}" in case.out
    _, fact = auditor.block()
    assert fact.out.endswith(f"verified: fact {auditor.names['5000']}\n")


def verified_by_strangers(auditor: Inspector, outsiders: Environment) -> None:
    """With a program of others and a shell, which know nothing of ours."""
    program, body, names = (auditor.filled(each) for each in blocks(GUIDE, ""))
    told = shell(program, outsiders)
    assert [json.loads(each)["ok"] for each in told.splitlines()] == [True] * 3
    entry = json.loads(Path("baris.json").read_bytes())
    assert shell(body, outsiders) == f"{entry['body']}\n"
    assert shell(names, outsiders) == ""
    (compared,) = auditor.block()
    told_of = f"verified: fact {auditor.names['5000']}"
    assert (compared.out, compared.err) == (f"{Path('baris.json').read_text()}\n{told_of}\n", "")
    segment = next(Path("arsip/archive/segments").iterdir())
    whole = segment.read_bytes()
    segment.write_bytes(whole.replace(b"0", b"1"))
    assert shell(names, outsiders) == f"BERBEDA: {segment}\n"
    segment.write_bytes(whole)


def shell(text: str, outsiders: Environment) -> str:
    path = f"{Path(outsiders.program('aics-tlog')).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", text],
        capture_output=True,
        text=True,
        timeout=60,
        env={**alone(), "PATH": path},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), (done.stdout, done.stderr)
    return done.stdout
