"""Other prize tables held against the same results, before anything is signed. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from services.awards.domain.allocation import Results, lines
from services.awards.domain.competition.states import Drafted
from services.awards.domain.fund.commands import Line
from services.awards.domain.recipients import recipients_of
from services.awards.domain.rules import check_money
from shared.editions.taxes import TaxTable
from shared.errors import Refused
from shared.events.awards import CategoryRule, CompetitionRules, Entry, Recipient

Place = tuple[str, str]
"""Category and innovation."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What rules would give: the lines of each fund, or why there are none."""

    by_fund: Mapping[str, tuple[Line, ...]]
    refused: Refused | None = None

    def gross_of(self, fund_id: str) -> int:
        return sum(line.amount_rupiah for line in self.by_fund.get(fund_id, ()))

    def gross_by_place(self) -> Counter[Place]:
        """What every entry would win, over all funds."""
        found: Counter[Place] = Counter()
        for due in self.by_fund.values():
            for line in due:
                found[(line.category, line.innovation_id)] += line.amount_rupiah
        return found


def results_as_drafted(drafted: Drafted) -> tuple[Results, tuple[str, ...]]:
    """The results as they stand, and the innovations for which a recipient is only assumed.

    Where nobody is named yet, one recipient of the category's kind stands for them, so that the
    sums can be compared; taxes may be others once people are named.
    """
    judged = drafted.judged
    assumed = dict(_assumed(drafted))
    results = Results(
        competition_id=judged.announced.competition_id,
        version=drafted.version,
        rules=judged.rules,
        ranking=drafted.ranking,
        entries=judged.entries,
        recipients={**judged.recipients, **assumed},
    )
    return results, tuple(sorted(assumed))


def _assumed(drafted: Drafted) -> Iterator[tuple[str, tuple[Recipient, ...]]]:
    categories = {each.code: each for each in drafted.judged.rules.categories}
    for place in drafted.ranking:
        category = categories[place.category]
        entry = drafted.judged.entries[place.innovation_id]
        try:
            recipients_of(category, entry, drafted.judged.recipients)
        except Refused:
            yield place.innovation_id, (_standing_for(category, entry),)


def _standing_for(category: CategoryRule, entry: Entry) -> Recipient:
    match category.recipient:
        case "body":
            return Recipient(recipient_id=entry.innovation_id, kind="body", taxed_as="body")
        case "region":
            return Recipient(recipient_id=entry.innovation_id, kind="region", taxed_as="agency")
        case _:
            return Recipient(recipient_id=entry.innovation_id, kind="person", taxed_as="person")


def weigh(results: Results, rules: CompetitionRules, table: TaxTable | None) -> Weighed:
    """What these rules would give for the results; the refusal where they cannot be worked with."""
    try:
        check_money(rules)
        return Weighed(lines(replace(results, rules=rules), _without_id, table))
    except Refused as no:
        return Weighed({}, no)


def _without_id(category: str, rank: int, item: str, innovation: str, recipient: str) -> str:
    return ""
