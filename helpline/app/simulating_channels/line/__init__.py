"""LINE's Messaging API, as it is described in public (github.com/line/line-openapi)."""

from .api import Line

__all__ = ["Line"]
