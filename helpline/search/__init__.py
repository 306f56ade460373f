"""Full text: which services hold the words that somebody looks for. Knows words and numbers, and no messages."""

from .actions import forget_some, index, keep, note, number
from .found import Found
from .queries import find, ids, number_of, numbers_of, times
from .sifting import Key, Sifted, first_of, look_up, sift, those

__all__ = [
    "Found",
    "Key",
    "Sifted",
    "find",
    "first_of",
    "forget_some",
    "ids",
    "index",
    "keep",
    "look_up",
    "note",
    "number",
    "number_of",
    "numbers_of",
    "sift",
    "those",
    "times",
]
