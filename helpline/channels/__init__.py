"""Channels: the configured lines in, and the categories that say whose they are and who serves them."""

from .models import Category, Channel, Owner

__all__ = ["Category", "Channel", "Owner"]
