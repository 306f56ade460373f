"""What a refusal of LINE's means for a message."""

from typing import Any

from helpline.channels.calls import object_in
from helpline.channels.outbound import Failed
from helpline.channels.reasons import by_words
from helpline.outside import Answer

from .errors import ERRORS

_NO_TOKEN = "Invalid reply token"  # noqa: S105 - what LINE says


class TokenIsOver(Exception):
    """The reply token was used, or its minute is over: nothing was sent by it."""


def sent_id(answer: Answer) -> str:
    """LINE's id of what was sent, now or before by the same key; ``Failed`` when it was refused."""
    said = object_in(answer.body)
    if answer.status in {200, 409}:
        sent = said.get("sentMessages")
        first = sent[0] if isinstance(sent, list) and sent else None
        return str(first.get("id", "")) if isinstance(first, dict) else ""
    if answer.status == 400 and said.get("message") == _NO_TOKEN:
        raise TokenIsOver
    raise failure(answer.status, said)


def failure(status: int, said: dict[str, Any]) -> Failed:
    """Why not."""
    detail = str(said.get("message") or f"HTTP {status}")[:300]
    details = said.get("details")
    for one in details if isinstance(details, list) else []:
        if isinstance(one, dict):
            detail += f" ({one.get('property', '')}: {one.get('message', '')})"[:200]
    # Pushed again it is told apart by its key; a reply token may have done its work.
    in_doubt = status >= 500
    return Failed.by(by_words(ERRORS, status, detail), detail, code=str(status), may_have_arrived=in_doubt)
