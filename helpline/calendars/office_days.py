"""Office calendars as governments publish them: a row for each day of a year, working or not. CSV or JSON.

Taiwan's is the model: it moves working days to Saturdays, and is amended in the middle of a year.
"""

import csv
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from helpline.core import Invalid

from .shapes import SpecialDayIn

_DATE = ("date", "西元日期", "日期", "start date", "start_date")
_IS_OFF = ("isholiday", "是否放假", "is_holiday", "holiday")
_NAME = ("description", "備註", "name", "subject", "caption")
_ON, _OFF = {"0", "false", "否", "no", ""}, {"2", "1", "true", "是", "yes"}
SATURDAY = 5
ENCODINGS = ("utf-8-sig", "big5hkscs")


class NotAnOfficeCalendar(Invalid):
    """This is no office calendar: it needs a row for each day with its date and whether it is a day off, as CSV or JSON."""


def decoded(raw: bytes) -> str:
    """The text of a file; those of Taiwan are often in Big5."""
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAnOfficeCalendar(field="text")


def office_days(text: str, like: int) -> dict[date, SpecialDayIn]:
    """What in it differs from an ordinary week. A working Saturday is as the day ``like`` of the week."""
    found: dict[date, SpecialDayIn] = {}
    days = [_day(row) for row in _rows(text.lstrip("\ufeff").strip())]
    for at, is_off, name in days:
        is_weekend = at.weekday() >= SATURDAY
        if is_off and (name or not is_weekend):
            found[at] = SpecialDayIn(kind="holiday", name=name)
        elif not is_off and is_weekend:
            found[at] = SpecialDayIn(kind="working", name=name, like=like)
    if not days:
        raise NotAnOfficeCalendar(field="text")
    return found


def years_of(text: str) -> set[int]:
    """The years it speaks of."""
    return {_day(row)[0].year for row in _rows(text.lstrip("\ufeff").strip())}


def _rows(text: str) -> Iterable[dict[str, Any]]:
    if text[:1] in {"[", "{"}:
        try:
            read = json.loads(text)
        except ValueError:
            raise NotAnOfficeCalendar(field="text") from None
        rows = read if isinstance(read, list) else next((one for one in read.values() if isinstance(one, list)), [])
    else:
        rows = list(csv.DictReader(text.splitlines()))
    if not all(isinstance(row, dict) for row in rows):
        raise NotAnOfficeCalendar(field="text")
    return [{str(name).strip().lower(): value for name, value in row.items()} for row in rows]


def _day(row: dict[str, Any]) -> tuple[date, bool, str]:
    at, is_off = _first(row, _DATE), str(_first(row, _IS_OFF)).strip().lower()
    digits = "".join(part.zfill(2) for part in str(at).split("T")[0].replace("/", "-").split("-"))
    try:
        day = date.fromisoformat(digits)
    except ValueError:
        raise NotAnOfficeCalendar(f"{str(at)[:40]!r} is no date.", field="text") from None
    if is_off not in _ON | _OFF:
        raise NotAnOfficeCalendar(f"{is_off[:40]!r} does not say whether {day} is a day off.", field="text")
    return day, is_off in _OFF, str(_first(row, _NAME) or "").strip()[:200]


def _first(row: dict[str, Any], names: Iterable[str]) -> Any:
    return next((row[name] for name in names if name in row), "")
