"""Special days that come from elsewhere: loaded again they replace what was loaded, and never what was entered by hand."""

from datetime import date

from helpline.core import Tx

from . import queries
from .actions import remove_days, set_days
from .models import Calendar
from .shapes import SpecialDayIn


def load_days(
    tx: Tx, calendar: Calendar, days: dict[date, SpecialDayIn], *, source: str, years: set[int]
) -> tuple[int, int]:
    """Enter these, and take away what the source said of these years before; how many came and went."""
    there = {row.date: row for row in queries.days_of(tx, calendar.id)}
    by_hand = {at for at, row in there.items() if not row.source}
    new = {at: day for at, day in days.items() if at not in by_hand}
    gone = [at for at, row in there.items() if row.source == source and at.year in years and at not in new]
    if gone:
        remove_days(tx, calendar, gone)
        tx.expire()
    set_days(tx, calendar, new, source=source)
    return len(new), len(gone)
