"""What a PDF says, as far as it says it in letters: a scan says nothing."""

import re
import time
from typing import BinaryIO

import pypdfium2

from shared.documents.inspection.outcome import TEXT_CHARACTERS

# A file that takes longer is still evidence: what was read until then is its text.
MOST_SECONDS = 4.0
PAGE_END = "\f"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def text_of(file: BinaryIO) -> str | None:
    """The text of the pages in their order, a form feed between them, cut at a length; None when
    there is none.
    """
    file.seek(0)
    document = pypdfium2.PdfDocument(file.read())
    try:
        text = _text(document)
    finally:
        document.close()
    return text[:TEXT_CHARACTERS] if text.strip() else None


def _text(document: pypdfium2.PdfDocument) -> str:
    ends = time.monotonic() + MOST_SECONDS
    pages: list[str] = []
    length = 0
    for number in range(len(document)):
        if length > TEXT_CHARACTERS or time.monotonic() > ends:
            break
        pages.append(_clean(document[number]))
        length += len(pages[-1])
    return PAGE_END.join(pages)


def _clean(page: pypdfium2.PdfPage) -> str:
    written = page.get_textpage()
    try:
        return UNPRINTABLE.sub("", written.get_text_range().replace("\r\n", "\n")).strip()
    finally:
        written.close()
        page.close()
