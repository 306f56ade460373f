"""How Twilio signs its calls: over the address and all parameters, or over the address alone, with a hash of the body in it."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import parse_qs, parse_qsl, urlsplit, urlunsplit

_PORTS = {"https": 443, "http": 80}


def is_signed(token: str, url: str, body: bytes, signature: str) -> bool:
    """Whether it is right. The port may or may not have been in the address that was signed."""
    try:
        urlsplit(url).port  # noqa: B018 - an address that is none was signed by nobody
    except ValueError:
        return False
    digest = parse_qs(urlsplit(url).query).get("bodySHA256")
    if digest is not None:
        is_whole = hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), digest[0].lower().encode())
        return is_whole and _fits(token, url, "", signature)
    return _fits(token, url, _joined(parameters_of(body)), signature)


def parameters_of(body: bytes) -> list[tuple[str, str]]:
    """The parameters of a form."""
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)


def _joined(parameters: Iterable[tuple[str, str]]) -> str:
    return "".join(name + value for name, value in sorted(set(parameters)))


def _fits(token: str, url: str, joined: str, signature: str) -> bool:
    made = [
        base64.b64encode(hmac.new(token.encode(), (one + joined).encode(), hashlib.sha1).digest())
        for one in _with_and_without_port(url)
    ]
    right = [hmac.compare_digest(one, signature.encode()) for one in made]
    return bool(token) and any(right)


def _with_and_without_port(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or _PORTS.get(parts.scheme, 443)
    bare = urlunsplit(parts._replace(netloc=host))
    return bare, urlunsplit(parts._replace(netloc=f"{host}:{port}"))
