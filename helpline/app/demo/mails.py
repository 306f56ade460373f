"""Mails to the demo's shop: no server is needed, as they are put in as they would have come."""

import struct
import zlib
from collections.abc import Iterator
from email.message import EmailMessage

ADDRESS, PHOTO = "hello@kestrel.example", "photo@post.example"
_FIRST = "<oak-1@post.example>"
_ASKED = """Hello,

my Oak camp table came today. One leg is 4 mm shorter than the others, so it rocks. A photo is below, the invoice is
enclosed. Can you send me a new leg?

Kind regards
Hiroshi Sato

--
Sato Furniture Studio
12 Alder Lane, Leeds
"""
_QUOTED = """
On Thu, 26 Nov 2026 at 09:12, Kestrel Outdoor <hello@kestrel.example> wrote:
> Your order 48213 is on its way.
> Track it any time.
"""
_HTML = """<div style="font-family:Georgia,serif"><h2 style="color:#2f5d46">Oak camp table, order 48213</h2>
<p>Hello,</p><p>my <b>Oak camp table</b> came today. One leg is <span style="background-color:#fff2a8">4 mm shorter</span> than the
others, so it rocks.</p><p><img src="cid:photo@post.example" alt="The leg" width="320"></p>
<table cellpadding="6" border="1" style="border-collapse:collapse"><tr><th>Part</th><th>Length</th></tr>
<tr><td>Three legs</td><td>420 mm</td></tr><tr><td>The fourth</td><td>416 mm</td></tr></table>
<p>Can you send me a new leg? The table is <a href="https://kestrel.example/oak">this one</a>.</p>
<p>Kind regards<br>Hiroshi Sato</p>
<p><img src="https://images.post.example/logo.png" alt="Sato Furniture Studio" width="120" height="40">
<img src="https://count.post.example/open.gif?id=48213" width="1" height="1" alt=""></p>
<blockquote>On Thu, 26 Nov 2026 at 09:12, Kestrel Outdoor wrote:<br>Your order 48213 is on its way.</blockquote></div>"""


def mails() -> Iterator[bytes]:
    """A table that rocks, and is asked about again from elsewhere; a newsletter; somebody away, and somebody in disguise."""
    yield bytes(_table())
    again = "Hello, this is Hiroshi, now from home. Any news about the leg? My workshop waits for the table."
    yield bytes(
        _mail("Hiroshi <hiro.at.home@freemail.example>", "Re: Oak table, one leg is 4 mm short", again, answers=_FIRST)
    )
    away = "I am out of the office until Monday. In urgent cases please write to my colleagues."
    yield bytes(
        _mail("Nadia Haddad <nadia@haddad.example>", "Out of office: Your invoice", away, auto_submitted="auto-replied")
    )
    news = "This month: lighter poles, warmer bags, and a fair in Friedrichshafen."
    yield bytes(
        _mail("Outdoor Weekly <news@weekly.example>", "Lighter poles, warmer bags", news, list_id="<weekly.example>")
    )
    trick = "Dear colleague, your mailbox is full. Please confirm your password on our page today."
    yield bytes(_mail('"hello@kestrel.example" <help@kestre1.example>', "Your mailbox is full", trick))


def _table() -> EmailMessage:
    mail = _mail(
        "Hiroshi Sato <hiroshi@sato-studio.example>", "Oak table, one leg is 4 mm short", _ASKED + _QUOTED, id=_FIRST
    )
    mail["Cc"] = "Workshop <workshop@sato-studio.example>, Aiko Sato <aiko@sato-studio.example>"
    mail.add_alternative(_HTML, subtype="html")
    html = mail.get_payload()[1]  # type: ignore[index]
    html.add_related(_photo(), "image", "png", cid=f"<{PHOTO}>", filename="leg.png")  # type: ignore[union-attr]
    mail.add_attachment(b"%PDF-1.4\n%%EOF\n", "application", "pdf", filename="Invoice-48213.pdf")
    return mail


def _mail(author: str, subject: str, text: str, *, id: str = "", answers: str = "", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = author, f"Kestrel Outdoor <{ADDRESS}>", subject
    mail["Date"] = "Fri, 27 Nov 2026 08:40:00 +0000"
    mail["Message-ID"] = id or f"<{zlib.crc32(text.encode()):x}-demo@post.example>"
    if answers:
        mail["In-Reply-To"] = answers
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def _photo() -> bytes:
    """Four legs, one of them shorter: drawn here, so that no picture has to come along."""
    wide, high = 320, 160
    legs = {40: 130, 110: 130, 180: 130, 250: 118}
    rows = b"".join(b"\0" + bytes(_dot(x, y, legs) for x in range(wide)) for y in range(high))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0))
    colors = chunk(b"PLTE", bytes((0xEE, 0xF1, 0xEC, 0x8A, 0x5A, 0x2B, 0xC9, 0x9A, 0x5B)))
    return b"\x89PNG\r\n\x1a\n" + head + colors + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _dot(x: int, y: int, legs: dict[int, int]) -> int:
    if 20 <= y < 36 and 20 <= x < 300:
        return 2
    return next((1 for at, down_to in legs.items() if at <= x < at + 24 and 36 <= y < down_to), 0)
