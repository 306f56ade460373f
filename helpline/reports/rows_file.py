"""The rows behind a report as one file, page by page, so that it is nowhere held as a whole."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from litestar.params import Parameter
from litestar.response import Stream

from helpline.core import spreadsheet

Row = TypeVar("Row")
Page = tuple[Sequence[Row], str | None]
Form = Annotated[Literal["csv", "jsonl"], Parameter(query="format")]

FILE = "application/octet-stream"
AT_ONCE = 500
"""Rows of one page."""


async def as_file(
    name: str,
    form: str,
    columns: Sequence[str],
    page: Callable[[str | None], Awaitable[Page[Row]]],
    cells: Callable[[Row], Iterable[object]],
    shown: Callable[[Row], Any],
) -> Stream:
    """CSV of ``cells`` under ``columns``, or ``shown`` as JSON, a line each. The first page is asked before the answer begins."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    first = await page(None)

    async def written() -> AsyncIterator[bytes]:
        if form == "csv":
            yield (spreadsheet.BOM + spreadsheet.line(columns)).encode()
        rows, more = first
        while True:
            if form == "csv":
                yield "".join(spreadsheet.line(cells(row)) for row in rows).encode()
            else:
                yield b"".join(msgspec.json.encode(shown(row)) + b"\n" for row in rows)
            if more is None:
                return
            rows, more = await page(more)

    return Stream(written(), media_type=FILE, headers=headers)
