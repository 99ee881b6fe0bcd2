"""A table of taxes on prizes as closed, frozen data, with the sources of every rate."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from shared.editions.model import Part, Reference, Sources, Text
from shared.events.awards import TaxedAs

TableId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-r[1-9][0-9]*$")]
Percent = Annotated[Decimal, Field(ge=0, lt=100, max_digits=6)]


class Stated(Part):
    """`inferred` is what no known source states in full; the treasurer confirms it."""

    source: Sources
    inferred: bool


class Layer(Stated):
    """`percent` of what lies above the layer before and up to `up_to_rupiah`; None: all above."""

    up_to_rupiah: Annotated[int, Field(gt=0)] | None
    percent: Percent


class Ruled(Stated):
    """`rule` names the rule in English, `rule_id` in Indonesian, for papers."""

    taxed_as: TaxedAs
    rule: Text
    rule_id: Text


class Layers(Ruled):
    """Each part of the gross at the percentage of the layer that it falls in."""

    method: Literal["layers"]
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_gapless(self) -> "Layers":
        bounds = [layer.up_to_rupiah for layer in self.layers]
        inner = [bound for bound in bounds[:-1] if bound is not None]
        if bounds[-1] is not None or len(inner) < len(bounds) - 1:
            raise ValueError("only the last layer, and always it, is open")
        if any(below >= above for below, above in pairwise(inner)):
            raise ValueError("the layers do not rise")
        return self


class Flat(Ruled):
    """One percentage of the whole gross."""

    method: Literal["flat"]
    percent: Percent


class Merged(Ruled):
    """Taxed with the recipient's salary, by payroll; nothing is withheld from the prize."""

    method: Literal["merged"]


class Untaxed(Ruled):
    """No tax at all."""

    method: Literal["none"]


Treatment = Annotated[Layers | Flat | Merged | Untaxed, Field(discriminator="method")]
RECIPIENTS: frozenset[TaxedAs] = frozenset({"person", "body", "agency", "payroll"})


class TaxTable(Part):
    """How prizes are taxed from `valid_from` to `valid_to`, both days included; None: no end yet.

    `digest` is SHA-256 of exactly the bytes that were read.
    """

    id: TableId
    digest: str
    valid_from: date
    valid_to: date | None
    basis: Text
    recipients: tuple[Treatment, ...]
    references: tuple[Reference, ...]

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def treatment(self, taxed_as: TaxedAs) -> Treatment:
        return next(each for each in self.recipients if each.taxed_as == taxed_as)

    @model_validator(mode="after")
    def _is_whole(self) -> "TaxTable":
        if Counter(each.taxed_as for each in self.recipients) != Counter(RECIPIENTS):
            raise ValueError("it does not say exactly once how each kind of recipient is taxed")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("it ends before it begins")
        listed = {reference.key for reference in self.references}
        missing = sorted(set(self._cited()) - listed)
        if missing:
            raise ValueError(f"source {missing[0]} is cited but not listed")
        return self

    def _cited(self) -> list[str]:
        stated: list[Stated] = list(self.recipients)
        for each in self.recipients:
            if isinstance(each, Layers):
                stated += each.layers
        return [key for each in stated for key in each.source]
