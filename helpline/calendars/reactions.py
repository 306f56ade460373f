"""What follows for calendars."""

from helpline.core import Tx

from .events import CalendarDaysSet, CalendarSet, HoursSwitched, HoursSwitchedBack
from .shapes import calendar_update, switch_update


def show_calendar(tx: Tx, fact: CalendarSet) -> None:
    """Every desk gets the calendar as it is now."""
    tx.touch(calendar_update, fact.id)


def show_days(tx: Tx, fact: CalendarDaysSet) -> None:
    """Every desk gets the calendar with its days as they are now."""
    tx.touch(calendar_update, fact.calendar_id)


def show_switch(tx: Tx, fact: HoursSwitched | HoursSwitchedBack) -> None:
    """Every desk gets the closure or extension as it is now."""
    tx.touch(switch_update, fact.id)
