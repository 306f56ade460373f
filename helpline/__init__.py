"""Helpline: customer service over every channel, self-hosted."""

__version__ = "0.1.0"
