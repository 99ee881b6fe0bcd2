"""How a file is cut into parts: by its size and the size of a part alone. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Portions:
    """Every part has `part_bytes`, but for the last, which has what is left."""

    size_bytes: int
    part_bytes: int

    @property
    def count(self) -> int:
        return -(-self.size_bytes // self.part_bytes)

    @property
    def numbers(self) -> range:
        return range(1, self.count + 1)

    def offset(self, number: int) -> int:
        return (number - 1) * self.part_bytes

    def size(self, number: int) -> int:
        return min(self.part_bytes, self.size_bytes - self.offset(number))
