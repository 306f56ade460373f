"""What must not get lost: the ids of messages that somebody wrote, read from a payload in the plainest way.

It is a second reading, by the provider's description and not by our adapter, as narrow as can be: only where it is beyond doubt
that somebody said something is it owed.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from helpline.channels.telegram.updates import ENVELOPE, SERVICE


def owed(kind: str, body: bytes) -> set[str]:
    """The ids by which messages must have become events, unless all of the payload was refused."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return set()
    find = OWED.get(kind)
    return set(find(told)) if find and isinstance(told, dict) else set()


def _line(told: Any) -> Iterator[str]:
    for event in _dicts(told.get("events")):
        source, message = _dict(event.get("source")), _dict(event.get("message"))
        if event.get("type") == "message" and _text(source.get("userId")) and isinstance(message.get("id"), str):
            yield message["id"]


def _telegram(told: Any) -> Iterator[str]:
    message = _dict(told.get("message"))
    chat, id = _dict(message.get("chat")).get("id"), message.get("message_id")
    content = message.keys() - ENVELOPE - SERVICE
    is_start = message.get("text") == "/start"
    if isinstance(chat, int) and isinstance(id, int) and content and not is_start and not message.keys() & SERVICE:
        yield f"{chat}:{id}"


def _whatsapp(told: Any) -> Iterator[str]:
    for entry in _dicts(told.get("entry")):
        for change in _dicts(entry.get("changes")):
            for message in (
                _dicts(_dict(change.get("value")).get("messages")) if change.get("field") == "messages" else ()
            ):
                of_another = message.keys() & {"reaction", "edit", "revoke"}
                if message.get("type") != "system" and not of_another and _text(message.get("from")):
                    yield str(message.get("id"))


def _meta(told: Any) -> Iterator[str]:
    for entry in _dicts(told.get("entry")):
        for one in _dicts(entry.get("messaging")):
            message = _dict(one.get("message"))
            others = one.keys() - {"sender", "recipient", "timestamp", "message"}
            is_ours = message.get("is_echo") or _dict(one.get("sender")).get("id") == entry.get("id")
            who = _dict(one.get("recipient" if is_ours else "sender"))
            if message and not others and not message.get("is_deleted") and _text(who.get("id")):
                yield str(message.get("mid"))


def _api(told: Any) -> Iterator[str]:
    for event in _dicts(told.get("events")):
        if event.get("type") == "message":
            yield str(event.get("id"))


OWED: dict[str, Callable[[Any], Iterable[str]]] = {
    "line": _line,
    "telegram": _telegram,
    "whatsapp": _whatsapp,
    "messenger": _meta,
    "instagram": _meta,
    "api": _api,
}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
