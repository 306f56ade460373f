"""Canned responses: texts that are written once and said often. For everybody, for some teams, or one's own."""

from .models import CannedResponse

__all__ = ["CannedResponse"]
