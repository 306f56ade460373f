"""Taking lines in: each is new, a correction, or the same as before."""

from collections import Counter
from collections.abc import Sequence

from helpline.conversations import Conversation
from helpline.core import Tx

from . import contacts, conversations, corrections, known, records, settings
from .entries import Files
from .errors import UnknownLine
from .events import PastImported
from .lines import ContactLine, ConversationLine, Line, MessageLine, RecordLine, kind_of
from .names import Names
from .outcome import CHANGED, NEW, Outcome


def take_in(tx: Tx, lines: Sequence[Line], files: Files, *, create_missing: bool) -> list[Outcome]:
    """What the lines tell, all or nothing of it. Nothing that is over rings, routes or starts a timer."""
    names = Names(tx, create_missing)
    outcomes = [_take_in(tx, line, names, files) for line in lines]
    new = Counter(kind_of(line) for line, outcome in zip(lines, outcomes, strict=True) if outcome == NEW)
    changed = Counter(kind_of(line) for line, outcome in zip(lines, outcomes, strict=True) if outcome == CHANGED)
    if new or changed:
        tx.emit(PastImported(new=dict(new), changed=dict(changed)))
    return outcomes


def _take_in(tx: Tx, line: Line, names: Names, files: Files) -> Outcome:
    match line:
        case ContactLine():
            return contacts.bring(tx, line)[1]
        case ConversationLine():
            return conversations.bring(tx, line, names, files)
        case RecordLine():
            return records.bring_line(tx, line, names)
        case MessageLine():
            there = known.find(tx, Conversation, "conversation", line.conversation)
            if there is None or there.is_ours:
                raise UnknownLine(f"There is no conversation {line.conversation[:80]!r}.", field="conversation")
            (row,) = tx.lock(Conversation, there.id)
            return corrections.bring_message(tx, line, row, names, files)
        case _:
            return settings.bring(tx, line, names)
