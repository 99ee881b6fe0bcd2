"""The files of every edition and tax table that this build can use, for the archive."""

from collections.abc import Iterator
from importlib.resources import files

from shared.editions import available, load, parse
from shared.editions.taxes import available_tables, load_table
from shared.transparency import Overwritten, Shelf

EDITIONS = "archive/editions/"
TAXES = "archive/taxes/"


def keep_rules(shelf: Shelf) -> None:
    """Writes those that are not kept yet. Raises `Overwritten` for one that says something else."""
    for path, content in _editions():
        # The digest is of what an edition says: a comment may differ from build to build.
        known = shelf.get(path)
        if known is None:
            shelf.put(path, content)
        elif known != content and parse(known.decode()).digest != parse(content.decode()).digest:
            raise Overwritten(f"{path} holds another edition than its name tells.", path)
    for path, content in _tables():
        shelf.put(path, content)


def _editions() -> Iterator[tuple[str, bytes]]:
    folder = files("shared.editions")
    for each in available():
        content = folder.joinpath(f"{each}.yaml").read_bytes()
        yield f"{EDITIONS}{each}-{load(each).digest}.yaml", content


def _tables() -> Iterator[tuple[str, bytes]]:
    folder = files("shared.editions.taxes")
    for each in available_tables():
        content = folder.joinpath(f"{each}.yaml").read_bytes()
        yield f"{TAXES}{each}-{load_table(each).digest}.yaml", content
