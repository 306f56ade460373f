"""Whether somebody is there for a channel category: its calendar, with what closes it or keeps it open at once."""

from datetime import datetime
from typing import NamedTuple

from helpline.calendars import HoursState, Plan
from helpline.calendars.arithmetic import Now, now_at
from helpline.calendars.models import Calendar
from helpline.calendars.queries import plan_of
from helpline.core import Tx

from .prompts import PromptName
from .queries import in_force


class Hours(NamedTuple):
    """What holds for a channel category at a moment."""

    plan: Plan
    now: Now
    may_queue: bool
    """Whether who comes now may wait; always while it is open."""


PROMPTS: dict[HoursState, PromptName] = {HoursState.HOLIDAY: "holiday", HoursState.BREAK: "break_time"}


def hours_at(tx: Tx, category_id: str, at: datetime | None = None) -> Hours:
    """Open, break, closed, holiday or past the last intake. Without a calendar it is open, unless it was closed at once."""
    return tx.once(_now, category_id) if at is None else _at(tx, category_id, at)


def changed(tx: Tx) -> None:
    """Other hours hold from now on, in this unit too."""
    tx.forget(_now)


def _now(tx: Tx, category_id: str) -> Hours:
    return _at(tx, category_id, tx.now)


def _at(tx: Tx, category_id: str, at: datetime) -> Hours:
    calendar = tx.find(Calendar, in_force(tx, category_id).hours.calendar_id)
    plan = plan_of(tx, calendar, since=at, category_id=category_id)
    now = now_at(plan, at)
    return Hours(plan, now, now.takes or calendar is None or calendar.queue_while_closed)


def prompt_of(now: Now) -> PromptName | None:
    """Which text says why nobody is there; none while it is open."""
    return None if now.takes else PROMPTS.get(now.state, "after_hours")
