"""Wire shapes: what goes in and out over HTTP and WebSocket."""

import msgspec
from msgspec import UNSET, UnsetType

__all__ = ["UNSET", "In", "Out", "UnsetType", "given"]


class Out(msgspec.Struct, kw_only=True):
    """Something the server says."""


class In(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Something a client says. Unknown fields are refused, so that a typing error is heard."""


def given(shape: In) -> dict[str, object]:
    """The fields that were really sent; those left out are not in it."""
    pairs = ((name, getattr(shape, name)) for name in shape.__struct_fields__)
    return {name: value for name, value in pairs if value is not UNSET}
