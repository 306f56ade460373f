"""When agents are there, and what is said when they are not."""

from msgspec import Struct

from .references import CalendarId


class Hours(Struct, kw_only=True):
    """When agents are there, and what is said when they are not."""

    calendar_id: CalendarId = ""
    """The calendar that holds; empty: it is always open."""
