"""Decisions on objections (sanggah): the window, filing, deciding, and the corrected entry.

An objection that nobody decided holds determination, and never for ever: anybody of the committee
or a leader who is not tied to the entry may decide it, also by dismissing it with a reason; and
where the rules set a time for it, it lapses.
"""

from dataclasses import replace

from services.awards.domain.calendar import closes_at
from services.awards.domain.competition.commands import (
    CorrectEntry,
    DecideObjection,
    FileObjection,
    OpenObjectionWindow,
)
from services.awards.domain.competition.minutes import require_signed
from services.awards.domain.competition.questions import drafted, entry_in, judged, objections_of
from services.awards.domain.competition.states import (
    Corrected,
    Drafted,
    Filed,
    Granted,
    Lapsed,
    Objection,
    State,
)
from services.awards.domain.competition.versions import next_version
from services.awards.domain.entries import entry_of, is_tied
from shared.errors import NotFound, Refused
from shared.events.awards import (
    CompetitionEvent,
    Entry,
    EntryCorrected,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionWindowOpened,
)

Command = OpenObjectionWindow | FileObjection | DecideObjection | CorrectEntry


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case OpenObjectionWindow():
            return open_window(command, state)
        case FileObjection():
            return file_objection(command, state)
        case DecideObjection():
            return decide_objection(command, state)
        case CorrectEntry():
            return correct_entry(command, state)


def open_window(command: OpenObjectionWindow, state: State) -> list[CompetitionEvent]:
    state = drafted(state)
    if state.window is not None and state.window.version == command.version:
        return []
    if command.version != state.version:
        raise Refused(
            "version_not_current",
            "Objections are invited to the newest version of the results.",
            current=state.version,
        )
    if state.window is not None and command.at < state.window.closes_at:
        raise Refused("window_open", "Objections may still be filed to an earlier version.")
    require_signed(state)
    rules = state.judged.rules
    return [
        ObjectionWindowOpened(
            by=command.by,
            at=command.at,
            competition_id=state.judged.announced.competition_id,
            version=command.version,
            closes_at=closes_at(rules, command.at, rules.objection_days),
        )
    ]


def file_objection(command: FileObjection, state: State) -> list[CompetitionEvent]:
    state = drafted(state)
    entry = entry_in(state.judged, command.innovation_id)
    if command.agency is None or command.agency not in entry.agency_path:
        raise Refused("not_own_agency", "An agency objects for its own innovations only.")
    if entry.innovation_id in state.judged.disqualified:
        raise Refused("entry_disqualified", "A disqualified entry has no verdict to object to.")
    _check_invited(command, state)
    _check_first(command, state)
    if not command.reason.strip():
        raise Refused("reason_missing", "Say why the verdict is wrong.")
    if command.level_sought <= command.granted_level:
        raise Refused(
            "level_not_higher",
            "An objection seeks a higher level than the one granted.",
            granted=command.granted_level,
        )
    return [
        ObjectionFiled(
            by=command.by,
            at=command.at,
            competition_id=state.judged.announced.competition_id,
            objection_id=command.objection_id,
            innovation_id=command.innovation_id,
            indicator=command.indicator,
            level_sought=command.level_sought,
            reason=command.reason,
            filed_by_agency=command.agency,
        )
    ]


def _check_invited(command: FileObjection, state: Drafted) -> None:
    if state.window is None:
        raise Refused("window_never_opened", "Objections are not invited yet.")
    if command.at >= state.window.closes_at:
        raise Refused(
            "window_closed",
            "The objection window is over.",
            closes_at=state.window.closes_at.isoformat(),
        )


def _check_first(command: FileObjection, state: Drafted) -> None:
    item = (command.innovation_id, command.indicator)
    filed = [each.filed for each in state.objections.values()]
    if any((each.innovation_id, each.indicator) == item for each in filed):
        raise Refused("already_objected", "There was an objection to this verdict already.")


def decide_objection(command: DecideObjection, state: State) -> list[CompetitionEvent]:
    before = judged(state)
    objection = _objection(command.objection_id, state)
    entry = entry_in(before, objection.filed.innovation_id)
    if not isinstance(objection, Filed):
        return _decided_already(command, objection)
    state = drafted(state)
    if entry.innovation_id in before.disqualified:
        raise Refused("entry_disqualified", "A disqualified entry has no verdict to correct.")
    _check_impartial(command, objection, entry)
    _check_decision(command, objection)
    return [
        ObjectionDecided(
            by=command.by,
            at=command.at,
            competition_id=before.announced.competition_id,
            objection_id=command.objection_id,
            innovation_id=objection.filed.innovation_id,
            indicator=objection.filed.indicator,
            granted=command.granted,
            level=command.level if command.granted else command.granted_level,
            reason=command.reason,
            decided_by_agency=command.agency,
        )
    ]


def _objection(key: str, state: State) -> Objection:
    found = objections_of(state).get(key)
    if found is None:
        raise NotFound("objection_unknown", "There is no such objection.", objection_id=key)
    return found


def _decided_already(command: DecideObjection, objection: Objection) -> list[CompetitionEvent]:
    if isinstance(objection, Filed) or objection.decided is None:
        raise Refused("objection_lapsed", "The time to decide this objection is over.")
    known = objection.decided
    said = (command.by, command.granted, command.reason)
    if said == (known.by, known.granted, known.reason):
        return []
    raise Refused("already_decided", "The objection is decided; it is decided once.")


def _check_impartial(command: DecideObjection, objection: Filed, entry: Entry) -> None:
    if is_tied(command, entry) or command.by == objection.filed.by:
        raise Refused("conflict_of_interest", "Nobody decides on an innovation of their own.")
    if command.by in entry.deciders:
        raise Refused(
            "decided_before",
            "An objection is decided by somebody who neither gave a verdict nor verified.",
        )


def _check_decision(command: DecideObjection, objection: Filed) -> None:
    if not command.reason.strip():
        raise Refused("reason_missing", "Say why the objection is granted or not.")
    if not command.granted:
        return
    if not command.granted_level < command.level <= objection.filed.level_sought:
        raise Refused(
            "level_out_of_reach",
            "A granted objection raises the level, to no more than was sought.",
            granted=command.granted_level,
            sought=objection.filed.level_sought,
        )


def correct_entry(command: CorrectEntry, state: State) -> list[CompetitionEvent]:
    """A scorecard that comes after a newer one corrects nothing further, and settles its case."""
    judged(state)
    objection = _objection(command.objection_id, state)
    if isinstance(objection, Corrected):
        return []
    if not isinstance(objection, Granted | Lapsed) or objection.decided is None:
        raise Refused("objection_not_granted", "This objection was not granted.")
    state = drafted(state)
    entry = entry_in(state.judged, objection.filed.innovation_id)
    if entry.innovation_id in state.judged.disqualified:
        return []
    if command.scorecard.innovation_id != entry.innovation_id:
        raise Refused("other_innovation", "This scorecard is another innovation's.")
    corrected = _newer(entry, entry_of(command.scorecard, entry.category))
    entries = {**state.judged.entries, entry.innovation_id: corrected}
    after = replace(state, judged=replace(state.judged, entries=entries))
    fact = EntryCorrected(
        by=command.by,
        at=command.at,
        competition_id=state.judged.announced.competition_id,
        objection_id=command.objection_id,
        entry=corrected,
    )
    results = next_version(command, after, "objection")
    return [fact, results.model_copy(update={"cause_id": command.objection_id})]


def _newer(one: Entry, other: Entry) -> Entry:
    return one if one.scorecard_number > other.scorecard_number else other
