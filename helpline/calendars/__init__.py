"""Calendars: when somebody is there. Weeks, special days, closures and extensions, and the arithmetic of working time."""

from .plan import Day, HoursState, Period, Plan, Switch

__all__ = ["Day", "HoursState", "Period", "Plan", "Switch"]
