"""By the guide for auditors: fetched, checked, replayed, explained, and verified by strangers."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.component.cli.contest import Season
from tests.component.cli.guided import GUIDES, Reader, blocks
from tests.component.cli.test_submitting import PDF
from tests.component.cli.world import Ran, inda
from tests.outside.environment import Environment, alone

GUIDE = "auditor.md"
IN_A_TABLE = re.compile(r"^\| [^|]+ \| `(inda audit [^`]+)` \|$", re.MULTILINE)
ALONE = re.compile(r"^audit (verify|verify-case) |--folder ")
NOWHERE = Path("no-such-folder") / "context.json"


@dataclass
class Inspector(Reader):
    """What the guide says to need no server is typed where there is none, nor an account."""

    alone: list[str] = field(default_factory=list[str])

    def type(self, line: str) -> Ran:
        words = self.filled(line.removeprefix("inda "))
        r = self.type2(line, words)
        open("/tmp/inspect.log","a").write(f"$ {line}\n   {words}\n[{r.code}]\n{r.out[:6000]}\n--\n{r.err[:6000]}\n")
        return r

    def type2(self, line, words):
        if not ALONE.search(words):
            return super().type(line)
        self.alone.append(words)
        return inda(words, context=NOWHERE)


def inspected(found: Season, outsiders: Environment) -> None:
    """In a folder of the auditor's own, with nothing in it but the key that they were given."""
    auditor = Inspector(found.inda, GUIDE, "auditor", dict(found.names))
    size = _fetched(found, auditor)
    _checked(auditor, size)
    _explained(found, auditor)
    _searched(found, auditor)
    _taken_along(auditor)
    _verified_by_strangers(auditor, outsiders)
    (told,) = auditor.block()
    assert "0 of 0 cosigned" in told.out
    public = Inspector(found.inda, GUIDE, "nobody-who-logged-in", auditor.names, auditor.done)
    results, _, document = public.block()
    assert ("SIP PUTIH" in results.out, "SIP PUTIH" in Path("hasil.csv").read_text()) == (
        True,
        True,
    )
    assert document.out
    assert (public.is_over(), len(auditor.alone)) == (True, 5)


def _fetched(found: Season, auditor: Inspector) -> int:
    """Today, and a week later, when something has happened. How many facts there are."""
    _, kept, first = auditor.block()
    assert Path("arsip/log/vkey").read_text() == Path("kunci.txt").read_text()
    assert Path("titik-lama").read_text() == f"{kept.out}"
    before = _size(found)
    assert f"fetched: {before} facts ({before} new), verified" in first.out
    fund = f"--name Cadangan --source apbd --year {found.today.year} --ceiling 1000000"
    account = "--account 5.1.02.05.01.0002"
    found.inda(f"--as chair fund register cadangan-2026 {fund} {account}").fine()
    found.inda.eventually("audit checkpoint", lambda told: told["size"] == before + 1)
    again, consistent, _ = auditor.block()
    assert f"fetched: {before + 1} facts (1 new), verified" in again.out
    assert f"the {before + 1} facts begin with the {before}" in consistent.out
    return before + 1


def _size(found: Season) -> int:
    return int(found.inda.answer("audit checkpoint")["size"])


def _checked(auditor: Inspector, size: int) -> None:
    whole, folder = auditor.block()
    assert whole.out == "fsck sound: stream, log, archive, documents, views\n"
    assert folder.out == "fsck sound: log, archive, views\n"
    served, alone = auditor.block()
    told = f"replay identical: {size} events"
    assert (told in served.out, told in alone.out) == (True, True)
    assert "apbd-2026" in alone.err
    digests = [_under("Digests of projections", each.err) for each in (served, alone)]
    assert (len(digests[0]) > 5, digests[0] == digests[1]) == (True, True)


def _under(title: str, shown: str) -> list[str]:
    """The lines of a table."""
    lines = [each.rstrip() for each in shown.partition(title)[2].splitlines()[1:]]
    return lines[: lines.index("")] if "" in lines else lines


def _explained(found: Season, auditor: Inspector) -> None:
    auditor.knows(INOVASI=found.first)
    rank, fund = auditor.block()
    assert ("SIP PUTIH" in rank.out or "58" in rank.out, "Rp" in fund.out) == (True, True)


def _searched(found: Season, auditor: Inspector) -> None:
    """Every question of the table, and none without an answer."""
    digest = sha256(PDF).hexdigest()
    search = "--as auditor audit search --fact MoneyAllocated"
    money = found.inda.answer(search)["items"][0]
    auditor.knows(ORANG="person-chair", SHA256=digest)
    auditor.names |= {"5000": str(money["sequence"]), "4999": str(money["sequence"] - 1)}
    lines = IN_A_TABLE.findall((GUIDES / GUIDE).read_text())
    shown = {line.split()[2]: auditor.type(line).fine().out for line in lines}
    assert len(lines) == 8
    assert {line: line.startswith(" ") or len(out) > 200 for line, out in shown.items()} == (
        dict.fromkeys(shown, True)
    )
    assert "MoneyAllocated" in shown["search"] or "innovation" in shown["search"]
    assert money["event_id"] in shown["show"]


def _taken_along(auditor: Inspector) -> None:
    _, case = auditor.block()
    assert f"facts about innovation {auditor.names['INOVASI']}" in case.out
    _, fact = auditor.block()
    assert f"verified: fact {auditor.names['5000']}" in fact.out


def _verified_by_strangers(auditor: Inspector, outsiders: Environment) -> None:
    """With their own program and a shell, which know nothing of ours."""
    verified, body, names = (auditor.filled(each) for each in blocks(GUIDE, ""))
    told = _shell(verified, outsiders)
    assert [json.loads(each)["ok"] for each in told.splitlines()] == [True] * 3
    entry = json.loads(Path("baris.json").read_bytes())
    assert _shell(body, outsiders).strip() == entry["body"]
    assert _shell(names, outsiders) == ""
    changed = next(Path("arsip/archive/segments").iterdir())
    shutil.copy(changed, "disimpan")
    with changed.open("ab") as file:
        file.write(b"{}\n")
    assert _shell(names, outsiders) == f"BERBEDA: {changed}\n"
    shutil.copy("disimpan", changed)


def _shell(text: str, outsiders: Environment) -> str:
    programs = Path(outsiders.program("aics-tlog")).parent
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", text],
        capture_output=True,
        text=True,
        timeout=60,
        env={**alone(), "PATH": f"{programs}:{os.environ['PATH']}"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), (done.stdout, done.stderr)
    return done.stdout
