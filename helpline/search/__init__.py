"""Full text: which services hold the words that somebody looks for. Knows words and numbers, and no messages."""

from .actions import forget_some, index, keep, note, number
from .queries import Found, Sifted, find, how_many, ids, in_time, number_of, numbers_of, sift, those

__all__ = [
    "Found",
    "Sifted",
    "find",
    "forget_some",
    "how_many",
    "ids",
    "in_time",
    "index",
    "keep",
    "note",
    "number",
    "number_of",
    "numbers_of",
    "sift",
    "those",
]
