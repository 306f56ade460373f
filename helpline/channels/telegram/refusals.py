"""What a refusal of Telegram's means for a message."""

from typing import Any

from helpline.channels.calls import object_in
from helpline.channels.outbound import Failed, is_open
from helpline.channels.reasons import Reason, by_words
from helpline.outside import Answer

from .errors import ERRORS, NOT_NAMED

_SO_ALREADY = ("message is not modified", "message to delete not found")


def is_done_already(failed: Failed) -> bool:
    """Whether it is refused because there is nothing left to do: an answer was lost, or it was done elsewhere."""
    return any(words in failed.detail for words in _SO_ALREADY)


def result_of(answer: Answer) -> Any:
    """What was asked for; ``Failed`` when it was refused."""
    said = object_in(answer.body)
    if answer.status == 200 and said.get("ok") is True:
        return said.get("result")
    raise failure(answer.status, said)


def failure(status: int, said: dict[str, Any]) -> Failed:
    """Why not, by the number first and the words second; these are not promised to stay."""
    code = said.get("error_code")
    number = code if isinstance(code, int) else status
    detail = str(said.get("description") or f"HTTP {status}")[:500]
    if number == 429:
        wait = _parameter(said, "retry_after")
        return Failed.by(Reason.BUSY, detail, retry_after=NOT_NAMED if wait is None else float(wait), code="429")
    in_doubt = is_open(number, in_its_words=isinstance(code, int))
    return Failed.by(by_words(ERRORS, number, detail), detail, code=str(number), may_have_arrived=in_doubt)


def moved_to(answer: Answer) -> str:
    """Where a group is now that was made larger; empty for all else."""
    return str(_parameter(object_in(answer.body), "migrate_to_chat_id") or "")


def _parameter(said: dict[str, Any], name: str) -> int | None:
    given = said.get("parameters")
    value = given.get(name) if isinstance(given, dict) else None
    return value if isinstance(value, int) else None
