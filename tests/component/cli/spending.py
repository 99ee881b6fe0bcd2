"""By the guides for committee and treasurer: recipients, taxes, payments, papers."""

from tests.component.cli.contest import Season
from tests.component.cli.guided import Reader
from tests.component.cli.told import NOBODY, refused


def allocated(found: Season, committee: Reader, treasurer: Reader) -> None:
    inda = found.inda
    refused(inda, "--as chair allocate kia-2026", "recipients_missing")
    committee.knows(ID=found.citizens)
    payee = inda.file("penerima-1.json", committee.json(2).encode())
    committee.knows(**{"penerima-1.json": str(payee)})
    *_, masked = committee.block()
    assert ("************0001" in masked.out, "6301010101010001" in masked.out) == (True, False)
    early = inda("--as chair allocate kia-2026 --json")
    outcomes = {each["fund_id"]: each["outcome"] for each in early.answer["funds"]}
    assert (early.code, outcomes) == (1, {"apbd-2026": "allocated", "bank-2026": "refused"})
    committee.block()
    lines = committee.lines()
    tried, _, ran = [committee.type(line).fine() for line in lines[:3]]
    assert "A trial; nothing was changed" in tried.out
    assert all(each in ran.out for each in ("Rp6.000.000", "Rp300.000", "Rp5.700.000"))
    bank = inda.answer("--as chair fund show bank-2026")
    taxed = next(each for each in bank["allocations"] if each["tax_rupiah"])
    committee.knows(ALOKASI=taxed["allocation_id"])
    refused(inda, f"--as chair approve bank-2026 {taxed['allocation_id']}", "second_person_needed")
    committee.type(lines[3]).fine()
    committee.block()
    treasurer.knows(ALOKASI=taxed["allocation_id"])


def paid(found: Season, treasurer: Reader) -> None:
    inda = found.inda
    allocation = treasurer.names["ALOKASI"]
    pay = f"--as treasurer pay bank-2026 {allocation} --paid-on {found.today} --reference"
    refused(inda, f"{pay} SP2D-1", "tax_table_unconfirmed")
    treasurer.block()
    _, shown, payee = treasurer.block()
    assert "6301010101010001" in payee.out, "who pays sees the number"
    assert "penerima-1" in shown.out
    treasurer.block()
    refused(inda, f"{pay} SP2D-2", "already_paid")
    treasurer.block()
    again = f"--as chair allocate kia-2026 --again {allocation}"
    inda(again).fine()
    ledger, apbd = treasurer.block()
    assert "STS-003/2026" in ledger.out.replace(str(found.today.year), "2026")
    entries = inda.answer("--as treasurer fund ledger bank-2026 --all")["items"]
    assert [each["entry"] for each in entries] == [
        "registered",
        "allocated",
        "allocated",
        "paid",
        "returned",
        "allocated",
    ]
    last = entries[-1]
    assert (last["allocated_rupiah"], last["paid_rupiah"]) == (10_000_000, 0)
    assert "alokasi belum dibayar" in apbd.out, "the year runs out"
    inda("--as chair payee erase penerima-1").fine()
    refused(inda, "--as treasurer payee show penerima-1", "not_found")


def verified_by_anybody(found: Season, committee: Reader) -> None:
    inda, target = found.inda, found.inda.folder / "lampiran-sk.pdf"
    committee.knows(ID=found.first, **{"lampiran-sk.pdf": str(target)})
    lines = committee.lines()
    issued = [committee.type(line).fine() for line in lines[:5]]
    assert "decree_annex" in issued[-1].out
    documents = inda.answer("--as chair document list kia-2026")["items"]
    annex = next(each for each in documents if each["kind"] == "decree_annex")
    committee.knows(DOKUMEN=annex["document_id"])
    committee.type(lines[5]).fine()
    committee.person = NOBODY
    assert annex["sha256"] in committee.type(lines[6]).fine().out
    altered = inda.file("ubah.pdf", target.read_bytes() + b"\n")
    no = inda(f"document verify {altered}")
    assert (no.code, no.out.startswith("Tidak cocok")) == (1, True)
    assert inda(f"document verify {inda.folder / 'tidak-ada.pdf'}").code == 2
