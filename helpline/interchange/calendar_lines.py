"""The lines that say when somebody is there."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from helpline.calendars.plan import DayKind, SwitchKind
from helpline.calendars.shapes import LastIntake, Periods, Week

from .setting_parts import Name, Part, Time


class SpecialDayPart(Part, kw_only=True):
    date: date
    kind: DayKind = "holiday"
    name: Annotated[str, Meta(max_length=200)] = ""
    like: Annotated[int, Meta(ge=0, le=6)] | None = None
    periods: Periods = []
    source: Annotated[str, Meta(max_length=40)] = ""


class CalendarLine(Part, tag="calendar", tag_field="type", kw_only=True):
    name: Name
    zone: Annotated[str, Meta(max_length=64)]
    week: Week
    last_intake: LastIntake = 0
    queue_while_closed: bool = True
    active: bool = True
    days: Annotated[list[SpecialDayPart], Meta(max_length=10_000)] = []


class HoursSwitchLine(Part, tag="hours_switch", tag_field="type", kw_only=True):
    """An emergency closure or an extension, also one that is over."""

    kind: SwitchKind
    categories: list[Name]
    note: Annotated[str, Meta(max_length=200)] = ""
    starts_at: Time
    ends_at: Time | None = None
    by_name: Annotated[str, Meta(max_length=200)] = ""
    created_at: Time
    ended_by_name: Annotated[str, Meta(max_length=200)] = ""
