"""What the errors of WhatsApp mean for a message; by their codes, never by the words beside them."""

from typing import Any

from helpline.channels.calls import object_in
from helpline.channels.outbound import Failed, is_open
from helpline.channels.reasons import Meaning, Reason, by_status, by_words
from helpline.outside import Answer

from .errors import DIALOG, ERRORS, PERMISSIONS
from .webhooks import Error


def sent_id(answer: Answer) -> str:
    """WhatsApp's id of what it took; ``Failed`` when it was refused."""
    said = accepted(answer)
    messages = said.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    return str(first.get("id", "")) if isinstance(first, dict) else ""


def accepted(answer: Answer) -> dict[str, Any]:
    """What was said to a call that was taken; ``Failed`` else."""
    said = object_in(answer.body)
    if answer.status == 200 and "error" not in said:
        return said
    raise failure(answer.status, said)


def failure(status: int, said: dict[str, Any]) -> Failed:
    """Why not: as Meta says it, and as 360dialog does."""
    error = said.get("error")
    if not isinstance(error, dict):
        meta = said.get("meta")
        told = meta.get("developer_message") or meta.get("developerMessage") if isinstance(meta, dict) else None
        in_doubt = is_open(status, in_its_words=bool(told))
        reason, detail = by_words(DIALOG, status, str(told or "")), str(told or f"HTTP {status}")[:500]
        return Failed.by(reason, detail, code=str(status), may_have_arrived=in_doubt)
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    code = error.get("code")
    number = code if isinstance(code, int) else -1
    words = ": ".join(str(one) for one in (error.get("message"), details) if one)
    return _failed(number, words or f"HTTP {status}", status)


def meaning(error: Error) -> Failed:
    """Why a message that was taken did not arrive."""
    details = error.error_data.details if error.error_data else ""
    return _failed(error.code, details or error.title or error.message, 400)


def _failed(code: int, words: str, status: int) -> Failed:
    return Failed.by(_meaning(code, status), words[:500], code=str(code))


def _meaning(code: int, status: int) -> Meaning | Reason:
    if code in PERMISSIONS:
        return Reason.PERMISSION
    return ERRORS.get(code) or by_status(status)
