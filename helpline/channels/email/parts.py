"""A mail as the tree of parts it is made of, and which of them are its words and which came along (RFC 8621, 4.1.4)."""

import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from typing import Any, TypeAlias

from .mail import Unreadable

Part: TypeAlias = "Message[str, str]"

LARGEST, DEEPEST, MOST_PARTS = 100_000_000, 50, 1000
MOST_CUTS, LONGEST_HEAD = 5_000, 1_000_000
_SEEN_BESIDE = ("image/", "audio/", "video/")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_HEADER = re.compile(
    rb"^(from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|received|return-path|reply-to|x-[a-z-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_HOW = re.compile(rb"content-type:\s*(multipart|message)/", re.IGNORECASE)


class _Forgiving(Message):
    """A part of whose headers those parameters are not there that the library stumbles over: ``name*`` beside ``name*0``."""

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        try:
            return super().get_param(param, failobj, header, unquote)
        except (LookupError, TypeError, ValueError):
            return failobj


class _AsItCame(Compat32):
    """Headers stay the text that was sent; what they mean is read elsewhere, and forgivingly."""

    message_factory = _Forgiving

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("utf-8", "surrogateescape")


@dataclass
class Sorted:
    """The parts of a mail by what they are for."""

    text: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    beside: list[Part] = field(default_factory=list)


def parse(raw: bytes) -> Part:
    """The tree of parts."""
    if len(raw) > LARGEST:
        raise Unreadable("This mail is too large to be read.")
    if len(_HOW.findall(raw)) > MOST_PARTS:
        raise Unreadable("This mail holds too many mails within mails.")
    if _HOW.search(raw) and raw.count(b"\n--") > MOST_CUTS:
        raise Unreadable("This mail has too many parts.")
    end = _BLANK.search(raw)
    if (end.start() if end else len(raw)) > LONGEST_HEAD:
        raise Unreadable("The headers of this mail are too long.")
    mail = BytesParser(policy=_AsItCame()).parsebytes(_mended(raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")))
    if not mail.keys():
        raise Unreadable("This does not begin like a mail.")
    return mail


def _mended(raw: bytes) -> bytes:
    # The parser takes a header that is written oddly for the end of all headers; these are the ways it happens.
    end = _BLANK.search(raw)
    head, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    head = re.sub(rb"(?m)^([!-9;-~]+)[ \t]+:", rb"\1:", head)
    last = max((found.start() for found in _HEADER.finditer(head)), default=0)
    within, after = head[:last], head[last:]
    return re.sub(rb"(?m)^(?!From |[!-9;-~]+:|[ \t]|$)", b" ", within) + after + rest


def sort(mail: Part) -> Sorted:
    """Which parts are the text, which the HTML, and which came along."""
    found = Sorted()
    _sort([mail], "mixed", found, found.text, found.html, depth=0, is_choice=False)
    return found


def _sort(
    parts: list[Part],
    within: str,
    found: Sorted,
    text: list[Part] | None,
    html: list[Part] | None,
    depth: int,
    *,
    is_choice: bool,
) -> None:
    """``is_choice``: they are one of several ways to say the same, so that none of them stands for another way."""
    if depth > DEEPEST:
        raise Unreadable("This mail is nested too deeply.")
    texts, htmls = len(text or ()), len(html or ())
    is_choice = is_choice or within == "alternative"
    for place, part in enumerate(parts):
        kind = kind_of(part)
        below = _below(part)
        if below is not None:
            _sort(below, kind.partition("/")[2], found, text, html, depth + 1, is_choice=is_choice)
        elif not _is_said(part, kind, within, place):
            found.beside.append(part)
        elif kind == "text/plain":
            (text if text is not None else []).append(part)
            if not is_choice and html is not None:
                html.append(part)
        elif kind == "text/html":
            (html if html is not None else []).append(part)
            if not is_choice and text is not None:
                text.append(part)
        else:
            found.beside.append(part)
    if within == "alternative" and text is not None and html is not None:
        if len(text) == texts:
            text += html[htmls:]
        elif len(html) == htmls:
            html += text[texts:]


def held_in(part: Part) -> list[Part]:
    """The parts that a part is made of, or the mail that it holds."""
    # What holds none is not asked: in the charset that it names the library would look for its words, whatever that is.
    return [one for one in part.get_payload() if isinstance(one, Message)] if part.is_multipart() else []


def _below(part: Part) -> list[Part] | None:
    return held_in(part) if part.get_content_maintype() == "multipart" and part.is_multipart() else None


def _is_said(part: Part, kind: str, within: str, place: int) -> bool:
    if kind not in {"text/plain", "text/html"} or disposition(part) == "attachment":
        return False
    return place == 0 or (within != "related" and not part.get_filename())


def kind_of(part: Part) -> str:
    """The type of a part; one that says it has parts and has none is text that lost its shape: better read than lost."""
    kind = part.get_content_type()
    return "text/plain" if kind.startswith("multipart/") and not part.is_multipart() else kind


def disposition(part: Part) -> str:
    """Whether a part wants to stand beside the text, or within."""
    return str(part.get("content-disposition", "")).partition(";")[0].strip().lower()


def content(part: Part) -> bytes:
    """The bytes of a part, however oddly their packing is named."""
    packing = re.sub(r"[^a-z0-9-].*", "", str(part.get("content-transfer-encoding", "")).strip().lower(), flags=re.S)
    del part["content-transfer-encoding"]
    if packing == "base64":
        _cut_to_measure(part)
    part["content-transfer-encoding"] = packing
    unpacked = part.get_payload(decode=True)
    return unpacked if isinstance(unpacked, bytes) else b""


def _cut_to_measure(part: Part) -> None:
    # The library gives up on a body that was cut off within four letters; what came of it can be read.
    packed = part.get_payload(decode=True)  # as it came, since nothing says any more how it is packed
    if isinstance(packed, bytes) and len(letters := re.sub(rb"[^A-Za-z0-9+/]", b"", packed)) % 4 == 1:
        part.set_payload(letters[:-1].decode())
