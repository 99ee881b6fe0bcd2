"""Many innovations as JSON, CSV or one workbook, written a page at a time."""

import asyncio
import csv
from collections.abc import AsyncIterator, Sequence
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from services.submission.api.exports.books import (
    FILES,
    INDICATORS,
    Writer,
    file_row,
    indicator_rows,
    streamed_book,
)
from services.submission.api.exports.flat import Flat
from services.submission.api.exports.pages import Shelf
from services.submission.api.exports.shapes import InnovationForm
from services.submission.api.imports.cells import Shown, plain
from services.submission.api.imports.delimited import guarded
from services.submission.api.imports.sheets import TRAINING
from services.submission.projections.innovations import InnovationView

Pages = AsyncIterator[tuple[InnovationView, ...]]
CHUNK_BYTES = 256 * 1024
BYTE_ORDER_MARK = "\ufeff"
"""By it a spreadsheet knows that a CSV file is in UTF-8."""


async def json_array(pages: Pages, shelf: Shelf) -> AsyncIterator[bytes]:
    """`items`, and at the end their `count`: a list that broke off is no JSON."""
    count = 0
    yield b'{"items":['
    async for views in pages:
        forms = await shelf.forms(views)
        written = await asyncio.to_thread(_json, forms)
        if written:
            yield (b",\n" if count else b"\n") + written
        count += len(views)
    yield b'\n],"count":%d}\n' % count


async def comma_separated(pages: Pages, flat: Flat) -> AsyncIterator[bytes]:
    yield (BYTE_ORDER_MARK + comma_separated_text([list(flat.columns)])).encode()
    async for views in pages:
        yield await asyncio.to_thread(_rows, flat, views)


async def workbook(
    pages: Pages, shelf: Shelf, flat: Flat, *, training: bool
) -> AsyncIterator[bytes]:
    """The sheets Inovasi (which can be imported), Indikator and Berkas of all of them.

    Nothing is sent before all is written: what fails until then is a problem, not half a file.
    """
    folder = TemporaryDirectory(prefix="inda-export-", ignore_cleanup_errors=True)
    try:
        file = Path(folder.name) / "inovasi.xlsx"
        await _written(file, pages, shelf, flat, training=training)
        yield b""
        with file.open("rb") as stream:
            while chunk := await asyncio.to_thread(stream.read, CHUNK_BYTES):
                yield chunk
    finally:
        folder.cleanup()


async def _written(file: Path, pages: Pages, shelf: Shelf, flat: Flat, *, training: bool) -> None:
    made = streamed_book(file)
    try:
        mark = f" {TRAINING}" if training else ""
        about = ("id_inovasi", "nama_inovasi")
        innovations = Writer(made, made.add_worksheet(f"Inovasi{mark}"), flat.columns)
        indicators = Writer(made, made.add_worksheet(f"Indikator{mark}"), (*about, *INDICATORS))
        files = Writer(made, made.add_worksheet(f"Berkas{mark}"), (*about, *FILES))

        def write(views: Sequence[InnovationView], forms: Sequence[InnovationForm]) -> None:
            for view, form in zip(views, forms, strict=True):
                innovations.add(flat.row(view))
                name = [view.innovation_id, view.title]
                for row in indicator_rows(form):
                    indicators.add([*name, *row])
                for item in form.evidence:
                    files.add([*name, *file_row(item)])

        async for views in pages:
            await asyncio.to_thread(write, views, await shelf.forms(views))
    finally:
        await asyncio.to_thread(made.close)


def _json(forms: Sequence[InnovationForm]) -> bytes:
    return b",\n".join(form.model_dump_json().encode() for form in forms)


def _rows(flat: Flat, views: Sequence[InnovationView]) -> bytes:
    return comma_separated_text(
        [[_cell(value) for value in flat.row(view)] for view in views]
    ).encode()


def _cell(value: Shown) -> str:
    """Numbers may begin with a minus; a text that does is guarded."""
    return guarded(value) if isinstance(value, str) else plain(value)


def comma_separated_text(records: Sequence[Sequence[str]]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(records)
    return text.getvalue()
