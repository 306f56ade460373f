"""Fields that an administrator names: put into what is sent, found in what comes.

A dot goes one step down, a number into a list.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from helpline.channels.inbound import NotUnderstood

DEEPEST = 8


def filled(fields: Iterable[str], values: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields with their values; ``{to}`` and the like stand for what is sent. What has no name is passed over."""
    pairs = [(name.strip(), value.strip()) for name, is_one, value in (one.partition("=") for one in fields) if is_one]
    return [(name, _with(value, values)) for name, value in pairs if name]


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """As an object in JSON: ``message.to`` is a field of an object."""
    whole: dict[str, Any] = {}
    for name, value in pairs:
        *way, last = name.split(".")[:DEEPEST]
        place = whole
        for step in way:
            inner = place.setdefault(step, {})
            place = inner if isinstance(inner, dict) else place
        place[last] = value
    return whole


def read(body: bytes, query: Mapping[str, str]) -> Any:
    """What came, as JSON or as a form, or in the address alone."""
    if body[:1] in (b"{", b"["):
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise NotUnderstood(f"No JSON: {error}") from error
    form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return {**query, **form}


def found(told: Any, path: str) -> str:
    """The value at a path; empty where there is none."""
    if isinstance(told, Mapping) and path in told:
        return _plain(told[path])
    for step in path.split(".")[:DEEPEST] if path else ():
        if isinstance(told, Mapping):
            told = told.get(step)
        elif isinstance(told, list) and step.isdecimal() and int(step) < len(told):
            told = told[int(step)]
        else:
            return ""
    return _plain(told) if path else ""


def _with(value: str, values: Mapping[str, str]) -> str:
    """Each place once, so that what somebody wrote is never looked through for places."""
    parts = value.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, is_closed, rest = part.partition("}")
        filled.append(values[name] + rest if is_closed and name in values else "{" + part)
    return "".join(filled)


def _plain(value: Any) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, Mapping | list):
        return ""
    return str(value)[:20_000]
