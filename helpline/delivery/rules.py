"""How a message is cut into what a channel takes, and how far a message of several parts has come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from helpline.channels.contract import Capabilities
from helpline.conversations.choosing import are_numbered
from helpline.core.pausing import pause

from .models import DeliveryState as State

ATTEMPTS = 12
"""After so many failures that may pass, a message is given up: about 25 minutes; people can try again, as often."""
LONGEST = timedelta(minutes=5)

_ORDER = [State.FAILED, State.UNKNOWN, State.QUEUED, State.SENDING, State.SENT, State.DELIVERED, State.READ]


class Part(NamedTuple):
    """What is sent in one go."""

    text: str
    file_ids: list[str]


def parts_of(text: str, file_ids: Sequence[str], can: Capabilities) -> list[Part]:
    """A message as the channel takes it: long texts in pieces, files beside them or each by itself."""
    pieces = cut(text, can.most_text) if text.strip() else []
    ids = list(file_ids)
    if can.files_with_text:
        return [*(Part(piece, []) for piece in pieces[:-1]), Part(pieces[-1] if pieces else "", ids)]
    return [*(Part(piece, []) for piece in pieces), *(Part("", [id]) for id in ids)]


def numbered(text: str, choices: Sequence[str], can: Capabilities) -> str:
    """The text, with the answers to choose from below it where they cannot be tapped."""
    if not are_numbered(can, choices):
        return text
    return "\n\n".join([text, "\n".join(f"{number}. {one}" for number, one in enumerate(choices, 1))])


def cut(text: str, most: int) -> list[str]:
    """The text in pieces of at most ``most`` characters, at the end of a paragraph, a line or a word where there is one."""
    pieces, rest = [], text
    while _length(rest) > most:
        whole = _fitting(rest, most)
        at = next((end for sign in ("\n\n", "\n", " ") if (end := rest.rfind(sign, whole // 2, whole)) > 0), whole)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [piece for piece in (*pieces, rest.rstrip()) if piece]


def _length(text: str) -> int:
    """As providers count it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fitting(text: str, most: int) -> int:
    """How many characters of the text are no longer than that."""
    count = most
    while (over := _length(text[:count]) - most) > 0:
        count -= (over + 1) // 2
    return count


def together(states: Iterable[str]) -> State:
    """How far a message is: as far as the part that is least far."""
    return min((State(one) for one in states), key=_ORDER.index)


def usable(reply_with: Mapping[str, Any] | None, now: datetime) -> tuple[dict[str, Any], bool]:
    """What an answer can still use of it, and whether that is good only once: what has an end is."""
    until = (reply_with or {}).get("until")
    if until is None:
        return dict(reply_with or {}), False
    return (dict(reply_with or {}), True) if now.timestamp() < until else ({}, False)


def is_last(attempts: int) -> bool:
    """Whether it is given up when this attempt fails; sent again by hand, it is tried so many times once more."""
    return attempts % ATTEMPTS == 0


def wait(attempts: int, retry_after: float | None) -> timedelta:
    """How long to wait after a failure: 1, 2, 4 … seconds, at most five minutes, never less than was asked for; with jitter."""
    return pause((attempts - 1) % ATTEMPTS + 1, LONGEST, retry_after)
