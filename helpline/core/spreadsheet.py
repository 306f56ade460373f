"""Lines of CSV that a spreadsheet shows and does not run."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime

BOM = "\ufeff"
"""Without it, some spreadsheets take UTF-8 for something else."""
_RUNS = re.compile(r"[\s\"']*[=+\-@＝＋－＠]")
_HARMLESS = re.compile(r"[+-]?[\d .()/-]*\d|@\w+", re.ASCII)


def cell(value: object) -> str:
    """What stands in a cell. A text that a spreadsheet would take for a formula gets an apostrophe in front.

    Numbers, telephone numbers and handles stay as they are.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    text = str(value)
    if not isinstance(value, str) or not _RUNS.match(text) or _HARMLESS.fullmatch(text):
        return text
    return f"'{text}"


def line(values: Iterable[object]) -> str:
    """One line, quoted where needed."""
    out = io.StringIO()
    csv.writer(out).writerow([cell(value) for value in values])
    return out.getvalue()
