"""Whether evidence has the shape its indicator asks for: letter, link, video, so many. Pure.

Sources: domain section 2.4: letters carry number, date and subject; one set for each training,
one file for each method, different regions for each replication; video of at most 5 minutes.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from shared.editions import SidRow
from shared.events.submission import EvidenceItem, LinkEvidence, ReplicationEvidence
from shared.findings.case import Case
from shared.findings.model import Hit, Rule, at

NOT_LETTERS: Final = frozenset(
    ("activity_photo", "media_article", "attendance_list", "training_certificate")
)
SUMMONS: Final = frozenset(("activity_decree", "assignment_letter", "invitation"))
ATTENDANCE: Final = "attendance_list"
CERTIFICATE: Final = "training_certificate"
VIDEOS: Final = frozenset(("video_file", "video_link"))
THUMBNAIL: Final = "thumbnail"
LONGEST_VIDEO_SECONDS: Final = 300
LEVEL_WITH_LINK: Final = 3
LETTER: Final = "Edition: letters carry number, date and subject (S-01/sec, S-05/sec)"
COUNT: Final = "Edition: counts of the levels (S-01/sec, S-02/sec)"
VIDEO: Final = "Edition: the video and its parts (S-01/sec, S-02/sec)"
LINK: Final = "Edition: manual accessible online (S-01/sec, S-02/sec)"


def _letter_incomplete(case: Case) -> Iterator[Hit]:
    """Points are at risk only where no other letter of the indicator is complete."""
    for row, _ in case.proven():
        items = case.proofs(row.code) if row.shape == "letter" else ()
        letters = [item for item in items if item.evidence_kind not in NOT_LETTERS]
        holds = None if any(not _missing_of_letter(item) for item in letters) else 0
        for item in letters:
            missing = _missing_of_letter(item)
            if missing:
                yield at(row, evidence_id=item.evidence_id, holds=holds, missing=missing)


def _missing_of_letter(item: EvidenceItem) -> tuple[str, ...]:
    if item.letter is None:
        return ("number", "signed_on", "subject")
    told = {"number": item.letter.number, "subject": item.letter.subject}
    return tuple(name for name, value in told.items() if not value.strip())


def _link_missing(case: Case) -> Iterator[Hit]:
    for row, claim in case.proven("link_required_for_level_3"):
        items = case.proofs(row.code)
        if claim.level == LEVEL_WITH_LINK and not any(map(_is_link, items)):
            yield at(row, holds=LEVEL_WITH_LINK - 1, level=claim.level)


def _is_link(item: EvidenceItem) -> bool:
    return isinstance(item.content, LinkEvidence)


def _video_missing(case: Case) -> Iterator[Hit]:
    for row, claim in case.proven("max_5_minutes"):
        if not any(item.evidence_kind in VIDEOS for item in case.proofs(row.code)):
            yield at(row, holds=0, level=claim.level)


def _video_too_long(case: Case) -> Iterator[Hit]:
    for row, _ in case.proven("max_5_minutes"):
        for item in case.proofs(row.code):
            seconds = item.properties.duration_seconds if item.properties else None
            if seconds is not None and seconds > LONGEST_VIDEO_SECONDS:
                yield at(row, evidence_id=item.evidence_id, holds=0, seconds=seconds)


def _thumbnail_missing(case: Case) -> Iterator[Hit]:
    for row, claim in case.proven("thumbnail"):
        if not any(item.evidence_kind == THUMBNAIL for item in case.proofs(row.code)):
            yield at(row, holds=0, level=claim.level)


def _video_parts(case: Case) -> Iterator[Hit]:
    """What a video tells no machine can see: the agency ticks the parts off itself."""
    for row, claim in case.proven("max_5_minutes"):
        if row.count is not None and row.substances:
            needed = row.count[claim.level - 1][0]
            yield at(row, level=claim.level, needed=needed, parts=row.substances)


def _events_missing(case: Case) -> Iterator[Hit]:
    """A training is shown by a summons, an attendance list and, of at least one, a certificate."""
    for row, claim in case.proven("set_per_event"):
        hit = _too_few(row, claim.level, _events(case.proofs(row.code)))
        if hit:
            yield hit


def _events(items: tuple[EvidenceItem, ...]) -> int:
    """Sets, by their summonses and attendance lists; where neither is there, by certificates."""
    kinds = Counter(item.evidence_kind for item in _different(items))
    summoned = sum(kinds[kind] for kind in SUMMONS)
    return min(summoned, kinds[ATTENDANCE]) or max(summoned, kinds[ATTENDANCE], kinds[CERTIFICATE])


def _certificate_missing(case: Case) -> Iterator[Hit]:
    for row, claim in case.proven("at_least_one_certificate"):
        if not any(item.evidence_kind == CERTIFICATE for item in case.proofs(row.code)):
            yield at(row, holds=0, level=claim.level)


def _methods_missing(case: Case) -> Iterator[Hit]:
    for row, claim in case.proven("one_file_per_method"):
        hit = _too_few(row, claim.level, len(_different(case.proofs(row.code))))
        if hit:
            yield hit


def _replications_missing(case: Case) -> Iterator[Hit]:
    """Statements of the register name their region; of other letters each counts for one."""
    for row, claim in case.proven("distinct_regions"):
        items = _different(case.proofs(row.code))
        stated = [each.content for each in items if isinstance(each.content, ReplicationEvidence)]
        regions = {statement.region_id for statement in stated}
        hit = _too_few(row, claim.level, len(regions) + len(items) - len(stated))
        if hit:
            yield hit


def _different(items: tuple[EvidenceItem, ...]) -> tuple[EvidenceItem, ...]:
    """The same bytes shown twice are one document."""
    return tuple({item.content.sha256: item for item in items}.values())


def _too_few(row: SidRow, level: int, shown: int) -> Hit | None:
    if row.count is None or shown >= row.count[level - 1][0]:
        return None
    reached = [each for each in range(1, level) if shown >= row.count[each - 1][0]]
    needed = row.count[level - 1][0]
    return at(row, holds=max(reached, default=0), level=level, shown=shown, needed=needed)


ABOUT_SHAPES: Final = (
    Rule("letter_incomplete", "costs", LETTER, _letter_incomplete),
    Rule("link_missing", "costs", LINK, _link_missing),
    Rule("video_missing", "costs", VIDEO, _video_missing),
    Rule("video_too_long", "costs", VIDEO, _video_too_long),
    Rule("thumbnail_missing", "costs", VIDEO, _thumbnail_missing),
    Rule("events_missing", "costs", COUNT, _events_missing),
    Rule("certificate_missing", "costs", COUNT, _certificate_missing),
    Rule("methods_missing", "costs", COUNT, _methods_missing),
    Rule("replications_missing", "costs", COUNT, _replications_missing),
    Rule("video_parts", "advises", VIDEO, _video_parts),
)
