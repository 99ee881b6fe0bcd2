"""The guides as a script: their blocks, typed as they stand, with what a reader puts in."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from tests.component.cli.world import Ran, Stack

GUIDES = Path(__file__).parents[3] / "docs" / "guides"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"[\w.-]+")


def blocks(guide: str, kind: str) -> list[str]:
    """`kind` is what stands behind the fence; nothing for those that are no `inda`."""
    return [text for found, text in BLOCK.findall((GUIDES / guide).read_text()) if found == kind]


@dataclass
class Reader:
    """Follows one guide. `names` are what stands in it and what this reader types instead.

    `person` acts where the guide does not say who; a guide's users are those of this stack.
    """

    inda: Stack
    guide: str
    person: str
    names: dict[str, str] = field(default_factory=dict[str, str])
    done: int = 0

    def knows(self, **names: str) -> None:
        """From now on this is typed where the guide says so; `ID_LAIN` is `ID-LAIN` there."""
        self.names |= {name.replace("_", "-"): value for name, value in names.items()}

    def block(self) -> list[Ran]:
        """Types the next block of commands, and nothing of it fails."""
        return [self.type(line).fine() for line in self.lines()]

    def lines(self) -> list[str]:
        """The next block of commands."""
        text = blocks(self.guide, "sh")[self.done]
        self.done += 1
        return [line for line in text.splitlines() if line.startswith("inda ")]

    def type(self, line: str) -> Ran:
        words = self.filled(line.removeprefix("inda "))
        if words.startswith("login "):
            self.inda.log_in(words.removeprefix("login "))
            return self.inda("whoami")
        who = "" if words.startswith("--as ") else f"--as {self.person} "
        return self.inda(f"{who}{words}")

    def filled(self, text: str) -> str:
        """With what the reader puts in, word by word."""
        return WORD.sub(lambda found: self.names.get(found[0], found[0]), text)

    def json(self, place: int) -> str:
        """A file of the guide, as its reader writes it."""
        return self.filled(blocks(self.guide, "json")[place])

    def is_over(self) -> bool:
        return self.done == len(blocks(self.guide, "sh"))
