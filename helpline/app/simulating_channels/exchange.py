"""What is asked of a provider and what it says: values, apart from any network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from io import BytesIO
from typing import Any

import msgspec
from multipart import MultipartError, MultipartParser  # type: ignore[import-untyped]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request; the names of its headers are in small letters."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def bearer(self) -> str:
        """The token it came with."""
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token if kind.lower() == "bearer" else ""


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Upload:
    """A file in a form."""

    name: str
    content_type: str
    data: bytes


class Refusal(Exception):
    """The provider says no, and how."""

    def __init__(self, said: Said) -> None:
        super().__init__(f"{said.status} {said.body.decode(errors='replace')}")
        self.said = said


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Said:
    """An answer in JSON."""
    return Said(status, msgspec.json.encode(value), {"content-type": "application/json", **(headers or {})})


def form_of(asked: Asked) -> dict[str, str | Upload]:
    """The fields of a multipart form; nothing when it is none."""
    header = Message()
    header["content-type"] = asked.headers.get("content-type", "")
    boundary = header.get_boundary()
    if header.get_content_type() != "multipart/form-data" or not boundary:
        return {}
    fields: dict[str, str | Upload] = {}
    try:
        for part in MultipartParser(BytesIO(asked.body), boundary):
            if part.filename is None:
                fields[part.name] = part.value
            else:
                fields[part.name] = Upload(part.filename, part.content_type, part.raw)
    except MultipartError:
        return {}
    return fields
