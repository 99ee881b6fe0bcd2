"""Single values changed in the history of `prized`, and what the audit says of each."""

from dataclasses import dataclass
from typing import Any

from shared.events.awards import (
    AllocationApproved,
    AllocationPaid,
    AllocationReturned,
    CompetitionAnnounced,
    DocumentIssued,
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    EntryDisqualified,
    FundRegistered,
    MinutesSigned,
    MoneyAllocated,
    ObjectionLapsed,
    ObjectionWindowOpened,
    PublicTestOpened,
    RecipientsNamed,
    ResultsDetermined,
    ResultsDrafted,
    RoundOpened,
    TaxTableAdopted,
    TaxTableConfirmed,
)
from shared.events.base import Fact
from shared.events.scoring import JudgeSeated, JudgeUnseated, ScoresRevealed, ThirdReadingAsked
from tests.unit.audit.contest import COPIED

WINDOW_A_DAY_SHORT = "2026-03-05T16:00:00.000000Z"


@dataclass(frozen=True)
class Forgery:
    """Values by path in the fact of a kind; found as `kind` in words at the fact itself, or at
    the first fact of `shows_at` that comes after.
    """

    fact: type[Fact]
    number: int
    values: dict[str, Any]
    kind: str
    what: str
    shows_at: type[Fact] | None = None


def refused(
    fact: type[Fact], number: int, values: dict[str, Any], what: str, at: type[Fact] | None = None
) -> Forgery:
    return Forgery(fact, number, values, "refused", f"The rules refuse this: {what}", at)


def differs(fact: type[Fact], number: int, values: dict[str, Any], what: str) -> Forgery:
    return Forgery(fact, number, values, "differs", what)


def conflict(fact: type[Fact], number: int, values: dict[str, Any], what: str) -> Forgery:
    return Forgery(fact, number, values, "conflict", what)


