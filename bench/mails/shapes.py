"""The shapes mails come in, written byte by byte, because no library writes what arrives in practice."""

import base64
import quopri
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from .languages import AWAY, NO_EIGHT_BIT, PLAIN, PROGRAMS_SAY, WRITTEN

Becomes = Literal["message", "report", "quarantine"]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A mail without who wrote it, to whom, and when: that comes from the story."""

    kind: str
    head: bytes
    """The lines of headers that belong to this shape."""
    body: bytes
    says: str = ""
    """What somebody must be able to read in it."""
    subject: bytes = b"My lamp"
    becomes: Becomes = "message"
    automatic: bool = False
    files: int = 0
    """How many files must be with it."""
    bend: Callable[[bytes], bytes] = bytes
    """What is done to the whole of it in the end."""
    only_laid: bool = False
    """A server would mend it on its way, so it can only be laid into the mailbox."""


def word(text: str, charset: str, *, q: bool = False) -> bytes:
    """An encoded word for a header."""
    packed = text.encode(charset)
    if q:
        said = "".join(f"={byte:02X}" for byte in packed)
        return f"=?{charset}?Q?{said}?=".encode()
    return f"=?{charset}?B?{base64.b64encode(packed).decode()}?=".encode()


def typed(kind: str, packing: str = "8bit") -> bytes:
    """The headers of a part."""
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {packing}".encode()


def joined(kind: str, *parts: tuple[bytes, bytes], cut: str = "=_cut", more: str = "") -> tuple[bytes, bytes]:
    """A multipart of parts: its header and its body."""
    line = b"--" + cut.encode()
    body = b"".join(line + b"\r\n" + head + b"\r\n\r\n" + held + b"\r\n" for head, held in parts)
    return typed(f'multipart/{kind}; boundary="{cut}"{more}', "7bit"), body + line + b"--\r\n"


def plain(text: str, charset: str = "utf-8", packing: str = "8bit") -> tuple[bytes, bytes]:
    """A text part."""
    held = text.replace("\n", "\r\n").encode(charset)
    if packing == "base64":
        held = base64.encodebytes(held).replace(b"\n", b"\r\n")
    elif packing == "quoted-printable":
        held = quopri.encodestring(held.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return typed(f'text/plain; charset="{PROGRAMS_SAY.get(charset, charset)}"', packing), held


def html(text: str) -> tuple[bytes, bytes]:
    """An HTML part."""
    return typed("text/html; charset=utf-8"), f"<html><body><p>{text}</p></body></html>".encode()


def file(name: str, kind: str, content: bytes, *more: str) -> tuple[bytes, bytes]:
    """A part with a file."""
    head = typed(kind, "base64") + f'\r\nContent-Disposition: attachment; filename="{name}"'.encode()
    return b"\r\n".join([head, *(line.encode() for line in more)]), base64.encodebytes(content).replace(b"\n", b"\r\n")


def in_languages(mark: str) -> Iterator[Shape]:
    """One text in each charset, in each way it can be packed."""
    for charset, said in WRITTEN:
        for packing in ("8bit", "quoted-printable", "base64"):
            if packing != "base64" and charset in NO_EIGHT_BIT:
                continue
            head, body = plain(f"{mark}\n{said}", charset, packing)
            subject = word(said[:8], charset, q=packing == "quoted-printable")
            yield Shape(kind=f"{charset} {packing}", head=head, body=body, says=said, subject=subject)


def well_formed(mark: str) -> Iterator[Shape]:
    """What mail programs write."""
    text, written = f"{mark}\n{PLAIN}", plain(f"{mark}\n{PLAIN}")

    def shape(kind: str, made: tuple[bytes, bytes], **more: object) -> Shape:
        return Shape(kind=kind, head=made[0], body=made[1], says=PLAIN, **more)  # type: ignore[arg-type]

    both = joined("alternative", written, html(text), cut="alt")
    image = typed("image/png", "base64") + b"\r\nContent-ID: <lamp.1@here>\r\nContent-Disposition: inline"
    drawn = (typed("text/html"), f'<p>{mark}<br>{PLAIN}</p><img src="cid:lamp.1@here">'.encode())
    related = joined("related", drawn, (image, base64.encodebytes(PNG)), cut="rel")
    inner = (
        b"From: Kim <kim@post.example>\r\nSubject: From long ago\r\nMessage-ID: <inner.1@post.example>\r\n\r\nOld\r\n"
    )
    meeting = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Lamp\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    yield shape("alternative", both)
    yield shape("html only", html(text))
    yield shape("inline image", related)
    yield shape(
        "mixed of related of alternative", joined("mixed", related, file("a.pdf", "application/pdf", b"%PDF")), files=1
    )
    yield shape(
        "attachments",
        joined("mixed", written, file("發票.pdf", "application/pdf", b"%PDF-1.4"), file("b.bin", "x/y", b"")),
        files=2,
    )
    yield shape("forwarded", joined("mixed", written, (b"Content-Type: message/rfc822", inner)), files=1)
    yield shape("calendar", joined("alternative", written, (typed("text/calendar; method=REQUEST"), meeting)), files=1)
    yield shape(
        "s/mime signed",
        joined(
            "signed",
            written,
            file("smime.p7s", "application/pkcs7-signature", b"0\x82"),
            more="; protocol=application/pkcs7-signature",
        ),
        files=1,
    )
    signature = (
        typed("application/pgp-signature"),
        b"-----BEGIN PGP SIGNATURE-----\r\n\r\niQ==\r\n-----END PGP SIGNATURE-----",
    )
    yield shape(
        "pgp signed", joined("signed", written, signature, more="; protocol=application/pgp-signature"), files=1
    )
    yield shape("digest", joined("mixed", written, joined("digest", (b"", inner), (b"", inner), cut="dig")), files=2)
    yield shape("deeply nested", _nested(written, 20))
    yield shape(
        "many parts", joined("mixed", written, *(file(f"{n}.txt", "text/plain", b"x") for n in range(60))), files=60
    )
    yield shape("flowed", (typed("text/plain; charset=utf-8; format=flowed"), f"{mark} \r\n{PLAIN}".encode()))
    yield shape("signature", plain(f"{text}\n\n-- \nAmara\nHead of lamps"))
    long = b"".join(b"Received: from a%d by b; Fri, 27 Nov 2026 09:00:00 +0000\r\n" % n for n in range(40))
    yield shape("huge headers", (long + b"X-Long: " + b"word " * 30 + b"\r\n" + written[0], written[1]))
    copies = b",\r\n ".join(b"Kim %d <kim%d@post.example>" % (n, n) for n in range(150))
    yield shape("many copies", (b"Cc: " + copies + b"\r\n" + written[0], written[1]))
    yield shape("long subject", written, subject=b"lamp " * 180)


def without_words(mark: str) -> Iterator[Shape]:
    """What says nothing that can be read; only its subject or its file does."""
    named = mark.encode()
    locked = file("smime.p7m", "application/pkcs7-mime; smime-type=enveloped-data", b"0\x82\x01\x02")
    yield Shape(kind="s/mime shut", head=locked[0], body=locked[1], subject=named, files=1)
    shut = (typed("application/octet-stream"), b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQ==\r\n-----END PGP MESSAGE-----")
    pgp = joined("encrypted", (typed("application/pgp-encrypted"), b"Version: 1"), shut)
    yield Shape(kind="pgp shut", head=pgp[0], body=pgp[1], subject=named, files=2)
    only = joined("mixed", file(f"{mark}.pdf", "application/pdf", b"%PDF"))
    yield Shape(kind="only a file", head=only[0], body=only[1], subject=named, files=1)
    yield Shape(kind="empty", head=typed("text/plain"), body=b"", subject=named)
    image = file("lamp.png", "image/png", PNG)
    yield Shape(kind="only an image", head=image[0], body=image[1], subject=named, files=1)


def _nested(part: tuple[bytes, bytes], deep: int) -> tuple[bytes, bytes]:
    for level in range(deep):
        part = joined("mixed", part, cut=f"deep{level}")
    return part


def broken(mark: str) -> Iterator[Shape]:
    """What is wrong, and is read all the same."""
    text, said = f"{mark}\n{PLAIN}", WRITTEN[0][1]
    written = plain(text)

    def shape(kind: str, head: bytes, body: bytes, **more: object) -> Shape:
        return Shape(kind=kind, head=head, body=body, **{"says": PLAIN, **more})  # type: ignore[arg-type]

    yield shape("no charset", b"Content-Type: text/plain", f"{mark}\n{said * 3}".encode("gbk"), says=said)
    yield shape("no type", b"X-Nothing: yes", text.encode())
    yield shape("wrong charset", typed("text/plain; charset=us-ascii"), f"{mark}\n{said}".encode(), says=said)
    yield shape("charset of nobody", typed("text/plain; charset=x-of-nobody"), text.encode())
    yield shape("charset that is none", typed("text/plain; charset=zip"), text.encode())
    yield shape(
        "base64 cut off",
        typed("text/plain; charset=utf-8", "base64"),
        base64.b64encode(text.encode())[:-3],
        says=PLAIN[:40],
    )
    yield shape("odd packing", typed("text/plain; charset=utf-8", "8bits;odd"), text.encode())
    head, body = joined("mixed", written, file("a.txt", "text/plain", b"x"))
    yield shape("no end", head, body.removesuffix(b"--=_cut--\r\n"), files=1)
    yield shape("boundary of nobody", typed("multipart/mixed; boundary=other"), body)
    yield shape("no boundary", typed("multipart/mixed"), text.encode())
    yield shape("bare line feeds", *written, bend=lambda raw: raw.replace(b"\r\n", b"\n"))
    yield shape("odd header", b"This is no header\r\n" + written[0], written[1], only_laid=True)
    yield shape("eight bits in headers", b"X-Name: " + said.encode("gbk") + b"\r\n" + written[0], written[1])
    yield shape("half an encoded word", *written, subject=b"=?utf-8?B?5oKo5aW")
    yield shape("two types", typed("text/plain") + b"\r\n" + written[0], written[1])
    yield shape("bad date", *written, bend=lambda raw: raw.replace(b"Date: ", b"Date: the 45th of "))
    yield shape("no date", *written, bend=lambda raw: raw.replace(b"Date: ", b"X-Date: "))
    yield shape("NUL bytes", written[0], written[1].replace(b" ", b" \x00", 1), says=PLAIN[5:], only_laid=True)
    yield shape("endless line", written[0], written[1] + b" x" * 50_000)
    yield shape("mark of order", *written, bend=lambda raw: b"\xef\xbb\xbf" + raw, only_laid=True)


def by_machines(mark: str, rng: random.Random) -> Iterator[Shape]:
    """What nobody wrote, and nothing may answer."""
    for line in (
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: away",
        "List-Id: Lamps <lamps.lists.example>",
        "List-Unsubscribe: <mailto:leave@lists.example>",
        "X-Auto-Response-Suppress: All",
    ):
        head, body = plain(f"{mark}\n{PLAIN}")
        yield Shape(
            kind=line.partition(":")[0], head=line.encode() + b"\r\n" + head, body=body, says=PLAIN, automatic=True
        )
    head, body = plain(f"{mark}\n{PLAIN}")
    away = rng.choice(AWAY)
    subject = word(away, "utf-8")
    yield Shape(kind="away", head=head, body=body, says=PLAIN, automatic=True, subject=subject)


def nonsense(mark: str) -> Iterator[Shape]:
    """What is no mail, or none that may be read: it waits in quarantine."""

    def shape(kind: str, raw: bytes) -> Shape:
        return Shape(kind=kind, head=b"", body=b"", becomes="quarantine", bend=lambda _: raw, only_laid=True)

    named = mark.encode()
    yield shape("no mail", b"\x00\x01 " + named)
    yield shape("from nobody", b"Subject: " + named + b"\r\nMessage-ID: <x@y>\r\n\r\nHello")
    head, body = _nested(plain(mark), 80)
    yield shape("bottomless", b"From: deep@post.example\r\nSubject: " + named + b"\r\n" + head + b"\r\n\r\n" + body)
    parts = b"".join(b"--cut\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b\r\n\r\nx\r\n" for _ in range(1200))
    head = b'From: many@post.example\r\nContent-Type: multipart/mixed; boundary="cut"\r\nSubject: ' + named
    yield shape("mails in mails", head + b"\r\n\r\n" + parts)
