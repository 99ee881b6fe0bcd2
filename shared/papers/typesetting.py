"""A template and what it tells become a PDF: no clock, no fonts of the machine, no packages."""

import asyncio
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785
import typst

Told = Mapping[str, Any]


def digest_of(told: Told) -> str:
    """SHA-256 of the RFC 8785 JSON of what a paper tells: equal content, equal digest."""
    return sha256(rfc8785.dumps(dict(told))).hexdigest()


async def typeset(template: str, told: Told) -> bytes:
    """The PDF. The template reads `told` as `json(bytes(sys.inputs.told))`.

    What people typed comes in as data and is never read as markup. Only fonts that come with the
    library are used, so that every machine makes the same bytes.
    """
    return await asyncio.to_thread(_typeset, template, told)


def _typeset(template: str, told: Told) -> bytes:
    content = json.dumps(told, ensure_ascii=False, sort_keys=True)
    made = typst.compile(
        template.encode(), format="pdf", sys_inputs={"told": content}, ignore_system_fonts=True
    )
    assert isinstance(made, bytes)
    return made
