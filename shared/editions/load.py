"""Editions from the files beside this module: read once, checked whole, then a pure value."""

import re
from collections.abc import Hashable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import cast

import rfc8785
import yaml
from pydantic import ValidationError

from shared.editions.checks import check
from shared.editions.errors import EditionError
from shared.editions.model import Edition

PACKAGE = "shared.editions"
FILE_NAME = re.compile(r"(?P<id>(?P<year>[0-9]{4})-r(?P<revision>[1-9][0-9]*))\.yaml")


@cache
@cache
def available() -> tuple[str, ...]:
    """The ids that can be loaded, oldest first."""
    names = (FILE_NAME.fullmatch(entry.name) for entry in files(PACKAGE).iterdir())
    found = [(int(name["year"]), int(name["revision"]), name["id"]) for name in names if name]
    return tuple(edition_id for _, _, edition_id in sorted(found))


def load(edition_id: str) -> Edition:
    """The edition of that id ("2026-r1"), or the newest revision of that year ("2026").

    Raises `EditionError` when there is none or when its data contradicts itself.
    """
    known = available()
    of_year = [found for found in known if found.startswith(f"{edition_id}-r")]
    if edition_id in known:
        return _load(edition_id)
    if not of_year:
        raise EditionError(f"There is no edition {edition_id[:40]!a}; known are {_list(known)}.")
    return _load(of_year[-1])


@cache
def _load(edition_id: str) -> Edition:
    text = files(PACKAGE).joinpath(f"{edition_id}.yaml").read_text(encoding="utf-8")
    edition = parse(text)
    if edition.id != edition_id:
        raise EditionError(f"The file of edition {edition_id} holds edition {edition.id}.")
    return edition


def parse(text: str) -> Edition:
    """A checked edition from YAML text; the digest is of exactly the data that was read.

    Raises `EditionError`. The digest does not depend on the model: adding an optional field to
    the code leaves the digest of released files alone.
    """
    data = _data(text)
    digest = sha256(rfc8785.dumps(data)).hexdigest()
    try:
        edition = Edition.model_validate_json(rfc8785.dumps({**data, "digest": digest}))
    except ValidationError as error:
        raise EditionError(f"The edition cannot be read: {_first(error)}.") from None
    check(edition)
    return edition


Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


class _StrictLoader(yaml.SafeLoader):
    """A key that appears twice is an error here; plain YAML would keep the last one silently."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        keys = [cast(object, self.construct_object(key, deep=True)) for key, _ in node.value]
        if len(set(map(repr, keys))) != len(keys):
            raise yaml.MarkedYAMLError(problem="a key appears twice", problem_mark=node.start_mark)
        return cast(dict[Hashable, object], super().construct_mapping(node, deep=deep))


def _data(text: str) -> dict[str, Plain]:
    try:
        loaded = cast(object, yaml.load(text, Loader=_StrictLoader))  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise EditionError(f"The edition is not YAML: {_one_line(error)}.") from None
    data = _plain(loaded, "the edition")
    if not isinstance(data, dict) or "digest" in data:
        raise EditionError("An edition is a mapping without a digest of its own.")
    return data


def _plain(value: object, where: str) -> Plain:
    """JSON values without floats: a decimal or a date is written as a string."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, list):
        return [_plain(item, where) for item in cast(list[object], value)]
    if isinstance(value, dict):
        items = cast(dict[object, object], value).items()
        return {_key(key, where): _plain(item, str(key)) for key, item in items}
    raise EditionError(f"The value {value} of {where} must be written as a string.")


def _key(key: object, where: str) -> str:
    if isinstance(key, str):
        return key
    raise EditionError(f"The key {key} in {where} must be a string.")


def _first(error: ValidationError) -> str:
    """Where and what; the kind of value that was expected there is no place in the file."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = [str(part) for part in first["loc"] if isinstance(part, int) or part.isidentifier()]
    return f"{'.'.join(place)}: {first['msg']}"


def _one_line(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())


def _list(known: tuple[str, ...]) -> str:
    return ", ".join(known)
