"""What a walk has seen, judged under the signed roots: which file is at fault. Pure."""

from collections.abc import Mapping

from services.audit.checking.difference import Differs
from services.audit.checking.log.files import ENTRIES, Spot
from services.audit.checking.log.heads import Heads
from services.audit.checking.log.walking import Odd, Walked, Wrong
from shared.transparency.tiles import WIDTH, entries_path, tile_path


def judge(heads: Heads, walked: Walked) -> None:
    """Raises `Differs` for the first thing that is wrong.

    What is signed decides: where the entries make the root, a tile that says otherwise is the
    forged one; where they do not, an entry is.
    """
    swapped = _swapped(walked)
    if swapped is not None:
        raise swapped
    if walked.roots[heads.latest.size] != heads.latest.root:
        raise _entry_changed(heads, walked)
    if walked.odd is not None:
        raise _odd(walked.odd)
    if walked.wrong:
        raise _tile_broken(walked.wrong[0])
    for size, (root, place) in heads.roots.items():
        if walked.roots[size] != root:
            raise _unproved(size, root, walked.roots[size], place)


def _swapped(walked: Walked) -> Differs | None:
    """A file with the bytes of another place; entries tell by themselves where they belong."""
    odd = walked.odd
    if odd is not None and odd.sequence is not None and odd.sequence >= 1:
        home, at = divmod(odd.sequence - 1, WIDTH)
        if at == odd.index % WIDTH and home != odd.index // WIDTH:
            return _exchanged(odd.path, (ENTRIES, home), odd.index)
    for wrong in sorted(walked.wrong, key=lambda each: each.index):
        spot = walked.made.get(wrong.digest)
        if spot is not None and spot != wrong.file.spot:
            return _exchanged(wrong.file.path, spot, wrong.index)
    return None


def _exchanged(path: str, home: Spot, index: int) -> Differs:
    level, place = home
    belongs = entries_path(place) if level == ENTRIES else tile_path(level, place)
    what = f"{path} holds what belongs to {belongs}."
    return Differs("tile_swapped", path, what, sequence=index + 1, expected=path, found=belongs)


def _entry_changed(heads: Heads, walked: Walked) -> Differs:
    """The entries do not make the root that was signed: as near to the first one as can be said."""
    of_entries = [each for each in walked.wrong if each.file.level <= 0]
    if of_entries:
        first = min(of_entries, key=lambda each: each.index)
        path = entries_path(first.index // WIDTH)
        what = (
            f"Entry {first.index + 1} is not the one that was sealed: {first.file.path} shows it."
        )
        return Differs("entry_changed", path, what, sequence=first.index + 1)
    if walked.odd is not None:
        return _odd(walked.odd)
    after, until = _between(heads.roots, walked.roots)
    if walked.wrong:
        after = max(after, min(each.index for each in walked.wrong))
    what = f"The entries {after + 1} to {until} do not make the root that was signed."
    return Differs(
        "entry_changed",
        entries_path(after // WIDTH),
        what,
        sequence=after + 1,
        expected=heads.roots[until][0].hex(),
        found=walked.roots[until].hex(),
    )


def _between(
    signed: Mapping[int, tuple[bytes, str]], found: Mapping[int, bytes]
) -> tuple[int, int]:
    """The last size whose root fits before the first whose root does not."""
    after = 0
    for size, (root, _) in signed.items():
        if found[size] != root:
            return after, size
        after = size
    return after, after


def _odd(odd: Odd) -> Differs:
    what = f"Entry {odd.index + 1} in {odd.path} is no entry of its place."
    told = "" if odd.sequence is None else str(odd.sequence)
    return Differs(
        "entry_changed",
        odd.path,
        what,
        sequence=odd.index + 1,
        expected=str(odd.index + 1),
        found=told,
    )


def _tile_broken(wrong: Wrong) -> Differs:
    path = wrong.file.path
    what = f"{path} is not what the sealed entries make, from entry {wrong.index + 1} on."
    return Differs("tile_broken", path, what, sequence=wrong.index + 1)


def _unproved(size: int, signed: bytes, found: bytes, place: str) -> Differs:
    return Differs(
        "proof_broken",
        place,
        f"{place} signs {size} facts that are not the beginning of this log.",
        sequence=size,
        expected=found.hex(),
        found=signed.hex(),
    )
