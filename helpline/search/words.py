"""How a text is taken apart into words, and what somebody asks for.

Scripts that put spaces between words are read word by word. Chinese, Japanese, Korean, Thai and their like are read in pairs and
threes of characters, so that two of them are found wherever they stand together. Case, accents and width make no difference.
"""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 32
"""Characters of a word that are looked at."""
MOST = 5000
"""Different words of one text that can be found by."""
MOST_ASKED = 12
_CLOSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Japanese, Chinese
    "\u1100-\u11ff\uac00-\ud7af\U00020000-\U0003ffff"  # Korean, rare Chinese
)
_MARKS = "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
_RUNS = re.compile(
    rf"(?P<close>[{_CLOSE}]+)|(?P<word>(?:(?![{_CLOSE}_])[\w{_MARKS}])+)|(?P<sign>[\u2600-\u27bf\U0001f300-\U0001faff])"
)
_ACCENTS = re.compile("[\u0300-\u036f]")


class Asked(NamedTuple):
    """One thing that has to be there: all of these words, or any that begins so."""

    words: tuple[str, ...]
    beginning: str = ""


def words(text: str) -> set[str]:
    """What a text can be found by."""
    found: set[str] = set()
    for run in _RUNS.finditer(_plain(text)):
        said = run[0]
        if run.lastgroup == "close":
            found.update(said[at : at + size] for size in (2, 3) for at in range(len(said) - size + 1))
            found.add(said[-1])  # the others begin a pair
        else:
            found.add(said[:LONGEST])
        if len(found) > MOST:
            break
    return found


def asked(text: str) -> list[Asked]:
    """What has to be there for somebody who types this. The last word may still be on its way."""
    runs = list(_RUNS.finditer(_plain(text)))[:MOST_ASKED]
    found = [_asked(run[0], is_close=run.lastgroup == "close") for run in runs]
    if runs and runs[-1].lastgroup == "word" and len(runs[-1][0]) > 1:
        found[-1] = found[-1]._replace(beginning=found[-1].words[0])
    return found


def _asked(said: str, *, is_close: bool) -> Asked:
    if not is_close:
        return Asked((said[:LONGEST],))
    if len(said) == 1:
        return Asked((said,), beginning=said)
    size = min(len(said), 3)
    return Asked(tuple(dict.fromkeys(said[at : at + size] for at in range(len(said) - size + 1)))[:LONGEST])


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))
