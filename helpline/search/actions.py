"""Writing the index."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, select, text, update

from helpline.core import Tx
from helpline.core.within import within

from .blocks import SIZE, block_of, pack, unpack
from .models import Findable, Posting

AT_ONCE = 500
# Both databases read it so; each dialect's own way to say it would have to be loaded.
_PUT = text(
    "INSERT INTO posting (workspace_id, word, block, numbers) VALUES (:workspace_id, :word, :block, :numbers) "
    "ON CONFLICT (workspace_id, word, block) DO UPDATE SET numbers = excluded.numbers"
)


def number(tx: Tx, began: Mapping[str, datetime]) -> dict[str, int]:
    """The next numbers of the days on which these began. The caller holds the index, and keeps them before asking again."""
    given: dict[str, int] = {}
    last: dict[int, int] = {}
    for id, at in began.items():
        block = block_of(at)
        if block not in last:
            last[block] = _last(tx, block)
        last[block] += 1
        given[id] = last[block]
    return given


def _last(tx: Tx, block: int) -> int:
    row, first = Findable, block * SIZE
    mine = select(func.max(row.number)).where(row.workspace_id == tx.workspace_id)
    last = tx.db.scalar(mine.where(row.number.between(first, first + SIZE - 1)))
    return first - 1 if last is None else last


def keep(tx: Tx, numbers: Mapping[str, int], at: Mapping[str, datetime] | None = None) -> None:
    """Remember by which numbers these are found; of records, since when they go."""
    if numbers:
        here, times = tx.workspace_id, at or {}
        rows = [{"workspace_id": here, "id": id, "number": no, "at": times.get(id)} for id, no in numbers.items()]
        tx.execute(insert(Findable), rows)


def index(tx: Tx, said: Mapping[int, set[str]]) -> None:
    """Note that these words stand under these numbers. The caller holds the index."""
    added: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for no, words in said.items():
        block, bit = no // SIZE, 1 << no % SIZE
        for word in words:
            added[block][word] |= bit
    for block, words_of_it in added.items():
        names = sorted(words_of_it)
        for first in range(0, len(names), AT_ONCE):
            _join(tx, block, {word: words_of_it[word] for word in names[first : first + AT_ONCE]})


def note(tx: Tx, records: Mapping[str, tuple[int, set[str]]]) -> None:
    """What stands in the notes of these records, by id with their number; words that stood there before are found no more."""
    row = Findable
    mine = (row.workspace_id == tx.workspace_id, within(row.id, records))
    gone: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for before in tx.execute(select(row.id, row.noted).where(*mine, row.noted.is_not(None))).all():
        number, now = records[before.id]
        for word in set(before.noted.split()) - now:
            gone[number // SIZE][word] |= 1 << number % SIZE
    for block, words in gone.items():
        _part(tx, block, words)
    for id, (_, now) in records.items():
        tx.execute(
            update(row).where(row.workspace_id == tx.workspace_id, row.id == id).values(noted=" ".join(sorted(now)))
        )


def _part(tx: Tx, block: int, words: Mapping[str, int]) -> None:
    row = Posting
    here = (row.workspace_id == tx.workspace_id, row.block == block)
    for kept in tx.execute(select(row.word, row.numbers).where(*here, within(row.word, words))).all():
        numbers = pack(unpack(kept.numbers) & ~words[kept.word])
        tx.execute(update(row).where(*here, row.word == kept.word).values(numbers=numbers))


def forget_some(tx: Tx) -> bool:
    """Throw away a part of the index; whether there was any."""
    row = Posting
    some = select(row.word).where(row.workspace_id == tx.workspace_id).distinct().limit(AT_ONCE)
    gone = tx.execute(delete(row).where(row.workspace_id == tx.workspace_id, row.word.in_(tx.db.scalars(some).all())))
    if gone.rowcount:
        return True
    return bool(tx.execute(delete(Findable).where(Findable.workspace_id == tx.workspace_id)).rowcount)


def _join(tx: Tx, block: int, words: dict[str, int]) -> None:
    row = Posting
    there = select(row.word, row.numbers).where(row.workspace_id == tx.workspace_id, row.block == block)
    for kept in tx.execute(there.where(within(row.word, words))).all():
        word, before = kept.word, unpack(kept.numbers)
        if before | words[word] == before:
            del words[word]
        else:
            words[word] |= before
    if not words:
        return
    rows = [
        {"workspace_id": tx.workspace_id, "word": word, "block": block, "numbers": pack(bits)}
        for word, bits in words.items()
    ]
    tx.execute(_PUT, rows)
