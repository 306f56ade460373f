"""Wire shapes: what goes in and out over HTTP and WebSocket."""

import msgspec
from msgspec import UNSET, UnsetType

__all__ = ["UNSET", "In", "Out", "Problem", "UnsetType", "given"]


class Out(msgspec.Struct, kw_only=True):
    """Something the server says."""


class In(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Something a client says. Unknown fields are refused, so that a typing error is heard."""


class Wrong(Out):
    field: str
    detail: str


class Problem(Out):
    """Why something was refused (RFC 9457). ``code`` is stable; a code may bring further members."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    field: str | UnsetType = UNSET
    errors: list[Wrong] | UnsetType = UNSET


def given(shape: In) -> dict[str, object]:
    """The fields that were really sent; those left out are not in it."""
    pairs = ((name, getattr(shape, name)) for name in shape.__struct_fields__)
    return {name: value for name, value in pairs if value is not UNSET}
