"""Secrets that we hand out: random tokens of which only a hash is kept, and signed ones that need no row."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import jwt

if TYPE_CHECKING:
    from nacl.secret import SecretBox


def new_token(workspace_id: str, prefix: str = "") -> str:
    """A random token that names its workspace, so that it is looked up inside that workspace only."""
    return f"{prefix}{workspace_id.replace('-', '')}.{secrets.token_urlsafe(24)}"


def workspace_of(token: str, prefix: str = "") -> str | None:
    """The workspace a token claims to be of; nothing when it does not have the form."""
    head, dot, _secret = token.removeprefix(prefix).partition(".")
    if not token.startswith(prefix) or not dot or len(head) != 32 or not set(head) <= set("0123456789abcdef"):
        return None
    return f"{head[:8]}-{head[8:12]}-{head[12:16]}-{head[16:20]}-{head[20:]}"


def digest(token: str) -> str:
    """What we keep of a token. Tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class CannotUnlock(Exception):
    """A secret that was kept cannot be read with this installation's own, in a restored one for instance; fill it in anew."""


class Signer:
    """Signs with the installation's secret; each purpose has a key of its own."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def seal(self, purpose: str, **claims: str) -> str:
        """A token that says ``claims`` and cannot be forged."""
        return jwt.encode(claims, self._key(purpose), algorithm="HS256")

    def open(self, purpose: str, token: str) -> dict[str, str] | None:
        """What a token says; nothing when it was not made here for this purpose."""
        try:
            return dict(jwt.decode(token, self._key(purpose), algorithms=["HS256"], leeway=timedelta(0)))
        except jwt.InvalidTokenError:
            return None

    def lock(self, secret: str, *about: str) -> str:
        """A secret of somebody else's in a form that only this installation reads, and only for what it is ``about``."""
        return base64.b64encode(self._box(about).encrypt(secret.encode())).decode()

    def unlock(self, kept: str, *about: str) -> str:
        """Back from ``lock``; ``CannotUnlock`` when it was locked elsewhere, or about something else."""
        from nacl.exceptions import CryptoError

        try:
            return self._box(about).decrypt(base64.b64decode(kept)).decode()
        except (CryptoError, ValueError) as error:
            raise CannotUnlock from error

    def _box(self, about: tuple[str, ...]) -> "SecretBox":
        # Imported here, because an installation with nothing but web chat keeps nobody's secrets.
        from nacl.secret import SecretBox

        return SecretBox(self._key("\0".join(("lock", *about))))

    def mark(self, purpose: str, *parts: str) -> str:
        """A short signature over ``parts``, for addresses and for CSRF."""
        message = "\0".join(parts).encode()
        return hmac.new(self._key(purpose), message, hashlib.sha256).hexdigest()[:32]

    def is_marked(self, given: str, purpose: str, *parts: str) -> bool:
        """Whether ``given`` is the signature over ``parts``, compared in constant time."""
        return hmac.compare_digest(given.encode(), self.mark(purpose, *parts).encode())

    def derive(self, purpose: str, *parts: str) -> str:
        """A secret that follows from ``parts``, to be handed out. Nothing has to be kept for it."""
        return hmac.new(self._key(purpose), "\0".join(parts).encode(), hashlib.sha256).hexdigest()

    def _key(self, purpose: str) -> bytes:
        return hashlib.sha256(self._secret + b"\0" + purpose.encode()).digest()
