"""The rules of a competition: categories, rounds, prizes and pools, and how it comes to an end.

A field that is added here has a default that means what was so before it, and keeps it for ever:
the digest of announced rules leaves defaults out.
"""

from datetime import date
from typing import Literal

from shared.events.base import Code, Key, PersonId, Rupiah, Score, Value
from shared.events.scoring import Criterion, PanelRule
from shared.events.scoring.panel import AS_USUAL
from shared.events.submission import AgencyKind

RoundKind = Literal["administrative", "proposal", "presentation", "field"]
RecipientKind = Literal["person", "team", "agency", "village", "body", "region"]
TieBreak = Literal["last_round", "first_criterion", "verified_maturity", "evidence_acceptance"]
Ties = Literal["vote", "split", "promote"]


class RoundRule(Value):
    """One round. `maturity` takes the verified maturity (of 111) as a score of 100; `panel` asks
    judges. The best `advance` entries go on (None: all of them); `weight` is the round's share,
    in parts of the sum of the weights, of the final score.
    """

    code: Code
    name: str
    scored_by: Literal["maturity", "panel"]
    weight: int
    advance: int | None = None
    pass_mark: Score | None = None
    criteria: tuple[Criterion, ...] = ()
    judges: tuple[PersonId, ...] = ()
    kind: RoundKind | None = None
    panel: PanelRule = AS_USUAL


class Prize(Value):
    """What a rank receives, from one fund. Several prizes may name the same rank.

    `to` says who: the entry at `rank`; every finalist (all that are ranked); or the finalists whose
    rank no prize names. `rank` is 0 for the latter two. A `net` amount is what the recipient keeps:
    the organiser bears the tax on top of it (gross-up).
    """

    rank: int
    label: str
    fund_id: Code
    amount_rupiah: Rupiah
    in_kind: str = ""
    to: Literal["rank", "finalists", "other_finalists"] = "rank"
    amount_is: Literal["gross", "net"] = "gross"


class Pool(Value):
    """A sum that the places 1 to `to_rank` share: by fixed parts a rank, or by their final score.

    `shares` are the parts of the ranks 1, 2, ...; they are there for `shares` only. Where fewer
    places are taken, those that are there share the whole sum.
    """

    label: str
    fund_id: Code
    amount_rupiah: Rupiah
    by: Literal["shares", "index"]
    to_rank: int
    shares: tuple[int, ...] = ()


class PastWinnerRule(Value):
    """Who won before does not enter again: rank `up_to_rank` or better in one of `competitions`.

    With `lineage`, later editions of a winning innovation are out too.
    """

    competitions: tuple[Code, ...]
    up_to_rank: int
    lineage: bool = True


class CategoryRule(Value):
    """A category and who enters it by rule: all that every condition here allows.

    An empty condition asks for nothing. `within` and `without` are agencies in the tree, with all
    below them; `by_hand_only` invites nobody. The weights of the rounds add up to `rounds_total`.
    `recipient` is who receives what the category's prizes and pools give.
    """

    code: Code
    name: str
    within: Code
    initiators: tuple[str, ...]
    minimum_maturity: Score
    rounds: tuple[RoundRule, ...]
    prizes: tuple[Prize, ...]
    without: tuple[Code, ...] = ()
    regions: tuple[Code, ...] = ()
    agency_kinds: tuple[AgencyKind, ...] = ()
    classifications: tuple[str, ...] = ()
    change_projects: tuple[str, ...] = ()
    by_hand_only: bool = False
    rounds_total: int = 100
    pools: tuple[Pool, ...] = ()
    recipient: RecipientKind = "agency"
    past_winners: PastWinnerRule | None = None


class CompetitionRules(Value):
    """Frozen by digest when announced. Ties go through `tie_breaks` in order, then by `ties`.

    `ties`: a vote of the committee; or, for money only, the tied share the sum of their places'
    prizes (`split`), or all receive the highest of them (`promote`).

    The objection window lasts `objection_days` days: whole days of 24 hours, or with
    `working_days` until the end (WITA) of that many days which are neither Saturday, Sunday nor
    in `holidays`. The same holds for the public test (uji publik) of `public_test_days`; 0 is none.
    An objection or a doubt that nobody answers within `decision_days` after its window lapses;
    None: it never does. `minutes_signatures` people sign each version of the results before it may
    be objected to or determined. `fiscal_year` is the one that all funds must be of; None: any.
    No recipient gets more than `cap_per_recipient_rupiah` of the competition; None: no cap.
    """

    categories: tuple[CategoryRule, ...]
    tie_breaks: tuple[TieBreak, ...]
    objection_days: int
    objection_calendar: Literal["calendar_days", "working_days"] = "calendar_days"
    holidays: tuple[date, ...] = ()
    public_test_days: int = 0
    decision_days: int | None = None
    minutes_signatures: int = 0
    ties: Ties = "vote"
    fiscal_year: int | None = None
    cap_per_recipient_rupiah: Rupiah | None = None


class RoundScore(Value):
    """An entry's score in a round, 0..100, and whether it went on from there."""

    round: Code
    innovation_id: Key
    score: Score
    advanced: bool


class RankedEntry(Value):
    """A place in the results. `rank` is shared only by a tie that no rule and no vote resolved."""

    innovation_id: Key
    category: Code
    rank: int
    final_score: Score
    round_scores: tuple[RoundScore, ...]
    tie_break: str | None
