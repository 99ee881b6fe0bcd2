"""A quality controller at work: looks for a difference, and is the third person to decide it."""

from collections.abc import Sequence
from typing import Any

from tests.component.verification.world import findings, refusal
from tests.e2e.office import Headers, Office
from tests.e2e.opinions import Opinion

NOT_MINE = {
    (409, "resolver_not_independent"),
    (409, "nothing_to_resolve"),
    (412, "version_changed"),
}
Body = dict[str, Any]


async def resolve_one(office: Office, headers: Headers) -> bool:
    """Whether there was a difference, and this person was the one to decide it."""
    listed = await office.ask("GET", "/dossiers", headers, state="disputed")
    assert listed.status_code == 200, listed.text
    ids: Sequence[str] = [each["dossier_id"] for each in listed.json()["items"]]
    if not ids:
        return False
    path = f"/dossiers/{office.chance.choice(ids)}"
    seen = await office.ask("GET", path, headers)
    shown = seen.json()
    if shown.get("state") != "disputed":
        return False
    body = _resolution(shown, office.plans[shown["dossier_id"]].third)
    sent = office.keyed({**headers, "If-Match": seen.headers["ETag"]})
    answer = await office.ask("POST", f"{path}/resolution", sent, body)
    assert answer.is_success or refusal(answer) in NOT_MINE, answer.text
    return answer.is_success


def _resolution(shown: Body, third: Opinion) -> Body:
    differing = shown["checks"][-1]["differing"]
    note = "The second page decides it."
    if differing == ["admissibility"]:
        unmet = () if third.admissible else ("renewal",)
        return {"findings": findings(*unmet), "note": note}
    rows = {row["indicator"]: row for row in shown["indicators"]}
    verdicts = [
        {"indicator": each, **verdict_on(rows[each], third.levels[each])} for each in differing
    ]
    return {"verdicts": verdicts, "note": note}


def verdict_on(row: Body, level: int) -> Body:
    """On exactly what is shown for the indicator."""
    is_cut = level < row["claimed_level"]
    return {
        "granted_level": level,
        "evidence": row["evidence"],
        "basis": row["basis"],
        "reason_code": "lower_level_proven" if is_cut else None,
        "note": "Only the decree is shown." if is_cut else "",
    }
