"""Passwords: hashed with argon2id, checked at the same cost whether or not the account exists."""

import string
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from helpline.core import Invalid

SHORTEST = 10
LONGEST = 200

_hasher = PasswordHasher()
_AROUND = string.digits + string.punctuation + " "
_AS_LETTERS = str.maketrans("@0135$!", "aoiessi")
_WORDS = """
password passwort passwords passw passwd contrasena motdepasse qwerty qwertyuiop qwertz qwertzuiop azerty azertyuiop
asdfghjkl asdfghjk asdfasdf zxcvbnm qazwsx qazwsxedc zaqwsx qweasd qweasdzxc abcdefgh abcdefghij abcdefghijk abc abcabc
abcd aaa iloveyou letmein welcome welcomeback changeme admin administrator root superuser master default guest login test
testing tester secret helpline helpdesk support customerservice company football baseball basketball superman batman
princess sunshine dragon monkey michael jennifer whatever trustno starwars pokemon shadow freedom computer internet samsung
google facebook liverpool chelsea summer winter spring autumn hello helloworld nothing love lovelove
"""
_USUAL = frozenset(_WORDS.split())
_ROWS = {
    "1234567890",
    "0123456789",
    "9876543210",
    "0987654321",
    "12345678910",
    "123456789a",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
}


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


class PasswordTooWeak(Invalid):
    """Choose a password of at least ten characters that is not one of the usual ones."""


def hashed(password: str, field: str = "password") -> str:
    """The hash to keep. About 50 ms of work, which is the point; never call it on the event loop."""
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 4 or is_usual(password):
        raise PasswordTooWeak(field=field)
    return _hasher.hash(password)


def is_usual(password: str) -> bool:
    """Whether it is what everybody takes: a usual word with whatever digits and signs around, or a row of keys."""
    plain = password.casefold()
    core = plain.strip(_AROUND)
    letters = ("".join(filter(str.isalpha, one)) for one in (plain, core.translate(_AS_LETTERS)))
    return plain in _ROWS or any(one in _USUAL for one in letters)


def matches(password: str, kept: str | None) -> bool:
    """Whether ``password`` is the one of ``kept``. Without an account the same work is done for nothing."""
    try:
        return _hasher.verify(kept or _nobody(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
