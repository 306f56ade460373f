"""Calendars: when somebody is there. Weeks, special days, closures and extensions, and the arithmetic of working time."""

from .plan import Day, Period, Plan, State, Switch

__all__ = ["Day", "Period", "Plan", "State", "Switch"]
