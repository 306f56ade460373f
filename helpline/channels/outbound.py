"""What is to be sent by a channel, and how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from helpline.outside import NoAnswer

from .reasons import FailureKind, Meaning, Reason
from .signs import Known


@dataclass(frozen=True, kw_only=True)
class OutFile:
    """A file to send: by its bytes at ``path``, or by ``url`` where the provider fetches it."""

    name: str
    media_type: str
    size: int
    url: str
    path: Path
    preview: str = ""
    """Where the provider fetches a small one of a picture."""


@dataclass(frozen=True, kw_only=True)
class Outbound:
    """One message to send: a text, or a file, or both where the channel takes them as one."""

    key: str
    """Ours, a UUID: the same message has the same key however often it is tried."""
    message_id: str
    conversation_id: str
    to: str
    thread: str = ""
    text: str = ""
    files: tuple[OutFile, ...] = ()
    choices: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    reply_with: Mapping[str, Any] = field(default_factory=dict)
    quoted: Known | None = None
    """The message that it answers, where one was pointed at."""
    automatic: bool = False
    at: datetime
    author: str = ""


class Failed(Exception):
    """A message was not sent, or a call did not do what it should, and why."""

    def __init__(
        self,
        kind: FailureKind,
        detail: str = "",
        *,
        retry_after: float | None = None,
        code: str = "",
        reason: Reason | None = None,
        may_have_arrived: bool = False,
    ) -> None:
        super().__init__(detail or kind)
        self.kind: FailureKind = kind
        self.reason = reason
        """In one of our words, where it is known."""
        self.detail = detail
        self.code = code
        """The provider's own."""
        self.retry_after = retry_after
        """Seconds."""
        self.may_have_arrived = may_have_arrived
        """Whether nobody can say that it did not: the provider took the call and gave no answer."""

    @classmethod
    def by(
        cls,
        why: Reason | Meaning,
        detail: str = "",
        *,
        code: str = "",
        retry_after: float | None = None,
        may_have_arrived: bool = False,
    ) -> "Failed":
        """For a reason that is known."""
        meaning = why if isinstance(why, Meaning) else Meaning("", why)
        return cls(
            meaning.reason.kind,
            detail or meaning.said,
            code=code,
            reason=meaning.reason,
            retry_after=meaning.wait if retry_after is None else retry_after,
            may_have_arrived=may_have_arrived or meaning.may_have_arrived,
        )


class Sent(NamedTuple):
    """A message was sent, to several at once."""

    external_id: str
    missed: Mapping[str, Failed] = {}
    """Who of those that have a copy gets none, by their address; who it is to gets it."""


def unanswered(error: NoAnswer) -> Failed:
    """A call that brought no answer. It may have arrived all the same."""
    kind: FailureKind = "temporary" if error.why in {"timeout", "unreachable"} else "permanent"
    return Failed(kind, error.why, code=error.why, may_have_arrived=error.may_have_arrived)


def is_open(status: int, *, in_its_words: bool) -> bool:
    """Whether an answer leaves open what became of the call: a server on the way gave up, and not the provider said no."""
    return status >= 500 and status != 503 and not in_its_words


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A file as the provider gave it."""

    content: bytes
    media_type: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Health:
    """How a channel stands with its provider, in a sentence and in figures."""

    ok: bool
    detail: str = ""
    name: str = ""
    """What the provider calls the account."""
