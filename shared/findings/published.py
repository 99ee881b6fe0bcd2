"""The published rules: what a submission is refused for. The domain asks these same functions.

Sources: domain section 4 (profile, window, 300 words, two editions in a lineage). What is not
published blocks nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from shared.editions import Edition, Unpublished, in_window, word_count
from shared.events.submission import Profile
from shared.findings.case import Case, Endorsement, label
from shared.findings.model import Hit, Rule

REQUIRED_CHOICES: Final = ("stage", "initiator", "kind", "form", "main_affair")
REQUIRED_TEXTS: Final = ("purpose", "benefit", "result")
MOST_EARLIER_EDITIONS: Final = 1
FORM: Final = "National form: required fields (S-09, S-39/sec)"
HEAD: Final = "Season: endorsement by the agency's head"
WINDOW: Final = "Edition: window of implementation or development (S-01/sec, S-19, S-23)"


def missing_fields(profile: Profile) -> tuple[str, ...]:
    """Required fields without a value, in the order of the form."""
    choices = [name for name in REQUIRED_CHOICES if getattr(profile, name) is None]
    texts = [name for name in REQUIRED_TEXTS if not getattr(profile, name).strip()]
    return (*choices, *texts)


def missing_words(profile: Profile, edition: Edition) -> int:
    """How many words the design narrative still needs."""
    needed = edition.design_narrative_min_words
    if isinstance(needed, Unpublished):
        return 0
    return max(0, needed - word_count(profile.design_narrative))


def are_dates_in_order(profile: Profile) -> bool:
    """Trial, implementation, development; one that is not known is left out."""
    dates = (profile.trial_on, profile.implemented_on, profile.developed_on)
    known = [day for day in dates if day is not None]
    return known == sorted(known)


def missing_for_window(profile: Profile, edition: Edition) -> str | None:
    """What keeps an implemented innovation from being assessed in this year, as a code."""
    if profile.stage != "implementation":
        return None
    if profile.implemented_on is None:
        return "implemented_on"
    if not in_window(edition, profile.implemented_on, profile.developed_on):
        return "outside_window"
    is_developed = not in_window(edition, profile.implemented_on, None)
    if is_developed and not profile.development_note.strip():
        return "development_note"
    return None


def is_development_unexplained(profile: Profile, edition: Edition, *, developed: bool) -> bool:
    """Who counts for a development, or develops an earlier edition, says what is new in it."""
    if missing_for_window(profile, edition) == "development_note":
        return True
    return developed and not profile.development_note.strip()


def missing_for_submission(
    profile: Profile, edition: Edition, *, developed: bool = False
) -> tuple[str, ...]:
    """What the published rules still ask of a profile, as codes, in the order of the form.

    One that is `developed` from an earlier edition says what is new in it.
    """
    missing = [*missing_fields(profile)]
    if missing_words(profile, edition):
        missing.append("design_narrative_too_short")
    if not are_dates_in_order(profile):
        missing.append("dates_out_of_order")
    window = missing_for_window(profile, edition)
    if window is not None and window != "development_note":
        missing.append(window)
    if is_development_unexplained(profile, edition, developed=developed):
        missing.append("development_note")
    return tuple(missing)


def _field_missing(case: Case) -> Iterator[Hit]:
    for name in missing_fields(case.profile):
        yield Hit(field=name)
    if missing_for_window(case.profile, case.edition) == "implemented_on":
        yield Hit(field="implemented_on")


def _too_short(case: Case) -> Iterator[Hit]:
    lacking = missing_words(case.profile, case.edition)
    if lacking:
        found = word_count(case.profile.design_narrative)
        params = {"found": found, "needed": found + lacking, "lacking": lacking}
        yield Hit(field="design_narrative", params=params)


def _out_of_order(case: Case) -> Iterator[Hit]:
    if not are_dates_in_order(case.profile):
        yield Hit(field="implemented_on")


def _outside_window(case: Case) -> Iterator[Hit]:
    if missing_for_window(case.profile, case.edition) == "outside_window":
        days = case.edition.window
        params = {"first_day": days.first_day, "last_day": days.last_day, "year": case.year}
        yield Hit(field="implemented_on", params=params)


def _development_note(case: Case) -> Iterator[Hit]:
    developed = bool(case.lineage)
    if is_development_unexplained(case.profile, case.edition, developed=developed):
        yield Hit(field="development_note")


def _lineage_full(case: Case) -> Iterator[Hit]:
    if len(case.lineage) > MOST_EARLIER_EDITIONS:
        yield Hit(params={"editions": len(case.lineage) + 1})


def _season_closed(case: Case) -> Iterable[Hit]:
    return () if case.handover is None or case.handover.is_season_open else (Hit(),)


def _deadline_passed(case: Case) -> Iterable[Hit]:
    handover = case.handover
    if handover is None or handover.at <= handover.deadline:
        return ()
    return (Hit(params={"deadline": handover.deadline}),)


def _evidence_pending(case: Case) -> Iterable[Hit]:
    if case.handover is None or case.handover.grace_minutes > 0:
        return ()
    return tuple(
        Hit(evidence_id=item.evidence_id, params={"file": label(item)}) for item in case.pending
    )


def _endorsement(found: Endorsement) -> Callable[[Case], Iterable[Hit]]:
    """A check for an endorsement that is asked for and is in this state."""

    def check(case: Case) -> Iterable[Hit]:
        handover = case.handover
        if handover is None or not handover.is_endorsement_required:
            return ()
        return (Hit(),) if handover.endorsement == found else ()

    return check


PUBLISHED: Final = (
    Rule("season_closed", "blocks", "Season: closed by the admin", _season_closed),
    Rule("deadline_passed", "blocks", "Season: deadline", _deadline_passed),
    Rule("field_missing", "blocks", FORM, _field_missing),
    Rule("design_narrative_too_short", "blocks", "Edition: S-39/sec, S-29, S-38", _too_short),
    Rule("dates_out_of_order", "blocks", "National form: order of dates", _out_of_order),
    Rule("outside_window", "blocks", WINDOW, _outside_window),
    Rule("development_note_missing", "blocks", "Edition: development (S-04)", _development_note),
    Rule("lineage_full", "blocks", "Practice: at most twice (S-33)", _lineage_full),
    Rule("evidence_pending", "blocks", "Season: no grace for files", _evidence_pending),
    Rule("endorsement_missing", "blocks", HEAD, _endorsement("missing")),
    Rule("endorsement_lapsed", "blocks", HEAD, _endorsement("lapsed")),
)
