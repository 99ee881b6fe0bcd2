"""What can be told of an issued document without making it again. Pure.

The audit does not lay papers out: that a document without names comes out byte for byte is what
awards proves when it makes it again. Checked is that it rests on the newest results (its version),
that there could be a paper of this kind then, about whom it says, and that template and address are
those of this very kind and document; file and content are bound by their digests in the fact.
"""

import re
from dataclasses import dataclass

from services.audit.domain.world import World
from services.awards.domain.competition import State
from services.awards.domain.competition.questions import results_of
from services.awards.domain.competition.states import Determined, Published
from services.awards.domain.fund.states import Fund
from services.awards.domain.rules import asked_of
from shared.events.awards import FUND, CompetitionRules, DocumentIssued, MoneyAllocated

BY_DECREE = frozenset({"decree_annex", "certificate", "payment_list", "tax_slip"})
NAMELESS = frozenset({"minutes", "decree_annex", "spd_12_evidence"})
ABOUT_ONE = frozenset({"certificate", "tax_slip"})
TEMPLATE = re.compile(r"(?P<kind>[a-z0-9_]+)\.(pdf|xlsx)@[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PaperFault:
    what: str
    expected: str = ""
    found: str = ""


def paper_fault(fact: DocumentIssued, before: State, world: World) -> PaperFault | None:
    """Why there could be no such document; None where nothing speaks against it."""
    return _made_fault(fact) or _told_fault(fact, before, world)


def _made_fault(fact: DocumentIssued) -> PaperFault | None:
    template = TEMPLATE.fullmatch(fact.template)
    if template is None or template["kind"] != fact.kind:
        return PaperFault("The template is not one of this kind.", fact.kind, fact.template)
    if fact.verify_url.rpartition("/")[2] != fact.document_id:
        what = "The address to verify it leads to another document."
        return PaperFault(what, fact.document_id, fact.verify_url)
    if fact.has_names and fact.kind in NAMELESS:
        return PaperFault(f"A document of the kind {fact.kind} names nobody.")
    return None


def _told_fault(fact: DocumentIssued, before: State, world: World) -> PaperFault | None:
    if fact.kind in BY_DECREE and not isinstance(before, Determined | Published):
        return PaperFault(f"There is no {fact.kind} before the results are determined.")
    if (fact.about is not None) != (fact.kind in ABOUT_ONE):
        return PaperFault("Exactly a certificate and a tax slip are about a single one.")
    drafted = results_of(before)
    ranked = {each.innovation_id for each in drafted.ranking}
    if fact.kind == "certificate" and fact.about not in ranked:
        return PaperFault(f"{fact.about} has no place in the results.")
    if fact.kind == "tax_slip" and not _is_taxed(fact, drafted.judged.rules, world):
        return PaperFault(f"Nothing was withheld of an allocation {fact.about}.")
    return None


def _is_taxed(fact: DocumentIssued, rules: CompetitionRules, world: World) -> bool:
    """Whether it was ever set aside; that it is reversed may cross with the slip."""
    found = (_money(fund_id, fact.about or "", world) for fund_id in asked_of(rules))
    return any(
        money.competition_id == fact.competition_id and money.tax_rupiah > 0
        for money in found
        if money is not None
    )


def _money(fund_id: str, allocation_id: str, world: World) -> MoneyAllocated | None:
    known = world.standings.get(FUND.subject(fund_id))
    if known is None or not isinstance(known.state, Fund):
        return None
    allocation = known.state.allocations.get(allocation_id)
    return None if allocation is None else allocation.money
