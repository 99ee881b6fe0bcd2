"""Fields of a profile as people type them on a command line. Pure, but for files that are named."""

import json
from pathlib import Path
from typing import Any, get_origin

from deploy.cli.failures import Misuse
from deploy.cli.json_input import Unreadable, read_json
from shared.events.submission import Profile

LISTS = {
    name for name, field in Profile.model_fields.items() if get_origin(field.annotation) is tuple
}
OBJECTS = {"intellectual_property"}
WHOLE_NUMBERS = {"budget_rupiah"}
EXAMPLE = "title='SIP PUTIH'"


def profile_change(assignments: list[str]) -> dict[str, Any]:
    """What to change; None clears a field. Raises `Misuse`."""
    change: dict[str, Any] = {}
    for text in assignments:
        name, separator, typed = text.partition("=")
        name = name.strip()
        if not separator or name in change:
            raise Misuse("pair_unreadable", f"{text[:60]} should read like {EXAMPLE}, each once.")
        if name not in Profile.model_fields:
            known = tuple(Profile.model_fields)
            raise Misuse("field_unknown", f"The profile has no field {name}.", allowed=known)
        change[name] = _value(name, _text(typed))
    return change


def _text(typed: str) -> str:
    """The text itself, or that of the file that `@` names; `@@` is the character."""
    if not typed.startswith("@") or typed.startswith("@@"):
        return typed.removeprefix("@") if typed.startswith("@@") else typed
    file = Path(typed[1:])
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Misuse("file_unreadable", f"{file} is not UTF-8 text.") from None


def _value(name: str, text: str) -> Any:
    if not text.strip():
        return None
    if name in OBJECTS or (name in LISTS and text.lstrip().startswith("[")):
        return _json(name, text)
    if name in LISTS:
        # A comma may belong to the name of a body; then they are parted by semicolons.
        parts = text.split(";" if ";" in text else ",")
        return [part.strip() for part in parts if part.strip()]
    if name in WHOLE_NUMBERS:
        return _whole(text)
    return text


def _json(name: str, text: str) -> Any:
    try:
        found = read_json(text.encode())
    except Unreadable as error:
        raise Misuse("field_unreadable", f"{name}: {error}") from None
    return json.loads(json.dumps(found, default=str))


def _whole(text: str) -> object:
    """Rupiah may be grouped by points, as people write them."""
    plain = text.strip().removeprefix("Rp").strip().replace(".", "")
    return int(plain) if plain.isascii() and plain.isdigit() else text
