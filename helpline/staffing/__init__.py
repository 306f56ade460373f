"""Staffing: how long people will wait with so many agents, and how many are needed. Arithmetic alone, without a database."""

from .expecting import Demand, Expected, Limits, Unreckonable, Unstable
from .planning import around, expect, needed, waits_by_class

__all__ = ["Demand", "Expected", "Limits", "Unreckonable", "Unstable", "around", "expect", "needed", "waits_by_class"]
