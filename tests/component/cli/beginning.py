"""By the guide for committees: funds, rules, entries, and rounds with the judges by theirs."""

import json
from typing import Any

from tests.component.cli.contest import Season
from tests.component.cli.guided import Reader
from tests.component.cli.told import SHOW, refused
from tests.component.cli.world import Ran


def announced(found: Season, committee: Reader) -> None:
    inda = found.inda
    bare = f"fund register apbd-2026 --name X --source apbd --year {found.today.year} --ceiling 1"
    refused(inda, f"--as chair {bare}", "account_code_malformed")
    committee.block()
    rules = json.loads(committee.json(0))
    rules["season_id"] = "2026"
    committee.knows(**{"aturan.json": str(inda.file("aturan.json", rules))})
    dear = json.loads(json.dumps(rules))
    dear["rules"]["categories"][0]["prizes"][0]["amount_rupiah"] = 36_000_000
    file = inda.file("mahal.json", dear)
    over = refused(inda, f"--as chair competition announce --file {file}", "prizes_over_ceiling")
    assert over.startswith("The prizes ask 51000000 rupiah of fund apbd-2026, which has ")
    _, tried, done, shown = committee.block()
    assert "Rp40.000.000" in tried.out
    assert "Rp10.000.000" in tried.out, "what is left of it"
    assert "masyarakat: name who receives each prize" in tried.out
    digest = inda.answer(SHOW)["rules_digest"]
    assert all(digest in each.out for each in (tried, done, shown))


def entered(found: Season, committee: Reader) -> None:
    committee.knows(ID=found.first)
    entries, eligibility = committee.block()
    assert "SIP PUTIH" in entries.out
    assert "Inisiator: masyarakat; inovasi ini perangkat_daerah." in eligibility.out
    asked = f"--as chair --language en competition eligibility kia-2026 {found.first}"
    assert "Initiator: masyarakat; here perangkat_daerah." in found.inda(asked).fine().out
    told = found.inda.answer(SHOW)["next_steps"]
    assert [each["code"] for each in told] == ["open_round", "open_round"]


def judged(found: Season, committee: Reader) -> None:
    inda, lines = found.inda, committee.lines()
    for line in lines[:5]:
        committee.type(line).fine()
    panels = inda.eventually("--as judge panel list", lambda shown: shown["items"] != [])
    found.panel = panels["items"][0]["panel_id"]
    committee.knows(PANEL=found.panel)
    shown = [committee.type(line).fine() for line in lines[5:]]
    assert "0 of 2" in shown[1].out
    sealed(found)
    shows_seals(found, 3)
    _, first, _ = committee.block()
    assert "Nothing is revealed yet" in first.out
    asked = inda.answer(f"--as chair panel show {found.panel}")["third_readings"]
    assert [each["judge_id"] for each in asked] == ["person-reserve"]
    fixed = score(found, "judge", found.first, 90)
    assert (fixed.code, "[seal_fixed]" in fixed.err) == (1, True)
    score(found, "reserve", found.first, 60).fine()
    shows_seals(found, 4)
    inda(f"--as chair panel show {found.panel}").fine()
    assert "are revealed" in inda(f"--as chair panel reveal {found.panel}").fine().out
    result = inda(f"--as chair panel show {found.panel}").fine().out
    assert "58.58" in result, "the mean of 75.75, 40 and 60"
    assert "35.75" in result, "how far the judges differ"
    closed = inda.eventually(SHOW, lambda now: all(each["closed"] for each in now["rounds"]))
    assert len(closed["rounds"]) == 3


def shows_seals(found: Season, number: int) -> None:
    """What others have sealed is shown soon, not at once: who looks too early must look again."""

    def is_shown(panel: Any) -> bool:
        return sum(each["sealed"] for each in panel["seats"]) == number

    found.inda.eventually(f"--as chair panel show {found.panel}", is_shown)


def sealed(found: Season) -> None:
    """By the guide for judges, and by a colleague who is stricter."""
    judge = Reader(found.inda, "judge.md", "judge", {**found.names, "ID": found.first})
    judge.block()
    _, own = judge.block()
    assert "kebaruan: 80" in own.out
    judge.knows(ID=found.second)
    judge.block()
    assert judge.is_over()
    none = found.inda(f"--as judge panel score {found.panel} {found.first}")
    assert (none.code, "[scores_missing]" in none.err) == (2, True)
    high = score(found, "juror", found.first, 101)
    assert (high.code, "[score_out_of_scale]" in high.err) == (1, True)
    score(found, "juror", found.first, 40).fine()
    score(found, "juror", found.second, 50).fine()


def score(found: Season, judge: str, innovation: str, points: int) -> Ran:
    typed = " ".join(f"--score {c}={points}" for c in ("kebaruan", "kemanfaatan", "penyajian"))
    return found.inda(f"--as {judge} panel score {found.panel} {innovation} {typed}")
