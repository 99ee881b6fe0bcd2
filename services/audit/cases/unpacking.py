"""The files in a case file as somebody brought it: nothing in it is believed yet."""

from collections import Counter
from zipfile import BadZipFile, ZipFile

from shared.transparency import Amiss

LARGEST_FILE = 2**31


class BrokenCase(Amiss):
    """A case file that is not what it says; `place` is the file in it, or the sequence."""

    code = "case_broken"


class Files:
    """The files in the archive, each there once."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.names = archive.namelist()
        name, count = Counter(self.names).most_common(1)[0] if self.names else ("", 0)
        if count > 1:
            raise BrokenCase(f"{name} is there twice.", name)

    def read(self, name: str) -> bytes:
        if name not in self._archive.NameToInfo:
            raise BrokenCase(f"{name} is missing.", name)
        if self._archive.getinfo(name).file_size > LARGEST_FILE:
            raise BrokenCase(f"{name} is too large.", name)
        try:
            return self._archive.read(name)
        except BadZipFile:
            raise BrokenCase(f"The bytes of {name} are not those that were packed.", name) from None
