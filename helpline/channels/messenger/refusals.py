"""What the errors of the Graph API mean for a message; by their codes, never by the words beside them."""

from typing import Any

from helpline.channels.calls import object_in
from helpline.channels.outbound import Failed, is_open
from helpline.channels.reasons import Meaning, Reason, by_status
from helpline.outside import Answer

from .errors import ERRORS, PERMISSIONS


def sent_id(answer: Answer) -> str:
    """Meta's id of what it took; ``Failed`` when it was refused."""
    id = accepted(answer).get("message_id")
    return id if isinstance(id, str) else ""


def accepted(answer: Answer) -> dict[str, Any]:
    """What was said to a call that was taken; ``Failed`` else."""
    said = object_in(answer.body)
    if answer.status == 200 and "error" not in said:
        return said
    raise failure(answer.status, said)


def failure(status: int, said: dict[str, Any]) -> Failed:
    """Why not."""
    error = said.get("error")
    told = error if isinstance(error, dict) else {}
    code, subcode = (one if isinstance(one := told.get(name), int) else 0 for name in ("code", "error_subcode"))
    detail = str(told.get("message") or f"HTTP {status}")[:500]
    named = f"{code}/{subcode}" if subcode else str(code or status)
    in_doubt = is_open(status, in_its_words=bool(told))
    return Failed.by(_meaning(code, subcode, status), detail, code=named, may_have_arrived=in_doubt)


def _meaning(code: int, subcode: int, status: int) -> Meaning | Reason:
    found = ERRORS.get((code, subcode)) or ERRORS.get((code, 0))
    return found or (Reason.PERMISSION if code in PERMISSIONS else by_status(status))
