"""A competition of an agency, a team and a body, determined; and the people who move its money."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import httpx

from services.awards.domain.competition import (
    Command,
    Determine,
    NameRecipients,
    OpenObjectionWindow,
    decider,
)
from shared.events.awards import CompetitionEvent, Pool, Recipient
from shared.wita import today_in_wita
from tests.builders.awards import (
    AT,
    CHAIR,
    DAY,
    DRAFT,
    MATURITY_ONLY,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    prize,
    scored,
)
from tests.component.awards.world import People
from tests.component.scoring.world import Person

URL = "/competitions/kia-2026"
DINKES, CIVIC, LAB = ("kalsel", "hss", "dinkes"), ("kalsel", "hss", "umum"), ("kalsel", "lab")
BRIDA = ("kalsel", "brida")
TEAM, AGENCY, BODY = "inov-team", "inov-agency", "inov-body"
ROUNDS = MATURITY_ONLY.rounds
CATEGORIES = (
    MATURITY_ONLY.model_copy(
        update={
            "initiators": ("perangkat_daerah",),
            "prizes": (prize(1, 5_000_000, fund_id="apbd"),),
        }
    ),
    MATURITY_ONLY.model_copy(
        update={
            "code": "masyarakat",
            "initiators": ("masyarakat",),
            "recipient": "team",
            "prizes": (prize(1, 10_000_001, fund_id="apbd"),),
        }
    ),
    MATURITY_ONLY.model_copy(
        update={
            "code": "badan",
            "within": "kalsel",
            "initiators": ("swasta",),
            "recipient": "body",
            "prizes": (prize(1, 4_250_000, fund_id="bank", amount_is="net"),),
            "pools": (
                Pool(label="Dana", fund_id="bank", amount_rupiah=1_000_000, by="index", to_rank=3),
            ),
        }
    ),
)
MEMBERS = [
    {"recipient_id": "warga-1", "kind": "person", "taxed_as": "person", "parts": 2},
    {"recipient_id": "warga-2", "kind": "person", "taxed_as": "person", "parts": 1},
]
COMPANY = Recipient(recipient_id="pt-lab", kind="body", taxed_as="body")


def drafted() -> tuple[CompetitionEvent, ...]:
    """Results of which the body is named, and the team is not."""
    commands: list[Command] = [
        announce(*CATEGORIES),
        enrol(
            scored(AGENCY, agency_path=DINKES, agency_id="dinkes"),
            scored(TEAM, agency_path=CIVIC, agency_id="umum", initiator="masyarakat"),
            scored(BODY, agency_path=LAB, agency_id="lab", initiator="swasta"),
        ),
    ]
    for category in CATEGORIES:
        commands += [open_round(category=category.code), close_round(category=category.code)]
    named = NameRecipients(by=CHAIR, at=AT, agency=None, innovation_id=BODY, recipients=(COMPANY,))
    return happened(decider, *commands, named, DRAFT)


def decreed() -> tuple[CompetitionEvent, ...]:
    """The same, up to the decree."""
    return happened(
        decider,
        OpenObjectionWindow(by=CHAIR, at=AT, version=1),
        Determine(
            by=CHAIR, at=AT + 5 * DAY, decree_number="188/12", decree_date=(AT + 5 * DAY).date()
        ),
        before=drafted(),
    )


def today() -> date:
    return today_in_wita(datetime.now(UTC))


def fund(fund_id: str, ceiling_rupiah: int, **changes: Any) -> dict[str, Any]:
    told = {
        "fund_id": fund_id,
        "name": fund_id.upper(),
        "source_kind": "apbd" if fund_id == "apbd" else "sponsor",
        "account_code": "5.1.02.05.01.0001" if fund_id == "apbd" else "",
        "fiscal_year": today().year,
        "ceiling_rupiah": ceiling_rupiah,
    }
    return {**told, **changes}


def payment(reference: str) -> dict[str, str]:
    return {"reference": reference, "paid_on": today().isoformat()}


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def no(answer: httpx.Response) -> tuple[int, str]:
    """The status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


@dataclass(frozen=True)
class Office:
    """Everybody who has a hand in the money."""

    chair: Person
    member: Person
    treasurer: Person
    auditor: Person
    citizen: Person
    stranger: Person

    @classmethod
    def of(cls, people: People) -> "Office":
        return cls(
            chair=people("person-chair", "committee", path=BRIDA),
            member=people("person-member", "committee"),
            treasurer=people("person-bpp", "treasurer", path=BRIDA),
            auditor=people("person-inspektur", "auditor"),
            citizen=people("person-umum", "skpd_operator", path=CIVIC),
            stranger=people("person-rsud", "skpd_operator", path=("kalsel", "hss", "rsud")),
        )

    async def taxes_confirmed(self) -> None:
        ok(await self.chair.post("/tax-tables/2024-r1/adoption"))
        note = {"note": "Sesuai PMK 168/2023"}
        ok(await self.treasurer.post("/tax-tables/2024-r1/confirmation", note))

    async def team_named(self) -> None:
        told = {"recipients": MEMBERS}
        ok(await self.citizen.put(f"{URL}/recipients/{TEAM}", told))
