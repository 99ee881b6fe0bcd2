"""A competition from its announcement to money that came back, with every operation on its way."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx

from services.awards.domain.competition import decider
from shared.events.awards import COMPETITION
from shared.history import HistoryLog
from shared.wita import today_in_wita
from tests.builders.awards import (
    DRAFT,
    MATURITY_ONLY,
    PATH,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    scored,
)
from tests.builders.files import pdf
from tests.component.awards.course import (
    BRIDA,
    DECREE,
    URL,
    current,
    entered,
    funded,
    judged_to_the_end,
    ok,
    rules,
    shown,
    signed,
)
from tests.component.awards.world import Clock, People, say, score
from tests.component.scoring.world import Person

LETTER = pdf("Berita tahun 2019")
TABLE = "/tax-tables/2024-r1"
PAYEE = {
    "name": "Siti",
    "tax_id": "6307014104900002",
    "bank": "Bank Kalsel",
    "account_number": "0010301123456",
    "account_holder": "Siti",
}
AGENCY = {"recipient_id": "dinkes", "kind": "agency", "taxed_as": "agency", "parts": 1}
OTHER_TABLE = {
    "name": "hemat",
    "ties": "split",
    "cap_per_recipient_rupiah": 3_000_000,
    "categories": {
        "skpd": {
            "prizes": [{"rank": 1, "label": "I", "fund_id": "apbd", "amount_rupiah": 4_000_000}],
            "pools": [
                {
                    "label": "Insentif",
                    "fund_id": "bank",
                    "amount_rupiah": 900_000,
                    "by": "shares",
                    "to_rank": 2,
                    "shares": [2, 1],
                }
            ],
        }
    },
}
UNDECIDED = "kia-2027"
"""Another competition, that has only drafted its results, of two that are equal."""


@dataclass(frozen=True)
class Company:
    """Those who act, and what there is in the end by the names of parameters."""

    chair: Person
    member: Person
    head: Person
    treasurer: Person
    auditor: Person

    @classmethod
    def of(cls, people: People) -> "Company":
        return cls(
            chair=people("person-chair", "committee", "pemda_admin", path=BRIDA),
            member=people("person-member", "committee", path=BRIDA),
            head=people("person-head", "skpd_head", path=PATH),
            treasurer=people("person-bpp", "treasurer", path=BRIDA),
            auditor=people("person-inspektur", "auditor"),
        )


async def play(
    company: Company, scoring: HistoryLog, awards: HistoryLog, clock: Clock
) -> Mapping[str, Any]:
    """What there is in the end, by the names of parameters and fields."""
    chair = company.chair
    # What is allocated after the objections is of the year of that day.
    await funded(company.treasurer, clock() + timedelta(days=3))
    await announced(chair, scoring)
    await judged_to_the_end(chair, scoring)
    await shown(chair, await chair.post(f"{URL}/results"))
    await compared(company)
    await signed(1, chair)
    await shown(chair, await chair.post(f"{URL}/objection-window", {"version": 1}))
    await shown(chair, await chair.post(f"{URL}/public-test", {"version": 1}))
    objection = await objected(chair, company.head)
    doubt = await doubted(chair)
    out = {"innovation_id": "inov-3", "ground": "Tidak orisinal", "reason": "Terbukti"}
    put_out = await chair.post(f"{URL}/disqualifications", out, **await current(chair))
    await shown(chair, put_out)
    await signed(2, chair)
    clock.ahead = timedelta(days=3)
    await shown(chair, await chair.post(f"{URL}/determination", DECREE, **await current(chair)))
    await shown(chair, await chair.post(f"{URL}/publication"))
    for path in (f"{URL}/results", "/results", "/results/export"):
        ok(await chair.api.get(path))
    await named(company)
    money = await moved(company, today_in_wita(clock()).isoformat())
    paper = await issued(company)
    await inspected(company.auditor)
    await say(awards, COMPETITION, UNDECIDED, undecided())
    await voted(chair)
    return {
        "objection_id": objection,
        "doubt_id": doubt,
        "allocation_id": money,
        "document_id": paper,
        "sha256": sha256(LETTER).hexdigest(),
    }


async def announced(chair: Person, scoring: HistoryLog) -> None:
    """Four entries: three by rule, one by hand."""
    names = ("inov-1", "inov-2", "inov-3")
    await score(scoring, *(scored(name) for name in names), scored("inov-hand", "12"))
    announcement = rules(public_test_days=1, decision_days=2)
    await shown(chair, await chair.post("/competitions", announcement))
    await entered(chair, *names)
    entry = {"innovation_id": "inov-hand", "category": "skpd", "reason": "Keputusan pleno"}
    await shown(chair, await chair.post(f"{URL}/entries", entry))
    ok(await chair.get(f"{URL}/eligibility", innovation_id="inov-hand"))
    ok(await chair.get("/competitions", season_id="2026"))
    ok(await chair.get("/calendar", year=2026, days=3))


async def compared(company: Company) -> None:
    ok(await company.chair.post(f"{URL}/scenarios", {"scenarios": [OTHER_TABLE]}))


async def objected(chair: Person, head: Person) -> str:
    objection = {
        "innovation_id": "inov-2",
        "indicator": "SID-16",
        "level_sought": 3,
        "reason": "Perda terlampir",
    }
    ok(await head.get(f"{URL}/objectionable"))
    filed = await head.post(f"{URL}/objections", objection)
    await shown(head, filed)
    ok(await chair.get(f"{URL}/objections"))
    key = ok(filed)["objection_id"]
    dismissed = {"granted": False, "level": None, "reason": "Tidak cukup"}
    where = f"{URL}/objections/{key}/decision"
    await shown(chair, await chair.post(where, dismissed, **await current(chair)))
    ok(await chair.get(f"{URL}/versions"))
    return key


async def doubted(chair: Person) -> str:
    letter = {
        "name": "berita.pdf",
        "media_type": "application/pdf",
        "content_base64": b64encode(LETTER).decode(),
    }
    doubt = {
        "innovation_id": "inov-1",
        "statement": "Aplikasi yang sama sudah dipakai kabupaten lain sejak tahun 2019.",
        "links": ["https://example.org/berita"],
        "files": [letter],
        "reporter": {"name": "Warga", "contact": "warga@example.org"},
    }
    ok(await chair.api.get(f"{URL}/public-test"))
    filed = await Person(chair.api, {}).post(f"{URL}/public-test/doubts", doubt)
    await shown(chair, filed)
    key = ok(filed)["doubt_id"]
    where = f"{URL}/doubts/{key}"
    for path in (f"{URL}/doubts", where, f"{where}/evidence/{sha256(LETTER).hexdigest()}"):
        ok(await chair.get(path))
    refuted = {"upheld": False, "reason": "Gagasannya berbeda"}
    await shown(chair, await chair.post(f"{where}/decision", refuted, **await current(chair)))
    gone(await chair.delete(f"{where}/text"))
    return key


async def named(company: Company) -> None:
    """Who receives it, where it is paid to, and by which table it is taxed."""
    recipients = f"{URL}/recipients/inov-1"
    await shown(company.head, await company.head.put(recipients, {"recipients": [AGENCY]}))
    ok(await company.treasurer.get(recipients))
    for payee in ("warga-1", "warga-2"):
        ok(await company.treasurer.put(f"/payees/{payee}", PAYEE))
    ok(await company.treasurer.get("/payees/warga-1"))
    gone(await company.treasurer.delete("/payees/warga-2"))
    ok(await company.chair.post(f"{TABLE}/adoption"))
    ok(await company.treasurer.post(f"{TABLE}/confirmation", {"note": "Sesuai PMK 168/2023"}))
    ok(await company.treasurer.get("/tax-tables"))


async def moved(company: Company, day: str) -> str:
    """The id of an allocation that was paid, came back, and was made again and paid."""
    chair, member, treasurer = company.chair, company.member, company.treasurer
    first, second = await allocated(company, {"again": []})
    why = {"reason": "Menunggu berkas"}
    for person, act in ((member, "hold"), (chair, "release")):
        ok(await person.post(f"/funds/apbd/allocations/{first}/{act}", why))
    await paid(company, first, day)
    back = {"reference": "STS-1", "returned_on": day, "reason": "Rekening ditutup"}
    ok(await treasurer.post(f"/funds/apbd/allocations/{first}/return", back))
    again = (await allocated(company, {"again": [first]}))[0]
    assert again != first
    await paid(company, again, day)
    written = ok(await chair.post(f"/funds/apbd/allocations/{second}/reversal", why))
    for path in ("", "/apbd", "/apbd/allocations", "/apbd/ledger"):
        ok(await company.auditor.get(f"/funds{path}", min_seq=written["sequence"]))
    return again


async def allocated(company: Company, body: Mapping[str, Any]) -> list[str]:
    """The allocations of the first fund, best first."""
    told = ok(await company.chair.post(f"{URL}/allocations", body))
    assert {each["outcome"] for each in told["funds"]} <= {"allocated", "already_so"}, told
    (apbd,) = [each for each in told["funds"] if each["fund_id"] == "apbd"]
    return apbd["allocations"]


async def paid(company: Company, allocation: str, day: str) -> None:
    where = f"/funds/apbd/allocations/{allocation}"
    ok(await company.member.post(f"{where}/approval"))
    order = {"reference": f"SP2D-{allocation[:8]}", "paid_on": day}
    ok(await company.treasurer.post(f"{where}/payment", order))


async def issued(company: Company) -> str:
    """The id of a document that anybody can verify."""
    chair, papers = company.chair, f"{URL}/documents"
    certificate = {"kind": "certificate", "format": "pdf", "about": "inov-1"}
    ok(await company.treasurer.post(papers, certificate))
    written = ok(await chair.post(papers, {"kind": "minutes", "format": "pdf"}))
    key = written["document_id"]
    ok(await chair.get(papers, min_seq=written["sequence"]))
    file = await chair.get(f"{papers}/{key}/file")
    assert sha256(file.content).hexdigest() == written["sha256"]
    for path in (f"/documents/{key}/verification", f"/verify/{key}"):
        assert (await chair.api.get(path)).status_code == 200
    told = await chair.api.post("/verify", content=file.content)
    assert "Asli: " in told.text
    for content, status in ((file.content, 200), (b"", 422)):
        as_json = {"Accept": "application/json"}
        answer = await chair.api.post("/verify", content=content, headers=as_json)
        assert answer.status_code == status, answer.text
    return key


async def inspected(auditor: Person) -> None:
    views = ("/views", "/views/funds/digests", "/views/funds/apbd")
    for path in (*views, "/faults", "/health/live", "/health/ready"):
        ok(await auditor.get(path))


def undecided() -> Any:
    other = replace(announce(MATURITY_ONLY), competition_id=UNDECIDED, season_id="2027")
    cards = (scored(f"inov-{number}", season_id="2027") for number in (1, 2))
    return happened(decider, other, enrol(*cards), open_round(), close_round(), DRAFT)


async def voted(chair: Person) -> None:
    where = f"/competitions/{UNDECIDED}"
    await chair.see(where, state="drafted")
    match = {"If-Match": (await chair.get(where)).headers["ETag"]}
    order = {"category": "skpd", "order": ["inov-2", "inov-1"], "reason": "Suara terbanyak"}
    ok(await chair.post(f"{where}/ties", order, **match))


def gone(answer: httpx.Response) -> None:
    assert answer.status_code == 204, answer.text
