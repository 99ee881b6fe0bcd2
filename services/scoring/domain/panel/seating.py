"""Who comes to an open panel, who leaves it, and who steps back from an entry. Pure."""

from services.scoring.domain.panel.commands import Recuse, SealScore, SeatJudge, UnseatJudge
from services.scoring.domain.seats import Open, is_tied_by_agency
from shared.errors import NotFound, Refused
from shared.events.scoring import JudgeRecused, JudgeSeated, JudgeUnseated, PanelEntry

TIED_BY_AGENCY = "Tied to the entry by agency."


def seat(command: SeatJudge, panel: Open) -> list[JudgeSeated]:
    _require_reason(command.reason, "Say why the panel needs another judge.")
    named = {entry_of(each, panel).innovation_id for each in command.innovations}
    entries = [e for e in panel.opened.entries if not named or e.innovation_id in named]
    _require_new(command.judge_id, entries, panel)
    _require_something_to_read(command.judge_id, entries, panel)
    seated = JudgeSeated(
        by=command.by,
        at=command.at,
        panel_id=panel.panel_id,
        judge_id=command.judge_id,
        innovations=tuple(entry.innovation_id for entry in entries) if named else (),
        reason=command.reason.strip(),
    )
    return [seated]


def unseat(command: UnseatJudge, panel: Open) -> list[JudgeUnseated]:
    if command.judge_id in panel.unseated:
        return []
    require_seat(command.judge_id, panel)
    _require_reason(command.reason, "Say why the judge leaves the panel.")
    if any(judge == command.judge_id for judge, _ in panel.fixed):
        raise Refused(
            "seal_fixed",
            "A third reading was asked because of what this judge sealed, which is fixed now."
            " Record a recusal from the entries that the judge may not score.",
            judge_id=command.judge_id,
        )
    unseated = JudgeUnseated(
        by=command.by,
        at=command.at,
        panel_id=panel.panel_id,
        judge_id=command.judge_id,
        reason=command.reason.strip(),
    )
    return [unseated]


def recuse(command: Recuse, panel: Open) -> list[JudgeRecused]:
    """Judges in reserve may be kept from an entry before anybody asks them to read it."""
    if command.judge_id not in panel.opened.rule.reserve_judges:
        require_seat(command.judge_id, panel)
    entry = entry_of(command.innovation_id, panel)
    _require_reason(command.reason, "Say why the judge will not score this entry.")
    if (command.judge_id, entry.innovation_id) in panel.recused:
        return []
    return [_recused(command, panel, command.judge_id, entry, command.reason)]


def ties_of(command: SealScore, panel: Open) -> list[JudgeRecused]:
    """The ties by agency that a judge's token shows: nobody waits for scores that cannot come."""
    return [
        _recused(command, panel, command.by, entry, TIED_BY_AGENCY)
        for entry in panel.opened.entries
        if is_tied_by_agency(command.agency, command.agency_path, entry)
        and (command.by, entry.innovation_id) not in panel.recused
    ]


def require_seat(judge_id: str, panel: Open) -> None:
    if judge_id not in panel.seats:
        raise NotFound("not_found", "There is no such judge on this panel.", judge_id=judge_id)


def entry_of(innovation_id: str, panel: Open) -> PanelEntry:
    for entry in panel.opened.entries:
        if entry.innovation_id == innovation_id:
            return entry
    raise NotFound("not_found", "There is no such entry, or none that you may see.")


def _require_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", sentence)


def _require_new(judge_id: str, entries: list[PanelEntry], panel: Open) -> None:
    before = [e.innovation_id for e in entries if panel.reads(judge_id, e.innovation_id)]
    if before:
        raise Refused(
            "judge_seated",
            "The judge reads some of these entries already: name the others alone.",
            judge_id=judge_id,
            innovations=tuple(before),
        )


def _require_something_to_read(judge_id: str, entries: list[PanelEntry], panel: Open) -> None:
    if all(judge_id in entry.drafters for entry in entries):
        raise Refused(
            "judge_is_entrant", "Nobody judges only what they drafted.", judge_id=judge_id
        )
    if all(panel.is_kept_from(judge_id, entry) for entry in entries):
        raise Refused(
            "judge_recused", "The judge is recused from all of these entries.", judge_id=judge_id
        )


def _recused(
    command: Recuse | SealScore, panel: Open, judge_id: str, entry: PanelEntry, reason: str
) -> JudgeRecused:
    return JudgeRecused(
        by=command.by,
        at=command.at,
        panel_id=panel.panel_id,
        judge_id=judge_id,
        innovation_id=entry.innovation_id,
        reason=reason.strip(),
    )
