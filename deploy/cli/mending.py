"""A failure in one line: what is wrong, the particulars, how to mend it, the code of manuals."""

from collections.abc import Mapping
from typing import Any

from deploy.cli.failures import Failure
from deploy.cli.plain import MOMENT, in_wita

PARTICULARS = {
    "allowed": "Allowed",
    "missing": "Missing",
    "files": "Files",
    "field": "Field",
    "fields": "Fields",
    "indicators": "Indicators",
    "reopened": "Reopened",
    "agencies": "Agencies",
    "successors": "Successors",
    "successor_id": "Successor",
    "deadline": "Deadline",
    "complete_by": "Until",
    "until": "Until",
    "due": "Due",
    "criteria": "Criteria",
    "differing": "Differing",
    "unknown": "Unknown",
    "left": "Left to you",
    "earliest": "Earliest",
}
"""Parameters of problems that tell a person more than the sentence does."""

ASK_THE_ADMIN = (
    "The admin of the region can extend it (`inda season extend`) or grant an exception"
    " (`inda season late`)."
)
ENDORSE = "The head of the agency, or who acts for them, does it with `inda innovation endorse`."
LOOK = "`inda innovation show` tells what was reopened, and until when."
HINTS = {
    "profile_incomplete": "`inda innovation check` tells how to mend each.",
    "evidence_pending": "Finish the upload (`inda innovation evidence resume`), or take the file"
    " back (`inda innovation evidence withdraw`).",
    "endorsement_missing": ENDORSE,
    "endorsement_lapsed": ENDORSE,
    "appointment_missing": "Give --letter-number, --letter-date and --letter-subject.",
    "deadline_passed": ASK_THE_ADMIN,
    "profile_locked": LOOK,
    "field_not_reopened": LOOK,
    "indicator_not_reopened": LOOK,
    "innovation_locked": "`inda innovation history` tells since when.",
    "innovation_developed": "Work on its successor.",
    "agency_not_carrying_on": "Name one of them with --agency.",
    "file_too_large": "Make it smaller, such as by scanning with 150 dpi; give a link for a video.",
    "file_empty": "Save the original again, and upload that.",
    "file_type_not_allowed": "From Word or Excel save as PDF; pictures are JPG or PNG.",
    "role_not_allowed": "`inda whoami` tells as whom you act.",
    "text_too_wide": "Give --season or --agency.",
    "completion_not_needed": "`inda receipt show` shows it.",
    "admissibility_missing": "`inda dossier admit` does it.",
    "criterion_unknown": "`inda dossier criteria` lists them.",
    "reason_unknown": "`inda dossier reasons` lists them.",
    "basis_missing": "Name it with --basis.",
    "basis_differs": "`inda dossier show` tells which is claimed.",
    "note_missing": "Give it with --note.",
    "lease_lost": "`inda dossier claim` takes it again.",
    "lease_held": "`inda next` finds you another.",
    "dossier_reserved": "`inda next` finds you another.",
    "verifier_unknown": "`inda verifier describe` enters you.",
    "capacity_reached": "`inda queue --mine` shows them.",
    "verifier_inactive": "`inda verifier describe --active` changes that.",
    "queue_empty": "`inda queue` shows what others are at.",
    "evidence_changed": "Show it again, look, and repeat the command.",
}


def told(failure: Failure) -> str:
    """One line, however the sentence was broken."""
    params: Mapping[str, Any] = failure.problem.get("params") or {}
    particulars = [
        f"{name}: {_shown(params[key])}." for key, name in PARTICULARS.items() if params.get(key)
    ]
    hint = HINTS.get(failure.code)
    sentence = " ".join(str(failure).split())
    code = f"[{failure.code}]" if failure.code else None
    return " ".join(part for part in (sentence, *particulars, hint, code) if part)


def _shown(value: object) -> str:
    match value:
        case list() | tuple():
            return ", ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
        case str() if MOMENT.fullmatch(value):
            return in_wita(value)
        case _:
            return str(value)
