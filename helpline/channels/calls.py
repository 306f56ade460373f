"""A call to a provider as a value: what is asked can be looked at without asking it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from helpline.outside import Answer, NoAnswer, Outside

from .outbound import unanswered

WITHIN = 15.0
WITH_FILE = 120.0


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request."""

    method: str = "POST"
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    within: float = WITHIN


@dataclass(frozen=True)
class Part:
    """A file in a form."""

    name: str
    media_type: str
    data: bytes


def in_json(url: str, value: Any, headers: Mapping[str, str] | None = None) -> Call:
    """A call that says something in JSON."""
    return Call(
        url=url, body=msgspec.json.encode(value), headers={"content-type": "application/json", **(headers or {})}
    )


def as_form(url: str, fields: Mapping[str, str | Part], headers: Mapping[str, str] | None = None) -> Call:
    """A call that brings a file."""
    boundary = secrets.token_hex(16)
    body = bytearray()
    for name, value in fields.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'.encode()
        if isinstance(value, Part):
            kind = _header_safe(value.media_type) or "application/octet-stream"
            body += f'; filename="{_header_safe(value.name)}"\r\nContent-Type: {kind}'.encode()
        body += b"\r\n\r\n" + (value.data if isinstance(value, Part) else value.encode()) + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    kind = f"multipart/form-data; boundary={boundary}"
    return Call(url=url, body=bytes(body), headers={"content-type": kind, **(headers or {})}, within=WITH_FILE)


async def make(call: Call, outside: Outside, *, most: int = 1024 * 1024) -> Answer:
    """What the provider answers; ``Failed`` when it does not."""
    try:
        return await outside.call(call.method, call.url, call.body, call.headers, within=call.within, most=most)
    except NoAnswer as failed:
        raise unanswered(failed) from failed


def object_in(body: bytes) -> dict[str, Any]:
    """The JSON object that an answer is; an empty one when it is none."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return said if isinstance(said, dict) else {}


def _header_safe(given: str) -> str:
    """As it can stand between quotation marks in a header."""
    return given.translate({ord(sign): "_" for sign in '"\\\r\n'})
