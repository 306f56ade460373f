"""Saved views: the filters and the order of a list under a name, one's own or everybody's."""

from .models import SavedView

__all__ = ["SavedView"]
