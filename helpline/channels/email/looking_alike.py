"""Authors who may be somebody else than they seem: a name that shows another address, an address that looks like another."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from .mail import Address

_SHOWN = re.compile(r"[^\s<>\"'()]+@[^\s<>\"'()]+\.[^\s<>\"'()]{2,}")
_LIKE = str.maketrans(
    "аеорсухіјѕԁһѵкмтвнїёαονρυικβετηχμωıɡɑ01i",
    "aeopcyxijsdhvkmtbhieaovpuikbetnxmwigaoll",
)
"""Letters of other scripts, and signs, that pass for a Latin letter."""
_TOGETHER = (("rn", "m"), ("vv", "w"), ("cl", "d"))

Caution = Literal["", "name", "address"]


def caution(author: Address, known: Iterable[str]) -> Caution:
    """What about an author is not what it seems; ``known`` are the addresses that it could be taken for."""
    shown = _SHOWN.findall(unicodedata.normalize("NFKC", author.name).lower())
    if any(one.strip(".,;:") != author.address for one in shown):
        return "name"
    labels = _readable(author.address.rpartition("@")[2]).split(".")
    # Under an ending in letters of its own, a name in the same letters is no disguise.
    if any(_is_disguised(label, alone=labels[-1].isascii()) for label in labels):
        return "address"
    others = [one.lower() for one in known if one and one.lower() != author.address]
    return "address" if any(_taken_for(author.address, one) for one in others) else ""


def skeleton(text: str) -> str:
    """What is left of a text when letters that look alike are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char)).translate(_LIKE)
    # A second time, because of what the first one made: an i of another script is an l here, too.
    bare = bare.translate(_LIKE)
    for two, one in _TOGETHER:
        bare = bare.replace(two, one)
    return bare


def _taken_for(address: str, other: str) -> bool:
    mine, theirs = address.rpartition("@")[2], other.rpartition("@")[2]
    if mine != theirs and skeleton(_readable(mine)) == skeleton(_readable(theirs)):
        return True
    return skeleton(_readable(address)) == skeleton(_readable(other))


def _readable(address: str) -> str:
    """The address as a reader sees it who is shown the letters that Punycode stands for."""
    before, at, domain = address.rpartition("@")
    return before + at + ".".join(_decoded(label) for label in domain.split("."))


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _is_disguised(label: str, *, alone: bool) -> bool:
    """Of letters of several scripts, or, where it stands ``alone`` among Latin ones, only of such as pass for them."""
    letters = [char for char in label if char.isalpha()]
    foreign = [char for char in letters if not unicodedata.name(char, "LATIN").startswith("LATIN")]
    if not foreign:
        return False
    scripts = {unicodedata.name(char, "?").split(" ")[0] for char in letters}
    mixed = "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
    return bool(mixed) or (alone and skeleton(label).isascii())
