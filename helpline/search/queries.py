"""Who holds the words that somebody looks for."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select

from helpline.core import Tx
from helpline.core.prepared import Prepared
from helpline.core.within import among, within

from .blocks import SIZE, Blocks, block_of, both, unpack
from .found import Found
from .models import Findable, Posting
from .sifting import Key
from .words import Asked, asked

NOTED = "="
"""Before a word that stands in the notes of a service record, and not in a message."""
MOST_BEGINNINGS = 300
"""What more words begin with is only taken as a whole word."""

_HERE: BindParameter[str] = bindparam("workspace")
_MINE = (Posting.workspace_id == _HERE, Posting.word < bindparam("end"))
_HELD = Prepared(
    select(Posting.word, Posting.block, Posting.numbers).where(
        Posting.workspace_id == _HERE,
        among(Posting.word, "words"),
        Posting.block.between(bindparam("first"), bindparam("last")),
    )
)
_NUMBERS = (Findable.workspace_id == _HERE,)
_ENDS = Prepared(
    select(
        select(func.min(Findable.number)).where(*_NUMBERS).scalar_subquery().label("first"),
        select(func.max(Findable.number)).where(*_NUMBERS).scalar_subquery().label("last"),
    )
)
_TIMES = Prepared(
    select(Findable.at, Findable.id).where(*_NUMBERS, among(Findable.number, "numbers"), Findable.at.is_not(None))
)


def _begun() -> Prepared:
    """Leaps from word to word; to read all that is between them would be to read all who hold them."""
    first = select(func.min(Posting.word).label("word")).where(*_MINE, Posting.word >= bindparam("begin"))
    words = first.cte("words", recursive=True)
    after = select(func.min(Posting.word)).where(*_MINE, Posting.word > words.c.word).scalar_subquery()
    words = words.union_all(select(after).where(words.c.word.is_not(None)))
    return Prepared(select(words.c.word).where(words.c.word.is_not(None)).limit(MOST_BEGINNINGS + 1))


_BEGUN = _begun()


def find(tx: Tx, text: str, *, in_notes: bool, since: datetime | None = None, is_down: bool = True) -> Found:
    """All that holds what is asked for, by day, from one on; nothing when the text has no word."""
    marks = ("", NOTED) if in_notes else ("",)
    sought = [any_of for one in asked(text) for any_of in _alternatives(tx, one, marks)]
    ends = tx.say(_ENDS, workspace=tx.workspace_id)
    if ends.first is None:
        return Found(lambda _first, _last: {}, 0, -1)
    first, last = ends.first // SIZE, ends.last // SIZE
    if since is not None:
        first, last = (first, min(last, block_of(since))) if is_down else (max(first, block_of(since)), last)
    return Found(lambda first, last: _holding(tx, sought, first, last), first, last, is_down=is_down)


def ids(tx: Tx, numbers: Iterable[int]) -> Select[str]:
    """The conversations and service records that these are."""
    row = Findable
    return select(row.id).where(row.workspace_id == tx.workspace_id, within(row.number, numbers))


def times(tx: Tx, numbers: Iterable[int]) -> list[Key]:
    """(time, id) of the service records of these."""
    return [tuple(row) for row in tx.say_all(_TIMES, workspace=tx.workspace_id, numbers=numbers)]


def number_of(tx: Tx, id: Any) -> Any:
    """By which number a row is found, as a column of a list that is to be sifted."""
    row = Findable
    return (
        select(row.number).where(row.workspace_id == tx.workspace_id, row.id == id).scalar_subquery().label("found_by")
    )


def numbers_of(tx: Tx, ids: Iterable[str]) -> dict[str, int]:
    """By which number these are found."""
    row = Findable
    mine = select(row.id, row.number).where(row.workspace_id == tx.workspace_id, within(row.id, ids))
    return {row.id: row.number for row in tx.db.execute(mine)}


def _alternatives(tx: Tx, one: Asked, marks: tuple[str, ...]) -> list[list[str]]:
    """Of each of these some word has to be there."""
    if one.beginning:
        begun = [word for mark in marks for word in _beginning(tx, f"{mark}{one.beginning}")]
        if len(begun) <= MOST_BEGINNINGS:
            return [begun]
    return [[f"{mark}{word}" for mark in marks] for word in one.words]


def _beginning(tx: Tx, begin: str) -> list[str]:
    end = f"{begin}\U0010ffff"
    return [row.word for row in tx.say_all(_BEGUN, workspace=tx.workspace_id, begin=begin, end=end)]


def _holding(tx: Tx, sought: list[list[str]], first: int, last: int) -> Blocks:
    if not all(sought) or not sought:
        return {}
    words = {word for any_of in sought for word in any_of}
    held: dict[str, Blocks] = {word: {} for word in words}
    for word, block, numbers in tx.say_all(_HELD, workspace=tx.workspace_id, words=words, first=first, last=last):
        held[word][block] = unpack(numbers)
    return reduce(both, (_together(held[word] for word in any_of) for any_of in sought))


def _together(several: Iterable[Blocks]) -> Blocks:
    joined: Blocks = {}
    for blocks in several:
        for block, bits in blocks.items():
            joined[block] = joined.get(block, 0) | bits
    return joined
