"""Messenger and Instagram by Meta's Graph API, as its public pages describe them."""

from .api import Messenger

__all__ = ["Messenger"]
