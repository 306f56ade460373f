"""To which conversation a mail belongs: what it claims, and whether that counts."""

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

from .mail import SHORTEST_ID, Mail

FOLLOW_UP_AFTER = timedelta(days=14)
LONGEST_TOPIC = 200
_TOKEN = re.compile(r"[+.]h([a-z2-7]{42})(?=[@.])")
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|sv|antw|ref|réf|rif|odp|ynt|vs|vá|回复|回覆|答复|答覆|返信|fwd?|wg|tr|rv|enc|vb|pd|i|r|转发|轉寄|転送)"
    r"\s*(?:\[\d+\])?\s*[:：]|\[[^\]]{1,30}\])\s*",
    re.IGNORECASE,
)


def token(key: bytes, conversation_id: str) -> str:
    """What shows that somebody has a mail of this conversation; safe in an address, whatever becomes of its case."""
    id = UUID(conversation_id).bytes
    return "h" + b32encode(id + _signed(key, id)).decode().rstrip("=").lower()


def _signed(key: bytes, id: bytes) -> bytes:
    return hmac.digest(key, b"mail" + id, sha256)[:10]


def held(key: bytes, texts: Collection[str]) -> Iterator[str]:
    """The conversations whose tokens stand in these addresses or ids, and were made here."""
    for text in texts:
        for found in _TOKEN.findall(text.lower()):
            packed = b32decode(found.upper() + "=" * (-len(found) % 8))
            if hmac.compare_digest(_signed(key, packed[:16]), packed[16:]):
                yield str(UUID(bytes=packed[:16]))


def tagged(address: str, tag: str) -> str:
    """An address with a tag that servers leave alone: ``support+tag@example.com``."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}+{tag}@{domain}"


def untagged(address: str) -> str:
    """The address without its tag."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


@dataclass(frozen=True)
class Claim:
    """Something in a mail that points at a conversation: itself, or a mail in it."""

    by: Literal["token", "answers", "references"]
    conversation_id: str = ""
    mail_id: str = ""


def claims(mail: Mail, key: bytes) -> list[Claim]:
    """What a mail points at, the most reliable first."""
    addresses = [*(one.address for one in (*mail.to, *mail.cc)), *mail.delivered_to]
    found = [Claim("token", conversation_id=one) for one in held(key, [*addresses, *mail.answers, *mail.references])]
    found += [Claim("answers", mail_id=one) for one in mail.answers]
    found += [Claim("references", mail_id=one) for one in mail.references]
    kept = [claim for claim in found if claim.conversation_id or len(claim.mail_id) >= SHORTEST_ID]
    return list(dict.fromkeys(kept))


def topic(subject: str) -> str:
    """A subject without what answering and forwarding put before it, and without what they may have cut off behind it."""
    before = None
    while before != subject:
        before, subject = subject, _PREFIX.sub("", subject)
    return " ".join(subject.lower().split())[:LONGEST_TOPIC]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A conversation that a mail points at, as far as it matters."""

    open: bool
    last_at: datetime
    subject: str
    participants: Collection[str]
    """Addresses in small letters."""


Place = Literal["same", "follow_up", "join"]
"""In it; in a new one that goes on with it; in a new one, beside the question whether the two belong together."""


def place(found: Found, mail: Mail, *, by: str, now: datetime) -> Place:
    """Where a mail goes that points at this conversation."""
    # What a header says, anybody can write: it counts only from whoever was there, or holds what only they were given.
    author = mail.author.address if mail.author else ""
    if by != "token" and author not in found.participants:
        return "join"
    renamed = topic(mail.subject) not in {topic(found.subject), ""}
    if not found.open or (renamed and now - found.last_at > FOLLOW_UP_AFTER):
        return "follow_up"
    return "same"
