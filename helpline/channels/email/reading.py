"""Raw bytes to a mail. Nothing in them makes this fail but what is no mail at all."""

import mimetypes
import re
from hashlib import sha256
from html import escape
from pathlib import PurePosixPath

from . import bounces
from .as_text import as_text, is_endless
from .charsets import to_text
from .flowing import unfold
from .headers import addresses, decoded, ids, moment, one_line
from .mail import Address, Attachment, Mail, Unreadable
from .parts import Part, content, held_in, kind_of, parse, sort

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_NAME = 500, 1_000_000, 120
MOST_ATTACHMENTS = 200
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
_TRACES = (
    "delivered-to",
    "x-original-to",
    "x-forwarded-to",
    "x-forwarded-for",
    "x-envelope-to",
    "envelope-to",
    "x-orig-to",
)

_PROOF = {"message/delivery-status", "message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}
"""What a report adds to its words: read into ``Report``, of no use to people."""


def read(raw: bytes) -> Mail:
    """The mail that these bytes are."""
    try:
        return _read(raw)
    except RecursionError as deep:
        raise Unreadable("This mail is nested too deeply.") from deep


def _read(raw: bytes) -> Mail:
    mail = parse(raw)
    hint = _charset(mail)
    lines: dict[str, list[str]] = {}
    for name, value in mail.items():
        lines.setdefault(name.lower(), []).append(value)

    def people(*names: str) -> tuple[Address, ...]:
        return addresses([value for name in names for value in lines.get(name, [])], hint)

    def line(name: str) -> str:
        return decoded(next(iter(lines.get(name, [])), ""), hint)

    found = sort(mail)
    parts = list(dict.fromkeys((*found.text, *found.html)))
    is_html = any(kind_of(part) == "text/html" for part in found.html)
    html = "\n".join(_html(part, hint) for part in found.html)[:LONGEST_BODY] if is_html else ""
    given = ids(next(iter(lines.get("message-id", [])), ""))
    report = bounces.read(mail, "\n".join(_text(part, hint) for part in parts[:3]))
    beside = [part for part in found.beside if report is None or kind_of(part) not in _PROOF]
    return Mail(
        id=given[0] if given else _made_id(mail, raw),
        id_is_ours=not given,
        author=_author(people("from"), people("sender"), people("return-path")),
        reply_to=people("reply-to"),
        to=people("to"),
        cc=people("cc"),
        delivered_to=tuple(one.address for one in people(*_TRACES)),
        subject=line("subject")[:LONGEST_SUBJECT],
        date=moment(line("date")),
        answers=ids(" ".join(lines.get("in-reply-to", []))),
        references=ids(" ".join(lines.get("references", [])))[::-1],
        text="\n\n".join(filter(None, (_text(part, hint) for part in found.text)))[:LONGEST_BODY],
        html=html,
        attachments=tuple(_attachment(*one, html, hint) for one in enumerate(beside[:MOST_ATTACHMENTS], 1)),
        left_out=max(len(beside) - MOST_ATTACHMENTS, 0),
        headers={name: line(name) for name in lines},
        report=report,
    )


def _author(
    written_by: tuple[Address, ...], sent_by: tuple[Address, ...], returned: tuple[Address, ...]
) -> Address | None:
    return next(iter((*written_by, *sent_by, *returned)), None)


def _made_id(mail: Part, raw: bytes) -> str:
    # Of what the writer wrote and not of what servers put above it, so that it is one mail in every mailbox.
    said = [str(mail.get(name, "")) for name in ("from", "to", "cc", "date", "subject")]
    body = re.split(rb"\r?\n\r?\n", raw.lstrip(b"\r\n"), maxsplit=1)[-1].replace(b"\r\n", b"\n").rstrip()
    return f"{sha256(repr(said).encode('utf-8', 'replace') + body).hexdigest()[:40]}@no-id.invalid"


def _charset(part: Part) -> str | None:
    try:
        found = part.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return None
    return found if isinstance(found, str) else None


def _said(part: Part, hint: str | None) -> str:
    return to_text(content(part), _charset(part) or hint).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _text(part: Part, hint: str | None) -> str:
    said = _said(part, hint)
    if kind_of(part) == "text/html":
        return as_text(said)
    if str(part.get_param("format", "")).lower() == "flowed":
        said = unfold(said, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return said.strip("\n").rstrip()


def _html(part: Part, hint: str | None) -> str:
    said = _said(part, hint)
    if kind_of(part) == "text/html":
        return f"<div>{escape(as_text(said))}</div>" if is_endless(said) else said
    return f'<div style="white-space: pre-wrap">{escape(said)}</div>'


def _attachment(place: int, part: Part, html: str, hint: str | None) -> Attachment:
    kind = kind_of(part)
    cid = next(iter(ids(f"<{str(part.get('content-id', '')).strip(' <>')}>")), "")
    within = next(iter(held_in(part)), None)
    if within is not None:
        held = _as_bytes(within)
        name = _name(part, hint) or f"{decoded(str(within.get('subject', '')))[:80]}.eml"
    else:
        held, name = content(part), _name(part, hint)
    return Attachment(
        name=safe_name(name, kind, place), type=kind, content=held, cid=cid if _is_drawn(cid, html) else ""
    )


def _is_drawn(cid: str, html: str) -> bool:
    return bool(cid) and re.search(rf"""src=["']?cid:{re.escape(cid)}""", html, re.IGNORECASE) is not None


def _as_bytes(mail: Part) -> bytes:
    try:
        return mail.as_bytes()
    except (UnicodeError, LookupError, ValueError, TypeError, AttributeError, KeyError):
        return content(mail)


def _name(part: Part, hint: str | None) -> str:
    try:
        return decoded(str(part.get_filename("")), hint)
    except (LookupError, ValueError, TypeError):
        return ""


def safe_name(given: str, kind: str, place: int) -> str:
    """A name that is only a name: no folders, nothing unseen, not too long; made from the type when there is none."""
    plain = one_line(_NOT_IN_NAMES.sub("", given.replace("\\", "/").rpartition("/")[2])).strip(" .")
    ending = PurePosixPath(plain).suffix
    if not plain or plain == "eml":
        ending = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ""
        return f"attachment-{place}{ending}"
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(ending[:10])] + ending[:10]
