"""Workbooks (XLSX) that leave as they are written: nothing is kept but the row at hand, however many there are."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

MOST_ROWS = 1_048_576
"""Rows that a sheet can have; what is more comes on another."""
MOST_BYTES = 1_500_000_000
"""Of a sheet, before it is packed: beyond two billion older readers fail."""
LONGEST = 32_767
"""Characters that a cell can have."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Workbook:
    """A table on as many sheets as it needs. ``taken`` is what can leave since it was last asked."""

    def __init__(self, title: str, columns: Sequence[str], zone: tzinfo = UTC) -> None:
        self._title, self._columns, self._zone = title, columns, zone
        self._out = _Leaving()
        self._archive = zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._sheets = self._rows = self._size = 0
        self._sheet: IO[bytes] | None = None
        self._begin()

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Further rows."""
        for row in rows:
            if self._rows >= MOST_ROWS or self._size >= MOST_BYTES:
                self._begin()
            self._put(row)

    def close(self) -> None:
        """That was all."""
        self._end()
        sheets = range(1, self._sheets + 1)
        names = [self._title if number == 1 else f"{self._title} {number}" for number in sheets]
        listed = "".join(
            f'<sheet name={quoteattr(name[:31])} sheetId="{no}" r:id="rId{no}"/>'
            for no, name in zip(sheets, names, strict=True)
        )
        parts = [
            f'<Override PartName="/xl/worksheets/sheet{no}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for no in sheets
        ]
        related = [_relation(no, "worksheet", f"worksheets/sheet{no}.xml") for no in sheets]
        related.append(_relation(0, "styles", "styles.xml"))
        begins = _relation(1, "officeDocument", "xl/workbook.xml")
        for name, content in {
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{"".join(related)}</Relationships>',
            "xl/styles.xml": _STYLES,
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{begins}</Relationships>',
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{"".join(parts)}</Types>',
        }.items():
            self._archive.writestr(name, _HEAD + content)
        self._archive.close()

    def taken(self) -> bytes:
        """What was written and packed since, to be sent on."""
        return self._out.taken()

    def _begin(self) -> None:
        self._end()
        self._sheets, self._rows, self._size = self._sheets + 1, 0, 0
        self._sheet = self._archive.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        frozen = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        views = f'<sheetViews><sheetView workbookViewId="0">{frozen}</sheetView></sheetViews>'
        self._sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{views}<sheetData>'.encode())
        self._put(self._columns, style=' s="2"')

    def _end(self) -> None:
        if self._sheet is not None:
            self._sheet.write(b"</sheetData></worksheet>")
            self._sheet.close()

    def _put(self, row: Sequence[object], style: str = "") -> None:
        assert self._sheet is not None  # noqa: S101 - from the first to the last moment there is one
        line = f"<row>{''.join(self._cell(value, style) for value in row)}</row>".encode()
        self._sheet.write(line)
        self._rows, self._size = self._rows + 1, self._size + len(line)

    def _cell(self, value: object, style: str) -> str:
        if value is None or value == "":
            return "<c/>"
        if isinstance(value, datetime):
            days = (value.astimezone(self._zone).replace(tzinfo=None) - _DAY_ZERO).total_seconds() / 86_400
            return f'<c s="1"><v>{days:.8f}</v></c>'
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        text = escape(_NOT_XML.sub("", str(value)[:LONGEST]))
        return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'


class _Leaving(io.RawIOBase):
    """Takes what is written to it until somebody takes it away. It cannot go back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        self._held += some
        return len(some)

    def taken(self) -> bytes:
        """All that is held."""
        held, self._held = bytes(self._held), bytearray()
        return held


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
