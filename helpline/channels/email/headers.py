"""The lines above a mail: decoded, on one line each, and taken apart."""

import base64
import binascii
import quopri
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from .charsets import to_text
from .mail import Address

_WORD = re.compile(r"=\?([^?\s]*)\?([bq])\?(.*?)\?=", re.IGNORECASE | re.DOTALL)
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]*\?[bq]\?)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_IN_BRACKETS = re.compile(r"<\s*([^<>]+?)\s*>")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+")
LONGEST_ADDRESS, LONGEST_ID, LONGEST_LINE = 254, 190, 10_000
MOST_ADDRESSES, MOST_IDS = 200, 100


def decoded(raw: str, hint: str | None = None) -> str:
    """A header as a person reads it: encoded words and stray bytes decoded, on one line, without what nobody sees."""
    text = _BETWEEN_WORDS.sub(r"\1", raw[:LONGEST_LINE])
    said, at = [], 0
    pending: tuple[str, bytes] | None = None
    for found in _WORD.finditer(text):
        between = text[at : found.start()]
        charset = found[1].split("*")[0].lower()
        # A character may be torn in two by the end of a word, so neighbours of one charset are read as one.
        if pending and (between or pending[0] != charset):
            said.append(to_text(pending[1], pending[0]))
            pending = None
        said.append(_plain(between, hint))
        pending = (charset, (pending[1] if pending else b"") + _unpacked(found[2], found[3]))
        at = found.end()
    if pending:
        said.append(to_text(pending[1], pending[0]))
    said.append(_plain(text[at:], hint))
    return one_line("".join(said))


def one_line(text: str) -> str:
    """Text without line breaks and without characters that only mislead."""
    return " ".join(_UNSEEN.sub("", re.sub(r"[\r\n\t]+", " ", text)).split())


def addresses(raws: list[str], hint: str | None = None) -> tuple[Address, ...]:
    """All addresses of a header, names decoded; what is no address is left out."""
    unfolded = [re.sub(r"[\r\n]+[ \t]*", " ", raw[:LONGEST_LINE]) for raw in raws]
    found = [one for raw in unfolded for one in _taken_apart(raw, hint)]
    seen: dict[str, Address] = {}
    for name, address in found[:MOST_ADDRESSES]:
        plain = _plain_address(decoded(address, hint))
        if plain and len(plain) <= LONGEST_ADDRESS:
            seen.setdefault(plain, Address(plain, decoded(name, hint).strip("<>\"' ")[:200]))
    return tuple(seen.values())


def _plain_address(given: str) -> str:
    local, _, domain = given.strip("<> .,;:").lower().rpartition("@")
    plain = f"{local.strip(chr(34))}@{domain.replace(' ', '')}"
    if _ADDRESS.fullmatch(plain):
        return plain
    return f'"{plain.rpartition("@")[0]}"@{domain}' if _ADDRESS.fullmatch(plain.replace(" ", ".")) else ""


def _taken_apart(raw: str, hint: str | None) -> list[tuple[str, str]]:
    found = [(name, address) for name, address in getaddresses([raw]) if "@" in address]
    if found and all(address in raw or "(" in raw for _, address in found):
        return found
    # Written so that the parser takes it apart wrongly; the addresses themselves are still to be seen.
    line = decoded(raw, hint)
    return [(line.split(address)[0], address) for address in _ADDRESS.findall(line)]


def ids(raw: str) -> tuple[str, ...]:
    """The message ids of a header, in their order, without brackets."""
    found = _IN_BRACKETS.findall(raw) or [word for word in raw.split() if "@" in word]
    shortened = (short_id("".join(_UNSEEN.sub("", one).split())) for one in found[-MOST_IDS:])
    return tuple(dict.fromkeys(one for one in shortened if one))


def short_id(id: str) -> str:
    """An id that fits where ids are kept."""
    clean = id.encode("utf-8", "replace").decode("ascii", "replace")
    return clean if len(clean) <= LONGEST_ID else f"{sha256(clean.encode()).hexdigest()}@long.invalid"


def moment(raw: str) -> datetime | None:
    """When a mail says it was written; nothing when that is no date."""
    try:
        found = parsedate_to_datetime(one_line(raw))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _plain(text: str, hint: str | None) -> str:
    return to_text(text.encode("utf-8", "surrogateescape"), hint) if not text.isascii() else text


def _unpacked(how: str, packed: str) -> bytes:
    content = packed.encode("utf-8", "surrogateescape")
    if how in "qQ":
        return quopri.decodestring(content.replace(b"_", b"=20").replace(b" ", b"=20"))
    try:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
        return base64.b64decode(kept[: len(kept) - (len(kept) % 4 == 1)] + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return content
