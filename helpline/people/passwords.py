"""Passwords: hashed with argon2id, checked at the same cost whether or not the account exists."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from helpline.core import Invalid

SHORTEST = 10
LONGEST = 200

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


class PasswordTooWeak(Invalid):
    """Choose a password of at least ten characters."""


def hashed(password: str, field: str = "password") -> str:
    """The hash to keep. About 50 ms of work, which is the point; never call it on the event loop."""
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 4:
        raise PasswordTooWeak(field=field)
    return _hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether ``password`` is the one of ``kept``. Without an account the same work is done for nothing."""
    try:
        return _hasher.verify(kept or _nobody(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
