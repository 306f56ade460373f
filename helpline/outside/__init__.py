"""Calls to servers that customers name: one guard for all, so that none of them reaches what stands behind Helpline."""

from .addresses import is_address
from .calling import Answer, NoAnswer, Outside

__all__ = ["Answer", "NoAnswer", "Outside", "is_address"]
