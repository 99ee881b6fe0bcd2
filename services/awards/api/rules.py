"""The rules of a competition as they are sent: bounded, and without a field that nobody knows."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from services.awards.api.reading import Name
from shared.events.awards import CompetitionRules, TieBreak
from shared.events.base import Code, PersonId, Rupiah
from shared.http import Body

Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=4)]
Weight = Annotated[int, Field(ge=0, le=10_000)]


class CriterionBody(Body):
    code: Code
    name: Name
    weight: Weight
    scale: Annotated[int, Field(ge=1, le=1000)]


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


class PrizeBody(Body):
    rank: Annotated[int, Field(ge=1, le=1000)]
    label: Name
    fund_id: Code
    amount_rupiah: Rupiah
    in_kind: Annotated[str, Field(max_length=200)] = ""


class CategoryBody(Body):
    """Agencies in the tree at or below `within` enter; no `initiators` means all of them."""

    code: Code
    name: Name
    within: Code
    initiators: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    minimum_maturity: Points = Decimal(0)
    rounds: Annotated[tuple[RoundBody, ...], Field(max_length=20)]
    prizes: Annotated[tuple[PrizeBody, ...], Field(max_length=200)] = ()


class RulesBody(Body):
    categories: Annotated[tuple[CategoryBody, ...], Field(max_length=50)]
    tie_breaks: Annotated[tuple[TieBreak, ...], Field(max_length=10)]
    objection_days: Annotated[int, Field(ge=1, le=90)]

    def rules(self) -> CompetitionRules:
        return CompetitionRules.model_validate(self.model_dump())
