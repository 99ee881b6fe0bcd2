"""Interrupts as at a terminal, wherever the tests themselves were started."""

import signal


def heeding_interrupts() -> None:
    """For `preexec_fn`: a shell starts its background jobs with SIGINT ignored, and children
    inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
