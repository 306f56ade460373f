"""Keyset paging: a cursor says after which row to go on, so that page 1,000 costs what page 1 costs."""

import base64
from typing import Annotated, Any

import msgspec
from litestar.params import Parameter

from .errors import Invalid

MOST = 200
Limit = Annotated[int, Parameter(ge=1, le=MOST, description=f"How many at most (1–{MOST}).")]


class BadCursor(Invalid):
    """This cursor is not one we gave out; start again from the first page."""


def cursor(*keys: Any) -> str:
    """The opaque place after a row with these sort keys."""
    return base64.urlsafe_b64encode(msgspec.json.encode(keys)).decode().rstrip("=")


def place(given: str, *kinds: type) -> tuple[Any, ...]:
    """The sort keys a cursor stands for."""
    try:
        raw = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
        return tuple(msgspec.json.decode(raw, type=tuple[kinds]))  # type: ignore[valid-type]
    except (ValueError, msgspec.MsgspecError):
        raise BadCursor(field="cursor") from None


__all__ = ["MOST", "BadCursor", "Limit", "cursor", "place"]
