"""Telegram's Bot API, as it is described in public (core.telegram.org/bots/api)."""

from .api import Telegram

__all__ = ["Telegram"]
