"""From a published row to the profile of a draft; what is made up is named. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from deploy.sample import narrative
from deploy.sample.agencies import Agency
from deploy.sample.chance import draw
from deploy.sample.narrative import About
from deploy.sample.rows import InnovationRow
from shared.editions import Edition, in_window
from shared.events.submission import Profile, Stage

# Planned: not applied yet, so it is collected and never counted.
EARLY_STAGES: dict[str, Stage] = {
    "PODKES": "trial",
    "Sinergi": "trial",
    "Juragan Sayur dan Buah": "initiative",
}
DIGITAL_WORDS = ("aplikasi", "sistem", "digital", "daring", "online", "qr")
MADE_UP = ("stage", "design_narrative", "purpose", "benefit", "result")
DEFAULTS = {"form": "pelayanan_publik", "initiator": "perangkat_daerah", "main_affair": "pmd"}


@dataclass(frozen=True, slots=True)
class Dates:
    """Days of the profile, and which of them are made up."""

    trial_on: date | None
    implemented_on: date | None
    developed_on: date | None
    made_up: tuple[str, ...]


def title_of(row: InnovationRow) -> str:
    return f"{row.name} ({row.acronym_meaning})" if row.acronym_meaning else row.name


def profile_of(row: InnovationRow, agency: Agency, edition: Edition) -> Profile:
    """The profile with everything that a submission asks for."""
    stage = EARLY_STAGES.get(row.name, "implementation")
    dates = _dates(row, stage, edition)
    chosen = _choices(row)
    about = about_of(row, agency, edition)
    note = narrative.development_note(about) if dates.developed_on else ""
    return Profile(
        title=title_of(row),
        stage=stage,
        initiator=chosen["initiator"],
        kind=chosen["kind"],
        form=chosen["form"],
        main_affair=chosen["main_affair"],
        trial_on=dates.trial_on,
        implemented_on=dates.implemented_on,
        developed_on=dates.developed_on,
        development_note=note,
        design_narrative=narrative.design_narrative(about),
        purpose=narrative.purpose(about),
        benefit=narrative.benefit(about),
        result=narrative.result(about),
        source=row.source,
        sample_fields=tuple(_sample_fields(row, dates)),
    )


def without_development(profile: Profile) -> Profile:
    """As an agency writes it that forgot to say how an old innovation was developed."""
    made_up = ("developed_on", "development_note")
    kept = tuple(name for name in profile.sample_fields if name not in made_up)
    changes = {"developed_on": None, "development_note": "", "sample_fields": kept}
    return profile.model_copy(update=changes)


def about_of(row: InnovationRow, agency: Agency, edition: Edition) -> About:
    chosen = _choices(row)
    affair = next(each for each in edition.affairs if each.id == chosen["main_affair"])
    return About(
        name=row.name,
        meaning=row.acronym_meaning,
        agency=agency.name,
        region=row.region,
        affair=affair.name_id.lower(),
        summary=row.summary,
        is_digital=chosen["kind"] == "digital",
    )


def _choices(row: InnovationRow) -> dict[str, str]:
    says_digital = any(word in row.summary.lower() for word in DIGITAL_WORDS)
    return {
        "form": row.form or DEFAULTS["form"],
        "initiator": row.initiator or DEFAULTS["initiator"],
        "main_affair": row.affair or DEFAULTS["main_affair"],
        "kind": row.kind or ("digital" if says_digital else "non_digital"),
    }


def _sample_fields(row: InnovationRow, dates: Dates) -> Iterator[str]:
    published = {
        "agency_id": row.agency,
        "main_affair": row.affair,
        "form": row.form,
        "kind": row.kind,
        "initiator": row.initiator,
    }
    yield from MADE_UP
    yield from (name for name, value in published.items() if not value)
    yield from dates.made_up


def _dates(row: InnovationRow, stage: Stage, edition: Edition) -> Dates:
    """Published days stay as they are; the trial, and a needed development, are made up."""
    days = edition.window
    if stage == "initiative":
        return Dates(None, None, None, ())
    if stage == "trial":
        return Dates(_some_day(days.first_day.year + 1, row.name), None, None, ("trial_on",))
    implemented, is_published = _implemented_on(row, edition)
    trial = implemented - timedelta(days=30 + draw(150, row.name, "trial"))
    made_up = ("trial_on",) if is_published else ("trial_on", "implemented_on")
    if in_window(edition, implemented, None):
        return Dates(trial, implemented, None, made_up)
    developed = _some_day(days.first_day.year, row.name)
    return Dates(trial, implemented, developed, (*made_up, "developed_on", "development_note"))


def _implemented_on(row: InnovationRow, edition: Edition) -> tuple[date, bool]:
    """The day, and whether it is published; of a published year the day is made up."""
    if len(row.implemented_on) > len("2025"):
        return date.fromisoformat(row.implemented_on), True
    if row.implemented_on:
        return _some_day(int(row.implemented_on), row.name), False
    years = (edition.window.first_day.year, edition.window.last_day.year)
    return _some_day(years[draw(2, row.name, "year")], row.name), False


def _some_day(year: int, name: str) -> date:
    return date(year, 1, 15) + timedelta(days=draw(320, name, "day"))
