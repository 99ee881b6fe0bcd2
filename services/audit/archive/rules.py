"""Editions and tables of taxes as the archive keeps them; our own only where it has none."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from services.audit.archive.broken import ChangedRules
from services.audit.archive.editions import EDITIONS, TAXES
from shared.editions import Edition, EditionError, load, parse
from shared.editions.taxes import TaxTable, load_table, parse_table
from shared.transparency import Shelf

Rule = TypeVar("Rule", Edition, TaxTable)
NAME = re.compile(r"(?P<id>[0-9A-Za-z.-]+)-(?P<digest>[0-9a-f]{64})\.yaml")


class Rules:
    """Methods raise `ChangedRules` for a file that is not what its name tells."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._editions = _by_id(shelf, EDITIONS)
        self._tables = _by_id(shelf, TAXES)

    def lacking(self, used: Iterable[str]) -> tuple[str, ...]:
        """Of the editions and tables that were used those that the archive does not keep."""
        return tuple(each for each in used if each not in {*self._editions, *self._tables})

    def edition(self, edition_id: str) -> Edition:
        """May raise `EditionError`, as `shared.editions.load`."""
        found = self._editions.get(edition_id)
        if found is None:
            return load(edition_id)
        path, digest = found
        try:
            edition = parse(self._text(path).decode(errors="replace"))
        except EditionError as error:
            raise ChangedRules(f"{path}: {error}", path) from None
        return _checked(edition, edition_id, digest, path)

    def table(self, table_id: str) -> TaxTable:
        """May raise `EditionError` or `NotFound`, as `shared.editions.taxes.load_table`."""
        found = self._tables.get(table_id)
        if found is None:
            return load_table(table_id)
        path, digest = found
        try:
            table = parse_table(self._text(path))
        except EditionError as error:
            raise ChangedRules(f"{path}: {error}", path) from None
        return _checked(table, table_id, digest, path)

    def check(self) -> None:
        """Reads everything that the archive keeps."""
        for edition_id in self._editions:
            self.edition(edition_id)
        for table_id in self._tables:
            self.table(table_id)

    def _text(self, path: str) -> bytes:
        found = self._shelf.get(path)
        if found is None:
            raise ChangedRules(f"{path} is missing.", path)
        return found


def _checked(rule: Rule, key: str, digest: str, path: str) -> Rule:
    if (rule.id, rule.digest) != (key, digest):
        raise ChangedRules(f"{path} holds {rule.id} with the digest {rule.digest}.", path)
    return rule


def _by_id(shelf: Shelf, folder: str) -> Mapping[str, tuple[str, str]]:
    """(path, digest) by id."""
    found: dict[str, tuple[str, str]] = {}
    for path in shelf.listed(folder):
        name = NAME.fullmatch(path.removeprefix(folder))
        if name is None:
            raise ChangedRules(f"{path} is no name of an edition or a table.", path)
        if name["id"] in found:
            raise ChangedRules(f"The archive holds {name['id']} twice.", path)
        found[name["id"]] = path, name["digest"]
    return found
