"""JSON from a stream: one document, or one a line, each handed on before the next is read."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, NoReturn


class Unreadable(ValueError):
    """The text is not one JSON document; the message is a sentence."""


def documents(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each document's text with the number of its first line, counted from 1; blanks are skipped.

    Input that is one JSON value as a whole is one document, otherwise each line is. Only a first
    line that could be the beginning of a longer document makes this wait for the rest.
    """
    lines = ((number, raw) for number, raw in enumerate(stream, start=1) if raw.strip())
    first = next(lines, None)
    if first is None:
        return
    if not _may_go_on(first[1]):
        yield first
        yield from lines
        return
    held = [first, *lines]
    whole = b"".join(raw for _, raw in held)
    yield from [(first[0], whole)] if _is_json(whole) else held


def read_json(raw: bytes) -> object:
    """Decimals stay decimals. Raises `Unreadable`, also for NaN and for a key given twice."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_unique,
        )
    except Unreadable:
        raise
    except UnicodeDecodeError:
        raise Unreadable("This is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"This is not JSON: {error.msg} at character {error.pos + 1}.") from None
    except (ValueError, RecursionError):
        raise Unreadable("This JSON is nested too deeply or holds too long a number.") from None


def shown(text: str) -> str:
    """Foreign text, short and harmless on any terminal."""
    return ascii(text)[1:-1] if len(text) <= 40 else ascii(text[:40])[1:-1] + "..."


def _may_go_on(raw: bytes) -> bool:
    """Tokens never span lines, so the beginning of a document fails only at its very end."""
    try:
        text = raw.decode("utf-8-sig")
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.pos >= len(error.doc.rstrip())
    except (ValueError, RecursionError):
        return False
    return False


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Unreadable("A number has an exponent out of all bounds.") from None


def _no_constant(name: str) -> NoReturn:
    raise Unreadable(f"{name} is not a number that JSON knows.")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable(f"The key {shown(name)} appears twice.")
        found[name] = value
    return found
