"""By the guide for committees: minutes, objections, doubts of anybody, and the decree."""

import json
from hashlib import sha256

from tests.builders.files import pdf
from tests.component.cli.contest import WHILE_WINDOWS_ARE_OPEN, Season
from tests.component.cli.guided import Reader
from tests.component.cli.test_submitting import PDF
from tests.component.cli.told import NOBODY, SHOW, refused

PROOF = pdf("Bukti")


def signed(found: Season, committee: Reader) -> None:
    inda, lines = found.inda, committee.lines()
    for line in lines[:3]:
        committee.type(line).fine()
    opened = "--as chair competition objection-window kia-2026 --version 1"
    refused(inda, opened, "minutes_unsigned")
    for line in lines[3:]:
        committee.type(line).fine()
    minutes = inda.eventually(SHOW, lambda now: len(now["minutes"]) == 2)["minutes"]
    assert [(each["by"], each["function"]) for each in minutes] == [
        ("person-chair", "Ketua"),
        ("person-deputy", "Anggota"),
    ]
    assert "minutes signed 2 of 2" in inda("--as chair competition versions kia-2026").fine().out


def disputed(found: Season, committee: Reader) -> None:
    """An objection that is dismissed, and a doubt of somebody without an account."""
    inda = found.inda
    committee.block()
    objection, doubt = objected(found), doubted(found, committee)
    committee.knows(SANGGAHAN=objection, KERAGUAN=doubt)
    committee.knows(**{"dokumen.pdf": str(inda.folder / "d.pdf"), "SIDIK": sha256(PDF).hexdigest()})
    committee.knows(**{"bukti-keraguan.pdf": str(inda.folder / "b.pdf")})
    lines = committee.lines()
    told = [committee.type(line).fine() for line in lines[:5]]
    assert "Baru keputusan kepala dinas." in told[2].out, "the verdict in view"
    assert (inda.folder / "d.pdf").read_bytes() == PDF
    committee.knows(SIDIK=sha256(PROOF).hexdigest())
    told = [committee.type(line).fine() for line in lines[5:]]
    assert "kabupaten lain sejak tahun 2023" in told[1].out
    assert (inda.folder / "b.pdf").read_bytes() == PROOF
    watched = inda.answer(f"--as auditor doubt show kia-2026 {doubt}")
    assert (watched["statement"], watched["state"]) == (None, "refuted")


def objected(found: Season) -> str:
    inda = found.inda
    inda.log_in("operator")
    open_ = inda.answer("--as operator objection objectionable kia-2026")
    assert [(e["innovation_id"], e["indicator"]) for e in open_["items"]] == [
        (found.first, "SID-01")
    ]
    file = f"objection file kia-2026 {found.first} SID-01 --level 2 --reason 'Perbup terlampir'"
    filed = inda.answer(f"--as operator {file}")["objection_id"]
    refused(inda, f"--as operator {file}", "already_objected")
    return filed


def doubted(found: Season, committee: Reader) -> str:
    inda = found.inda
    tested = inda(f"--as {NOBODY} competition public-test show kia-2026").fine().out
    assert ("SIP PUTIH" in tested, "58.58" in tested) == (True, False), "no scores are told"
    evidence = inda.file("bukti.pdf", PROOF)
    committee.knows(**{"bukti.pdf": str(evidence)})
    anybody = Reader(inda, "committee.md", NOBODY, committee.names, committee.done)
    short = f"--as {NOBODY} doubt file kia-2026 {found.first} --statement Tiruan"
    assert inda(short).code == 2
    (filed,) = anybody.block()
    assert "is filed" in filed.out
    committee.done = anybody.done
    return inda.answer("--as chair doubt list kia-2026")["items"][0]["doubt_id"]


def determined(found: Season, committee: Reader) -> None:
    inda = found.inda
    scenario = inda.file("skenario.json", committee.json(1).encode())
    committee.knows(**{"skenario.json": str(scenario)})
    (compared,) = committee.block()
    assert "-Rp20.000.000" in compared.out, "so much less than by the rules"
    decree = "competition determine kia-2026 --decree-number 1 --decree-date 2026-11-10"
    refused(inda, f"--as chair {decree}", "window_open")
    inda.clock.ahead += WHILE_WINDOWS_ARE_OPEN
    inda.log_in("operator", "chair", "deputy", "treasurer", "auditor")
    today, saved = found.today.isoformat(), inda.folder / "hasil.csv"
    committee.knows(**{"2026-11-10": today, "2026-11-20": today, "hasil.csv": str(saved)})
    committee.block()
    assert "SIP PUTIH" in inda(f"--as {NOBODY} results kia-2026").fine().out
    assert "SIP PUTIH" in saved.read_text()
    whole = inda.folder / "hasil.json"
    inda(f"--as {NOBODY} competition export --save {whole}").fine()
    items = json.loads(whole.read_text())["items"]
    assert [(each["category_id"], each["rank"], each["title"]) for each in items] == [
        ("skpd", 1, "SIP PUTIH"),
        ("skpd", 2, "LA LISA"),
        ("masyarakat", 1, "POLISI TAPIN"),
    ]
