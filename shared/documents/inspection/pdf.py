"""PDF: as many pages as somebody can check, and nothing in it that acts by itself."""

from collections.abc import Iterator
from typing import BinaryIO

import pikepdf

from shared.documents.content import Failed, RuleCode
from shared.documents.inspection import texts
from shared.documents.inspection.outcome import Inspected, Limits
from shared.documents.results import Properties

MOST_OBJECTS = 200_000
DEEPEST = 50

# A dictionary with one of these keys, or with one of these names under /S, /Subtype or /Type.
KEYS: dict[str, RuleCode] = {
    "/JS": "active_content",
    "/EF": "attached_files",
    "/RichMediaContent": "rich_media",
    "/XFA": "xfa_form",
}
ACTIONS: dict[str, RuleCode] = {
    "/JavaScript": "active_content",
    "/Launch": "active_content",
    "/SubmitForm": "active_content",
    "/ImportData": "active_content",
    "/GoToE": "attached_files",
    "/Rendition": "rich_media",
    "/Movie": "rich_media",
    "/Sound": "rich_media",
    "/RichMediaExecute": "rich_media",
}
KINDS: dict[str, RuleCode] = {
    "/FileAttachment": "attached_files",
    "/EmbeddedFile": "attached_files",
    "/RichMedia": "rich_media",
    "/Movie": "rich_media",
    "/Sound": "rich_media",
    "/Screen": "rich_media",
    "/3D": "rich_media",
}
NAMES = {"/S": ACTIONS, "/Subtype": KINDS, "/Type": KINDS}
Containers = pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream


def inspect(file: BinaryIO, limits: Limits) -> Inspected | Failed:
    """Raises what pikepdf raises for a file that it cannot read."""
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            failed = _first_failed(pdf, limits)
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        return Failed("encrypted")
    return failed or Inspected(Properties(pages=pages), texts.text_of(file))


def _first_failed(pdf: pikepdf.Pdf, limits: Limits) -> Failed | None:
    if pdf.is_encrypted:
        return Failed("encrypted")
    pages = len(pdf.pages)
    if pages == 0:
        return Failed("no_pages")
    if pages > limits.max_pages:
        return Failed("too_many_pages", {"pages": pages, "max_pages": limits.max_pages})
    if len(pdf.objects) > MOST_OBJECTS:
        return Failed("too_complex")
    return next(_forbidden(pdf), None)


def _forbidden(pdf: pikepdf.Pdf) -> Iterator[Failed]:
    """Every object is looked at, also those that no page shows."""
    yield from _within(pdf.trailer, DEEPEST)
    for each in pdf.objects:
        yield from _within(each, DEEPEST)


def _within(node: object, depth: int) -> Iterator[Failed]:
    """What is forbidden in the node and what it holds itself; what it refers to has its turn."""
    if not isinstance(node, Containers):
        return
    if depth == 0:
        yield Failed("too_complex")
        return
    if isinstance(node, pikepdf.Array):
        children = list(node)
    else:
        entries = _entries(node)
        yield from _named(entries)
        children = list(entries.values())
    for child in children:
        if isinstance(child, Containers) and not child.is_indirect:
            yield from _within(child, depth - 1)


def _entries(node: pikepdf.Dictionary | pikepdf.Stream) -> dict[str, pikepdf.Object]:
    dictionary = node.stream_dict if isinstance(node, pikepdf.Stream) else node
    return dict(dictionary.items())


def _named(entries: dict[str, pikepdf.Object]) -> Iterator[Failed]:
    for key in KEYS.keys() & entries.keys():
        yield Failed(KEYS[key], {"found": key})
    for key, names in NAMES.items():
        name = str(entries.get(key, ""))
        if name in names:
            yield Failed(names[name], {"found": name})
