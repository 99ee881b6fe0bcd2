"""Who enters a competition, and whom a tie of interest keeps from deciding on an entry. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from services.awards.domain.known import PastWin
from shared.editions.numbers import two_decimals
from shared.events.awards import CategoryRule, CompetitionRules, Entry
from shared.events.scoring import InnovationScored, ScoredRow


class Person(Protocol):
    """Somebody who decides, as their token says."""

    @property
    def by(self) -> str: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def agency_path(self) -> tuple[str, ...]: ...


def is_tied(person: Person, entry: Entry) -> bool:
    """Drafted it, or belongs to its agency, to one above it or to one below it."""
    is_above_or_own = person.agency is not None and person.agency in entry.agency_path
    is_below = entry.agency_id in person.agency_path
    return is_above_or_own or is_below or person.by in entry.drafters


def category_for(
    rules: CompetitionRules, scored: InnovationScored, past_wins: Sequence[PastWin] = ()
) -> CategoryRule | None:
    """The first category, in the order of the rules, whose rule the innovation meets.

    An innovation stands in one category of a competition only. Training seasons enter none.
    """
    if scored.training:
        return None
    return next((each for each in rules.categories if not unmet(each, scored, past_wins)), None)


def unmet(
    category: CategoryRule, scored: InnovationScored, past_wins: Sequence[PastWin] = ()
) -> tuple[str, ...]:
    """The names of the category's conditions that the innovation does not meet, in their order."""
    found = {
        "by_hand_only": category.by_hand_only,
        "within": category.within not in scored.agency_path,
        "without": any(each in scored.agency_path for each in category.without),
        "regions": _is_missed(category.regions, scored.region_id),
        "agency_kinds": _is_missed(category.agency_kinds, scored.agency_kind),
        "initiators": _is_missed(category.initiators, scored.initiator),
        "classifications": _is_missed(category.classifications, scored.classification),
        "change_projects": _is_missed(category.change_projects, scored.change_project),
        "minimum_maturity": scored.verified_maturity < category.minimum_maturity,
        "past_winners": is_past_winner(category, scored, past_wins),
    }
    return tuple(name for name, is_unmet in found.items() if is_unmet)


def _is_missed(invited: Sequence[str], found: str | None) -> bool:
    return bool(invited) and found not in invited


def is_past_winner(
    category: CategoryRule, scored: InnovationScored, past_wins: Sequence[PastWin]
) -> bool:
    """Won before, itself or (with `lineage`) in an earlier edition, where the rule looks."""
    rule = category.past_winners
    if rule is None:
        return False
    mine = {scored.innovation_id, *(scored.lineage if rule.lineage else ())}
    return any(
        win.competition_id in rule.competitions
        and win.rank <= rule.up_to_rank
        and win.innovation_id in mine
        for win in past_wins
    )


def entry_of(scored: InnovationScored, category: str) -> Entry:
    """The scorecard as an entry of the category."""
    return Entry(
        innovation_id=scored.innovation_id,
        category=category,
        title=scored.title,
        agency_id=scored.agency_id,
        agency_path=scored.agency_path,
        drafters=scored.drafters,
        deciders=scored.deciders,
        scorecard_number=scored.number,
        verified_maturity=scored.verified_maturity,
        evidence_acceptance=evidence_acceptance(scored.rows),
        region_id=scored.region_id,
        agency_kind=scored.agency_kind,
        lineage=scored.lineage,
    )


def evidence_acceptance(rows: Sequence[ScoredRow]) -> Decimal:
    """Of the indicators claimed, the share granted as claimed or higher: 0..100, two decimals.

    No source publishes a definition (domain, section 6.1); 0 where nothing was claimed.
    """
    claimed = [row for row in rows if row.claimed_level > 0]
    if not claimed:
        return Decimal("0.00")
    accepted = sum(row.granted_level >= row.claimed_level for row in claimed)
    return two_decimals(Decimal(accepted * 100), len(claimed))


def granted_level(scored: InnovationScored, indicator: str) -> int:
    """The level that stands verified for an indicator; 0 where there is no row."""
    return next((row.granted_level for row in scored.rows if row.indicator == indicator), 0)
