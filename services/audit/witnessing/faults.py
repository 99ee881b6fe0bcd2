"""What can be wrong with a witness or a time stamp: each has a code, a place and a sentence."""

from shared.transparency import Amiss


class Silent(Amiss):
    """Nobody answered in time."""

    code = "outsider_silent"


class OddAnswer(Amiss):
    """An answer that is not of the protocol."""

    code = "outsider_answer_broken"


class WitnessRefused(Amiss):
    """A witness says no: above all, that this log is not the one that it saw before."""

    code = "witness_refused"


class WitnessAhead(Amiss):
    """A witness has seen a larger log than the one it is shown."""

    code = "witness_ahead"


class OddClock(Amiss):
    """Whoever signed was not of this time."""

    code = "outsider_clock_wrong"


class StampRefused(Amiss):
    """The time-stamping authority says no."""

    code = "timestamp_refused"


class BrokenStamp(Amiss):
    """What cannot be read as a time stamp, or whose signature does not hold."""

    code = "timestamp_broken"


class StampOfAnother(Amiss):
    """A time stamp over another text."""

    code = "timestamp_of_another_text"


class AnotherNonce(Amiss):
    """An answer to another question, such as one that was heard before."""

    code = "timestamp_nonce_wrong"


class UntrustedStamp(Amiss):
    """Signed by whom no given root vouches for."""

    code = "timestamp_certificate_untrusted"


class ExpiredStamp(Amiss):
    """Signed with a certificate that did not hold at that moment."""

    code = "timestamp_certificate_expired"


class UnreadableRoots(Amiss):
    """A file without certificates."""

    code = "certificates_unreadable"
