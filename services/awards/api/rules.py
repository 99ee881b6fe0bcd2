"""The rules of a competition as they are sent: bounded, and without a field that nobody knows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from services.awards.api.calendar import holidays_around
from services.awards.api.reading import Name
from shared.events.awards import CompetitionRules, RecipientKind, RoundKind, TieBreak, Ties
from shared.events.base import Code, PersonId, Rupiah
from shared.events.submission import AgencyKind
from shared.http import Body

Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=4)]
Weight = Annotated[int, Field(ge=0, le=10_000)]
Total = Annotated[int, Field(ge=1, le=1_000_000)]
Rank = Annotated[int, Field(ge=1, le=1000)]
Days = Annotated[int, Field(ge=1, le=90)]
Codes = Annotated[tuple[Code, ...], Field(max_length=200)]
Names = Annotated[tuple[Name, ...], Field(max_length=50)]
Holidays = Annotated[tuple[date, ...], Field(max_length=400)]


class CriterionBody(Body):
    code: Code
    name: Name
    weight: Weight
    scale: Annotated[int, Field(ge=1, le=1000)]


class PanelBody(Body):
    """How the scores of one entry become one; see the panel's rule."""

    combine: Literal["mean", "median", "trimmed_mean"] = "mean"
    third_reading_above: Points | None = None
    reserve_judges: Annotated[tuple[PersonId, ...], Field(max_length=50)] = ()
    official: Literal["raw", "severity_adjusted"] = "raw"
    minimum_sample: Annotated[int, Field(ge=1, le=1000)] = 5
    criteria_total: Total = 100


class RoundBody(Body):
    """`criteria` and `judges` are asked for where `scored_by` is `panel`."""

    code: Code
    name: Name
    scored_by: Literal["maturity", "panel"]
    weight: Weight
    advance: Annotated[int, Field(ge=1, le=100_000)] | None = None
    pass_mark: Points | None = None
    criteria: Annotated[tuple[CriterionBody, ...], Field(max_length=50)] = ()
    judges: Annotated[tuple[PersonId, ...], Field(max_length=50)] = ()
    kind: RoundKind | None = None
    panel: PanelBody = PanelBody()


class PrizeBody(Body):
    """`rank` is 0 where `to` is not `rank`; a `net` amount is what the recipient keeps."""

    rank: Annotated[int, Field(ge=0, le=1000)] = 0
    label: Name
    fund_id: Code
    amount_rupiah: Rupiah
    in_kind: Annotated[str, Field(max_length=200)] = ""
    to: Literal["rank", "finalists", "other_finalists"] = "rank"
    amount_is: Literal["gross", "net"] = "gross"


class PoolBody(Body):
    label: Name
    fund_id: Code
    amount_rupiah: Rupiah
    by: Literal["shares", "index"]
    to_rank: Rank
    shares: Annotated[tuple[Total, ...], Field(max_length=1000)] = ()


class PastWinnerBody(Body):
    competitions: Annotated[tuple[Code, ...], Field(min_length=1, max_length=50)]
    up_to_rank: Rank
    lineage: bool = True


class CategoryBody(Body):
    """Agencies in the tree at or below `within` enter; an empty condition asks for nothing."""

    code: Code
    name: Name
    within: Code
    initiators: Names = ()
    minimum_maturity: Points = Decimal(0)
    rounds: Annotated[tuple[RoundBody, ...], Field(max_length=20)]
    prizes: Annotated[tuple[PrizeBody, ...], Field(max_length=200)] = ()
    without: Codes = ()
    regions: Codes = ()
    agency_kinds: Annotated[tuple[AgencyKind, ...], Field(max_length=20)] = ()
    classifications: Names = ()
    change_projects: Names = ()
    by_hand_only: bool = False
    rounds_total: Total = 100
    pools: Annotated[tuple[PoolBody, ...], Field(max_length=50)] = ()
    recipient: RecipientKind = "agency"
    past_winners: PastWinnerBody | None = None


class RulesBody(Body):
    """Windows count working days unless `objection_calendar` says otherwise.

    Where `holidays` is left out they are the national ones of this year and the next;
    `extra_holidays` adds to either (cuti bersama, local holidays).
    """

    categories: Annotated[tuple[CategoryBody, ...], Field(max_length=50)]
    tie_breaks: Annotated[tuple[TieBreak, ...], Field(max_length=10)]
    objection_days: Days
    objection_calendar: Literal["calendar_days", "working_days"] = "working_days"
    holidays: Holidays | None = None
    extra_holidays: Holidays = ()
    public_test_days: Annotated[int, Field(ge=0, le=90)] = 0
    decision_days: Annotated[int, Field(ge=1, le=365)] | None = 14
    minutes_signatures: Annotated[int, Field(ge=0, le=50)] = 1
    ties: Ties = "vote"
    fiscal_year: Annotated[int, Field(ge=2000, le=2200)] | None = None
    cap_per_recipient_rupiah: Annotated[Rupiah, Field(ge=1)] | None = None

    def rules(self, at: datetime) -> CompetitionRules:
        """The rules as they are frozen when they are announced at this moment."""
        told = self.model_dump(exclude={"holidays", "extra_holidays"})
        return CompetitionRules.model_validate({**told, "holidays": self._holidays(at)})

    def _holidays(self, at: datetime) -> tuple[date, ...]:
        """In order, each once; whole days of 24 hours know none."""
        if self.objection_calendar == "calendar_days":
            return ()
        base = holidays_around(at) if self.holidays is None else self.holidays
        return tuple(sorted({*base, *self.extra_holidays}))
