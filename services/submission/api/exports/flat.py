"""Innovations as rows of the sheet that imports read, so that they can be imported again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.submission.api.imports import cells
from services.submission.api.imports.cells import Shown
from services.submission.api.imports.columns import (
    AGENCY,
    COLUMNS,
    EXPORTED,
    ID,
    basis_column,
    claim_columns,
    level_column,
    subtype_column,
)
from services.submission.api.imports.lists import Choice, choices
from services.submission.api.imports.sheets import TRAINING
from services.submission.projections.innovations import InnovationView
from shared.editions import Edition

LISTED = tuple({column.listed for column in COLUMNS if column.listed})


@dataclass(frozen=True, slots=True)
class Flat:
    """`editions` are those of the innovations, by id; their claims' columns stand side by side."""

    editions: Mapping[str, Edition]
    columns: tuple[str, ...] = field(init=False)
    _lists: dict[str, dict[str, tuple[Choice, ...] | None]] = field(init=False)

    def __post_init__(self) -> None:
        claims = [name for each in self.editions.values() for name in claim_columns(each)]
        profile = (column.name for column in COLUMNS)
        columns = (ID, AGENCY, *profile, *dict.fromkeys(claims), *EXPORTED)
        object.__setattr__(self, "columns", columns)
        lists = {
            key: {name: choices(name, each) for name in LISTED}
            for key, each in self.editions.items()
        }
        object.__setattr__(self, "_lists", lists)

    def row(self, view: InnovationView) -> list[Shown]:
        """In the order of `columns`."""
        found: dict[str, Shown] = {
            ID: view.innovation_id,
            AGENCY: view.agency_id,
            **self._profile(view),
            **self._claims(view),
            "musim": view.season_id,
            "keadaan": view.state,
            "latihan": TRAINING if view.training else None,
        }
        return [found.get(name) for name in self.columns]

    def _profile(self, view: InnovationView) -> dict[str, Shown]:
        lists = self._lists[view.edition_id]
        return {
            column.name: cells.show(
                column, getattr(view.profile, column.field), lists.get(column.listed)
            )
            for column in COLUMNS
        }

    def _claims(self, view: InnovationView) -> dict[str, Shown]:
        claims = {claim.indicator: claim for claim in view.claims}
        found: dict[str, Shown] = {}
        for row in self.editions[view.edition_id].sid:
            claim = claims.get(row.code)
            if claim is not None:
                found[level_column(row)] = claim.level
                found[basis_column(row)] = claim.basis if row.bases else None
                found[subtype_column(row)] = claim.subtype if row.subtypes else None
        return found
