"""What a client, or this node, did not hear: read from the fact log and drawn as the rows are now."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import select

from helpline.channels import shapes as channels
from helpline.contacts import shapes as contacts
from helpline.conversations import shapes as conversations
from helpline.conversations import visitor_shapes as visitors
from helpline.core import Tx, Update
from helpline.core.facts import Counter, FactRow
from helpline.core.updates import referenced
from helpline.drafts import shapes as drafts
from helpline.people import preferences
from helpline.people import shapes as people
from helpline.service_records import shapes as records

FARTHEST = 500
"""Who missed more facts than this fetches its lists again instead."""

SHAPES: dict[str, Callable[[Tx, str, frozenset[str]], Update | None]] = {
    "workspace": people.workspace_update,
    "break_reason": people.break_reason_update,
    "agent": people.agent_update,
    "preferences": preferences.preferences_update,
    "team": people.team_update,
    "channel": channels.channel_update,
    "category": channels.category_update,
    "owner": channels.owner_update,
    "contact": contacts.contact_update,
    "conversation": conversations.conversation_update,
    "message": conversations.message_update,
    "draft": drafts.draft_update,
    "visitor_message": visitors.visitor_message_update,
    "visitor_state": visitors.visitor_state_update,
    "record": records.record_update,
    "result": records.result_update,
    "reason": records.reason_update,
}
"""How each kind of row is drawn."""


class Missed(NamedTuple):
    """What happened up to ``seq``: each changed row once, as it is now, told to all who were told of it."""

    seq: int
    updates: list[Update]
    is_whole: bool


def newest(tx: Tx) -> int:
    """The number of the workspace's newest fact."""
    row = (Counter.workspace_id == tx.workspace_id, Counter.name == "fact")
    return tx.db.scalar(select(Counter.value).where(*row)) or 0


def missed_since(tx: Tx, seq: int, groups: frozenset[str] | None = None) -> Missed:
    """What was told after ``seq``: to these groups, or to anybody. ``is_whole`` is false when it is too much."""
    now = newest(tx)
    if not 0 <= now - seq <= FARTHEST and groups is not None:
        return Missed(now, [], False)
    rows = select(FactRow.updates).where(FactRow.workspace_id == tx.workspace_id, FactRow.seq > seq, FactRow.seq <= now)
    told: dict[tuple[str, str], frozenset[str]] = {}
    for kept in tx.db.scalars(rows.where(FactRow.updates.is_not(None)).order_by(FactRow.seq)):
        for kind, id, to in referenced(kept):
            if groups is None or to & groups:
                told[kind, id] = told.get((kind, id), frozenset()) | to
    drawn = (SHAPES[kind](tx, id, to) for (kind, id), to in told.items())
    return Missed(now, [update for update in drawn if update is not None], True)
