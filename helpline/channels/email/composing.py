"""An answer as a mail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address as HeaderAddress
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage, Message
from email.policy import Policy
from email.utils import format_datetime
from html import escape

from .addresses import NoAddress, wired
from .automatic import OUR_MARK
from .headers import one_line
from .mail import Address

MOST_REFERENCES, LONGEST_SUBJECT = 12, 250
_NOT_IN_IDS = re.compile(r"[<>\s]")
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


class _Ids(UnstructuredHeader, BaseHeader):
    """Ids one a line: longer than a line, the library would write them as encoded words, which nobody matches."""

    def fold(self, *, policy: "Policy[Message[str, str]]") -> str:
        return f"{self.name}: " + f"{policy.linesep} ".join(str(self).split()) + policy.linesep


_REGISTRY = HeaderRegistry()
for _name in ("references", "in-reply-to", "message-id"):
    _REGISTRY.map_to_type(_name, _Ids)
POLICY = policy.SMTP.clone(header_factory=_REGISTRY)


@dataclass(frozen=True)
class Enclosed:
    """A file that goes along."""

    name: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """All that a mail is made of."""

    id: str
    sender: Address
    to: Sequence[Address]
    reply_to: str = ""
    cc: Sequence[Address] = ()
    subject: str = ""
    text: str = ""
    signature: str = ""
    quoted: str = ""
    """What is answered, under the line that says whose it is."""
    quoted_from: str = ""
    answers: str = ""
    references: Sequence[str] = ()
    """The oldest first."""
    files: Sequence[Enclosed] = ()
    automatic: bool = False
    mark: str = ""
    """What shows that it was sent from here, should it come back."""
    at: datetime


def compose(letter: Letter) -> EmailMessage:
    """The mail. Blind copies are nowhere in it: they are only told to the server."""
    mail = EmailMessage(policy=POLICY)
    mail["Message-ID"] = _id(letter.id)
    mail["Date"] = format_datetime(letter.at)
    mail["From"] = _address(letter.sender)
    mail["To"] = [_address(one) for one in letter.to]
    if letter.cc:
        mail["Cc"] = [_address(one) for one in letter.cc]
    if letter.reply_to:
        mail["Reply-To"] = _address(Address(letter.reply_to, letter.sender.name))
    mail["Subject"] = one_line(letter.subject)[:LONGEST_SUBJECT]
    if letter.answers:
        mail["In-Reply-To"] = _id(letter.answers)
    known = list(dict.fromkeys(one for one in (*letter.references, letter.answers) if one))
    if known:
        # The first and the last ones: what threads are found by, and no line too long.
        kept = known if len(known) <= MOST_REFERENCES else [known[0], *known[1 - MOST_REFERENCES :]]
        mail["References"] = " ".join(_id(one) for one in kept)
    if letter.mark:
        mail[OUR_MARK] = letter.mark
    if letter.automatic:
        mail["Auto-Submitted"] = "auto-replied" if letter.answers else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    _fill(mail, letter)
    return mail


def _fill(mail: EmailMessage, letter: Letter) -> None:
    mail.set_content(_text(letter), cte="quoted-printable")
    mail.add_alternative(_html(letter), subtype="html", cte="quoted-printable")
    for file in letter.files:
        main, _, sub = file.type.partition("/")
        if main == "message" or not sub or main == "multipart":
            main, sub = "application", "octet-stream"
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=one_line(file.name) or "file")


def _text(letter: Letter) -> str:
    parts = [letter.text.strip("\n")]
    if letter.signature:
        parts.append(f"-- \n{letter.signature.strip()}")
    if letter.quoted:
        lines = (f"> {line}".rstrip() if not line.startswith(">") else f">{line}" for line in letter.quoted.split("\n"))
        parts.append("\n".join([letter.quoted_from, *lines]).strip("\n"))
    return "\n\n".join(parts) + "\n"


def _html(letter: Letter) -> str:
    parts = [f'<div style="white-space: pre-wrap">{_linked(letter.text.strip())}</div>']
    if letter.signature:
        parts.append(
            f'<div style="white-space: pre-wrap; color: #666"><br>-- <br>{_linked(letter.signature.strip())}</div>'
        )
    if letter.quoted:
        quoted = f'<blockquote type="cite" style="white-space: pre-wrap">{escape(letter.quoted)}</blockquote>'
        parts.append(f'<div class="gmail_quote"><br>{escape(letter.quoted_from)}<br>{quoted}</div>')
    return f"<!doctype html><html><body>{''.join(parts)}</body></html>\n"


def _linked(text: str) -> str:
    said, at = "", 0
    for link in _LINK.finditer(text):
        said += escape(text[at : link.start()]) + f'<a href="{escape(link[0])}">{escape(link[0])}</a>'
        at = link.end()
    return said + escape(text[at:])


def _id(id: str) -> str:
    return f"<{_NOT_IN_IDS.sub('', id)}>"


def _address(given: Address) -> HeaderAddress:
    local, _, domain = wired(given.address).rpartition("@")
    try:
        if not local.strip('"') or not domain:
            raise ValueError
        return HeaderAddress(display_name=one_line(given.name), username=local.strip('"'), domain=domain)
    except (ValueError, IndexError) as wrong:
        raise NoAddress(f"{given.address[:100]!r} is no address.") from wrong


def answering(subject: str) -> str:
    """The subject of an answer: the last one, said once to be an answer."""
    plain = one_line(subject)
    said = plain if re.match(r"^(re|aw|sv|回覆|回复|返信)\s*[:：]", plain, re.IGNORECASE) else f"Re: {plain}".strip()
    return said[:LONGEST_SUBJECT]
