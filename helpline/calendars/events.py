"""What happens to calendars."""

from dataclasses import dataclass

from helpline.core import Audited, Edited


@dataclass(frozen=True, kw_only=True)
class CalendarSet(Edited):
    """A calendar was added or changed."""

    id: str

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class CalendarDaysSet(Audited):
    """Special days of a calendar were entered, changed, loaded or taken away."""

    calendar_id: str
    name: str
    set: list[str]
    """Each as in "2026-12-25 holiday Christmas Day"."""
    removed: list[str]

    @property
    def subject(self) -> str:
        return self.calendar_id


@dataclass(frozen=True, kw_only=True)
class HoursSwitched(Audited):
    """Channel categories were closed, or are open longer, whatever their calendars say."""

    id: str
    name: str
    """What the categories are called."""
    kind: str
    category_ids: list[str]
    starts_at: str
    ends_at: str | None
    note: str

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class HoursSwitchedBack(Audited):
    """A closure or an extension was ended, or called off before it began."""

    id: str
    name: str
    kind: str
    category_ids: list[str]

    @property
    def subject(self) -> str:
        return self.id
