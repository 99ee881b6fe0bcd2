"""A judge's sealed score of an entry: in scale, by somebody who reads it, replaced until fixed."""

from services.scoring.domain.commitment import Opened, commitment, require_scale
from services.scoring.domain.panel.commands import SealScore
from services.scoring.domain.panel.seating import entry_of, ties_of
from services.scoring.domain.seats import Open, is_conflicted
from shared.errors import NotFound, Refused
from shared.events.scoring import JudgeRecused, PanelEntry, ScoreSealed


def seal(command: SealScore, panel: Open) -> list[ScoreSealed | JudgeRecused]:
    """The seal, and the recusals from entries to which the judge's agency ties them."""
    if command.by not in panel.seats:
        raise NotFound("not_found", "There is no such panel, or none that you may see.")
    entry = entry_of(command.innovation_id, panel)
    _require_free(command, panel, entry)
    opened = Opened(command.by, entry.innovation_id, command.scores, command.nonce)
    require_scale(panel.opened.criteria, opened)
    digest = commitment(panel.panel_id, opened)
    pair = (command.by, entry.innovation_id)
    known = panel.seals.get(pair)
    if known is not None and known.commitment == digest:
        return []
    if pair in panel.fixed:
        raise Refused(
            "seal_fixed",
            "A third reading of this entry was asked, so that the scores before it are fixed.",
            innovation_id=entry.innovation_id,
        )
    sealed = ScoreSealed(
        by=command.by,
        at=command.at,
        panel_id=panel.panel_id,
        judge_id=command.by,
        innovation_id=entry.innovation_id,
        commitment=digest,
        ciphertext=command.ciphertext,
        by_agency=command.agency,
    )
    return [sealed, *ties_of(command, panel)]


def _require_free(command: SealScore, panel: Open, entry: PanelEntry) -> None:
    """An entry that is not before its judge, or conflicted, does not exist for them; a recused one
    is refused in the open.
    """
    is_before_them = panel.reads(command.by, entry.innovation_id)
    is_tied = is_conflicted(command.by, command.agency, command.agency_path, entry)
    if is_tied or not is_before_them:
        raise NotFound("not_found", "There is no such entry, or none that you may see.")
    if (command.by, entry.innovation_id) in panel.recused:
        raise Refused("judge_recused", "You are recused from this entry.")
