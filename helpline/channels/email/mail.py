"""What a mail says, once it is read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

SHORTEST_ID = 8
"""Shorter ids are somebody's counter, or nothing; they never lead one mail to another."""


@dataclass(frozen=True)
class Address:
    """Somebody who can get mail."""

    address: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """What came along with a mail."""

    name: str
    type: str
    content: bytes = field(repr=False)
    cid: str = ""
    """By what the HTML calls it; empty when it stands beside the text."""


Action = Literal["failed", "delayed", "delivered", "relayed", "expanded"]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a mail server says became of a mail (RFC 3464)."""

    action: Action
    status: str
    """Such as 5.1.1; empty when none was given."""
    recipients: tuple[str, ...]
    """Of whom it says so."""
    detail: str
    about: tuple[str, ...]
    """The ids of the mail it is about, the likeliest first."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail, in plain values."""

    id: str
    """Its Message-ID without brackets; made from what it says when it came without."""
    id_is_ours: bool = False
    """It came without an id."""
    author: Address | None
    """Who it says it is from."""
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    """Addresses that the servers on the way wrote down: the only ones that show a blind copy or an alias."""
    subject: str = ""
    date: datetime | None = None
    answers: tuple[str, ...] = ()
    """The ids of In-Reply-To."""
    references: tuple[str, ...] = ()
    """The ids of References, the newest first."""
    text: str = ""
    html: str = ""
    """Empty when there is only text. Not yet safe to show."""
    attachments: tuple[Attachment, ...] = ()
    left_out: int = 0
    """How many more there are."""
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    """The first of each, decoded, by their names in small letters."""
    report: Report | None = None


class Unreadable(Exception):
    """This cannot be read as a mail."""
