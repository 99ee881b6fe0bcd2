"""What can be wrong with a log, a note or a proof: each has a code, a place and a sentence."""

from typing import ClassVar


class Amiss(Exception):
    """`place` is a path in the log, a key, or empty; the message is a sentence for people."""

    code: ClassVar[str] = "log_amiss"

    def __init__(self, sentence: str, place: str = "") -> None:
        super().__init__(sentence)
        self.place = place


class BadNote(Amiss):
    """A note that cannot be read, or whose signature does not hold."""

    code = "note_broken"


class UnknownKey(BadNote):
    """No key that is trusted has signed it."""

    code = "signed_by_another_key"


class BadProof(Amiss):
    """A proof that does not prove what it should."""

    code = "proof_broken"


class BrokenTile(Amiss):
    """A tile or entry bundle that is missing, cut, or says something else than it must."""

    code = "tile_broken"


class Overwritten(Amiss):
    """Something is stored there already, and it is not the same."""

    code = "log_overwritten"
