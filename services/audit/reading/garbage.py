"""A heap that only grows: looking for garbage in it often costs a tenth of a replay."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

RARELY = (200_000, 20, 50)
_usual: list[tuple[int, int, int]] = []


@contextmanager
def seldom_collected() -> Generator[None]:
    """Until the last of all who are inside leaves, garbage is collected rarely."""
    _usual.append(gc.get_threshold())
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        # Whoever came first knows how it was; the others found it rare.
        latest = _usual.pop()
        if not _usual:
            gc.set_threshold(*latest)
