"""What a client, or this node, did not hear: read from the fact log and drawn as the rows are now."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import select

from helpline.calendars import shapes as calendars
from helpline.canned_responses import shapes as canned_responses
from helpline.channels import shapes as channels
from helpline.contacts import shapes as contacts
from helpline.conversations import mentioning as mentions
from helpline.conversations import scheduled_shapes as scheduled
from helpline.conversations import shapes as conversations
from helpline.conversations import visitor_shapes as visitors
from helpline.core import Actor, Fact, Tx, Update
from helpline.core.facts import Counter, FactRow, fact_of
from helpline.core.router import SIGNED_IN
from helpline.core.updates import referenced
from helpline.drafts import shapes as drafts
from helpline.people import preferences
from helpline.people import role_shapes as roles
from helpline.people import shapes as people
from helpline.service_records import shapes as records
from helpline.session_settings import shapes as session_settings

FARTHEST = 500
"""Who missed more facts than this fetches its lists again instead; a node takes them in so many at a time."""
NOBODY = Actor("system", "")

SHAPES: dict[str, Callable[[Tx, str, frozenset[str]], Update | None]] = {
    "workspace": people.workspace_update,
    "break_reason": people.break_reason_update,
    "agent": people.agent_update,
    "preferences": preferences.preferences_update,
    "role": roles.role_update,
    "team": people.team_update,
    "channel": channels.channel_update,
    "category": channels.category_update,
    "owner": channels.owner_update,
    "session_settings": session_settings.session_settings_update,
    "calendar": calendars.calendar_update,
    "hours_switch": calendars.switch_update,
    "contact": contacts.contact_update,
    "conversation": conversations.conversation_update,
    "message": conversations.message_update,
    "canned_response": canned_responses.canned_response_update,
    "mention": mentions.mention_update,
    "scheduled": scheduled.scheduled_update,
    "draft": drafts.draft_update,
    "visitor_message": visitors.visitor_message_update,
    "visitor_state": visitors.visitor_state_update,
    "record": records.record_update,
    "result": records.result_update,
    "reason": records.reason_update,
}
"""How each kind of row is drawn."""

HEARD_WITH = {
    "workspace": "settings.read",
    "break_reason": SIGNED_IN,
    "preferences": SIGNED_IN,
    "agent": "people.read",
    "team": "people.read",
    "role": "people.read",
    "channel": "settings.read",
    "category": "settings.read",
    "owner": "settings.read",
    "session_settings": "settings.read",
    "calendar": "settings.read",
    "hours_switch": "settings.read",
    "result": "settings.read",
    "reason": "settings.read",
    "contact": "contact.read",
    "conversation": "conversation.read",
    "message": "conversation.read",
    "mention": "conversation.read",
    "scheduled": "conversation.read",
    "draft": "conversation.reply",
    "canned_response": "conversation.reply",
    "record": "record.read",
}
"""The permission with which an agent hears of each kind of row: the one with which they may ask for it."""


def may_hear(actor: Actor, kind: str) -> bool:
    """Whether somebody in a row's groups is told of it. Visitors have kinds of their own."""
    needed = HEARD_WITH.get(kind, SIGNED_IN)
    return actor.kind != "agent" or needed == SIGNED_IN or actor.may(needed)


class Missed(NamedTuple):
    """What happened up to ``seq``: each changed row once, as it is now, told to all who were told of it."""

    seq: int
    updates: list[Update]
    is_whole: bool
    facts: tuple[Fact, ...] = ()


def newest(tx: Tx) -> int:
    """The number of the workspace's newest fact."""
    row = (Counter.workspace_id == tx.workspace_id, Counter.name == "fact")
    return tx.db.scalar(select(Counter.value).where(*row)) or 0


def behind(tx: Tx, seen: dict[str, int]) -> dict[str, int]:
    """The newest fact of those workspaces in which there is more than was seen. Across workspaces: a node asks once for all."""
    rows = select(Counter.workspace_id, Counter.value).where(Counter.name == "fact", Counter.workspace_id.in_(seen))
    return {workspace_id: value for workspace_id, value in tx.db.execute(rows) if value > seen[workspace_id]}


def missed_since(tx: Tx, seq: int, groups: frozenset[str]) -> Missed:
    """What these groups were told after ``seq``; ``is_whole`` is false, and nothing else there, when it is too much."""
    now = newest(tx)
    if not 0 <= now - seq <= FARTHEST:
        return Missed(now, [], False)
    rows = select(FactRow.updates).where(FactRow.workspace_id == tx.workspace_id, FactRow.seq > seq, FactRow.seq <= now)
    kept = tx.db.scalars(rows.where(FactRow.updates.is_not(None)).order_by(FactRow.seq))
    return Missed(now, _drawn(tx, kept, groups), True)


def next_after(tx: Tx, seq: int) -> Missed:
    """For a node: what anybody was told after ``seq``, and the facts themselves. ``is_whole`` is false while there is more.

    ``seq`` and everything before it has been committed, and numbers are given in the order of commit without holes: so
    whatever is missing lies above, and what is read here leaves nothing behind that could still appear.
    """
    kept = select(FactRow.seq, FactRow.topic, FactRow.payload, FactRow.updates)
    kept = kept.where(FactRow.workspace_id == tx.workspace_id, FactRow.seq > seq).order_by(FactRow.seq)
    rows = tx.db.execute(kept.limit(FARTHEST)).all()
    facts = (fact_of(row.topic, row.payload) for row in rows)
    return Missed(
        seq=rows[-1].seq if rows else seq,
        updates=_drawn(tx, (row.updates for row in rows), None),
        is_whole=len(rows) < FARTHEST,
        facts=tuple(fact for fact in facts if fact is not None),
    )


def _drawn(tx: Tx, kept: Iterable[str | None], groups: frozenset[str] | None) -> list[Update]:
    told: dict[tuple[str, str], frozenset[str]] = {}
    for updates in kept:
        for kind, id, to in referenced(updates):
            if groups is None or (to & groups and may_hear(tx.actor, kind)):
                told[kind, id] = told.get((kind, id), frozenset()) | to
    drawn = (SHAPES[kind](tx, id, to) for (kind, id), to in told.items() if kind in SHAPES)
    return [update for update in drawn if update is not None]
