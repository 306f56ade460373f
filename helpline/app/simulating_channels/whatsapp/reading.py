"""Reading what is to be sent, and saying what is wrong with it in WhatsApp's codes."""

from typing import Any

import msgspec

from .messages import MarkAsRead, Message
from .refusals import bad


def read(body: bytes) -> Message | MarkAsRead:
    """A message, or that one was read."""
    try:
        given: Any = msgspec.json.decode(body)
    except msgspec.DecodeError:
        raise bad(100, "The request body is no JSON") from None
    if not isinstance(given, dict):
        raise bad(100, "The request body is no object")
    kind: Any = MarkAsRead if "status" in given else Message
    try:
        # Without a type it is a text, and so it is if the text is given.
        whole = given if "status" in given or "type" in given else {"type": "text", **given}
        return msgspec.convert(whole, kind)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        told = str(error)
        if "missing required field" in told:
            raise bad(131008, told) from None
        if "unknown field" in told:
            raise bad(100, told.replace("Object contains unknown field", "Unexpected key")) from None
        if "Invalid value" in told and "type" in told:
            raise bad(131051 if isinstance(given.get("type"), str) else 100, told) from None
        raise bad(131009 if "Expected" in told else 100, told) from None
