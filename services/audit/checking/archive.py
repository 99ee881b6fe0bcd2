"""The archive checked against the log: every segment, every fact, every rule. Calls block."""

from services.audit.archive import SEGMENTS, BrokenSegment, SegmentName, messages_of
from services.audit.archive.broken import SegmentChanged
from services.audit.archive.rules import EDITIONS, TAXES, Rules
from services.audit.archive.vouching import checkpoints_of
from services.audit.checking.archived import Archived
from services.audit.checking.difference import Differs, Tally
from services.audit.checking.named import NamedRules
from services.audit.checking.sealed import Sealed, Unlike
from shared.transparency import Shelf


def check_archive(archived: Archived, sealed: Sealed, tally: Tally, *, is_settled: bool) -> None:
    """Raises `Differs` or `Amiss` for the first thing that is wrong.

    The archive may be one checkpoint behind the log, unless the signer has had its time.
    """
    rules = NamedRules()
    try:
        _check_facts(archived, sealed, rules, tally)
    except SegmentChanged as error:
        raise _changed(archived.shelf, sealed, error) from None
    _check_ends(archived, sealed, is_settled=is_settled)
    if sealed.unknown:
        tally.note(f"The log cannot vouch for {sealed.unknown} facts: its own files are broken.")
    _check_rules(archived.shelf, rules)


def _check_facts(archived: Archived, sealed: Sealed, rules: NamedRules, tally: Tally) -> None:
    for name, messages in archived.read():
        for message in messages:
            unlike = sealed.unlike(message)
            if unlike is not None:
                raise _differs(name, unlike)
            rules.take(message)
        tally.checked = name.last
        tally.watch(tally.checked, archived.end)


def _changed(shelf: Shelf, sealed: Sealed, error: SegmentChanged) -> Differs:
    """Names the first fact that cannot be read, or is another one than was sealed."""
    sequence = error.sequence
    try:
        for message in messages_of(shelf.get(error.place) or b"", error.place):
            unlike = sealed.unlike(message)
            if unlike is not None:
                sequence = unlike.sequence
                break
            sequence = message.sequence + 1
        else:
            sequence = error.sequence
    except BrokenSegment:
        pass
    what = f"{error} Fact {sequence} is the first that is not as it was sealed."
    return Differs(error.code, error.place, what, sequence=sequence)


def _differs(name: SegmentName, unlike: Unlike) -> Differs:
    return Differs(
        "archive_differs_from_log",
        name.path,
        f"The {unlike.field} of fact {unlike.sequence} is not the one that was sealed.",
        sequence=unlike.sequence,
        expected=unlike.expected,
        found=unlike.found,
    )


def _check_ends(archived: Archived, sealed: Sealed, *, is_settled: bool) -> None:
    last, size = archived.end, sealed.size
    if last > size:
        what = f"The archive holds {last} facts, the log signs {size}."
        raise Differs(
            "log_shortened", SEGMENTS, what, sequence=size + 1, expected=str(last), found=str(size)
        )
    before = max((each for each in checkpoints_of(archived.shelf) if each < size), default=0)
    if last < (size if is_settled else before):
        what = f"The archive ends with fact {last}, the log with {size}."
        raise Differs(
            "archive_behind", SEGMENTS, what, sequence=last + 1, expected=str(size), found=str(last)
        )


def _check_rules(shelf: Shelf, named: NamedRules) -> None:
    """Every file is what its name tells, and none that a fact names is missing."""
    Rules(shelf).check()
    kept = {*shelf.listed(EDITIONS), *shelf.listed(TAXES)}
    for rule, sequence in named.first.items():
        path = f"{TAXES if rule.is_table else EDITIONS}{rule.key}-{rule.digest}.yaml"
        if path not in kept:
            code = "tax_table_missing" if rule.is_table else "edition_missing"
            what = f"Fact {sequence} works by {path}, which the archive does not have."
            raise Differs(code, path, what, sequence=sequence)
