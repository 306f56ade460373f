"""Taking lines in: each is new, a correction, or the same as before."""

from collections import Counter
from collections.abc import Sequence

from helpline.conversations import Conversation, State
from helpline.core import Tx
from helpline.people import queries as people

from . import at_length, contacts, conversations, corrections, drafts, going_on, known, merges, records, settings
from .entries import Files
from .errors import UnknownLine
from .events import PastImported
from .lines import (
    ContactLine,
    ContactPointLine,
    ConversationLine,
    DraftLine,
    Line,
    MessageLine,
    RecordLine,
    kind_of,
)
from .merge_lines import ContactMergeLine
from .names import Names
from .outcome import CHANGED, NEW, Outcome


def take_in(
    tx: Tx, lines: Sequence[Line], files: Files, *, create_missing: bool
) -> tuple[list[Outcome], list[at_length.Rest]]:
    """What the lines tell, all or nothing, and what is left of long ones. What is over rings nowhere and starts no timer."""
    rests: list[at_length.Rest] = []
    names = Names(tx, create_missing)
    if any(isinstance(line, ConversationLine) and line.state != State.CLOSED for line in lines):
        people.hold_every_team(tx)  # what goes on here waits, or takes a place
    outcomes = [_take_in(tx, line, names, files, rests) for line in lines]
    new = Counter(kind_of(line) for line, outcome in zip(lines, outcomes, strict=True) if outcome == NEW)
    changed = Counter(kind_of(line) for line, outcome in zip(lines, outcomes, strict=True) if outcome == CHANGED)
    if new or changed:
        tx.emit(PastImported(new=dict(new), changed=dict(changed)))
    return outcomes, rests


def _take_in(tx: Tx, line: Line, names: Names, files: Files, rests: list[at_length.Rest]) -> Outcome:
    match line:
        case ContactLine():
            return contacts.bring(tx, line)[1]
        case ContactPointLine():
            return contacts.bring_point(tx, line, names)
        case ContactMergeLine():
            return merges.bring(tx, line, names)
        case DraftLine():
            return drafts.bring(tx, line, names, files)
        case ConversationLine():
            return conversations.bring(tx, line, names, files, rests)
        case RecordLine():
            return records.bring_line(tx, line, names)
        case MessageLine():
            there = known.find(tx, Conversation, "conversation", line.conversation)
            if there is None or there.is_ours:
                raise UnknownLine(f"There is no conversation {line.conversation[:80]!r}.", field="conversation")
            (row,) = tx.lock(Conversation, there.id)
            going_on.refuse_ours(tx, row, "conversation")
            return corrections.bring_message(tx, line, row, names, files)
        case _:
            return settings.bring(tx, line, names)
