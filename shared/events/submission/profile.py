"""The profile of an innovation (profil inovasi), as the national form asks for it."""

from datetime import date
from typing import Literal

from shared.events.base import Rupiah, Score, Value

Stage = Literal["initiative", "trial", "implementation"]
ChangeProject = Literal["pka", "pkp"]
"""Leadership training whose change project the innovation is: administrators or supervisors."""

RightKind = Literal[
    "copyright",
    "patent",
    "simple_patent",
    "trademark",
    "industrial_design",
    "plant_variety",
    "communal",
    "other",
]


class IntellectualProperty(Value):
    """A registered or applied-for right (HAKI) in the innovation."""

    kind: RightKind
    number: str
    registered_on: date | None = None


class Profile(Value):
    """The innovation's profile. Empty means not filled in yet.

    Dates of trial, implementation and development are calendar days in the region. Affairs,
    form, kind, theme, initiator, classification and priority goals (asta cita) are ids of the
    season's edition. Names and contacts of people are never here: the history cannot forget.
    """

    title: str
    stage: Stage | None = None
    initiator: str | None = None
    kind: str | None = None
    form: str | None = None
    theme: str | None = None
    main_affair: str | None = None
    related_affairs: tuple[str, ...] = ()
    trial_on: date | None = None
    implemented_on: date | None = None
    developed_on: date | None = None
    development_note: str = ""
    design_narrative: str = ""
    purpose: str = ""
    benefit: str = ""
    result: str = ""
    latitude: Score | None = None
    longitude: Score | None = None
    budget_rupiah: Rupiah | None = None
    source: str = ""
    sample_fields: tuple[str, ...] = ()
    classification: str | None = None
    change_project: ChangeProject | None = None
    priority_goals: tuple[str, ...] = ()
    priority_program: str = ""
    collaborators: tuple[str, ...] = ()
    intellectual_property: tuple[IntellectualProperty, ...] = ()
