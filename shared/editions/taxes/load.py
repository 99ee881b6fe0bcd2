"""Tax tables from the files beside this module: read once, checked whole, then a pure value."""

import re
from collections.abc import Hashable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import cast

import rfc8785
import yaml
from pydantic import ValidationError

from shared.editions.errors import EditionError
from shared.editions.taxes.model import TaxTable
from shared.errors import NotFound, Refused

PACKAGE = "shared.editions.taxes"
FILE_NAME = re.compile(r"(?P<id>(?P<year>[0-9]{4})-r(?P<revision>[1-9][0-9]*))\.yaml")


@cache
def available_tables() -> tuple[str, ...]:
    """The ids that can be loaded, oldest first."""
    names = (FILE_NAME.fullmatch(entry.name) for entry in files(PACKAGE).iterdir())
    found = [(int(name["year"]), int(name["revision"]), name["id"]) for name in names if name]
    return tuple(table_id for _, _, table_id in sorted(found))


def load_table(table_id: str) -> TaxTable:
    """The table of that id ("2024-r1"). Raises `NotFound` when there is none."""
    known = available_tables()
    if table_id not in known:
        raise NotFound(
            "tax_table_unknown",
            f"There is no tax table {table_id[:40]!a}; known are {', '.join(known)}.",
            table_id=table_id[:40],
        )
    return _load(table_id)


def table_on(day: date) -> TaxTable:
    """The newest table that covers the day. Raises `Refused` for a day that none covers."""
    tables = [load_table(table_id) for table_id in available_tables()]
    found = [table for table in tables if table.covers(day)]
    if not found:
        spans = ", ".join(f"{table.id} from {_span(table)}" for table in tables)
        raise Refused(
            "tax_table_missing",
            f"There is no tax table for {day.isoformat()}; known are {spans}.",
            day=day.isoformat(),
        )
    return found[-1]


def parse_table(text: bytes) -> TaxTable:
    """A checked table from YAML. Raises `EditionError`."""
    try:
        data = yaml.load(text, Loader=_NoKeyTwice)  # noqa: S506 - a SafeLoader
        whole = rfc8785.dumps({**data, "digest": sha256(text).hexdigest()})
        return TaxTable.model_validate_json(whole)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "table"
        raise EditionError(f"The tax table cannot be read: {where}: {first['msg']}.") from None
    except (yaml.YAMLError, rfc8785.CanonicalizationError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise EditionError(f"The tax table is not plain YAML: {reason}.") from None


@cache
def _load(table_id: str) -> TaxTable:
    table = parse_table(files(PACKAGE).joinpath(f"{table_id}.yaml").read_bytes())
    if table.id != table_id:
        raise EditionError(f"The file of tax table {table_id} holds table {table.id}.")
    return table


def _span(table: TaxTable) -> str:
    last = "" if table.valid_to is None else f" to {table.valid_to.isoformat()}"
    return f"{table.valid_from.isoformat()}{last}"


class _NoKeyTwice(yaml.SafeLoader):
    """A key that appears twice is an error here; plain YAML would keep the last one silently."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        keys = [cast(object, self.construct_object(key, deep=True)) for key, _ in node.value]
        if len(set(map(repr, keys))) != len(keys):
            raise yaml.MarkedYAMLError(problem="a key appears twice", problem_mark=node.start_mark)
        return cast(dict[Hashable, object], super().construct_mapping(node, deep=deep))
