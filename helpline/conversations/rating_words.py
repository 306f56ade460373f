"""A rating written as a message, where a channel has no card: "5", "５", "⭐⭐⭐⭐", "4, great help"."""

import re
import unicodedata
from typing import NamedTuple

LIT, UNLIT = "⭐★🌟", "☆"
_SCALE = re.compile(r"\s*(?:/\s*[5５])?\s*(?:stars?\b|分|顆星|颗星|星)?", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*[^\w\s]\s*\d|[ \t]+\w")
"""4.5, 1-2, 5:30, 3/4, 5 minutes: a number, but none of stars. Rather not taken for a rating than for one that nobody answers."""


class Written(NamedTuple):
    """How many stars, and what was said besides."""

    stars: int
    comment: str


def written(text: str) -> Written | None:
    """The rating in a message; nothing when it does not begin with one to five stars, or goes on like something else.

    Words follow a number behind a mark or in a new line: "4, great help"; behind stars anyhow.
    """
    text = text.strip()
    number = _digit(text)
    stars, rest = number or _drawn(text)
    if not 1 <= stars <= 5:
        return None
    scale = _scale_at(rest)
    rest = rest[scale:]
    if rest and (rest[0].isalnum() or (number and not scale and _GOES_ON.match(rest))):
        return None
    return Written(stars, rest.lstrip(" \t\n,.;:!-–—，。、；：！…").strip())


def _digit(text: str) -> tuple[int, str] | None:
    """A single digit of any script in front."""
    value = unicodedata.decimal(text[:1], None) if text else None
    return None if value is None else (value, text[1:])


def _drawn(text: str) -> tuple[int, str]:
    """Stars in front, those that are lit."""
    at = 0
    while at < len(text) and text[at] in f"{LIT}{UNLIT}\ufe0f":
        at += 1
    return sum(text[:at].count(star) for star in LIT), text[at:]


def _scale_at(rest: str) -> int:
    """Where "/5", "stars" or 分 end, which may follow the number."""
    found = _SCALE.match(rest)
    return found.end() if found and found[0].strip() else 0