COURSE = {
    "a fund of another year": refused(
        *(FundRegistered, 0, {"fiscal_year": 2025, "cut_off": None}),
        *("Fund apbd-2026 is of 2025, not of 2026.", CompetitionAnnounced),
    ),
    "a ceiling that does not bear the pools": refused(
        *(FundRegistered, 1, {"ceiling_rupiah": 400_000}),
        *(
            "The prizes ask 400001 rupiah of fund bank-2026, which has 400000 left.",
            CompetitionAnnounced,
        ),
    ),
    "a ceiling that borne taxes go over": refused(
        *(FundRegistered, 1, {"ceiling_rupiah": 500_000}),
        *("The fund has 500000 rupiah left; these allocations need 599999.", MoneyAllocated),
    ),
    "a cut-off of another year": refused(
        *(FundRegistered, 0, {"cut_off": "2027-01-02"}),
        "The cut-off lies within the fiscal year.",
    ),
    "a rule that was left at its default": differs(
        *(CompetitionAnnounced, 1, {"rules.categories.0.recipient": "region"}),
        "CompetitionAnnounced: rules_digest",
    ),
    "holidays that were announced later": differs(
        *(CompetitionAnnounced, 1, {"rules.holidays": []}),
        "CompetitionAnnounced: rules_digest",
    ),
    "a judge who made an entry of the round": conflict(
        *(RoundOpened, 2, {"judges.0": "drafter-of-inov-1"}),
        "drafter-of-inov-1 drafted an innovation of the round and is to judge it.",
    ),
    "a reserve judge who made one": conflict(
        *(RoundOpened, 2, {"panel_rule.reserve_judges.0": "drafter-of-inov-5"}),
        "drafter-of-inov-5 drafted an innovation of the round and is to judge it.",
    ),
    "a judge seated for their own": conflict(
        *(JudgeSeated, 0, {"judge_id": "drafter-of-inov-1"}),
        "drafter-of-inov-1 drafted all that they were seated to judge.",
    ),
    "a judge seated twice": refused(
        *(JudgeSeated, 0, {"judge_id": "judge-1"}),
        "The judge reads some of these entries already: name the others alone.",
    ),
    "a judge taken off without a reason": refused(
        *(JudgeUnseated, 0, {"reason": " "}), "Say why the judge leaves the panel."
    ),
    "a third reading by another than the next in reserve": refused(
        *(ThirdReadingAsked, 0, {"readings.0.judge_id": "judge-9"}),
        "A third reading is asked of the next judge in reserve, once for an entry.",
    ),
    "another severity": differs(
        *(ScoresRevealed, 0, {"severities.0.severity": "0.00"}),
        "ScoresRevealed: severities[0].severity",
    ),
    "a third reading that is denied": differs(
        *(ScoresRevealed, 0, {"means.1.third_reading": False}),
        "ScoresRevealed: means[1].third_reading",
    ),
}
DISPUTES = {
    "a window that closes a working day early": differs(
        *(ObjectionWindowOpened, 1, {"closes_at": WINDOW_A_DAY_SHORT}),
        "ObjectionWindowOpened: closes_at",
    ),
    "a public test that closes late": differs(
        *(PublicTestOpened, 0, {"closes_at": "2026-03-09T16:00:00.000000Z"}),
        "PublicTestOpened: closes_at",
    ),
    "minutes of another ranking": differs(
        *(MinutesSigned, 0, {"ranking_digest": "c" * 64}), "MinutesSigned: ranking_digest"
    ),
    "minutes signed twice by one": differs(
        *(MinutesSigned, 1, {"by": "chair-1"}), "The rules say no MinutesSigned here."
    ),
    "minutes of an older version": refused(
        *(MinutesSigned, 3, {"version": 3}),
        "The minutes of the newest version of the results are signed.",
    ),
    "a determination without enough signatures": refused(
        *(MinutesSigned, 3, {"version": 1}),
        "The minutes of this version of the results are signed by 1 of 2.",
        ResultsDetermined,
    ),
    "a doubt without anything that shows it": refused(
        *(DoubtFiled, 0, {"links": 0}), "A doubt comes with a file or a link that shows it."
    ),
    "a doubt about no entry": refused(
        *(DoubtFiled, 0, {"innovation_id": "inov-9"}),
        "The innovation is not in this competition.",
    ),
    "a doubt upheld that puts nobody out": differs(
        *(DoubtDecided, 1, {"upheld": True}),
        "The rules also say EntryDisqualified, ResultsDrafted, which is not there.",
    ),
    "a doubt dismissed that puts somebody out": differs(
        *(DoubtDecided, 0, {"upheld": False}), "The rules say no EntryDisqualified here."
    ),
    "another ground than the doubt": differs(
        *(EntryDisqualified, 0, {"ground": "duplicate"}), "EntryDisqualified: ground"
    ),
    "results without the doubt as their cause": differs(
        *(ResultsDrafted, 2, {"cause_id": COPIED}), "ResultsDrafted: cause_id"
    ),
    "a doubt decided by who filed it": conflict(
        *(DoubtDecided, 1, {"by": "citizen-1"}), "citizen-1 filed the doubt and decided it."
    ),
    "a doubt decided by a drafter": conflict(
        *(DoubtDecided, 1, {"by": "drafter-of-inov-1"}),
        "drafter-of-inov-1 drafted the innovation and decided on it.",
    ),
    "a doubt decided by the own agency": conflict(
        *(DoubtDecided, 1, {"by_agency": "hss"}),
        "leader-1 decided on an innovation of their own agency hss, or one below it.",
    ),
    "a lapse by a person": differs(*(DoubtLapsed, 0, {"by": "leader-1"}), "DoubtLapsed: by"),
    "a lapse by another service": differs(
        *(ObjectionLapsed, 0, {"by": "system:scoring"}), "ObjectionLapsed: by"
    ),
    "a lapse of what was answered": differs(
        *(DoubtLapsed, 0, {"doubt_id": "doubt-2"}), "DoubtLapsed: doubt_id"
    ),
    "a lapse for want of a correction": differs(
        *(ObjectionLapsed, 0, {"because": "uncorrected"}), "ObjectionLapsed: because"
    ),
}
MONEY = {
    "a recipient of another agency": refused(
        *(RecipientsNamed, 2, {"recipients.0.recipient_id": "hss-disdag"}),
        "An agency or region receives only what its own innovation wins.",
    ),
    "a person taxed as an agency": refused(
        *(RecipientsNamed, 1, {"recipients.0.taxed_as": "agency"}),
        "A person is not taxed as agency.",
    ),
    "parts that were agreed otherwise": Forgery(
        *(RecipientsNamed, 0, {"recipients.0.parts": 2}),
        *("differs", "Terbaik, Rp 2000000 to inov-3, goes to somebody who is not named for it."),
        MoneyAllocated,
    ),
    "money for somebody who was not named": differs(
        *(MoneyAllocated, 4, {"recipient.recipient_id": "payee-x"}),
        "Terbaik, Rp 6000000 to inov-4, goes to somebody who is not named for it.",
    ),
    "a tax one rupiah off": differs(
        *(MoneyAllocated, 4, {"tax_rupiah": 300_001, "net_rupiah": 5_699_999}),
        "MoneyAllocated: tax_rupiah of Terbaik to inov-4",
    ),
    "a share over the cap": differs(
        *(
            MoneyAllocated,
            1,
            {"amount_rupiah": 4_000_000, "net_rupiah": 4_000_000, "uncapped_rupiah": None},
        ),
        "MoneyAllocated: amount_rupiah of Juara II to inov-2",
    ),
    "a cap that nobody is told of": differs(
        *(MoneyAllocated, 1, {"uncapped_rupiah": None}),
        "MoneyAllocated: uncapped_rupiah of Juara II to inov-2",
    ),
    "the second prize beside a promoted tie": differs(
        *(MoneyAllocated, 4, {"label": "Kedua", "rank": 2}),
        "Kedua, Rp 6000000 to inov-4, is not what the results owe.",
    ),
    "a pool one rupiah off": differs(
        *(MoneyAllocated, 10, {"amount_rupiah": 200_001, "net_rupiah": 190_001}),
        "MoneyAllocated: amount_rupiah of Hadiah bersama to inov-4",
    ),
    "a gift in kind left out": differs(
        *(MoneyAllocated, 0, {"in_kind": ""}), "MoneyAllocated: in_kind of Juara I to inov-1"
    ),
    "money of a table that nobody knows": Forgery(
        *(MoneyAllocated, 4, {"tax_digest": "c" * 64}),
        *("edition", "The table of taxes 2024-r1 of this build is not the one that was used."),
    ),
    "money of a person taxed by no table": differs(
        *(MoneyAllocated, 4, {"tax_table": None, "tax_digest": None}),
        "MoneyAllocated: tax_table of Terbaik to inov-4",
    ),
    "a table of another content": Forgery(
        *(TaxTableAdopted, 0, {"table_digest": "c" * 64}),
        *("edition", "The table of taxes 2024-r1 of this build is not the one that was used."),
    ),
    "a table that holds longer": differs(
        *(TaxTableAdopted, 0, {"valid_from": "2020-01-01"}), "TaxTableAdopted: valid_from"
    ),
    "a table confirmed by who adopted it": conflict(
        *(TaxTableConfirmed, 0, {"by": "chair-1"}),
        "chair-1 adopted the table of taxes and confirmed it.",
    ),
    "an approval by who allocated": conflict(
        *(AllocationApproved, 0, {"by": "chair-1"}), "chair-1 allocated the money and approved it."
    ),
    "an approval by who receives it": conflict(
        *(AllocationApproved, 4, {"by": "payee-c"}), "payee-c approved money for themselves."
    ),
    "an approval by the agency that receives it": conflict(
        *(AllocationApproved, 0, {"by_agency": "hss-dinkes"}),
        "leader-1 approved money of their own agency hss-dinkes, or one below it.",
    ),
    "a payment of another year": refused(
        *(AllocationPaid, 0, {"paid_on": "2025-12-31"}),
        "The fund pays within its fiscal year only.",
    ),
    "a return before the payment": refused(
        *(AllocationReturned, 0, {"returned_on": "2026-01-01"}),
        "Money does not come back before it went out.",
    ),
    "a return that frees more": differs(
        *(AllocationReturned, 0, {"amount_rupiah": 6_000_000}),
        "AllocationReturned: amount_rupiah",
    ),
    "a running total that hides a return": differs(
        *(AllocationReturned, 0, {"allocated_rupiah": 19_000_000}),
        "AllocationReturned: allocated_rupiah",
    ),
}
ELSEWHERE = "https://inda.test/verify/elsewhere"
PAPERS = {
    "a document of older results": refused(
        *(DocumentIssued, 1, {"version": 1}), "A document is made of the newest results."
    ),
    "an annex before the decree": differs(
        *(DocumentIssued, 0, {"kind": "decree_annex", "template": f"decree_annex.pdf@{'a' * 64}"}),
        "There is no decree_annex before the results are determined.",
    ),
    "a document of another kind than its template": differs(
        *(DocumentIssued, 2, {"kind": "minutes"}), "The template is not one of this kind."
    ),
    "minutes that name people": differs(
        *(DocumentIssued, 0, {"has_names": True}),
        "A document of the kind minutes names nobody.",
    ),
    "a certificate for who won nothing": differs(
        *(DocumentIssued, 3, {"about": COPIED}), "inov-5 has no place in the results."
    ),
    "a certificate about nobody": differs(
        *(DocumentIssued, 3, {"about": None}),
        "Exactly a certificate and a tax slip are about a single one.",
    ),
    "a tax slip where nothing was withheld": differs(
        *(DocumentIssued, 4, {"about": "again-2"}),
        "Nothing was withheld of an allocation again-2.",
    ),
    "an address that verifies another document": differs(
        *(DocumentIssued, 5, {"verify_url": ELSEWHERE}),
        "The address to verify it leads to another document.",
    ),
}
FORGERIES: dict[str, Forgery] = {**COURSE, **DISPUTES, **MONEY, **PAPERS}
