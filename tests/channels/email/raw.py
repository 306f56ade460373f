"""Mails as bytes, as servers hand them over."""

from email.charset import QP, Charset
from email.header import Header
from email.mime.text import MIMEText
from pathlib import Path

DATA = Path(__file__).parents[4] / "shared" / "data"
"""Mails of other projects; tests that read them are skipped where they are not."""


def raw(text: str = "Hello", *, encoding: str = "utf-8", **headers: str | None) -> bytes:
    """A plain mail; ``in_reply_to="<…>"`` is a header, ``None`` leaves one out."""
    usual = {
        "From": "Amara Diallo <amara@post.example>",
        "To": "Shop <support@shop.example>",
        "Subject": "My lamp",
        "Date": "Fri, 27 Nov 2026 09:00:00 +0000",
        "Message-ID": "<first.1@post.example>",
        "MIME-Version": "1.0",
        "Content-Type": f"text/plain; charset={encoding}",
        "Content-Transfer-Encoding": "8bit",
    }
    named = {"-".join(part.capitalize() for part in name.split("_")): value for name, value in headers.items()}
    named = {{"Message-Id": "Message-ID", "Mime-Version": "MIME-Version"}.get(n, n): v for n, v in named.items()}
    lines = [f"{name}: {value}" for name, value in (usual | named).items() if value is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + text.replace("\n", "\r\n").encode(encoding)


def packed(text: str, charset: str, *, quoted: bool = False) -> bytes:
    """A mail of this text, words of its headers encoded, its body packed as base64 or quoted-printable."""
    how = Charset(charset)
    how.body_encoding = QP if quoted else how.body_encoding
    mail = MIMEText(text, "plain", how)
    mail["From"] = f"{Header(text[:20], charset).encode()} <amara@post.example>"
    mail["Subject"] = Header(text[:60], charset).encode()
    mail["Message-ID"] = "<packed.1@post.example>"
    return mail.as_bytes()


def parts(*given: tuple[str, bytes], kind: str = "mixed", **headers: str | None) -> bytes:
    """A multipart mail; each part is the lines of its headers and its bytes."""
    body = b"".join(b"--cut\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in given)
    headers |= {"content_type": f'multipart/{kind}; boundary="cut"'}
    return raw("", **headers) + body + b"--cut--\r\n"
