"""Full text: which services hold the words that somebody looks for. Knows words and numbers, and no messages."""

from .actions import forget_some, index, keep, number
from .queries import Found, Sifted, find, ids, number_of, numbers_of, sift, those

__all__ = [
    "Found",
    "Sifted",
    "find",
    "forget_some",
    "ids",
    "index",
    "keep",
    "number",
    "number_of",
    "numbers_of",
    "sift",
    "those",
]
