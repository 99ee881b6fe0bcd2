"""The most that one recipient may get of a competition: later money is cut. Pure."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cap:
    """Counts what each recipient has had, gross. `most_rupiah` None: there is no cap."""

    most_rupiah: int | None
    had: Counter[str] = field(default_factory=Counter[str])

    def cut(self, recipient_id: str, gross_rupiah: int) -> int:
        """What of the gross is still within the cap; it counts from now on."""
        if self.most_rupiah is None:
            return gross_rupiah
        left = max(self.most_rupiah - self.had[recipient_id], 0)
        granted = min(gross_rupiah, left)
        self.had[recipient_id] += granted
        return granted
