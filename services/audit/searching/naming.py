"""Which things and people the body of a fact names, as `<kind>:<id>`. Pure.

The body is read as plain JSON, so that facts of builds to come are found by what they name too.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Final, cast

MOST_NAMED: Final = 500
LONGEST_ID: Final = 200
ANY: Final = "*"
DIGEST: Final = re.compile(r"[0-9a-f]{64}")

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "innovation": (
        *("innovation_id", "innovations", "successor_id", "developed_from", "carried_from"),
        *("replica_id", "lineage", "order"),
    ),
    "competition": ("competition_id", "competitions"),
    "fund": ("fund_id",),
    "season": ("season_id", "successor_season_id"),
    "region": ("region_id", "original_region_id"),
    "agency": (
        *("agency_id", "parent_id", "successors", "successor_agency_id", "by_agency", "agency"),
        *("filed_by_agency", "decided_by_agency", "verifier_agency"),
    ),
    "person": (
        *("verifier_id", "judge_id", "judges", "reserve_judges", "drafters", "deciders", "holder"),
        *("declared_by", "endorsed_by", "participants", "reviewed_by", "checked_by", "decided_by"),
    ),
    "replication": ("replication_id",),
    "dossier": ("dossier_id",),
    "scorecard": ("scorecard_id",),
    "panel": ("panel_id",),
    "objection": ("objection_id",),
    "doubt": ("doubt_id",),
    "allocation": ("allocation_id",),
    "paper": ("document_id",),
    "evidence": ("evidence_id",),
    "edition": ("edition_id",),
    "tax": ("table_id", "tax_table"),
    "document": ("sha256", "evidence"),
}
_KIND_OF: Final = {field: kind for kind, fields in KINDS.items() for field in fields}
_OF_A_KEY: Final[Mapping[str, tuple[str, ...]]] = {
    "submission.season": ("season",),
    "submission.agency": ("agency",),
    "submission.innovation": ("innovation",),
    "submission.replication": ("replication",),
    "submission.access": ("document",),
    "verification.dossier": ("dossier", "innovation"),
    "verification.access": ("document",),
    "verification.quality": ("season",),
    "scoring.scorecard": ("scorecard",),
    "scoring.panel": ("panel",),
    "awards.competition": ("competition",),
    "awards.fund": ("fund",),
    "awards.tax": ("tax",),
    "awards.access": ("document",),
}


def named_in(label: str, key: str, body: object) -> tuple[str, ...]:
    """What a fact of the aggregate `label` (`awards.fund`) with this key is about, sorted.

    At most `MOST_NAMED` ids. Of a fact that names more, the kinds of those left out stand here as
    `<kind>:*`: whoever looks for an id of that kind is shown the fact, and reads it.
    """
    found = dict.fromkeys(f"{kind}:{key}" for kind in _OF_A_KEY.get(label, ()))
    for kind, named in _walked(label, body):
        is_room = len(found) < MOST_NAMED
        found[f"{kind}:{named if is_room else ANY}"] = None
    return tuple(sorted(found))


def wanted(name: str) -> tuple[str, ...]:
    """What to look for when facts about `<kind>:<id>` are asked for."""
    return (name, f"{name.partition(':')[0]}:{ANY}")


def _walked(label: str, body: object) -> Iterator[tuple[str, str]]:
    """(kind, id), those nearest to the top first."""
    rest: deque[tuple[object, bool]] = deque([(body, True)])
    while rest:
        part, is_top = rest.popleft()
        if isinstance(part, Mapping):
            told = cast("Mapping[str, object]", part)
            yield from _of_its_own(label, told, is_top=is_top)
            for field, value in told.items():
                yield from _under(field, value)
                rest.append((value, False))
        elif isinstance(part, list):
            rest.extend((each, False) for each in cast("list[object]", part))


def _under(field: str, value: object) -> Iterator[tuple[str, str]]:
    kind = _KIND_OF.get(field)
    if kind is None:
        return
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    for each in values:
        if not isinstance(each, str) or not 0 < len(each) <= LONGEST_ID:
            continue
        if kind != "document" or DIGEST.fullmatch(each):
            yield kind, storable(each)


def _of_its_own(
    label: str, told: Mapping[str, object], *, is_top: bool
) -> Iterator[tuple[str, str]]:
    """Fields whose kind depends on what stands beside them."""
    recipient, about, to = told.get("recipient_id"), told.get("about"), told.get("to")
    if isinstance(recipient, str):
        is_payee = told.get("kind") in ("person", "body")
        yield ("person" if is_payee else "agency"), storable(recipient[:LONGEST_ID])
    if is_top and isinstance(about, str):
        is_slip = told.get("kind") == "tax_slip"
        yield ("allocation" if is_slip else "innovation"), storable(about[:LONGEST_ID])
        if label == "verification.access":
            yield "dossier", storable(about[:LONGEST_ID])
    if is_top and isinstance(to, str):
        yield "person", storable(to[:LONGEST_ID])


def storable(text: str) -> str:
    """Half of a pair of UTF-16 is no text to a database."""
    return text.encode(errors="replace").decode()
