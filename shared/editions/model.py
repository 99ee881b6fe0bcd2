"""The instrument of one year as closed, frozen data. What it must add up to is in checks.py."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.editions.errors import UnpublishedConstant

Text = Annotated[str, StringConstraints(min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
SourceKey = Annotated[str, StringConstraints(pattern=r"^S-[0-9]{2}(/sec)?$")]
Sources = Annotated[tuple[SourceKey, ...], Field(min_length=1)]
Weight = Annotated[Decimal, Field(gt=0, le=100)]
LevelTexts = tuple[Text, Text, Text]
CountRange = tuple[int, int | None]
BandId = Literal["sangat_inovatif", "inovatif", "kurang_inovatif", "tidak_dapat_dinilai"]
Shape = Literal["letter", "media", "video"]
FileType = Literal["pdf", "jpg", "png", "mp4", "link"]
AffairGroup = Literal["basic_service", "other_mandatory", "optional", "supporting_function"]
T = TypeVar("T")


class Unpublished(Enum):
    """Stands where no known source gives a value; false, so that `if row.mandatory` holds back."""

    UNPUBLISHED = "unpublished"

    def __bool__(self) -> Literal[False]:
        return False


UNPUBLISHED: Final = Unpublished.UNPUBLISHED


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Totals(Part):
    """What the rows are declared to add up to; every load checks it."""

    sid_row_count: int
    sid_weight: Decimal
    sid_rows: Decimal
    spd_row_count: int
    spd: Decimal
    innovation_count: Decimal
    total: Decimal


class InnovationCount(Part):
    weight: Weight
    cap: Annotated[int, Field(ge=1)]


class Band(Part):
    """`minimum` is the lowest index, at two decimals, that still carries this band."""

    minimum: Decimal
    id: BandId


class Window(Part):
    """First and last day, both included, of the implementations that this year assesses."""

    first_day: date
    last_day: date
    rule: Text


class Outlook(Part):
    """What the instrument announces for a later year; no formula uses it."""

    year: int
    divisor_floor: int
    min_basic_service_affairs: int


class Term(Part):
    id: Identifier
    name_id: Text


class Affair(Term):
    group: AffairGroup


class Citation(Part):
    fact: Identifier
    source: Sources


class Reference(Part):
    key: SourceKey
    title: Text


class SpdRow(Part):
    """A row of the government aspect. `levels` are the texts of levels 1, 2 and 3."""

    code: Annotated[str, StringConstraints(pattern=r"^SPD-[0-9]{2}[ab]?$")]
    iid_no: Text
    name_id: Text
    weight: Weight
    mandatory: bool | Unpublished
    levels: LevelTexts | Unpublished
    bounds_overlap: bool = False
    source: Sources


class Basis(Part):
    """One way to show the benefit of an innovation (indicator 33); a level needs one of them."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
    name_en: Text
    unit: Identifier
    levels: LevelTexts
    evidence: tuple[Identifier, ...]


class SidRow(Part):
    """A row of the innovation aspect. `levels` and `count` are those of levels 1, 2 and 3."""

    code: Annotated[str, StringConstraints(pattern=r"^SID-[0-9]{2}$")]
    iid_no: int
    name_id: Text
    name_en: Text
    variable: Identifier
    weight: Weight
    mandatory: bool | Unpublished
    shape: Shape
    files: Annotated[tuple[FileType, ...], Field(min_length=1)]
    levels: LevelTexts
    count: tuple[CountRange, CountRange, CountRange] | None = None
    unit: Identifier | None = None
    methods: tuple[Identifier, ...] = ()
    subtypes: tuple[Identifier, ...] = ()
    substances: tuple[Identifier, ...] = ()
    bases: tuple[Basis, ...] = ()
    evidence: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    rules: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")], ...]
    source: Sources
    note: Text | None = None


class Edition(Part):
    """One revision of one year's instrument.

    `digest` is the SHA-256 (hex) of the RFC 8785 JSON of the file's data, without the digest.
    """

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    id: Text
    year: Annotated[int, Field(ge=2018, le=2100)]
    revision: Annotated[int, Field(ge=1)]
    basis: Text
    totals: Totals
    divisor_floor: Annotated[int, Field(ge=1)] | Unpublished
    min_basic_service_affairs: Annotated[int, Field(ge=0)] | Unpublished
    innovation_count: InnovationCount
    bands: Annotated[tuple[Band, ...], Field(min_length=1)] | Unpublished
    window: Window
    design_narrative_min_words: Annotated[int, Field(ge=1)] | Unpublished
    prognosis: tuple[Outlook, ...] = ()
    forms: tuple[Term, ...]
    kinds: tuple[Term, ...]
    stages: tuple[Term, ...]
    initiators: tuple[Term, ...]
    classifications: tuple[Term, ...] | Unpublished
    themes: tuple[Term, ...] | Unpublished
    asta_cita: tuple[Text, ...] | Unpublished
    spd_variables: tuple[Identifier, ...] | Unpublished
    sid_variables: tuple[Identifier, ...] | Unpublished
    basic_service_affairs: tuple[Identifier, ...]
    affairs: tuple[Affair, ...]
    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    spd: tuple[SpdRow, ...] | Unpublished
    sid_rows: Annotated[tuple[SidRow, ...] | Unpublished, Field(alias="sid")]

    @property
    def sid(self) -> tuple[SidRow, ...]:
        """The rows of the innovation aspect. Raises `UnpublishedConstant` where there are none."""
        return published(self.sid_rows, "sid_rows", self)

    def sid_row(self, code: str) -> SidRow | None:
        return next((row for row in self.sid if row.code == code), None)


def ids(terms: Iterable[Term]) -> frozenset[str]:
    return frozenset(term.id for term in terms)


def lacking(edition: Edition) -> tuple[str, ...]:
    """The names of what it does not publish and nothing can be assessed without."""
    return ("sid_rows",) if isinstance(edition.sid_rows, Unpublished) else ()


def published(value: T | Unpublished, name: str, edition: Edition) -> T:
    """The value, or `UnpublishedConstant` naming it."""
    if isinstance(value, Unpublished):
        raise UnpublishedConstant(name, edition.id)
    return value
